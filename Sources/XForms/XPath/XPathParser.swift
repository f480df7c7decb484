import Diagnostics

/// Recursive descent over the grammar of XPath 1.0, clauses 2 and 3.
struct XPathParser {
  private static let maximalDepth = 64
  private static let maximalLength = 20_000
  private let tokens: [XPathToken]
  private var index = 0
  private var depth = 0

  init(_ source: String) throws {
    guard source.utf8.count <= Self.maximalLength else { throw Diagnostic("FORM105") }
    tokens = try XPathLexer.tokens(of: source)
  }

  /// The whole text as one expression.
  mutating func expression() throws -> XPathTerm {
    let term = try or()
    guard token.kind == .end else { throw unexpected() }
    return term
  }

  private var token: XPathToken { tokens[index] }

  private func ahead(_ count: Int) -> XPathToken.Kind {
    tokens[min(index + count, tokens.count - 1)].kind
  }

  private mutating func take(_ symbol: XPathToken.Symbol) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ symbol: XPathToken.Symbol) throws {
    guard take(symbol) else { throw unexpected() }
  }

  /// `and`, `or`, `div`, `mod` stand where an operator must stand, so they are no names here.
  private mutating func takeWord(_ word: String) -> Bool {
    guard token.kind == .name(prefix: "", local: word) else { return false }
    index += 1
    return true
  }

  private func unexpected() -> Diagnostic {
    let found: String
    switch token.kind {
    case .number(let value): found = XPathNumber.text(value)
    case .literal(let text): found = "'\(text)'"
    case .name(let prefix, let local): found = prefix.isEmpty ? local : "\(prefix):\(local)"
    case .symbol(let symbol): found = symbol.rawValue
    case .end: return Diagnostic("FORM106", ["position": "\(token.position)"])
    }
    return .unexpectedInExpression(found, at: token.position)
  }
}

// MARK: Operators, weakest first

extension XPathParser {
  private mutating func or() throws -> XPathTerm {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximalDepth else { throw Diagnostic("FORM105") }
    var left = try and()
    while takeWord("or") { left = .or(left, try and()) }
    return left
  }

  private mutating func and() throws -> XPathTerm {
    var left = try equality()
    while takeWord("and") { left = .and(left, try equality()) }
    return left
  }

  private mutating func equality() throws -> XPathTerm {
    var left = try relation()
    while true {
      if take(.equal) {
        left = .compare(.equal, left, try relation())
      } else if take(.notEqual) {
        left = .compare(.notEqual, left, try relation())
      } else {
        return left
      }
    }
  }

  private mutating func relation() throws -> XPathTerm {
    var left = try sum()
    while true {
      if take(.less) {
        left = .compare(.less, left, try sum())
      } else if take(.lessOrEqual) {
        left = .compare(.lessOrEqual, left, try sum())
      } else if take(.greater) {
        left = .compare(.greater, left, try sum())
      } else if take(.greaterOrEqual) {
        left = .compare(.greaterOrEqual, left, try sum())
      } else {
        return left
      }
    }
  }

  private mutating func sum() throws -> XPathTerm {
    var left = try product()
    while true {
      if take(.plus) {
        left = .calculate(.add, left, try product())
      } else if take(.minus) {
        left = .calculate(.subtract, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws -> XPathTerm {
    var left = try negation()
    while true {
      if take(.star) {
        left = .calculate(.multiply, left, try negation())
      } else if takeWord("div") {
        left = .calculate(.divide, left, try negation())
      } else if takeWord("mod") {
        left = .calculate(.modulo, left, try negation())
      } else {
        return left
      }
    }
  }

  private mutating func negation() throws -> XPathTerm {
    var isNegative = false
    var isPresent = false
    while take(.minus) {
      isNegative.toggle()
      isPresent = true
    }
    let term = try union()
    guard isPresent else { return term }
    return isNegative ? .negate(term) : .negate(.negate(term))
  }

  private mutating func union() throws -> XPathTerm {
    var left = try path()
    while take(.union) { left = .union(left, try path()) }
    return left
  }
}

// MARK: Paths

extension XPathParser {
  private mutating func path() throws -> XPathTerm {
    switch token.kind {
    case .symbol(.slash):
      index += 1
      let steps = startsStep ? try self.steps() : []
      return .path(XPathPath(start: .root, steps: steps))
    case .symbol(.doubleSlash):
      index += 1
      return .path(XPathPath(start: .root, steps: [.anywhere] + (try steps())))
    case .number, .literal, .symbol(.open):
      return try filter()
    case .name where isCall:
      return try filter()
    default:
      guard startsStep else { throw unexpected() }
      return .path(XPathPath(start: .context, steps: try steps()))
    }
  }

  /// A primary expression, its predicates and the steps that follow it.
  private mutating func filter() throws -> XPathTerm {
    let primary = try primary()
    let predicates = try predicates()
    var steps: [XPathStep] = []
    if take(.slash) {
      steps = try self.steps()
    } else if take(.doubleSlash) {
      steps = [.anywhere] + (try self.steps())
    }
    if predicates.isEmpty, steps.isEmpty { return primary }
    return .path(XPathPath(start: .term(primary, predicates: predicates), steps: steps))
  }

  private mutating func primary() throws -> XPathTerm {
    switch token.kind {
    case .number(let value):
      index += 1
      return .number(value)
    case .literal(let text):
      index += 1
      return .literal(text)
    case .symbol(.open):
      index += 1
      let term = try or()
      try expect(.close)
      return term
    case .name(let prefix, let local):
      index += 1
      return try call(prefix.isEmpty ? local : "\(prefix):\(local)")
    case .symbol, .end:
      throw unexpected()
    }
  }

  private mutating func call(_ name: String) throws -> XPathTerm {
    try expect(.open)
    var arguments: [XPathTerm] = []
    if token.kind != .symbol(.close) {
      repeat { arguments.append(try or()) } while take(.comma)
    }
    try expect(.close)
    guard let function = XPathFunction(rawValue: name), function.accepts(arguments.count) else {
      return .unknownCall(name, arguments)
    }
    return .call(function, arguments)
  }

  private mutating func predicates() throws -> [XPathTerm] {
    var predicates: [XPathTerm] = []
    while take(.openPredicate) {
      predicates.append(try or())
      try expect(.closePredicate)
    }
    return predicates
  }

  private mutating func steps() throws -> [XPathStep] {
    var steps = [try step()]
    while true {
      if take(.slash) {
        steps.append(try step())
      } else if take(.doubleSlash) {
        steps += [.anywhere, try step()]
      } else {
        return steps
      }
    }
  }

  private mutating func step() throws -> XPathStep {
    if take(.itself) { return XPathStep(axis: .itself, test: .node, predicates: try predicates()) }
    if take(.parent) { return XPathStep(axis: .parent, test: .node, predicates: try predicates()) }
    var axis = XPathAxis.child
    if take(.attribute) {
      axis = .attribute
    } else if case .name("", let word) = token.kind, ahead(1) == .symbol(.axis) {
      guard let named = XPathAxis(rawValue: word) else { throw unexpected() }
      axis = named
      index += 2
    }
    let test = try test()
    return XPathStep(axis: axis, test: test, predicates: try predicates())
  }

  private mutating func test() throws -> XPathTest {
    if take(.star) { return .anyName }
    guard case .name(let prefix, let local) = token.kind else { throw unexpected() }
    index += 1
    if local == "*" { return .anyIn(prefix: prefix) }
    guard prefix.isEmpty, Self.nodeTypes.contains(local), take(.open) else {
      return .name(prefix: prefix, local: local)
    }
    var target: String?
    if local == "processing-instruction", case .literal(let text) = token.kind {
      index += 1
      target = text
    }
    try expect(.close)
    switch local {
    case "text": return .text
    case "comment": return .comment
    case "node": return .node
    default: return .processingInstruction(target)
    }
  }

  private static let nodeTypes: Set = ["text", "comment", "node", "processing-instruction"]

  /// A name before `(` that is no node type.
  private var isCall: Bool {
    guard case .name(let prefix, let local) = token.kind, ahead(1) == .symbol(.open) else {
      return false
    }
    return !prefix.isEmpty || !Self.nodeTypes.contains(local)
  }

  private var startsStep: Bool {
    switch token.kind {
    case .name, .symbol(.itself), .symbol(.parent), .symbol(.attribute), .symbol(.star): true
    case .number, .literal, .symbol, .end: false
    }
  }
}

extension XPathStep {
  /// What `//` stands for.
  static let anywhere = XPathStep(axis: .descendantOrSelf, test: .node)
}

extension Diagnostic {
  static func unexpectedInExpression(_ found: String, at position: Int) -> Diagnostic {
    Diagnostic("FORM101", ["found": found, "position": "\(position)"])
  }
}
