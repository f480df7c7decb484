import Diagnostics

// What is found in an expression, or changed in it, before it is ever evaluated.

extension XPathTerm {
  /// Calls `body` with this term and every term in it, those in predicates included, from left to right.
  func visit(_ body: (XPathTerm) throws -> Void) rethrows {
    try body(self)
    switch self {
    case .number, .literal: break
    case .path(let path): try path.visitTerms(body)
    case .call(_, let arguments), .unknownCall(_, let arguments):
      for argument in arguments { try argument.visit(body) }
    case .or(let left, let right), .and(let left, let right), .compare(_, let left, let right),
      .calculate(_, let left, let right), .union(let left, let right):
      try left.visit(body)
      try right.visit(body)
    case .negate(let operand): try operand.visit(body)
    }
  }

  /// The first call of a function that there is not, or that takes another number of arguments.
  var wrongCall: Diagnostic? {
    var result: Diagnostic?
    visit { term in
      guard result == nil, case .unknownCall(let name, let arguments) = term else { return }
      result = .unknownCall(name, arguments.count)
    }
    return result
  }

  /// Every function that is called.
  var functions: Set<XPathFunction> {
    var result: Set<XPathFunction> = []
    visit { if case .call(let function, _) = $0 { result.insert(function) } }
    return result
  }

  /// The patterns given as text to `regex`.
  var patterns: [String] {
    var result: [String] = []
    visit { term in
      guard case .call(.regex, let arguments) = term, case .literal(let pattern) = arguments[1]
      else { return }
      result.append(pattern)
    }
    return result
  }

  func checkPatterns() throws {
    for pattern in patterns { _ = try Pattern(parsing: pattern) }
  }

  /// `jr:choice-name(value, 'path')` with the path in quotes parsed.
  func withParsedChoicePaths() throws -> XPathTerm {
    guard functions.contains(.choiceName) else { return self }
    return try mapped { term in
      guard case .call(.choiceName, let arguments) = term, case .literal(let path) = arguments[1]
      else { return term }
      return .call(.choiceName, [arguments[0], try XPathExpression(parsing: path).term])
    }
  }

  /// This term with `change` applied to every term in it, innermost first.
  func mapped(_ change: (XPathTerm) throws -> XPathTerm) rethrows -> XPathTerm {
    let inner: XPathTerm =
      switch self {
      case .number, .literal: self
      case .path(let path): .path(try path.mapped(change))
      case .call(let function, let arguments):
        .call(function, try arguments.map { try $0.mapped(change) })
      case .unknownCall(let name, let arguments):
        .unknownCall(name, try arguments.map { try $0.mapped(change) })
      case .or(let left, let right): .or(try left.mapped(change), try right.mapped(change))
      case .and(let left, let right): .and(try left.mapped(change), try right.mapped(change))
      case .compare(let comparison, let left, let right):
        .compare(comparison, try left.mapped(change), try right.mapped(change))
      case .calculate(let operation, let left, let right):
        .calculate(operation, try left.mapped(change), try right.mapped(change))
      case .negate(let operand): .negate(try operand.mapped(change))
      case .union(let left, let right): .union(try left.mapped(change), try right.mapped(change))
      }
    return try change(inner)
  }
}

extension XPathPath {
  /// The name in `instance('name')/…`.
  var listName: String? {
    guard case .term(.call(.instance, let arguments), _) = start,
      case .literal(let name)? = arguments.first
    else { return nil }
    return name
  }

  fileprivate func visitTerms(_ body: (XPathTerm) throws -> Void) rethrows {
    if case .term(let term, let predicates) = start {
      try term.visit(body)
      for predicate in predicates { try predicate.visit(body) }
    }
    for step in steps {
      for predicate in step.predicates { try predicate.visit(body) }
    }
  }

  fileprivate func mapped(_ change: (XPathTerm) throws -> XPathTerm) rethrows -> XPathPath {
    var copy = self
    if case .term(let term, let predicates) = start {
      copy.start = .term(
        try term.mapped(change), predicates: try predicates.map { try $0.mapped(change) })
    }
    for index in copy.steps.indices {
      copy.steps[index].predicates = try steps[index].predicates.map { try $0.mapped(change) }
    }
    return copy
  }
}

extension Diagnostic {
  static func unknownCall(_ name: String, _ count: Int) -> Diagnostic {
    XPathFunction(rawValue: name) == nil
      ? Diagnostic("FORM102", ["name": name])
      : Diagnostic("FORM103", ["name": name, "count": "\(count)"])
  }
}
