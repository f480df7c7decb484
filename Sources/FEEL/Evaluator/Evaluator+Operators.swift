/// Operators on nodes; what they do with values is in `Operators`.
extension Evaluator {
  @inline(never)
  mutating func negation(_ operand: NodeID, at id: NodeID) -> FEELValue {
    let operand = value(operand)
    return noting(id) { () throws(Failure) in try Operators.negation(operand) }
  }

  @inline(never)
  mutating func arithmetic(
    _ operation: Arithmetic, _ left: NodeID, _ right: NodeID, at id: NodeID
  ) -> FEELValue {
    do throws(Failure) {
      if let left = number(left), let right = number(right) {
        if case .power = operation { steps -= Operators.powerCost(right) }
        return try Operators.arithmetic(operation, left, right)
      }
      let (left, right) = (value(left), value(right))
      steps -= 2
      if case .power = operation { steps -= Operators.powerCost(right.number) }
      let result = try Operators.arithmetic(operation, left, right)
      if case .string(let text) = result {
        guard text.utf8.count <= environment.limits.bytes else {
          return null(.tooLarge(environment.limits.bytes), at: id)
        }
        steps -= text.utf8.count / 16
      }
      return result
    } catch {
      return null(error, at: id)
    }
  }

  @inline(never)
  mutating func compare(
    _ comparison: Comparison, _ left: NodeID, _ right: NodeID, at id: NodeID
  ) -> FEELValue {
    if let left = number(left), let right = number(right) {
      return .boolean(Operators.compare(comparison, left, right))
    }
    return compare(comparison, value(left), value(right), at: id)
  }

  /// The number in a variable, entry or constant, read without copying a value; `nil` for everything else.
  ///
  /// Mutating, though it only remembers a place: what is not would be given a copy of the evaluator.
  @inline(__always)
  mutating func number(_ id: NodeID) -> Decimal128? {
    switch nodes[Int(id)] {
    case .constant(let index): constants[Int(index)].number
    case .slot(let slot), .free(let slot, _): frame[Int(slot)].number
    case .itemEntry(let name, let item, let otherwise): number(name, of: item, else: otherwise)
    default: nil
    }
  }

  private mutating func number(_ name: Int32, of item: Int32, else otherwise: NodeID) -> Decimal128?
  {
    switch frame[Int(item)] {
    case .context(let context): context.number(of: names[Int(name)], near: &entryPlace)
    case .number(let number):
      // `item` itself, which is no context.
      if case .slot(item) = nodes[Int(otherwise)] { number } else { nil }
    default: nil
    }
  }

  mutating func compare(
    _ comparison: Comparison, _ left: FEELValue, _ right: FEELValue, at id: NodeID
  ) -> FEELValue {
    if case .number(let left) = left, case .number(let right) = right {
      return .boolean(Operators.compare(comparison, left, right))
    }
    do throws(Failure) {
      return try Operators.compare(comparison, left, right, budget: &steps)
    } catch {
      return null(error, at: id)
    }
  }

  /// Three-valued `and` (DMN 1.5, table 48): false wins over everything that is not known.
  @inline(never)
  mutating func conjunction(_ left: NodeID, _ right: NodeID) -> FEELValue {
    let first = truth(value(left), at: left)
    if case .boolean(false) = first { return first }
    let second = truth(value(right), at: right)
    if case .boolean(false) = second { return second }
    return first.isNull ? first : second
  }

  /// Three-valued `or`: true wins over everything that is not known.
  @inline(never)
  mutating func disjunction(_ left: NodeID, _ right: NodeID) -> FEELValue {
    let first = truth(value(left), at: left)
    if case .boolean(true) = first { return first }
    let second = truth(value(right), at: right)
    if case .boolean(true) = second { return second }
    return first.isNull ? first : second
  }

  /// A truth value as it is; everything else is null, with a note unless it was null before.
  mutating func truth(_ value: FEELValue, at id: NodeID) -> FEELValue {
    switch value {
    case .boolean, .null: value
    default: null(.notBoolean(value.kind), at: id)
    }
  }

  @inline(never)
  mutating func between(
    _ operand: NodeID, _ low: NodeID, _ high: NodeID, at id: NodeID
  ) -> FEELValue {
    let operand = value(operand)
    let aboveLow = compare(.greaterOrEqual, operand, value(low), at: id)
    let belowHigh = compare(.lessOrEqual, operand, value(high), at: id)
    if case .boolean(false) = aboveLow { return aboveLow }
    if case .boolean(false) = belowHigh { return belowHigh }
    return aboveLow.isNull ? aboveLow : belowHigh
  }

  @inline(never)
  mutating func interval(
    _ low: NodeID, _ high: NodeID, _ includesLow: Bool, _ includesHigh: Bool, at id: NodeID
  ) -> FEELValue {
    let (low, high) = (value(low), value(high))
    return noting(id) { () throws(Failure) in
      try Operators.interval(low, high, includesLow: includesLow, includesHigh: includesHigh)
    }
  }

  @inline(never)
  mutating func comparisonRange(
    _ comparison: Comparison, _ end: NodeID, at id: NodeID
  ) -> FEELValue {
    let end = value(end)
    return noting(id) { () throws(Failure) in try Operators.comparisonRange(comparison, end) }
  }
}
