internal import Diagnostics

/// Reads FEEL (DMN 1.5, 10.3.1) and writes a `Program`, in one pass: names become slots as soon as they are read.
struct Parser {
  let source: String
  let location: SourceLocation?
  let names: FEELNames
  let lexer: Lexer
  var token = Token(kind: .end, start: 0, end: 0)
  /// The end of the token before `token`.
  var lastEnd = 0
  var scope = Scope()
  var code = Code()
  /// Whether the unary test being read mentions `?`.
  var mentionsInput = false
  /// Whether a `[` may be the end of an interval instead of the start of a filter.
  var mayEndInterval = false
  /// The name of the context entry whose function is being read: the function may call itself.
  var ownName: String?
  var nesting = 0
  private var tokensLeft: Int

  static let nestingLimit = 150
  static let heightLimit: Int32 = 400
  static let byteLimit = 1_000_000

  /// A subexpression that was read.
  struct Operand {
    let id: NodeID
    var type: FEELType = .any
  }

  init(_ source: String, names: FEELNames, at location: SourceLocation?) {
    self.source = source
    self.location = location
    self.names = names
    let bytes = Array(source.utf8)
    lexer = Lexer(bytes: bytes)
    code.reserveCapacity(bytes.count / 2 + 4)
    tokensLeft = 50 * (bytes.count + 100)
  }

  /// The whole source as one expression.
  mutating func expressionProgram() throws(Diagnostic) -> Program {
    try start()
    let root = try expression()
    return try program(root.id)
  }

  /// The whole source as unary tests (rule 15): the input is the free variable `?`. An empty cell tests nothing.
  mutating func unaryTestsProgram() throws(Diagnostic) -> Program {
    try begin()
    guard token.kind != .end else { return try program(try constant(.boolean(true), from: 0)) }
    return try program(try unaryTests())
  }

  /// The whole source as a type.
  mutating func wholeType() throws(Diagnostic) -> FEELType {
    try start()
    let type = try type()
    guard token.kind == .end else { throw unexpected() }
    return type
  }

  /// Reads the first token, which there must be.
  mutating func start() throws(Diagnostic) {
    try begin()
    guard token.kind != .end else { throw problem("FEEL008", at: 0) }
  }

  private mutating func begin() throws(Diagnostic) {
    guard lexer.bytes.count <= Self.byteLimit else {
      throw problem("FEEL010", ["limit": "\(Self.byteLimit)"], at: 0)
    }
    try read(from: 0)
  }

  private mutating func program(_ root: NodeID) throws(Diagnostic) -> Program {
    guard token.kind == .end else { throw unexpected() }
    code.frameSize = scope.frameSize
    return Program(
      source: source, location: location, code: code, root: root, free: scope.free)
  }
}

// MARK: - Tokens

extension Parser {
  mutating func advance() throws(Diagnostic) {
    lastEnd = token.end
    try read(from: token.end)
  }

  /// Makes the token at or after `position` the current one.
  mutating func read(from position: Int) throws(Diagnostic) {
    tokensLeft -= 1
    guard tokensLeft > 0 else {
      throw problem("FEEL010", ["limit": "\(Self.byteLimit)"], at: position)
    }
    do {
      token = try lexer.token(from: position)
    } catch {
      switch error {
      case .unterminatedString(let start): throw problem("FEEL006", at: start)
      case .unterminatedComment(let start): throw problem("FEEL007", at: start)
      }
    }
  }

  /// The token after the current one.
  func peek() -> Token {
    (try? lexer.token(from: token.end)) ?? Token(kind: .unknown, start: token.end, end: token.end)
  }

  mutating func take(_ kind: Token.Kind) throws(Diagnostic) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  mutating func expect(_ kind: Token.Kind, _ symbol: String) throws(Diagnostic) {
    guard token.kind == kind else { throw expected(symbol) }
    try advance()
  }

  func text(_ token: Token) -> String { text(token.start, token.end) }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: lexer.bytes[start..<min(end, lexer.bytes.count)], as: UTF8.self)
  }

  /// Runs `read` one level deeper.
  mutating func nested<Value>(
    _ read: (inout Parser) throws(Diagnostic) -> Value
  ) throws(Diagnostic) -> Value {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else {
      throw problem("FEEL009", ["limit": "\(Self.nestingLimit)"], at: token.start)
    }
    return try read(&self)
  }

  /// As `nested`, and inside brackets, where a `[` is no end of an interval around them.
  mutating func bracketed<Value>(
    _ read: (inout Parser) throws(Diagnostic) -> Value
  ) throws(Diagnostic) -> Value {
    let outside = mayEndInterval
    mayEndInterval = false
    defer { mayEndInterval = outside }
    return try nested(read)
  }
}

// MARK: - Reading something twice

extension Parser {
  /// Enough to read on from an earlier place as if nothing had been read since; only the limit on tokens remembers.
  struct Checkpoint {
    let token: Token
    let lastEnd: Int
    let scope: Scope
    let nodeCount: Int
    let mentionsInput: Bool
    let mayEndInterval: Bool
    let nesting: Int
    let ownName: String?
  }

  func checkpoint() -> Checkpoint {
    Checkpoint(
      token: token, lastEnd: lastEnd, scope: scope, nodeCount: code.entries.count,
      mentionsInput: mentionsInput, mayEndInterval: mayEndInterval, nesting: nesting,
      ownName: ownName)
  }

  mutating func restore(_ checkpoint: Checkpoint) {
    (token, lastEnd, scope) = (checkpoint.token, checkpoint.lastEnd, checkpoint.scope)
    (mentionsInput, mayEndInterval) = (checkpoint.mentionsInput, checkpoint.mayEndInterval)
    (nesting, ownName) = (checkpoint.nesting, checkpoint.ownName)
    code.entries.removeSubrange(checkpoint.nodeCount...)
  }
}

// MARK: - Problems

extension Parser {
  func problem(
    _ code: String, _ arguments: [String: String] = [:], at offset: Int
  ) -> Diagnostic {
    let (line, column) = TextPosition.lineAndColumn(of: offset, in: source)
    let firstLine = location?.line ?? 1
    let place = SourceLocation(
      file: location?.file ?? "FEEL", line: firstLine + line - 1,
      column: line == 1 ? (location?.column ?? 1) + column - 1 : column)
    return Diagnostic(code, arguments, at: place)
  }

  /// The current token cannot follow what was read.
  func unexpected() -> Diagnostic { problemAtToken("FEEL005") }

  func expected(_ symbol: String) -> Diagnostic { problemAtToken("FEEL001", ["expected": symbol]) }

  /// The current token starts none of what `code` says is wanted.
  func problemAtToken(_ code: String, _ arguments: [String: String] = [:]) -> Diagnostic {
    guard token.kind != .end else { return problem("FEEL011", at: token.start) }
    let found = arguments.merging(["found": shortText(token)]) { $1 }
    return problem(code, found, at: token.start)
  }

  private func shortText(_ token: Token) -> String {
    let text = text(token)
    return text.count <= 30 ? text : text.prefix(29) + "…"
  }
}

// MARK: - Nodes

extension Parser {
  /// Adds a node whose text runs from `start` to the last token; `children` count for the limit on levels.
  mutating func emit(
    _ node: Node, from start: Int, over first: NodeID, _ second: NodeID = -1,
    _ third: NodeID = -1
  ) throws(Diagnostic) -> NodeID {
    let height = max(height(of: first), height(of: second), height(of: third))
    return try emit(node, from: start, height: height)
  }

  /// - Parameter id: -1 for none.
  func height(of id: NodeID) -> Int32 { id < 0 ? 0 : code.entries[Int(id)].height }

  mutating func emit(
    _ node: Node, from start: Int, height: Int32
  ) throws(Diagnostic) -> NodeID {
    guard height < Self.heightLimit else {
      throw problem("FEEL009", ["limit": "\(Self.heightLimit)"], at: start)
    }
    let span = SourceSpan(start: Int32(start), end: Int32(max(start, lastEnd)))
    code.entries.append(Code.Entry(node: node, span: span, height: height + 1))
    return NodeID(code.entries.count - 1)
  }

  func height(of nodes: [NodeID]) -> Int32 {
    var height: Int32 = 0
    for node in nodes { height = max(height, self.height(of: node)) }
    return height
  }

  mutating func constant(_ value: FEELValue, from start: Int) throws(Diagnostic) -> NodeID {
    code.constants.append(value)
    return try emit(.constant(Int32(code.constants.count - 1)), from: start, height: 0)
  }

  mutating func failure(_ failure: Failure, from start: Int) throws(Diagnostic) -> NodeID {
    code.failures.append(failure)
    return try emit(.failure(Int32(code.failures.count - 1)), from: start, height: 0)
  }

  mutating func run(_ nodes: [NodeID]) -> Run {
    code.operands.append(contentsOf: nodes)
    return Run(start: Int32(code.operands.count - nodes.count), count: Int32(nodes.count))
  }

  mutating func name(_ name: String) -> Int32 {
    if let known = code.names.firstIndex(of: name) { return Int32(known) }
    code.names.append(name)
    return Int32(code.names.count - 1)
  }

  func constantValue(_ id: NodeID) -> FEELValue? {
    guard case .constant(let index) = code.entries[Int(id)].node else { return nil }
    return code.constants[Int(index)]
  }

  /// The values of `ids`, if all of them are constants.
  func constantValues(_ ids: [NodeID]) -> [FEELValue]? {
    var values: [FEELValue] = []
    values.reserveCapacity(ids.count)
    for id in ids {
      guard let value = constantValue(id) else { return nil }
      values.append(value)
    }
    return values
  }

  /// Replaces a node whose operands are constants by its value, unless it fails: the note belongs to every evaluation.
  mutating func fold(_ id: NodeID, _ operation: () throws(Failure) -> FEELValue) {
    guard let value = try? operation(), Self.isWorthKeeping(value) else { return }
    code.constants.append(value)
    code.entries[Int(id)].node = .constant(Int32(code.constants.count - 1))
  }

  private static func isWorthKeeping(_ value: FEELValue) -> Bool {
    switch value {
    case .function: false
    case .list(let elements): elements.count <= 10_000
    case .string(let text): text.utf8.count <= 10_000
    case .null, .boolean, .number, .date, .time, .dateTime, .daysTime, .yearsMonths, .context,
      .range:
      true
    }
  }
}
