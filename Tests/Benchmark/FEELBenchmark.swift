import FEEL

/// FEEL by kind of expression: compiled once and evaluated, and parsed and evaluated each time.
///
/// The expressions, data and answers are those of `bench/dmn/expressions.json`, which the peers run too.
enum FEELBenchmark {
  private struct Case {
    let kind: String
    let source: String
    let answer: FEELValue
  }

  private static let variables: FEELContext = [
    "points": 42, "bonus": 7, "x": 5, "numbers": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    "findings": [
      ["code": "b280", "q": 2], ["code": "b710", "q": 3], ["code": "d450", "q": 1],
      ["code": "d510", "q": 4], ["code": "e110", "q": 0],
    ],
  ]

  private static let cases = [
    Case(kind: "arithmetic", source: "(points * 2 + bonus - 3) / 4", answer: 22),
    Case(kind: "comparison", source: "points > 40 and bonus <= 7", answer: true),
    Case(
      kind: "date", source: #"date("2026-03-01") + duration("P1M") > date("2026-03-31")"#,
      answer: true),
    Case(kind: "filter", source: "numbers[item > 5]", answer: [6, 7, 8, 9, 10]),
    Case(
      kind: "filter-context", source: "findings[q >= 2]",
      answer: [
        ["code": "b280", "q": 2], ["code": "b710", "q": 3], ["code": "d510", "q": 4],
      ]),
    Case(kind: "context", source: "{a: x + 1, b: x * 2}", answer: ["a": 6, "b": 10]),
    Case(
      kind: "for", source: "for i in numbers return i * 2",
      answer: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]),
    Case(kind: "some", source: "some i in numbers satisfies i > 9", answer: true),
    Case(kind: "every", source: "every i in numbers satisfies i > 0", answer: true),
  ]

  /// Evaluations a second of each kind, then parses with evaluation a second.
  static func run() -> [Figure] { cases.map(compiled) + cases.map(parsed) }

  private static func compiled(_ test: Case) -> Figure {
    let expression = parsed(test.source)
    precondition(expression.evaluate(in: variables).value == test.answer, test.kind)
    return .rate("feel \(test.kind)", "evaluations/s") {
      !expression.evaluate(in: variables).value.isNull
    }
  }

  private static func parsed(_ test: Case) -> Figure {
    .rate("feel-parse \(test.kind)", "evaluations/s") {
      !parsed(test.source).evaluate(in: variables).value.isNull
    }
  }

  private static func parsed(_ source: String) -> FEELExpression {
    do {
      return try FEELExpression(parsing: source)
    } catch {
      fatalError("our own expression: \(error)")
    }
  }
}
