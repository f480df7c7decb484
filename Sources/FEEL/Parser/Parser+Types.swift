public import Diagnostics

/// Types (DMN 1.5, rules 66-70): `number`, `list<T>`, `context<a: T>`, `range<T>`, `function<T> -> T`, or a name.
extension Parser {
  mutating func type() throws(Diagnostic) -> FEELType {
    guard token.isWord || token.kind == .quotedName else { throw problemAtToken("FEEL004") }
    switch text(token) {
    case "list" where peek().kind == .less: return .list(try singleArgument())
    case "range" where peek().kind == .less: return .range(try singleArgument())
    case "context" where peek().kind == .less: return try contextType()
    case "function" where peek().kind == .less: return try functionType()
    default: return try typeName()
    }
  }

  private mutating func singleArgument() throws(Diagnostic) -> FEELType {
    try advance()
    try advance()
    let argument = try nested { (parser) throws(Diagnostic) in try parser.type() }
    try closeAngle()
    return argument
  }

  private mutating func contextType() throws(Diagnostic) -> FEELType {
    try advance()
    try advance()
    var fields: [FEELType.Field] = []
    if token.kind != .greater {
      repeat {
        guard let name = try nameBeforeColon() else { throw problemAtToken("FEEL003") }
        let type = try nested { (parser) throws(Diagnostic) in try parser.type() }
        fields.append(FEELType.Field(name, type))
      } while try take(.comma)
    }
    try closeAngle()
    return .context(fields)
  }

  private mutating func functionType() throws(Diagnostic) -> FEELType {
    try advance()
    try advance()
    var parameters: [FEELType] = []
    if token.kind != .greater {
      repeat {
        parameters.append(try nested { (parser) throws(Diagnostic) in try parser.type() })
      } while try take(.comma)
    }
    try closeAngle()
    guard token.kind == .minus, peek().kind == .greater, peek().start == token.end else {
      throw expected("->")
    }
    try advance()
    try advance()
    return .function(parameters, try nested { (parser) throws(Diagnostic) in try parser.type() })
  }

  /// One `>`, also where `>=` was read as one token.
  private mutating func closeAngle() throws(Diagnostic) {
    guard token.kind == .greater || token.kind == .greaterOrEqual else { throw expected(">") }
    lastEnd = token.start + 1
    try read(from: token.start + 1)
  }

  /// A built-in name, which may hold `and`, or the name of a type the caller knows.
  private mutating func typeName() throws(Diagnostic) -> FEELType {
    let first = text(token)
    let known =
      Self.phrases.match(first, endingAt: token.end, in: lexer.bytes)
      ?? Phrases(names.types.keys).match(first, endingAt: token.end, in: lexer.bytes)
    if let known {
      lastEnd = known.end
      try read(from: known.end)
      return FEELType(named: known.name) ?? names.types[known.name] ?? .unknown(known.name)
    }
    var name = token.kind == .quotedName ? text(token.start + 1, token.end - 1) : first
    try advance()
    while token.kind == .word || token.kind == .dot {
      name += token.kind == .dot ? "." : name.hasSuffix(".") ? text(token) : " " + text(token)
      try advance()
    }
    return names.types[name] ?? FEELType(named: name) ?? .unknown(name)
  }

  private static let phrases = Phrases(FEELType.named.keys)
}

extension FEELType {
  /// Reads a type as it stands after `instance of` or in a `typeRef`.
  ///
  /// - Parameter types: the types that names other than the built-in ones stand for.
  /// - Throws: `FEEL0xx` with line and column. A name that stands for nothing gives `unknown`.
  public init(
    parsing text: String, types: [String: FEELType] = [:], at location: SourceLocation? = nil
  ) throws {
    var parser = Parser(text, names: FEELNames(variables: [:], types: types), at: location)
    self = try parser.wholeType()
  }
}
