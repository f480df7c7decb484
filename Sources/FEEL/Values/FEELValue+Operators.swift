/// The operators of FEEL on values (DMN 1.5, tables 48, 53-58): what they give, or why not.
enum Operators {
  static func negation(_ operand: FEELValue) throws(Failure) -> FEELValue {
    switch operand {
    case .number(let number): return .number(-number)
    case .daysTime(let duration): return .daysTime(-duration)
    case .yearsMonths(let duration): return .yearsMonths(-duration)
    default: throw .operand("-", operand.kind)
    }
  }

  @inline(__always)
  static func arithmetic(
    _ operation: Arithmetic, _ left: FEELValue, _ right: FEELValue
  ) throws(Failure) -> FEELValue {
    if case .number(let left) = left, case .number(let right) = right {
      return try arithmetic(operation, left, right)
    }
    return try otherArithmetic(operation, left, right)
  }

  @inline(__always)
  static func arithmetic(
    _ operation: Arithmetic, _ left: Decimal128, _ right: Decimal128
  ) throws(Failure) -> FEELValue {
    let number: Decimal128? =
      switch operation {
      case .add: left.adding(right)
      case .subtract: left.subtracting(right)
      case .multiply: left.multiplied(by: right)
      case .divide: left.divided(by: right)
      case .power: left.raised(to: right)
      }
    guard let number else { throw .notRepresentable(operation.symbol) }
    return .number(number)
  }

  /// What `**` costs, in steps: few for a small whole power, else a logarithm or long multiplications.
  static func powerCost(_ power: Decimal128?) -> Int {
    guard let power, let whole = Int(exactly: power) else { return 500 }
    return whole.magnitude <= 16 ? 5 : 500
  }

  /// Everything but two numbers.
  private static func otherArithmetic(
    _ operation: Arithmetic, _ left: FEELValue, _ right: FEELValue
  ) throws(Failure) -> FEELValue {
    let outcome: Outcome =
      switch operation {
      case .add: left.adding(right)
      case .subtract: left.subtracting(right)
      case .multiply: left.multiplied(by: right)
      case .divide: left.divided(by: right)
      case .power: .undefined
      }
    switch outcome {
    case .value(let value): return value
    case .notRepresentable: throw .notRepresentable(operation.symbol)
    case .undefined: throw .operands(operation.symbol, left.kind, right.kind)
    }
  }

  @inline(__always)
  static func compare(
    _ comparison: Comparison, _ left: Decimal128, _ right: Decimal128
  ) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: !(right < left)
    case .greater: right < left
    case .greaterOrEqual: !(left < right)
    }
  }

  static func compare(
    _ comparison: Comparison, _ left: FEELValue, _ right: FEELValue, budget: inout Int
  ) throws(Failure) -> FEELValue {
    budget -= left.comparisonExtent(with: right)
    let truth: Bool? =
      switch comparison {
      case .equal: left.equals(right, budget: &budget)
      case .notEqual: left.equals(right, budget: &budget).map { !$0 }
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        left.ordering(to: right).map(comparison.holds)
      }
    guard let truth else { throw .operands(comparison.symbol, left.kind, right.kind) }
    return .boolean(truth)
  }

  static func interval(
    _ low: FEELValue, _ high: FEELValue, includesLow: Bool, includesHigh: Bool
  ) throws(Failure) -> FEELValue {
    let range = FEELRange(from: low, to: high, includesLow: includesLow, includesHigh: includesHigh)
    guard let range else { throw .range(low.kind, high.kind) }
    return .range(range)
  }

  static func comparisonRange(
    _ comparison: Comparison, _ end: FEELValue
  ) throws(Failure) -> FEELValue {
    guard let range = FEELRange(comparison, end) else { throw .range(end.kind, end.kind) }
    return .range(range)
  }
}
