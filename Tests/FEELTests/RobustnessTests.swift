import Diagnostics
import FEEL
import TestSupport
import Testing

/// Whatever is read and evaluated, there is an answer: a value, null with a note, or a problem with its place.
@Suite struct Robustness {
  private static let tokens = [
    "1", "0", "-1.5", "1e3", "\"a\"", "\"\\u00e9\"", "true", "false", "null", "x", "a b", "item",
    "?",
    "partial", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "not(", "(",
    ")", "[", "]", "{", "}", ",", ":", ".", "..", "if", "then", "else", "for", "in", "return",
    "some", "every", "satisfies", "between", "instance of", "number", "list<number>", "function(",
    "external", "@\"2026-03-01\"", "@\"P1D\"", "date(", "date and time(", "count(", "sort(",
    "substring(", "matches(", "a:", "k: 1", "//", "/*", "*/", "\n", "`x`", "🐎", "«", "5 in",
    "for i in 1..3 return", "{a: 1}", "[1, 2, 3]", "[1..3]", "(< 5)", "function(y) y", "\"", "@",
  ]

  @Test(arguments: 0..<8)
  func tokenSoup(_ seed: Int) {
    var dice = SeededNumbers(seed: UInt64(seed))
    var environment = FEELEnvironment(now: DateTime("2026-03-10T09:30:00Z"), seed: 1)
    environment.limits.steps = 20_000
    for _ in 0..<2_500 {
      let count = 1 + dice.next(below: 12)
      let words = (0..<count).map { _ in Self.tokens[dice.next(below: Self.tokens.count)] }
      let text = words.joined(separator: dice.next(below: 4) == 0 ? "" : " ")
      for kind in [FEELExpression.Kind.expression, .unaryTests] {
        guard let expression = try? FEELExpression(parsing: text, as: kind) else { continue }
        let result = expression.evaluate(in: ["x": 5, "?": 3], environment: environment)
        _ = result.value.description
      }
    }
  }

  @Test(arguments: 0..<4)
  func damagedExpressions(_ seed: Int) {
    let sources = [
      #"for i in [1, 2], j in 1..i return {a: i, b: [j, partial[-1]], c: "x" + string(i)}"#,
      #"{f: function(n: number) if n < 1 then 0 else f(n - 1), g: sort([3, 1], function(a, b) a < b)}.g"#,
      #"[{a: 1, b c: "é"}, {a: 2}][a > 1 and item.a in (1, >= 2, [1..3[)].b c"#,
      #"replace("abc", "(a)|[b-c-[d]]{1,2}?", "$1\\$") = @"2026-03-01T10:00:00@Asia/Baku".year"#,
    ]
    var dice = SeededNumbers(seed: UInt64(100 + seed))
    var environment = FEELEnvironment()
    environment.limits.steps = 20_000
    for _ in 0..<1_500 {
      var bytes = Array(sources[dice.next(below: sources.count)].utf8)
      for _ in 0...dice.next(below: 4) {
        let position = dice.next(below: bytes.count)
        switch dice.next(below: 3) {
        case 0: bytes.remove(at: position)
        case 1: bytes[position] = UInt8(dice.next(below: 256))
        default: bytes.insert(contentsOf: bytes[..<position].suffix(8), at: position)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      _ = (try? FEELExpression(parsing: text))?.evaluate(in: [:], environment: environment)
    }
  }

  @Test func patternsOfAllKinds() throws {
    let pieces = [
      "a", "b", ".", "*", "+", "?", "{2}", "{1,3}", "{,", "(", ")", "(?:", "|", "[", "]", "[^", "-",
      "\\d", "\\p{L}", "\\P{IsGreek}", "\\1", "\\", "^", "$", "*?", "é",
    ]
    let expression = try FEELExpression(
      parsing: "[matches(t, p, f), replace(t, p, r), split(t, p)]")
    var dice = SeededNumbers(seed: 7)
    for _ in 0..<3_000 {
      let pattern = (0..<(1 + dice.next(below: 8)))
        .map { _ in pieces[dice.next(below: pieces.count)] }.joined()
      let flags = ["", "i", "s", "m", "x", "q"][dice.next(below: 6)]
      let result = expression.evaluate(in: [
        "t": "aab abab\nbé1", "p": .string(pattern), "f": .string(flags), "r": "<$1>",
      ])
      #expect(result.value.list?.count == 3)
    }
  }
}
