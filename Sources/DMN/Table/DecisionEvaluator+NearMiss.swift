internal import FEEL

/// Which rules nearly matched: for each input the closest rule that this input alone keeps from matching.
extension DecisionEvaluator {
  mutating func nearest(_ search: inout TableSearch) -> [DecisionTrace.NearMiss] {
    // What rules that did not match would say, and what is wrong with it, is no part of this decision.
    let before = (notes: notes, used: used)
    defer { (notes, used) = before }
    var misses: [DecisionTrace.NearMiss] = []
    misses.reserveCapacity(search.table.columns.count)
    let table = search.table
    for column in table.columns.indices where !table.columns[column].admitsEverything {
      let value = search.cells[column].value
      guard let closest = closest(column, &search, value) else { continue }
      let rule = table.rules[closest.rule]
      misses.append(
        DecisionTrace.NearMiss(
          number: rule.number, id: rule.id, annotation: rule.annotation,
          input: table.columns[column].label,
          needs: table.columns[column].test(of: closest.rule).text,
          has: value, distance: closest.distance,
          outputs: outputs(of: closest.rule, in: table)))
    }
    return misses
  }

  private mutating func closest(_ column: Int, _ search: inout TableSearch, _ value: FEELValue)
    -> (rule: Int, distance: FEELValue?)?
  {
    if case .number(let number) = value, let bounds = search.table.columns[column].bounds {
      return closest(column, &search, number, bounds)
    }
    let table = search.table
    let hasDistances = ValueKind(value)?.isOrdered ?? false
    var best: (rule: Int, distance: FEELValue?)?
    search.nearMisses(
      of: column,
      visiting: { rule in
        let test = Int(table.columns[column].testOfRule[rule])
        guard hasDistances, case .set(let set) = table.columns[column].tests[test].content else {
          if best == nil { best = (rule, nil) }
          return hasDistances
        }
        let distance = set.distance(from: value)
        let isCloser = distance.map { new in
          best?.distance.map { new.ordering(to: $0) == .less } ?? true
        }
        if isCloser ?? (best == nil) { best = (rule, distance) }
        return true
      },
      holds: { column, position, value in holds(table.columns[column].tests[position], value) })
    return best
  }

  /// The same for numbers, which nearly all tables are about.
  private mutating func closest(
    _ column: Int, _ search: inout TableSearch, _ number: Decimal128, _ bounds: NumberBounds
  ) -> (rule: Int, distance: FEELValue?)? {
    let table = search.table
    var rule: Int?
    var least: Decimal128?
    search.nearMisses(
      of: column,
      visiting: { candidate in
        let distance = bounds.distance(from: number, to: candidate)
        if let distance {
          if least.map({ distance < $0 }) ?? true { (rule, least) = (candidate, distance) }
        } else if rule == nil {
          rule = candidate
        }
        return true
      },
      holds: { column, position, value in holds(table.columns[column].tests[position], value) })
    return rule.map { ($0, least.map { .number($0) }) }
  }
}

extension CellSet {
  /// How far `value`, which is not admitted, is from the nearest bound; `nil` where values have no distance.
  func distance(from value: FEELValue) -> FEELValue? {
    guard !isNegated else { return nil }
    var least: FEELValue?
    for interval in intervals {
      guard let distance = interval.distance(from: value) else { continue }
      if least.map({ distance.ordering(to: $0) == .less }) ?? true { least = distance }
    }
    return least
  }
}

extension ValueInterval {
  fileprivate func distance(from value: FEELValue) -> FEELValue? {
    if let lower, value.ordering(to: lower) != .greater { return lower.minus(value) }
    if let upper { return value.minus(upper) }
    return nil
  }
}

extension FEELValue {
  /// The difference of two values of one ordered kind.
  fileprivate func minus(_ other: FEELValue) -> FEELValue? {
    switch (self, other) {
    case (.number(let left), .number(let right)):
      left.subtracting(right).map { .number($0) }
    case (.date(let left), .date(let right)): .daysTime(left.subtracting(right))
    case (.daysTime(let left), .daysTime(let right)):
      left.subtracting(right).map { .daysTime($0) }
    case (.yearsMonths(let left), .yearsMonths(let right)):
      left.subtracting(right).map { .yearsMonths($0) }
    default: nil
    }
  }
}
