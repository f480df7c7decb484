/// A FEEL range: an interval such as `[1..10)` or a comparison such as `(< 10)` (DMN 1.5, 10.3.2.7).
///
/// Two ranges are equal when they are written the same way: `(=10)` is not `[10..10]` (DMN 1.6, issue DMN16-50).
public struct FEELRange: Hashable, Sendable {
  /// The comparison the range was written as; `nil` for an interval.
  public let comparison: Comparison?
  /// The lower end; `null` when there is none, as in `(< 10)`.
  public let low: FEELValue
  /// The upper end; `null` when there is none, as in `(> 10)`.
  public let high: FEELValue
  public let includesLow: Bool
  public let includesHigh: Bool

  /// An interval from `low` to `high`; `nil` when the ends cannot be compared or are in the wrong order.
  public init?(from low: FEELValue, to high: FEELValue, includesLow: Bool, includesHigh: Bool) {
    guard let order = low.ordering(to: high), order != .greater else { return nil }
    self.init(
      comparison: nil, low: low, high: high, includesLow: includesLow, includesHigh: includesHigh)
  }

  /// Everything that compares with `end` as `comparison` says; `nil` when nothing can be compared with `end`.
  public init?(_ comparison: Comparison, _ end: FEELValue) {
    switch comparison {
    case .equal, .notEqual: break
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard end.ordering(to: end) != nil else { return nil }
    }
    self.init(
      comparison: comparison,
      low: comparison.hasLowerEnd ? end : .null, high: comparison.hasUpperEnd ? end : .null,
      includesLow: comparison == .greaterOrEqual || comparison == .equal,
      includesHigh: comparison == .lessOrEqual || comparison == .equal)
  }

  private init(
    comparison: Comparison?, low: FEELValue, high: FEELValue, includesLow: Bool, includesHigh: Bool
  ) {
    self.comparison = comparison
    self.low = low
    self.high = high
    self.includesLow = includesLow
    self.includesHigh = includesHigh
  }

  /// Whether `value` lies in the range; `nil` when it cannot be compared with the ends.
  public func contains(_ value: FEELValue) -> Bool? {
    switch comparison {
    case .equal: return value.equals(low)
    case .notEqual: return value.equals(low).map { !$0 }
    case .less: return value.ordering(to: high).map { $0 == .less }
    case .lessOrEqual: return value.ordering(to: high).map { $0 != .greater }
    case .greater: return value.ordering(to: low).map { $0 == .greater }
    case .greaterOrEqual: return value.ordering(to: low).map { $0 != .less }
    case nil:
      guard let toLow = value.ordering(to: low), let toHigh = value.ordering(to: high) else {
        return nil
      }
      return (includesLow ? toLow != .less : toLow == .greater)
        && (includesHigh ? toHigh != .greater : toHigh == .less)
    }
  }
}

/// The six comparisons of FEEL.
public enum Comparison: UInt8, Hashable, Sendable, CaseIterable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  /// As written in FEEL.
  public var symbol: String {
    switch self {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  /// Whether `ordering` of the left to the right operand fulfils the comparison.
  func holds(_ ordering: Ordering) -> Bool {
    switch self {
    case .equal: ordering == .equal
    case .notEqual: ordering != .equal
    case .less: ordering == .less
    case .lessOrEqual: ordering != .greater
    case .greater: ordering == .greater
    case .greaterOrEqual: ordering != .less
    }
  }

  var hasLowerEnd: Bool { self != .less && self != .lessOrEqual }
  var hasUpperEnd: Bool { self == .less || self == .lessOrEqual || self == .equal }
}
