internal import Diagnostics

/// Operands: literals, names, brackets, and what may follow them (DMN 1.5, rules 19-46, 52-59).
extension Parser {
  mutating func postfix() throws(Diagnostic) -> Operand {
    let start = token.start
    var operand = try primary()
    while true {
      switch token.kind {
      case .dot: operand = try path(on: operand, from: start)
      case .leftBracket:
        guard let filtered = try filter(operand, from: start) else { return operand }
        operand = filtered
      case .leftParen: operand = try call(operand, from: start)
      default: return operand
      }
    }
  }

  private mutating func primary() throws(Diagnostic) -> Operand {
    let start = token.start
    switch token.kind {
    case .number: return try number()
    case .string:
      let text = unescaped(token)
      try advance()
      return Operand(id: try constant(.string(text), from: start), type: .string)
    case .at: return try temporalLiteral()
    case .word, .quotedName: return try named()
    case .trueWord, .falseWord, .null: return try keywordLiteral()
    case .question:
      try advance()
      return try reference("?", from: start)
    case .leftParen:
      return try bracketed { (parser) throws(Diagnostic) in try parser.parenthesis() }
    case .leftBracket, .rightBracket:
      return try bracketed { (parser) throws(Diagnostic) in try parser.brackets() }
    case .leftBrace: return try bracketed { (parser) throws(Diagnostic) in try parser.context() }
    case .ifWord: return try nested { (parser) throws(Diagnostic) in try parser.conditional() }
    case .forWord, .someWord, .everyWord:
      return try nested { (parser) throws(Diagnostic) in try parser.iteration() }
    case .function: return try nested { (parser) throws(Diagnostic) in try parser.function() }
    default: throw problemAtToken("FEEL002")
    }
  }

  private mutating func number() throws(Diagnostic) -> Operand {
    let start = token.start
    let number = Decimal128(utf8: lexer.bytes.span.extracting(token.start..<token.end))
    try advance()
    guard let number else {
      return Operand(id: try failure(.notRepresentable("number"), from: start), type: .number)
    }
    return Operand(id: try constant(.number(number), from: start), type: .number)
  }

  private mutating func keywordLiteral() throws(Diagnostic) -> Operand {
    let (start, kind) = (token.start, token.kind)
    try advance()
    if kind == .null { return Operand(id: try constant(.null, from: start), type: .null) }
    return Operand(id: try constant(.boolean(kind == .trueWord), from: start), type: .boolean)
  }

  /// `@"2026-03-01"`
  private mutating func temporalLiteral() throws(Diagnostic) -> Operand {
    let start = token.start
    try advance()
    guard token.kind == .string else { throw expected("\"") }
    let text = unescaped(token)
    try advance()
    guard let value = FEELValue(temporal: text) else {
      return Operand(id: try failure(.unreadable("date"), from: start))
    }
    return Operand(id: try constant(value, from: start), type: FEELType(of: value))
  }

  /// `(expression)`, `(low..high)` or `(< end)`.
  private mutating func parenthesis() throws(Diagnostic) -> Operand {
    let start = token.start
    try advance()
    if let comparison = Comparison(token.kind) {
      return try comparisonRange(comparison, from: start)
    }
    let inner = try expression()
    if token.kind == .dotDot { return try interval(inner, includesLow: false, from: start) }
    try expect(.rightParen, ")")
    return inner
  }

  private mutating func comparisonRange(
    _ comparison: Comparison, from start: Int
  ) throws(Diagnostic) -> Operand {
    try advance()
    let end = try binary(Precedence.comparison.tighter)
    try expect(.rightParen, ")")
    let id = try emit(.comparisonRange(comparison, end.id), from: start, over: end.id)
    if let end = constantValue(end.id) {
      fold(id) { () throws(Failure) in try Operators.comparisonRange(comparison, end) }
    }
    return Operand(id: id, type: .range(end.type))
  }

  /// `[a, b]`, `[low..high]` or `]low..high]`.
  private mutating func brackets() throws(Diagnostic) -> Operand {
    let start = token.start
    let isList = token.kind == .leftBracket
    try advance()
    if isList, try take(.rightBracket) {
      return Operand(id: try constant(.list([]), from: start), type: .list(.any))
    }
    let first = try expression()
    if token.kind == .dotDot || !isList {
      return try interval(first, includesLow: isList, from: start)
    }
    var elements = [first]
    while try take(.comma) { elements.append(try expression()) }
    try expect(.rightBracket, "]")
    let nodes = elements.map(\.id)
    let run = run(nodes)
    let id = try emit(.list(run), from: start, height: height(of: nodes))
    if let values = constantValues(nodes) { fold(id) { .list(values) } }
    return Operand(id: id, type: .list(first.type))
  }

  /// The rest of an interval from `..` on.
  private mutating func interval(
    _ low: Operand, includesLow: Bool, from start: Int
  ) throws(Diagnostic) -> Operand {
    try expect(.dotDot, "..")
    mayEndInterval = true
    let high = try binary(Precedence.comparison.tighter)
    mayEndInterval = false
    let includesHigh = token.kind == .rightBracket
    guard includesHigh || token.kind == .rightParen || token.kind == .leftBracket else {
      throw expected("]")
    }
    try advance()
    let node = Node.interval(
      low: low.id, high: high.id, includesLow: includesLow, includesHigh: includesHigh)
    let id = try emit(node, from: start, over: low.id, high.id)
    if let low = constantValue(low.id), let high = constantValue(high.id) {
      fold(id) { () throws(Failure) in
        try Operators.interval(low, high, includesLow: includesLow, includesHigh: includesHigh)
      }
    }
    return Operand(id: id, type: .range(low.type))
  }

  private mutating func path(on operand: Operand, from start: Int) throws(Diagnostic) -> Operand {
    try advance()
    let member = try memberName(of: operand.type)
    let id = try emit(.path(operand.id, name: name(member)), from: start, over: operand.id)
    return Operand(id: id, type: operand.type.member(member))
  }

  /// `operand[…]`; `nil`, with nothing read, when the bracket ends the interval whose end `operand` is.
  private mutating func filter(
    _ operand: Operand, from start: Int
  ) throws(Diagnostic) -> Operand? {
    guard mayEndInterval else { return try certainFilter(operand, from: start) }
    let before = checkpoint()
    do {
      return try certainFilter(operand, from: start)
    } catch {
      guard error.code != "FEEL010" else { throw error }
      restore(before)
      return nil
    }
  }

  private mutating func certainFilter(
    _ operand: Operand, from start: Int
  ) throws(Diagnostic) -> Operand {
    try advance()
    let mark = scope.mark()
    let item = scope.newSlot()
    scope.bind("item", slot: item, type: operand.type.element, isItem: true)
    let predicate = try bracketed { (parser) throws(Diagnostic) in
      let predicate = try parser.expression()
      try parser.expect(.rightBracket, "]")
      return predicate
    }
    scope.leave(mark)
    if case .number = constantValue(predicate.id) {
      let node = Node.element(operand.id, index: predicate.id)
      let id = try emit(node, from: start, over: operand.id, predicate.id)
      return Operand(id: id, type: operand.type.element)
    }
    let node = Node.filter(operand.id, predicate: predicate.id, item: item)
    let id = try emit(node, from: start, over: operand.id, predicate.id)
    return Operand(id: id, type: operand.type)
  }
}
