/// Functions of strings with regular expressions (DMN 1.5, table 75; XPath Functions and Operators 3.1, 5.6; Camunda).
extension Builtins {
  static let patterns: [Builtin] = [
    Builtin("matches", .string("input"), .string("pattern"), .string("flags").optional) {
      (call, _) throws(Failure) in
      var matcher = PatternMatcher(
        try Pattern(call.string(1), flags: call[2].string ?? ""), call.string(0))
      return .boolean(try matcher.firstMatch(from: 0) != nil)
    },
    Builtin(
      "replace", .string("input"), .string("pattern"), .string("replacement"),
      .string("flags").optional
    ) { (call, evaluator) throws(Failure) in
      let pattern = try Pattern(call.string(1), flags: call[3].string ?? "")
      let replacement = try Replacement(call.string(2), for: pattern)
      return .string(
        try replaced(
          call.string(0), pattern, replacement, limit: evaluator.environment.limits.bytes))
    },
    Builtin("split", .string("string"), .string("delimiter")) { (call, _) throws(Failure) in
      let pattern = try Pattern(call.string(1), flags: "")
      var (parts, start): ([FEELValue], Int) = ([], 0)
      let scalars = try forEachMatch(of: pattern, in: call.string(0)) { scalars, match in
        parts.append(.string(scalars.text(start..<match.range.lowerBound)))
        start = match.range.upperBound
      }
      return .list(parts + [.string(scalars.text(start..<scalars.count))])
    },
    Builtin("extract", .string("string"), .string("pattern")) { (call, _) throws(Failure) in
      var matcher = PatternMatcher(try Pattern(call.string(1), flags: ""), call.string(0))
      var (parts, start): ([FEELValue], Int) = ([], 0)
      while let match = try matcher.firstMatch(from: start) {
        if !match.range.isEmpty { parts.append(.string(matcher.scalars.text(match.range))) }
        start = max(match.range.upperBound, match.range.lowerBound + 1)
      }
      return .list(parts)
    },
  ]

  private static func replaced(
    _ text: String, _ pattern: Pattern, _ replacement: Replacement, limit: Int
  ) throws(Failure) -> String {
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
  private static func forEachMatch(
    of pattern: Pattern, in text: String,
    _ body: ([Unicode.Scalar], PatternMatcher.Match) -> Void
  ) throws(Failure) -> [Unicode.Scalar] {
    var empty = PatternMatcher(pattern, "")
    guard try empty.firstMatch(from: 0) == nil else { throw .outsideDomain("pattern") }
    var matcher = PatternMatcher(pattern, text)
    var start = 0
    while let match = try matcher.firstMatch(from: start) {
      if !match.range.isEmpty { body(matcher.scalars, match) }
      start = max(match.range.upperBound, match.range.lowerBound + (match.range.isEmpty ? 1 : 0))
    }
    return matcher.scalars
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
