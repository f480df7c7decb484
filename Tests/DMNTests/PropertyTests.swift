import DMN
import FEEL
import TestSupport
import Testing

/// What must hold for every table: the index answers as the tests do one by one, and rewriting changes nothing.
@Suite struct PropertyTests {
  private static func numberCell(_ random: inout SeededNumbers) -> String {
    let low = Int.random(in: 0...8, using: &random)
    let high = low + Int.random(in: 0...4, using: &random)
    return switch Int.random(in: 0..<10, using: &random) {
    case 0: "-"
    case 1: "< \(high)"
    case 2: ">= \(low)"
    case 3: "[\(low)..\(high)]"
    case 4: "(\(low)..\(high + 1))"
    case 5: "\(low), \(high), > 9"
    case 6: "not(\(low), [\(high)..\(high + 2)])"
    case 7: "? > \(low) and ? < \(high + 1)"
    case 8: "null"
    default: "\(low)"
    }
  }

  private static func stringCell(_ random: inout SeededNumbers) -> String {
    let words = ["a", "b", "c", "d"].map { "\"\($0)\"" }.shuffled(using: &random)
    return switch Int.random(in: 0..<6, using: &random) {
    case 0: "-"
    case 1: "\(words[0]), \(words[1])"
    case 2: "not(\(words[0]))"
    case 3: "starts with(?, \(words[0]))"
    default: words[0]
    }
  }

  private static func dayCell(_ random: inout SeededNumbers) -> String {
    let day = "date(\"2026-01-0\(Int.random(in: 1...9, using: &random))\")"
    return ["-", "< \(day)", ">= \(day)", "\(day)", "not(\(day))"].randomElement(using: &random)
      ?? "-"
  }

  private static func flagCell(_ random: inout SeededNumbers) -> String {
    ["-", "true", "false", "not(true)", "null"].randomElement(using: &random) ?? "-"
  }

  private static func cells(_ random: inout SeededNumbers) -> [String] {
    [numberCell(&random), stringCell(&random), dayCell(&random), flagCell(&random)]
  }

  private static let half = Decimal128("3.5").map { FEELValue.number($0) } ?? .null

  private static func inputs(_ random: inout SeededNumbers) -> [FEELValue] {
    [
      [FEELValue(Int.random(in: -1...13, using: &random)), half, .null, "a"]
        .randomElement(using: &random) ?? .null,
      ["a", "b", "c", "d", "e", .null, 1].randomElement(using: &random) ?? .null,
      Day("2026-01-0\(Int.random(in: 1...9, using: &random))").map { FEELValue.date($0) } ?? .null,
      [true, false, .null].randomElement(using: &random) ?? .null,
    ]
  }

  /// Without declared types, so that values of other types reach the tests.
  private static let names = ["n", "s", "d", "f"]

  private static func table(_ policy: String, _ rules: [(cells: [String], result: String)])
    -> TextTable
  {
    let rows = rules.map { "\($0.cells.joined(separator: " | ")) => \($0.result)" }
    return TextTable(
      (["\(policy) result", "\(names.joined(separator: " | ")) => result"] + rows)
        .joined(separator: "\n"))
  }

  @Test func indexAnswersAsTheTests() throws {
    var random = SeededNumbers(seed: 1)
    for _ in 0..<25 {
      let count = Int.random(in: 1...140, using: &random)
      let rules = (0..<count).map { (cells: Self.cells(&random), result: "\($0 + 1)") }
      let model = try Self.table("RULE ORDER", rules).model()
      let tests = try rules.map { rule in
        try rule.cells.map { try FEELExpression(parsing: $0, as: .unaryTests) }
      }
      for _ in 0..<15 {
        let inputs = Self.inputs(&random)
        let expected = tests.indices.filter { rule in
          zip(tests[rule], inputs).allSatisfy { test, input in
            test.evaluate { $0 == "?" ? input : .none }.isTrue
          }
        }
        let context = FEELContext(Array(zip(Self.names, inputs)))
        let fast = try model.value(of: "result", inputs: context).value
        let slow = try model.evaluate("result", inputs: context)
        let wanted = FEELValue.list(expected.map { FEELValue($0 + 1) })
        #expect(fast == (expected.isEmpty ? .null : wanted), "\(inputs)")
        #expect(slow.trace.matched.map(\.number) == expected.map { $0 + 1 }, "\(inputs)")
        try checkMisses(slow.trace, tests, inputs)
      }
    }
  }

  /// Every near miss fails at the input it names, and there only.
  private func checkMisses(
    _ trace: DecisionTrace, _ tests: [[FEELExpression]], _ inputs: [FEELValue]
  ) throws {
    for miss in trace.nearest {
      let failing = Self.names.indices.filter { column in
        !tests[miss.number - 1][column].evaluate { $0 == "?" ? inputs[column] : .none }.isTrue
      }
      #expect(failing.map { Self.names[$0] } == [miss.input], "\(inputs)")
    }
    let nearlyMatching = Set(
      tests.indices.compactMap { rule -> Int? in
        let failing = Self.names.indices.filter { column in
          !tests[rule][column].evaluate { $0 == "?" ? inputs[column] : .none }.isTrue
        }
        return failing.count == 1 ? failing[0] : nil
      })
    #expect(Set(trace.nearest.map(\.input)) == Set(nearlyMatching.map { Self.names[$0] }))
  }

  @Test func orderOfRulesDoesNotMatterUnderUnique() throws {
    var random = SeededNumbers(seed: 2)
    let bands = (0..<12).map { "[\($0 * 3)..\($0 * 3 + 3))" }
    let rules = bands.enumerated().flatMap { index, band in
      ["true", "false"].map { (cells: [band, "-", "-", $0], result: "\"\(index) \($0)\"") }
    }
    let original = try Self.table("UNIQUE", rules).model()
    for _ in 0..<20 {
      let shuffled = try Self.table("UNIQUE", rules.shuffled(using: &random)).model()
      for number in stride(from: -1, through: 37, by: 1) {
        for flag in [FEELValue.boolean(true), .boolean(false), .null] {
          let inputs: FEELContext = ["n": FEELValue(number), "s": "a", "d": .null, "f": flag]
          #expect(
            try original.value(of: "result", inputs: inputs).value
              == shuffled.value(of: "result", inputs: inputs).value)
        }
      }
    }
  }

  @Test func splittingAnIntervalChangesNothing() throws {
    var random = SeededNumbers(seed: 3)
    for _ in 0..<30 {
      let cuts = Set((0..<5).map { _ in Int.random(in: 1...30, using: &random) }).sorted()
      let edges = [0] + cuts + [40]
      let whole = zip(edges, edges.dropFirst()).enumerated().map { index, edge in
        (cells: ["[\(edge.0)..\(edge.1))", "-", "-", "-"], result: "\(index)")
      }
      let halves = zip(edges, edges.dropFirst()).enumerated().flatMap { index, edge in
        let middle = "\(edge.0 + edge.1) / 2"
        return [
          (cells: ["[\(edge.0)..\(middle))", "-", "-", "-"], result: "\(index)"),
          (cells: ["[\(middle)..\(edge.1))", "-", "-", "-"], result: "\(index)"),
        ]
      }
      let model = try Self.table("UNIQUE", whole).model()
      let split = try Self.table("UNIQUE", halves).model()
      for number in stride(from: -1, through: 41, by: 1) {
        let inputs: FEELContext = ["n": FEELValue(number), "s": .null, "d": .null, "f": .null]
        #expect(
          try model.value(of: "result", inputs: inputs).value
            == split.value(of: "result", inputs: inputs).value)
      }
    }
  }
}
