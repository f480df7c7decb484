import Diagnostics
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
  static func run() -> [(name: String, perSecond: Double)] {
    cases.map { ("feel \($0.kind)", compiled($0)) }
      + cases.map { ("feel-parse \($0.kind)", parsed($0)) }
  }

  private static func compiled(_ test: Case) -> Double {
    guard let expression = try? FEELExpression(parsing: test.source) else { return 0 }
    precondition(expression.evaluate(in: variables).value == test.answer, test.kind)
    return rate { expression.evaluate(in: variables).value.isNull ? 0 : 1 }
  }

  private static func parsed(_ test: Case) -> Double {
    rate {
      guard let expression = try? FEELExpression(parsing: test.source) else { return 0 }
      return expression.evaluate(in: variables).value.isNull ? 0 : 1
    }
  }

  /// The median of five slices of a tenth of a second, after one to warm up.
  private static func rate(_ work: () -> Int) -> Double {
    let rates = (0..<6).map { _ in slice(work) }
    return rates.dropFirst().sorted()[2]
  }

  private static func slice(_ work: () -> Int) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    var elapsed = Duration.zero
    repeat {
      var answers = 0
      for _ in 0..<100 { answers += work() }
      precondition(answers == 100, "an expression became null")
      count += 100
      elapsed = clock.now - start
    } while elapsed < .milliseconds(100)
    return Double(count)
      / (Double(elapsed.components.attoseconds) / 1e18 + Double(elapsed.components.seconds))
  }
}
