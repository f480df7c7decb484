// An expression as text again: for forms that are written in another format or with other names.

extension XPathTerm {
  /// As an author would write it; parsing this text gives the term again.
  var text: String { text(inside: 0) }

  /// - Parameter level: how strongly the operator around it binds; a weaker one here gets parentheses.
  private func text(inside level: Int) -> String {
    switch self {
    case .number(let value): return XPathNumber.text(value)
    case .literal(let value): return Self.quoted(value)
    case .path(let path): return path.text
    case .call(.choiceName, let arguments):
      return "jr:choice-name(\(arguments[0].text), \(arguments[1].quotedText))"
    case .call(let function, let arguments):
      return "\(function.rawValue)(\(arguments.map(\.text).joined(separator: ", ")))"
    case .unknownCall(let name, let arguments):
      return "\(name)(\(arguments.map(\.text).joined(separator: ", ")))"
    case .or(let left, let right): return Self.joined(left, "or", right, 1, level)
    case .and(let left, let right): return Self.joined(left, "and", right, 2, level)
    case .compare(let comparison, let left, let right):
      return Self.joined(left, comparison.rawValue, right, comparison.isEquality ? 3 : 4, level)
    case .calculate(let operation, let left, let right):
      let isSum = operation == .add || operation == .subtract
      return Self.joined(left, operation.rawValue, right, isSum ? 5 : 6, level)
    case .negate(let operand):
      return level > 7 ? "(-\(operand.text(inside: 7)))" : "-\(operand.text(inside: 7))"
    case .union(let left, let right): return Self.joined(left, "|", right, 8, level)
    }
  }

  /// All operators group from the left, so the right operand must bind more strongly.
  private static func joined(
    _ left: XPathTerm, _ sign: String, _ right: XPathTerm, _ own: Int, _ level: Int
  ) -> String {
    let text = "\(left.text(inside: own)) \(sign) \(right.text(inside: own + 1))"
    return own < level ? "(\(text))" : text
  }

  /// The path in `jr:choice-name`, which stands in quotes.
  private var quotedText: String {
    if case .literal = self { text } else { Self.quoted(text) }
  }

  private static func quoted(_ text: String) -> String {
    text.contains("'") ? "\"\(text)\"" : "'\(text)'"
  }
}

extension XPathPath {
  var text: String {
    let rest = steps.map(\.fullText).joined(separator: "/")
    switch start {
    case .root: return "/" + rest
    case .context: return rest
    case .term(let term, let predicates):
      let isPrimary =
        switch term {
        case .call, .unknownCall, .literal, .number: true
        case .path, .or, .and, .compare, .calculate, .negate, .union: false
        }
      let first = isPrimary ? term.text : "(\(term.text))"
      let filters = predicates.map { "[\($0.text)]" }.joined()
      return first + filters + (steps.isEmpty ? "" : "/" + rest)
    }
  }
}

extension XPathStep {
  /// With its predicates.
  fileprivate var fullText: String {
    let filters = predicates.map { "[\($0.text)]" }.joined()
    let target: String
    switch test {
    case .name(let prefix, let local): target = prefix.isEmpty ? local : "\(prefix):\(local)"
    case .anyName: target = "*"
    case .anyIn(let prefix): target = "\(prefix):*"
    case .node where axis == .parent: return ".." + filters
    case .node where axis == .itself: return "." + filters
    case .node: target = "node()"
    case .text: target = "text()"
    case .comment: target = "comment()"
    case .processingInstruction(let name):
      target = "processing-instruction(\(name.map { "'\($0)'" } ?? ""))"
    }
    switch axis {
    case .child: return target + filters
    case .attribute: return "@" + target + filters
    default: return "\(axis.rawValue)::\(target)\(filters)"
    }
  }
}
