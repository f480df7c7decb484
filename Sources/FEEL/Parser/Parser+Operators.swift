internal import Diagnostics

/// How tightly operators bind, loosest first (DMN 1.5, rules 2, 4, 49-51).
enum Precedence: Int {
  case disjunction = 1
  case conjunction, comparison, sum, product, power, instance

  init?(_ kind: Token.Kind) {
    switch kind {
    case .or: self = .disjunction
    case .and: self = .conjunction
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .inWord:
      self = .comparison
    case .plus, .minus: self = .sum
    case .star, .slash: self = .product
    case .starStar: self = .power
    case .instance: self = .instance
    default: return nil
    }
  }

  /// What the right operand of a left-associative operator must bind.
  var tighter: Int { rawValue + 1 }
}

extension Comparison {
  init?(_ kind: Token.Kind) {
    switch kind {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }
}

extension FEELType {
  /// The type of an operation on two values of this type, as far as all operations share it.
  fileprivate var ofArithmetic: FEELType {
    switch self {
    case .number, .string: self
    case .any, .null, .boolean, .date, .time, .dateTime, .daysTime, .yearsMonths, .list, .context,
      .range, .function, .unknown:
      .any
    }
  }
}

extension Parser {
  mutating func expression() throws(Diagnostic) -> Operand {
    try binary(Precedence.disjunction.rawValue)
  }

  /// Operators that bind at least as tightly as `minimum`; all of them associate to the left.
  mutating func binary(_ minimum: Int) throws(Diagnostic) -> Operand {
    let start = token.start
    var left = try unary()
    while let precedence = Precedence(token.kind), precedence.rawValue >= minimum {
      left = try operation(on: left, precedence, from: start)
    }
    return left
  }

  /// `-` binds tighter than every other operator: `-3 ** 2` is 9.
  private mutating func unary() throws(Diagnostic) -> Operand {
    guard token.kind == .minus else { return try postfix() }
    let start = token.start
    try advance()
    let operand = try nested { (parser) throws(Diagnostic) in try parser.unary() }
    let id = try emit(.negation(operand.id), from: start, over: operand.id)
    if let value = constantValue(operand.id) {
      fold(id) { () throws(Failure) in try Operators.negation(value) }
    }
    return Operand(id: id, type: operand.type)
  }

  private mutating func operation(
    on left: Operand, _ precedence: Precedence, from start: Int
  ) throws(Diagnostic) -> Operand {
    let kind = token.kind
    try advance()
    switch precedence {
    case .disjunction, .conjunction:
      let right = try binary(precedence.tighter)
      let node: Node =
        kind == .or ? .disjunction(left.id, right.id) : .conjunction(left.id, right.id)
      return Operand(id: try emit(node, from: start, over: left.id, right.id), type: .boolean)
    case .comparison: return try comparison(of: left, kind, from: start)
    case .sum, .product, .power:
      let (operation, right) = (Self.arithmetic(kind), try binary(precedence.tighter))
      let id = try emit(
        .arithmetic(operation, left.id, right.id), from: start, over: left.id, right.id)
      if let left = constantValue(left.id), let right = constantValue(right.id) {
        fold(id) { () throws(Failure) in try Operators.arithmetic(operation, left, right) }
      }
      return Operand(id: id, type: left.type == right.type ? left.type.ofArithmetic : .any)
    case .instance: return try instance(of: left, from: start)
    }
  }

  private static func arithmetic(_ kind: Token.Kind) -> Arithmetic {
    switch kind {
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    default: .power
    }
  }

  private mutating func comparison(
    of left: Operand, _ kind: Token.Kind, from start: Int
  ) throws(Diagnostic) -> Operand {
    if kind == .between { return try between(left, from: start) }
    guard let comparison = Comparison(kind) else { return try membership(of: left, from: start) }
    let right = try binary(Precedence.comparison.tighter)
    let id = try emit(
      .comparison(comparison, left.id, right.id), from: start, over: left.id, right.id)
    if let left = constantValue(left.id), let right = constantValue(right.id) {
      var budget = FEELLimits().steps
      fold(id) { () throws(Failure) in
        try Operators.compare(comparison, left, right, budget: &budget)
      }
    }
    return Operand(id: id, type: .boolean)
  }

  private mutating func between(_ left: Operand, from start: Int) throws(Diagnostic) -> Operand {
    let low = try binary(Precedence.comparison.tighter)
    try expect(.and, "and")
    let high = try binary(Precedence.comparison.tighter)
    let id = try emit(
      .between(left.id, low: low.id, high: high.id), from: start, over: left.id, low.id, high.id)
    return Operand(id: id, type: .boolean)
  }

  private mutating func instance(of left: Operand, from start: Int) throws(Diagnostic) -> Operand {
    guard token.kind == .word, text(token) == "of" else { throw expected("of") }
    try advance()
    code.types.append(try type())
    let id = try emit(
      .instance(left.id, type: Int32(code.types.count - 1)), from: start, over: left.id)
    return Operand(id: id, type: .boolean)
  }
}
