/// Functions of strings with regular expressions (DMN 1.5, table 75; XPath Functions and Operators 3.1, 5.6; Camunda).
extension Builtins {
  static let patterns: [Builtin] = [
    Builtin("matches", .string("input"), .string("pattern"), .string("flags").optional) {
      (call, evaluator) throws(Failure) in
      let pattern = try evaluator.pattern(call.string(1), flags: call[2].string ?? "")
      return try evaluator.matching(pattern, call.string(0)) { (matcher) throws(Failure) in
        .boolean(try matcher.firstMatch(from: 0) != nil)
      }
    },
    Builtin(
      "replace", .string("input"), .string("pattern"), .string("replacement"),
      .string("flags").optional
    ) { (call, evaluator) throws(Failure) in
      let pattern = try evaluator.pattern(call.string(1), flags: call[3].string ?? "")
      let replacement = try Replacement(call.string(2), for: pattern)
      return .string(try evaluator.replaced(call.string(0), pattern, replacement))
    },
    Builtin("split", .string("string"), .string("delimiter")) { (call, evaluator) throws(Failure) in
      let pattern = try evaluator.pattern(call.string(1), flags: "")
      var (parts, start): ([FEELValue], Int) = ([], 0)
      let scalars = try evaluator.forEachMatch(of: pattern, in: call.string(0)) { scalars, match in
        parts.append(.string(scalars.text(start..<match.range.lowerBound)))
        start = match.range.upperBound
      }
      return .list(parts + [.string(scalars.text(start..<scalars.count))])
    },
    Builtin("extract", .string("string"), .string("pattern")) { (call, evaluator) throws(Failure) in
      let pattern = try evaluator.pattern(call.string(1), flags: "")
      return try evaluator.matching(pattern, call.string(0)) { (matcher) throws(Failure) in
        var (parts, start): ([FEELValue], Int) = ([], 0)
        while let match = try matcher.firstMatch(from: start) {
          if !match.range.isEmpty { parts.append(.string(matcher.scalars.text(match.range))) }
          start = max(match.range.upperBound, match.range.lowerBound + 1)
        }
        return .list(parts)
      }
    },
  ]
}

extension Evaluator {
  /// What a step costs, in moves of the machine that matches patterns.
  private static let movesPerStep = 4

  /// A pattern, whose compilation counts as steps.
  fileprivate mutating func pattern(
    _ text: String, flags: String
  ) throws(Failure) -> Pattern {
    try take(text.utf8.count)
    do throws(Failure) {
      let pattern = try Pattern(text, flags: flags)
      try take(pattern.weight / Self.movesPerStep)
      return pattern
    } catch {
      if error == .patternSteps { try take(Pattern.instructionLimit / Self.movesPerStep) }
      throw error
    }
  }

  /// Gives `body` a matcher, whose moves count as steps.
  ///
  /// - Throws: `patternSteps` when this match takes too long, `steps` when all matches together do.
  fileprivate mutating func matching<Answer>(
    _ pattern: Pattern, _ text: String,
    _ body: (inout PatternMatcher) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    var matcher = PatternMatcher(
      pattern, text,
      moveLimit: min(max(steps, 0), PatternMatcher.moveLimit) * Self.movesPerStep)
    do throws(Failure) {
      let answer = try body(&matcher)
      try take(matcher.moves / Self.movesPerStep)
      return answer
    } catch {
      try take(matcher.moves / Self.movesPerStep + 1)
      throw error
    }
  }

  fileprivate mutating func replaced(
    _ text: String, _ pattern: Pattern, _ replacement: Replacement
  ) throws(Failure) -> String {
    let limit = environment.limits.bytes
    var (result, start) = ("", 0)
    let scalars = try forEachMatch(of: pattern, in: text) { scalars, match in
      guard result.utf8.count <= limit else { return }
      result += scalars.text(start..<match.range.lowerBound)
      result += replacement.text(for: match, in: scalars)
      start = match.range.upperBound
    }
    result += scalars.text(start..<scalars.count)
    guard result.utf8.count <= limit else { throw .tooLarge(limit) }
    return result
  }

  /// Calls `body` for all matches from left to right; the characters of the text.
  ///
  /// - Throws: `outsideDomain` when the pattern matches the empty string: there would be no end of matches.
  fileprivate mutating func forEachMatch(
    of pattern: Pattern, in text: String,
    _ body: ([Unicode.Scalar], PatternMatcher.Match) -> Void
  ) throws(Failure) -> [Unicode.Scalar] {
    let matchesEmpty = try matching(pattern, "") { (matcher) throws(Failure) in
      try matcher.firstMatch(from: 0) != nil
    }
    guard !matchesEmpty else { throw .outsideDomain("pattern") }
    return try matching(pattern, text) { (matcher) throws(Failure) in
      var start = 0
      while let match = try matcher.firstMatch(from: start) {
        if !match.range.isEmpty { body(matcher.scalars, match) }
        start = max(match.range.upperBound, match.range.lowerBound + (match.range.isEmpty ? 1 : 0))
      }
      return matcher.scalars
    }
  }
}

/// The third argument of `replace`: text with `$1` for groups, `\$` and `\\` for the characters themselves.
private struct Replacement {
  private enum Part {
    case text(String)
    case group(Int)
  }

  private var parts: [Part] = []

  init(_ text: String, for pattern: Pattern) throws(Failure) {
    if pattern.flags.isLiteral {
      parts = [.text(text)]
      return
    }
    let scalars = Array(text.unicodeScalars)
    var position = 0
    while position < scalars.count {
      switch scalars[position] {
      case "\\":
        guard position + 1 < scalars.count, ["\\", "$"].contains(scalars[position + 1]) else {
          throw .outsideDomain("replacement")
        }
        parts.append(.text(scalars.text(position + 1..<position + 2)))
        position += 2
      case "$":
        guard let digit = Self.digit(scalars, position + 1) else {
          throw .outsideDomain("replacement")
        }
        var group = digit
        position += 2
        while let digit = Self.digit(scalars, position), group * 10 + digit <= pattern.groupCount {
          group = group * 10 + digit
          position += 1
        }
        parts.append(.group(group))
      default:
        parts.append(.text(scalars.text(position..<position + 1)))
        position += 1
      }
    }
  }

  private static func digit(_ scalars: [Unicode.Scalar], _ position: Int) -> Int? {
    guard position < scalars.count, ("0"..."9").contains(scalars[position]) else { return nil }
    return Int(scalars[position].value) - 0x30
  }

  func text(for match: PatternMatcher.Match, in scalars: [Unicode.Scalar]) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let plain): text += plain
      case .group(let number): text += match.group(number).map { scalars.text($0) } ?? ""
      }
    }
    return text
  }
}

extension [Unicode.Scalar] {
  func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(self[range])) }
}
