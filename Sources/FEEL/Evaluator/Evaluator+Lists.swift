/// Filters and elements of lists (DMN 1.5, 10.3.2.5 and table 62).
extension Evaluator {
  /// `list[predicate]`: a number picks an element, a truth value decides for each element whether it stays.
  @inline(never)
  mutating func filter(
    _ list: FEELValue, _ predicate: NodeID, _ item: Int32, at id: NodeID
  ) -> FEELValue {
    if case .null = list { return .null }
    let elements = list.list ?? [list]
    guard !elements.isEmpty else {
      frame[Int(item)] = .null
      // There is no element the predicate could be wrong about.
      let index = withoutNotes { $0.value(predicate) }
      return index.number == nil ? .list([]) : element(of: list, index, at: id)
    }
    var kept: [FEELValue] = []
    kept.reserveCapacity(min(elements.count, 1_000))
    for index in elements.indices {
      guard take(at: id) else { return .null }
      frame[Int(item)] = elements[index]
      switch condition(predicate) {
      case .boolean(true): kept.append(elements[index])
      case .boolean(false), .null: continue
      case .number(let position): return element(of: list, .number(position), at: id)
      case let other: return null(.notBoolean(other.kind), at: predicate)
      }
    }
    return .list(kept)
  }

  /// Element `index` from 1, or from the end when it is negative.
  @inline(never)
  mutating func element(of list: FEELValue, _ index: FEELValue, at id: NodeID) -> FEELValue {
    if case .null = list { return .null }
    guard case .number(let number) = index else {
      return null(.operand("[ ]", index.kind), at: id)
    }
    let elements = list.list ?? [list]
    guard let position = Int(exactly: number) else { return null(.outsideDomain("index"), at: id) }
    let offset = position > 0 ? position - 1 : elements.count + position
    guard position != 0, elements.indices.contains(offset) else {
      return null(.noElement(position, of: elements.count), at: id)
    }
    return elements[offset]
  }
}
