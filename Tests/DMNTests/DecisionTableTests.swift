import DMN
import Diagnostics
import FEEL
import TestSupport
import Testing

/// Tables and models from `Cases`: hit policies, defaults, priorities, boxed expressions, what is refused, lint.
@Suite struct DecisionModelTests {
  @Test(arguments: try Examples.files(in: "Cases").filter { $0.description.hasPrefix("table-") })
  func tables(_ examples: Examples) throws {
    try examples.check { input in
      let table = TextTable(input)
      let model = try table.model()
      return try table.queries.flatMap { query in
        let result = try model.evaluate(table.name, inputs: context(query))
        let fast = try model.value(of: table.name, inputs: context(query))
        #expect(fast.value == result.value, "with and without trace: \(query)")
        return ["= \(result.value)"] + result.notes.map { "! \($0)" }
      }
    }
  }

  @Test(
    arguments: try Examples.files(in: "Cases").filter { $0.description.hasPrefix("lint-table") })
  func tableLint(_ examples: Examples) throws {
    try examples.check { input in
      try TextTable(input).model().lint().map(Self.line)
    }
  }

  /// The content of `definitions`, then lines `? decision {inputs}` or `! service {arguments}`.
  @Test(arguments: try Examples.files(in: "Cases").filter { $0.description.hasPrefix("model-") })
  func models(_ examples: Examples) throws {
    try examples.check { input in
      let lines = input.split(separator: "\n")
      let model = try Self.model(of: lines.filter { !$0.hasPrefix("?") && !$0.hasPrefix(">") })
      return try lines.filter { $0.hasPrefix("?") || $0.hasPrefix(">") }.flatMap { line in
        let (name, inputs) = String(line.dropFirst(2)).halves(" {")
        let values = try context("{" + (inputs ?? "}"))
        let result =
          line.hasPrefix("?")
          ? try model.evaluate(name, inputs: values) : try model.invoke(name, values)
        return ["= \(result.value)"] + result.notes.map { "! \($0)" }
      }
    }
  }

  @Test(
    arguments: try Examples.files(in: "Cases").filter { $0.description.hasPrefix("lint-model") })
  func modelLint(_ examples: Examples) throws {
    try examples.check { input in
      try Self.model(of: input.split(separator: "\n")).lint().map(Self.line)
    }
  }

  @Test(arguments: try Examples.files(in: "Cases").filter { $0.description.hasPrefix("refused") })
  func refusedModels(_ examples: Examples) throws {
    try examples.check { input in
      do {
        _ = try Self.model(of: input.split(separator: "\n"))
        return ["= accepted"]
      } catch {
        return ["! \(error)"]
      }
    }
  }

  /// A finding on one line, its causes behind it.
  private static func line(_ finding: Diagnostic) -> String {
    "! \(finding)".replacing("\n ", with: ";")
  }

  private static func model(of lines: [Substring]) throws -> DecisionModel {
    let head =
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "
      + "xmlns:mse=\"urn:msec:definition:1\" id=\"test\" name=\"test\" namespace=\"urn:test\">"
    let text = ([head] + lines.map(String.init) + ["</definitions>"]).joined(separator: "\n")
    return try DecisionModel(parsing: Array(text.utf8), file: "model.dmn")
  }
}

/// A FEEL context literal as inputs.
func context(_ text: String) throws -> FEELContext {
  try FEELExpression(parsing: text).evaluate { _ in .none }.value.context ?? [:]
}
