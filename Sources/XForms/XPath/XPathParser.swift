import Diagnostics

/// Recursive descent over the grammar of XPath 1.0, clauses 2 and 3.
struct XPathParser {
  private static let maximalDepth = 64
  private static let maximalLength = 20_000
  private let source: String
  private let tokens: [XPathToken]
  private var index = 0
  private var depth = 0

  init(_ source: String) throws {
    guard source.utf8.count <= Self.maximalLength else { throw Diagnostic("FORM105") }
    self.source = source
    tokens = try XPathLexer.tokens(of: source)
  }

  /// The whole text as one expression.
  mutating func expression() throws -> XPathTerm {
    let term = try or()
    guard kind == .end else { throw unexpected() }
    return term
  }

  private var kind: XPathToken.Kind { tokens[index].kind }

  private func ahead(_ count: Int) -> XPathToken.Kind {
    tokens[min(index + count, tokens.count - 1)].kind
  }

  private mutating func take(_ kind: XPathToken.Kind) -> Bool {
    guard self.kind == kind else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ kind: XPathToken.Kind) throws {
    guard take(kind) else { throw unexpected() }
  }

  private func unexpected() -> Diagnostic {
    let token = tokens[index]
    let position = XPathLexer.position(of: token.offset, in: source.utf8)
    let found: String
    switch token.kind {
    case .number: found = XPathNumber.text(token.value)
    case .literal: found = "'\(token.text)'"
    case .name where !token.prefix.isEmpty: found = "\(token.prefix):\(token.text)"
    case .end: return Diagnostic("FORM106", ["position": "\(position)"])
    default: found = token.text
    }
    return .unexpectedInExpression(found, at: position)
  }
}

// MARK: Operators, weakest first

extension XPathParser {
  private mutating func or() throws -> XPathTerm {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximalDepth else { throw Diagnostic("FORM105") }
    var left = try and()
    while take(.or) { left = .or(left, try and()) }
    return left
  }

  private mutating func and() throws -> XPathTerm {
    var left = try equality()
    while take(.and) { left = .and(left, try equality()) }
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
      } else if take(.div) {
        left = .calculate(.divide, left, try negation())
      } else if take(.mod) {
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
    switch kind {
    case .slash:
      index += 1
      let steps = startsStep ? try self.steps() : []
      return .path(XPathPath(start: .root, steps: steps))
    case .doubleSlash:
      index += 1
      return .path(XPathPath(start: .root, steps: [.anywhere] + (try steps())))
    case .number, .literal, .open:
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
    let token = tokens[index]
    switch token.kind {
    case .number:
      index += 1
      return .number(token.value)
    case .literal:
      index += 1
      return .literal(token.text)
    case .open:
      index += 1
      let term = try or()
      try expect(.close)
      return term
    case .name:
      index += 1
      return try call(token.prefix.isEmpty ? token.text : "\(token.prefix):\(token.text)")
    default:
      throw unexpected()
    }
  }

  private mutating func call(_ name: String) throws -> XPathTerm {
    try expect(.open)
    var arguments: [XPathTerm] = []
    if kind != .close {
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
    } else if kind == .name, tokens[index].prefix.isEmpty, ahead(1) == .axis {
      guard let named = XPathAxis(rawValue: tokens[index].text) else { throw unexpected() }
      axis = named
      index += 2
    }
    let test = try test()
    return XPathStep(axis: axis, test: test, predicates: try predicates())
  }

  private mutating func test() throws -> XPathTest {
    if take(.star) { return .anyName }
    guard kind == .name else { throw unexpected() }
    let prefix = tokens[index].prefix
    let local = tokens[index].text
    index += 1
    if local == "*" { return .anyIn(prefix: prefix) }
    guard prefix.isEmpty, kind == .open, Self.nodeTypes.contains(local), take(.open) else {
      return .name(prefix: prefix, local: local)
    }
    var target: String?
    if local == "processing-instruction", kind == .literal {
      target = tokens[index].text
      index += 1
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
    guard kind == .name, ahead(1) == .open else { return false }
    return !tokens[index].prefix.isEmpty || !Self.nodeTypes.contains(tokens[index].text)
  }

  private var startsStep: Bool {
    switch kind {
    case .name, .itself, .parent, .attribute, .star: true
    default: false
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
