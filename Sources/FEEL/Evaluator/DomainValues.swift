/// What an iteration variable runs through, without a list being made of it.
struct DomainValues {
  private enum Source {
    case elements
    case integers(first: Int, step: Int)
    case days(first: Day, step: Int)
  }

  private let source: Source
  private let elements: [FEELValue]
  let count: Int

  /// The elements of a list, the whole numbers or days of a range, or the value alone; `nil` for null.
  init?(_ value: FEELValue) {
    switch value {
    case .null: return nil
    case .list(let elements): self.init(elements: elements)
    case .range(let range):
      guard range.comparison == nil else { return nil }
      self.init(
        from: range.low, to: range.high, skippingFirst: !range.includesLow,
        skippingLast: !range.includesHigh)
    default: self.init(elements: [value])
    }
  }

  /// `start..end`, upwards or downwards; `nil` unless both are whole numbers or both are dates.
  init?(from start: FEELValue, to end: FEELValue) {
    self.init(from: start, to: end, skippingFirst: false, skippingLast: false)
  }

  private init(elements: [FEELValue]) {
    source = .elements
    self.elements = elements
    count = elements.count
  }

  private init?(
    from start: FEELValue, to end: FEELValue, skippingFirst: Bool, skippingLast: Bool
  ) {
    let skipped = (skippingFirst ? 1 : 0) + (skippingLast ? 1 : 0)
    switch (start, end) {
    case (.number(let start), .number(let end)):
      guard let first = Int(exactly: start), let last = Int(exactly: end),
        case (let distance, let overflow) = last.subtractingReportingOverflow(first), !overflow,
        distance.magnitude < UInt(Int.max)
      else { return nil }
      let step = distance < 0 ? -1 : 1
      source = .integers(first: skippingFirst ? first + step : first, step: step)
      count = max(0, Int(distance.magnitude) + 1 - skipped)
    case (.date(let start), .date(let end)):
      let distance = end.days(since: start)
      let step = distance < 0 ? -1 : 1
      guard let first = start.adding(days: skippingFirst ? step : 0) else { return nil }
      source = .days(first: first, step: step)
      count = max(0, Int(distance.magnitude) + 1 - skipped)
    default: return nil
    }
    elements = []
  }

  @inline(__always)
  subscript(index: Int) -> FEELValue {
    switch source {
    case .elements: elements[index]
    case .integers(let first, let step): FEELValue(first + index * step)
    case .days(let first, let step): first.adding(days: index * step).map { .date($0) } ?? .null
    }
  }
}
