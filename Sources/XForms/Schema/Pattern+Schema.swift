extension Pattern {
  /// The pattern in the syntax of XML Schema, which is always anchored; `nil` when it cannot be said there.
  var schemaPattern: String? {
    guard isAnchored, case .sequence(let parts) = tree else { return nil }
    return PatternNode.sequence(Array(parts.dropFirst().dropLast())).schemaText
  }
}

extension PatternNode {
  fileprivate var schemaText: String? {
    switch self {
    case .set(let set): return set.schemaText
    case .start, .end, .wordBoundary: return nil
    case .sequence(let parts):
      let texts = parts.map { part -> String? in
        if case .choice = part { return part.schemaText.map { "(\($0))" } }
        return part.schemaText
      }
      return texts.contains(nil) ? nil : texts.compactMap { $0 }.joined()
    case .choice(let branches):
      let texts = branches.map(\.schemaText)
      return texts.contains(nil) ? nil : texts.compactMap { $0 }.joined(separator: "|")
    case .repeated(let inner, let minimum, let maximum):
      guard let text = inner.schemaText else { return nil }
      let atom = if case .set = inner { text } else { "(\(text))" }
      switch (minimum, maximum) {
      case (0, nil): return atom + "*"
      case (1, nil): return atom + "+"
      case (0, 1): return atom + "?"
      case (_, nil): return "\(atom){\(minimum),}"
      case (_, let maximum?):
        return maximum == minimum ? "\(atom){\(minimum)}" : "\(atom){\(minimum),\(maximum)}"
      }
    }
  }
}

extension PatternSet {
  fileprivate var schemaText: String? {
    if self == .any { return "." }
    let inside = items.map(\.schemaText).joined()
    if items.count == 1, !isNegated {
      if case .range(let first, let last) = items[0], first != last { return "[\(inside)]" }
      return inside
    }
    return "[\(isNegated ? "^" : "")\(inside)]"
  }
}

extension PatternSet.Item {
  fileprivate var schemaText: String {
    switch self {
    case .range(let first, let last):
      let start = Self.escaped(first)
      return first == last ? start : "\(start)-\(Self.escaped(last))"
    case .characterClass(let name, let isNegated):
      switch name {
      case .digit: return isNegated ? "[^0-9]" : "0-9".bracketed
      case .word: return isNegated ? "[^A-Za-z0-9_]" : "A-Za-z0-9_".bracketed
      case .space: return isNegated ? "\\S" : "\\s"
      case .letter, .upper, .lower, .number:
        return "\\\(isNegated ? "P" : "p"){\(name.rawValue)}"
      }
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\\", "|", ".", "-", "^", "?", "*", "+", "{", "}", "(", ")", "[", "]": "\\\(scalar)"
    default: String(scalar)
    }
  }
}

extension String {
  fileprivate var bracketed: String { "[\(self)]" }
}
