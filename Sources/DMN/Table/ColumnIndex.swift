internal import FEEL

/// From an input value to the segment of its column, for values that have an order or few kinds.
///
/// A segment is a stretch of values that no indexed cell of the column tells apart.
enum ColumnIndex: Sendable {
  /// No cell of the column can be decided beforehand: there is one segment.
  case none
  case numbers(OrderedKeys<Decimal128>)
  case days(OrderedKeys<Day>)
  case durations(OrderedKeys<DaysTimeDuration>)
  case months(OrderedKeys<YearsMonthsDuration>)
  /// Segment 0 holds the strings that no cell names.
  case strings([String: Int])
  case booleans

  /// - Parameter values: every value that a cell names, all of `kind`.
  init(_ kind: ValueKind?, naming values: [FEELValue]) {
    switch kind {
    case nil: self = .none
    case .boolean: self = .booleans
    case .number: self = .numbers(OrderedKeys(values.compactMap(\.number)))
    case .day:
      self = .days(
        OrderedKeys(values.compactMap { if case .date(let day) = $0 { day } else { nil } }))
    case .duration:
      self = .durations(
        OrderedKeys(values.compactMap { if case .daysTime(let key) = $0 { key } else { nil } }))
    case .months:
      self = .months(
        OrderedKeys(values.compactMap { if case .yearsMonths(let key) = $0 { key } else { nil } }))
    case .string:
      var segments: [String: Int] = [:]
      for case .string(let key) in values where segments[key] == nil {
        segments[key] = segments.count + 1
      }
      self = .strings(segments)
    }
  }

  var segmentCount: Int {
    switch self {
    case .none: 1
    case .numbers(let keys): keys.segmentCount
    case .days(let keys): keys.segmentCount
    case .durations(let keys): keys.segmentCount
    case .months(let keys): keys.segmentCount
    case .strings(let segments): segments.count + 1
    case .booleans: 2
    }
  }

  /// The segment of `value`; `nil` when the index says nothing about such a value.
  func segment(of value: FEELValue) -> Int? {
    switch self {
    case .none: return 0
    case .numbers(let keys):
      if case .number(let key) = value { return keys.segment(of: key) }
    case .days(let keys): if case .date(let key) = value { return keys.segment(of: key) }
    case .durations(let keys): if case .daysTime(let key) = value { return keys.segment(of: key) }
    case .months(let keys): if case .yearsMonths(let key) = value { return keys.segment(of: key) }
    case .strings(let segments): if case .string(let key) = value { return segments[key] ?? 0 }
    case .booleans: if case .boolean(let key) = value { return key ? 1 : 0 }
    }
    return nil
  }

  /// The segments that `set` admits.
  func segments(in set: CellSet) -> [Int] {
    var admitted: Set<Int> = []
    for interval in set.intervals where !interval.isEmpty {
      admitted.formUnion(segments(in: interval))
    }
    return set.isNegated
      ? (0..<segmentCount).filter { !admitted.contains($0) } : admitted.sorted()
  }

  private func segments(in interval: ValueInterval) -> ClosedRange<Int> {
    let low = interval.lower.flatMap(segment(of:)).map { interval.includesLower ? $0 : $0 + 1 }
    let high = interval.upper.flatMap(segment(of:)).map { interval.includesUpper ? $0 : $0 - 1 }
    return (low ?? 0)...(high ?? segmentCount - 1)
  }
}

/// Sorted breakpoints: segment `2 i + 1` is the breakpoint `i` itself, `2 i` the open stretch before it.
struct OrderedKeys<Key: Comparable & Sendable>: Sendable {
  let keys: [Key]

  init(_ unsorted: [Key]) {
    var keys: [Key] = []
    for key in unsorted.sorted() where keys.last != key { keys.append(key) }
    self.keys = keys
  }

  var segmentCount: Int { 2 * keys.count + 1 }

  func segment(of key: Key) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? 2 * low + 1 : 2 * low
  }
}
