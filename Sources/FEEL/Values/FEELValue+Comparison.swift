extension FEELValue {
  /// FEEL `=`; `nil` when the two cannot be compared (DMN 1.5, table 53: different types, neither of them null).
  ///
  /// Times and dates with times are equal when they name the same moment, counted in whole seconds.
  public func equals(_ other: FEELValue) -> Bool? {
    var budget = 10_000_000
    return equals(other, budget: &budget)
  }

  /// - Parameter budget: elements left to look at; at zero the answer is unknown, since shared parts can make a small
  ///   value take for ever to walk through.
  func equals(_ other: FEELValue, budget: inout Int) -> Bool? {
    switch (self, other) {
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): Self.equal(left, right, budget: &budget)
    case (.boolean(let left), .boolean(let right)): left == right
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.date(let left), .date(let right)): left == right
    case (.time(let left), .time(let right)): left.ordering(to: right).map { $0 == .equal } ?? false
    case (.dateTime(let left), .dateTime(let right)):
      left.ordering(to: right).map { $0 == .equal } ?? false
    case (.daysTime(let left), .daysTime(let right)): left == right
    case (.yearsMonths(let left), .yearsMonths(let right)): left == right
    case (.list(let left), .list(let right)): Self.equal(left, right, budget: &budget)
    case (.context(let left), .context(let right)): Self.equal(left, right, budget: &budget)
    case (.range(let left), .range(let right)): Self.equal(left, right, budget: &budget)
    case (.function(let left), .function(let right)): left == right
    default: nil
    }
  }

  private static func equal(_ left: String, _ right: String, budget: inout Int) -> Bool {
    budget -= min(left.utf8.count, right.utf8.count) / 64
    return left == right
  }

  /// How long comparing them takes, in steps.
  func comparisonExtent(with other: FEELValue) -> Int {
    guard case .string(let left) = self, case .string(let right) = other else { return 0 }
    return min(left.utf8.count, right.utf8.count) / 64
  }

  private static func equal(_ left: [FEELValue], _ right: [FEELValue], budget: inout Int) -> Bool? {
    guard left.count == right.count else { return false }
    budget -= left.count + 1
    guard budget > 0 else { return nil }
    var known = true
    for (left, right) in zip(left, right) {
      switch left.equals(right, budget: &budget) {
      case false: return false
      case nil: known = false
      default: break
      }
    }
    return known ? true : nil
  }

  private static func equal(
    _ left: FEELContext, _ right: FEELContext, budget: inout Int
  ) -> Bool? {
    guard left.count == right.count else { return false }
    budget -= left.count + 1
    guard budget > 0 else { return nil }
    var known = true
    for (name, value) in zip(left.names, left.values) {
      guard let other = right[name] else { return false }
      switch value.equals(other, budget: &budget) {
      case false: return false
      case nil: known = false
      default: break
      }
    }
    return known ? true : nil
  }

  private static func equal(_ left: FEELRange, _ right: FEELRange, budget: inout Int) -> Bool? {
    guard left.comparison == right.comparison, left.includesLow == right.includesLow,
      left.includesHigh == right.includesHigh
    else { return false }
    let low = left.low.equals(right.low, budget: &budget)
    let high = left.high.equals(right.high, budget: &budget)
    return low == false || high == false ? false : (low == nil || high == nil ? nil : true)
  }

  /// How two values of one ordered type compare; `nil` for all others (DMN 1.5, table 54).
  public func ordering(to other: FEELValue) -> Ordering? {
    switch (self, other) {
    case (.number(let left), .number(let right)): Ordering(left, right)
    case (.string(let left), .string(let right)): Ordering(left, right)
    case (.date(let left), .date(let right)): Ordering(left, right)
    case (.time(let left), .time(let right)): left.ordering(to: right)
    case (.dateTime(let left), .dateTime(let right)): left.ordering(to: right)
    case (.daysTime(let left), .daysTime(let right)): Ordering(left, right)
    case (.yearsMonths(let left), .yearsMonths(let right)): Ordering(left, right)
    default: nil
    }
  }
}
