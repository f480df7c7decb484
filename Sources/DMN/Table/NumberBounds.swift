internal import FEEL

/// The intervals of a column of numbers, by rule and in one row: for the distance of a value from what a rule needs.
struct NumberBounds: Sendable {
  private struct Interval {
    let lower: Decimal128?
    let upper: Decimal128?
  }

  private let intervals: [Interval]
  /// For each rule where its intervals begin; one more at the end.
  private let starts: [Int32]

  /// - Parameter sets: for each rule what its cell admits; `nil` for a cell that is no set of values.
  /// - Returns: `nil` when a bound is no number.
  init?(_ sets: [CellSet?]) {
    var intervals: [Interval] = []
    var starts: [Int32] = [0]
    for set in sets {
      if let set, !set.isNegated {
        for interval in set.intervals {
          guard interval.lower.map({ $0.number != nil }) ?? true,
            interval.upper.map({ $0.number != nil }) ?? true
          else { return nil }
          intervals.append(
            Interval(lower: interval.lower?.number, upper: interval.upper?.number))
        }
      }
      starts.append(Int32(intervals.count))
    }
    self.intervals = intervals
    self.starts = starts
  }

  /// How far `number`, which the cell of `rule` does not admit, is from its nearest bound; `nil` when there is none.
  func distance(from number: Decimal128, to rule: Int) -> Decimal128? {
    var least: Decimal128?
    for position in starts[rule]..<starts[rule + 1] {
      let interval = intervals[Int(position)]
      var distance: Decimal128?
      if let lower = interval.lower, !(lower < number) {
        distance = lower.subtracting(number)
      } else if let upper = interval.upper {
        distance = number.subtracting(upper)
      }
      if let distance, least.map({ distance < $0 }) ?? true { least = distance }
    }
    return least
  }
}
