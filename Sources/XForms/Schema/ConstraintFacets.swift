/// What a constraint says that XML Schema can say too; the rest is left for `xs:appinfo`.
struct ConstraintFacets {
  enum Bound: Hashable {
    case minInclusive, minExclusive, maxInclusive, maxExclusive
  }

  /// Numbers, or days as `YYYY-MM-DD`.
  private(set) var bounds: [Bound: String] = [:]
  private(set) var minLength: Int?
  private(set) var maxLength: Int?
  private(set) var patterns: [String] = []
  /// Some part could not be expressed.
  private(set) var isPartial = false

  init(_ constraint: XPathExpression?, of field: Field) {
    guard let constraint else { return }
    for part in constraint.term.conjuncts where !read(part, field) { isPartial = true }
  }

  private mutating func read(_ term: XPathTerm, _ field: Field) -> Bool {
    if case .call(.regex, let arguments) = term, arguments[0].isSelf,
      case .literal(let source) = arguments[1], field.type == .string,
      let pattern = (try? Pattern(parsing: source))?.schemaPattern
    {
      patterns.append(pattern)
      return true
    }
    guard case .compare(let comparison, let left, let right) = term else { return false }
    if let length = right.wholeNumber, left.isSelfLength { return readLength(comparison, length) }
    if let length = left.wholeNumber, right.isSelfLength {
      return readLength(comparison.mirrored, length)
    }
    if left.isSelf, let value = right.limit(of: field.type) { return readBound(comparison, value) }
    if right.isSelf, let value = left.limit(of: field.type) {
      return readBound(comparison.mirrored, value)
    }
    return false
  }

  private mutating func readLength(_ comparison: XPathComparison, _ length: Int) -> Bool {
    switch comparison {
    case .equal: (minLength, maxLength) = (length, length)
    case .less: maxLength = length - 1
    case .lessOrEqual: maxLength = length
    case .greater: minLength = length + 1
    case .greaterOrEqual: minLength = length
    case .notEqual: return false
    }
    return true
  }

  private mutating func readBound(_ comparison: XPathComparison, _ value: String) -> Bool {
    switch comparison {
    case .less: bounds[.maxExclusive] = value
    case .lessOrEqual: bounds[.maxInclusive] = value
    case .greater: bounds[.minExclusive] = value
    case .greaterOrEqual: bounds[.minInclusive] = value
    case .equal: (bounds[.minInclusive], bounds[.maxInclusive]) = (value, value)
    case .notEqual: return false
    }
    return true
  }
}

extension XPathComparison {
  /// The same with the sides exchanged.
  var mirrored: XPathComparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    }
  }
}

extension XPathTerm {
  /// What must all hold: the parts of an `and`.
  var conjuncts: [XPathTerm] {
    if case .and(let left, let right) = self { return left.conjuncts + right.conjuncts }
    return [self]
  }

  /// `.`
  var isSelf: Bool {
    self
      == .path(XPathPath(start: .context, steps: [XPathStep(axis: .itself, test: .node)]))
  }

  fileprivate var isSelfLength: Bool {
    if case .call(.stringLength, let arguments) = self {
      return arguments.isEmpty || arguments[0].isSelf
    }
    return false
  }

  fileprivate var wholeNumber: Int? {
    if case .number(let value) = self { Int(exactly: value) } else { nil }
  }

  /// A limit that a facet of this type can hold.
  fileprivate func limit(of type: FieldType) -> String? {
    switch (self, type) {
    case (.number(let value), .int): Int(exactly: value).map(String.init)
    case (.number(let value), .decimal): XPathNumber.text(value)
    case (.negate(let inner), .int), (.negate(let inner), .decimal):
      inner.limit(of: type).map { "-" + $0 }
    case (.call(.date, let arguments), .date):
      if case .literal(let text) = arguments[0], DateText.isDate(text) { text } else { nil }
    default: nil
    }
  }
}
