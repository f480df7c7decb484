internal import Diagnostics

/// `in` and unary tests (DMN 1.5, rules 7, 13-18, 49c).
extension Parser {
  mutating func membership(of left: Operand, from start: Int) throws(Diagnostic) -> Operand {
    let slot = scope.newSlot()
    let tests = try nested { (parser) throws(Diagnostic) in
      if let tests = try parser.parenthesizedTests(slot) { return tests }
      return try parser.positiveTest(slot)
    }
    let id = try emit(
      .membership(input: left.id, slot: slot, tests: tests), from: start, over: left.id, tests)
    return Operand(id: id, type: .boolean)
  }

  /// `(test, test)`; `nil`, with nothing read, when the parenthesis starts an expression or interval.
  private mutating func parenthesizedTests(_ slot: Int32) throws(Diagnostic) -> NodeID? {
    guard token.kind == .leftParen else { return nil }
    let before = checkpoint()
    let start = token.start
    try advance()
    let tests = try bracketed { (parser) throws(Diagnostic) in
      var tests = [try parser.positiveTest(slot)]
      while try parser.take(.comma) { tests.append(try parser.positiveTest(slot)) }
      return tests
    }
    let isClosed = token.kind == .rightParen
    if isClosed { try advance() }
    guard isClosed, !continuesOperand else {
      guard tests.count == 1 else { throw expected(")") }
      restore(before)
      return nil
    }
    let run = run(tests)
    return try emit(.anyTest(run), from: start, height: height(of: tests))
  }

  private var continuesOperand: Bool {
    switch token.kind {
    case .plus, .minus, .star, .slash, .starStar, .dot, .leftBracket, .leftParen, .instance,
      .dotDot:
      true
    default: false
    }
  }

  /// One test of the value in `slot`: a comparison without its left side, or a value, list or range to find it in.
  private mutating func positiveTest(_ slot: Int32) throws(Diagnostic) -> NodeID {
    let start = token.start
    let input = try emit(.slot(slot), from: start, height: 0)
    if let test = try comparisonTest(of: input) { return test }
    let operand = try binary(Precedence.comparison.tighter)
    return try emit(.inside(input: input, operand.id), from: start, over: operand.id)
  }

  private mutating func comparisonTest(of input: NodeID) throws(Diagnostic) -> NodeID? {
    guard let comparison = Comparison(token.kind) else { return nil }
    let start = token.start
    try advance()
    let end = try binary(Precedence.comparison.tighter)
    return try emit(.comparison(comparison, input, end.id), from: start, over: end.id)
  }

  /// The whole source: `-`, `not(…)` or tests with commas between them.
  mutating func unaryTests() throws(Diagnostic) -> NodeID {
    let start = token.start
    if token.kind == .minus, peek().kind == .end {
      try advance()
      return try constant(.boolean(true), from: start)
    }
    if let negated = try negatedTests() { return negated }
    return try rootTests()
  }

  private mutating func negatedTests() throws(Diagnostic) -> NodeID? {
    guard token.kind == .word, text(token) == "not", peek().kind == .leftParen else { return nil }
    let before = checkpoint()
    let start = token.start
    try advance()
    try advance()
    let tests = try bracketed { (parser) throws(Diagnostic) in try parser.rootTests() }
    guard token.kind == .rightParen, peek().kind == .end else {
      restore(before)
      return nil
    }
    try advance()
    return try emit(.not(tests), from: start, over: tests)
  }

  private mutating func rootTests() throws(Diagnostic) -> NodeID {
    let start = token.start
    var tests = [try rootTest()]
    while try take(.comma) { tests.append(try rootTest()) }
    if tests.count == 1 { return tests[0] }
    let run = run(tests)
    return try emit(.anyTest(run), from: start, height: height(of: tests))
  }

  private mutating func rootTest() throws(Diagnostic) -> NodeID {
    let start = token.start
    let input = try reference("?", from: start).id
    mentionsInput = false
    if let test = try comparisonTest(of: input) { return test }
    let operand = try expression()
    if mentionsInput { return try emit(.holds(operand.id), from: start, over: operand.id) }
    return try emit(
      Self.isPlainValue(code.entries[Int(operand.id)].node)
        ? .inside(input: input, operand.id) : .holdsOrEquals(input: input, operand.id),
      from: start, over: operand.id)
  }

  /// Whether a cell names a value, rather than computing a truth value that may stand for itself.
  private static func isPlainValue(_ node: Node) -> Bool {
    switch node {
    case .constant, .failure, .slot, .free, .path, .list, .interval, .comparisonRange, .context,
      .element, .filter, .arithmetic, .negation:
      true
    default: false
    }
  }
}
