internal import FEEL

/// What a cell admits, as far as that can be said before any evaluation: some intervals, or all but these.
///
/// Values of one kind only; `null` and values of other kinds are left to the FEEL test itself.
struct CellSet: Hashable, Sendable {
  let intervals: [ValueInterval]
  /// Written `not(…)`: everything of this kind except the intervals.
  let isNegated: Bool

  /// Whether `value`, which is of the set's kind, is admitted.
  func contains(_ value: FEELValue) -> Bool {
    intervals.contains { $0.contains(value) } != isNegated
  }

  /// The values at which the answer may change.
  var bounds: [FEELValue] {
    intervals.flatMap { [$0.lower, $0.upper].compactMap { $0 } }
  }
}

/// A stretch of values; a missing bound is infinite, a single value has the same bounds included.
struct ValueInterval: Hashable, Sendable {
  let lower: FEELValue?
  let includesLower: Bool
  let upper: FEELValue?
  let includesUpper: Bool

  init(_ value: FEELValue) {
    self.init(lower: value, includesLower: true, upper: value, includesUpper: true)
  }

  init(lower: FEELValue?, includesLower: Bool, upper: FEELValue?, includesUpper: Bool) {
    self.lower = lower
    self.includesLower = includesLower
    self.upper = upper
    self.includesUpper = includesUpper
  }

  func contains(_ value: FEELValue) -> Bool {
    if let lower, value == lower { return includesLower && !isEmpty }
    if let upper, value == upper { return includesUpper && !isEmpty }
    return (lower.map { $0.ordering(to: value) == .less } ?? true)
      && (upper.map { value.ordering(to: $0) == .less } ?? true)
  }

  /// Nothing lies between the bounds, as in `[5..3]`.
  var isEmpty: Bool {
    guard let lower, let upper else { return false }
    if lower == upper { return !(includesLower && includesUpper) }
    return lower.ordering(to: upper) != .less
  }
}

extension CellSet {
  /// What FEEL knows of a cell; `nil` when that is not all, or not about values of one kind.
  init?(_ expression: FEELExpression) {
    guard let (isNegated, tests) = expression.unaryTests else { return nil }
    var intervals: [ValueInterval] = []
    for test in tests {
      switch test {
      case .anything, .computed: return nil
      case .value(.null): continue  // null is not looked up in the index
      case .value(.list(let items)):
        for item in items {
          if case .range(let range) = item {
            guard let interval = ValueInterval(range) else { return nil }
            intervals.append(interval)
          } else {
            intervals.append(ValueInterval(item))
          }
        }
      case .value(let value): intervals.append(ValueInterval(value))
      case .range(let range):
        guard let interval = ValueInterval(range) else { return nil }
        intervals.append(interval)
      }
    }
    self.init(intervals: intervals, isNegated: isNegated)
    guard let kind, bounds.allSatisfy({ ValueKind($0) == kind }),
      kind.isOrdered || intervals.allSatisfy({ $0.lower == $0.upper })
    else { return nil }
  }

  /// The kind of the values it is about.
  var kind: ValueKind? { bounds.first.flatMap(ValueKind.init) }
}

extension ValueInterval {
  /// `nil` for `!= x`, which is not one interval.
  fileprivate init?(_ range: FEELRange) {
    guard range.comparison != .notEqual else { return nil }
    self.init(
      lower: range.low.isNull ? .none : range.low, includesLower: range.includesLow,
      upper: range.high.isNull ? .none : range.high, includesUpper: range.includesHigh)
  }
}

/// The kinds of values of which a column can keep an index.
enum ValueKind: Hashable, Sendable {
  case number, string, boolean, day, duration, months

  init?(_ value: FEELValue) {
    switch value {
    case .number: self = .number
    case .string: self = .string
    case .boolean: self = .boolean
    case .date: self = .day
    case .daysTime: self = .duration
    case .yearsMonths: self = .months
    case .null, .time, .dateTime, .list, .context, .range, .function: return nil
    }
  }

  /// The kind of the values of a type; `nil` for types without an index.
  init?(_ type: FEELType) {
    switch type {
    case .number: self = .number
    case .string: self = .string
    case .boolean: self = .boolean
    case .date: self = .day
    case .daysTime: self = .duration
    case .yearsMonths: self = .months
    case .any, .null, .time, .dateTime, .list, .context, .range, .function, .unknown: return nil
    }
  }

  /// Strings and booleans are only compared for equality.
  var isOrdered: Bool { self != .string && self != .boolean }
}
