import BPMN
import Commission
import DMN
import Diagnostics
import FEEL
import TestSupport
import Testing

/// The acceptance examples of the law: `decision profile`, then one `name = FEEL` a line.
struct DecisionTests {
  @Test(arguments: try Examples.files(in: "Cases/decisions"))
  func decision(_ examples: Examples) throws {
    let sets = try ["AZ-2022", "AZ-S3"].map { ($0, try TestDefinitions.set($0)) }
    try examples.check { input in
      let lines = input.split(separator: "\n")
      let head = lines[0].split(separator: " ").map(String.init)
      let set = try #require(sets.first { $0.0 == head[1] }?.1)
      let model = try #require(set.engine.decisions[head[0]])
      var inputs = FEELContext()
      for line in lines.dropFirst() {
        let parts = line.split(separator: "=", maxSplits: 1)
        let expression = try FEELExpression(parsing: String(parts[1]))
        inputs[parts[0].trimmingSpaces] = expression.evaluate(in: [:]).value
      }
      let result = try model.evaluate(head[0], inputs: inputs, environment: FEELEnvironment())
      let rules = result.trace.matched.map { "! rule \($0.number) \($0.annotation)" }
      return ["= \(result.value.summary)"] + rules
    }
  }
}

extension Substring {
  /// Without blanks at its ends.
  var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
