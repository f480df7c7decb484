/// `in` and unary tests (DMN 1.5, table 55).
extension Evaluator {
  @inline(never)
  mutating func membership(_ input: NodeID, _ slot: Int32, _ tests: NodeID) -> FEELValue {
    frame[Int(slot)] = value(input)
    return value(tests)
  }

  /// Three-valued "or" over the tests.
  @inline(never)
  mutating func anyTest(_ tests: Run) -> FEELValue {
    var known = true
    for operand in tests.range {
      switch value(operands[operand]) {
      case .boolean(true): return .boolean(true)
      case .boolean(false): continue
      default: known = false
      }
    }
    return known ? .boolean(false) : .null
  }

  /// Whether `input` is the test value, one of its elements, or in its range.
  @inline(never)
  mutating func inside(_ input: FEELValue, _ test: FEELValue, at id: NodeID) -> FEELValue {
    switch test {
    case .range(let range):
      if let truth = range.contains(input) { return .boolean(truth) }
      let end = range.low.isNull ? range.high : range.low
      return null(.operands("in", input.kind, end.kind), at: id)
    case .list(let elements): return isAmong(elements, input, at: id)
    case .null where !input.isNull && isUnknown(id): return .null
    default:
      if let truth = input.equals(test, budget: &steps) { return .boolean(truth) }
      return null(.operands("in", input.kind, test.kind), at: id)
    }
  }

  /// An interval that could not be built leaves the test unknown, where a plain null compares as false.
  private func isUnknown(_ id: NodeID) -> Bool {
    guard case .inside(_, let test) = nodes[Int(id)] else { return false }
    switch nodes[Int(test)] {
    case .interval, .comparisonRange: return true
    default: return false
    }
  }

  private mutating func isAmong(
    _ elements: [FEELValue], _ input: FEELValue, at id: NodeID
  ) -> FEELValue {
    guard take(elements.count, at: id) else { return .null }
    var known = true
    for element in elements {
      let truth: Bool? =
        if case .range(let range) = element {
          range.contains(input)
        } else {
          input.equals(element, budget: &steps)
        }
      if truth == true { return .boolean(true) }
      if truth == nil { known = false }
    }
    if case .list = input, let same = input.equals(.list(elements), budget: &steps), same {
      return .boolean(true)
    }
    return known || !input.isNull ? .boolean(false) : .null
  }

  @inline(never)
  mutating func holdsOrEquals(_ input: FEELValue, _ test: NodeID, at id: NodeID) -> FEELValue {
    let outcome = value(test)
    if case .boolean = input { return FEELValue(input.equals(outcome)) }
    return truth(outcome, at: id)
  }
}
