internal import FEEL

/// A table as boxes in space: an axis for each input, a set of stretches on it for each rule.
struct TableGeometry {
  let axes: [TableAxis]
  /// By rule and axis.
  let cells: [[AxisCell]]

  init(_ table: CompiledTable, domains: [CellSet?]) {
    axes = zip(table.columns, domains).map { TableAxis($0, domain: $1) }
    let axes = axes
    cells = table.rules.indices.map { rule in
      zip(table.columns, axes).map { AxisCell($0.test(of: rule), on: $1) }
    }
  }

  var ruleCount: Int { cells.count }

  /// What `left` and `right` both admit on `axis`; `nil` when that is nothing or not known.
  func common(_ left: Int, _ right: Int, on axis: Int) -> [ClosedRange<Int>]? {
    switch (cells[left][axis], cells[right][axis]) {
    case (.computed(let left), .computed(let right)):
      return left == right ? [axes[axis].everything] : nil
    case (.computed, _), (_, .computed): return nil
    case (.stretches(let left), .stretches(let right)):
      let common = left.intersection(right)
      return common.isEmpty ? nil : common
    }
  }
}

/// What a cell covers on its axis.
enum AxisCell: Hashable {
  case stretches([ClosedRange<Int>])
  /// Depends on other values: nobody knows beforehand.
  case computed(String)

  init(_ test: CellTest, on axis: TableAxis) {
    switch test.content {
    case .any: self = .stretches([axis.everything])
    case .set(let set): self = .stretches(axis.stretches(of: set))
    case .expression:
      // `null` alone covers nothing of the axis: it has no place for null.
      self = test.text == "null" ? .stretches([]) : .computed(test.text)
    }
  }

  /// The stretches it may cover: a computed one everything.
  func possible(on axis: TableAxis) -> [ClosedRange<Int>] {
    switch self {
    case .stretches(let stretches): stretches
    case .computed: [axis.everything]
    }
  }
}

/// One input, cut where a cell or the allowed values begin or end.
struct TableAxis {
  let label: String
  let kind: ValueKind?
  private let index: ColumnIndex
  private let keys: [FEELValue]
  /// The stretches that are possible at all.
  let domain: [ClosedRange<Int>]

  init(_ column: TableColumn, domain: CellSet?) {
    label = column.label
    let sets = column.tests.compactMap {
      if case .set(let set) = $0.content { set } else { nil as CellSet? }
    }
    let kind = sets.lazy.flatMap(\.bounds).first.flatMap(ValueKind.init)
    self.kind = kind
    let bounds = (sets + (domain.map { [$0] } ?? [])).flatMap(\.bounds)
      .filter { ValueKind($0) == kind }
    let index = ColumnIndex(kind, naming: bounds)
    self.index = index
    keys = kind?.isOrdered == true ? Self.sorted(bounds) : Self.unique(bounds)
    let everything = [0...(index.segmentCount - 1)]
    if let domain, domain.bounds.allSatisfy({ ValueKind($0) == kind }), kind != nil {
      self.domain = Self.ranges(index.segments(in: domain))
    } else {
      self.domain = everything
    }
  }

  var everything: ClosedRange<Int> { 0...(index.segmentCount - 1) }

  func stretches(of set: CellSet) -> [ClosedRange<Int>] {
    guard set.bounds.allSatisfy({ ValueKind($0) == kind }) else { return [] }
    return Self.ranges(index.segments(in: set))
  }

  /// The value that is all of `stretch`; `nil` when it holds more than one.
  func onlyValue(of stretch: ClosedRange<Int>) -> FEELValue? {
    guard stretch.count == 1, kind?.isOrdered == true, stretch.lowerBound % 2 == 1 else {
      return nil
    }
    return keys[stretch.lowerBound / 2]
  }

  /// A unary test for `stretch`, as an analyst would write it; `nil` for everything.
  func test(for stretch: ClosedRange<Int>) -> String? {
    guard stretch != everything, let kind else { return nil }
    switch kind {
    case .boolean: return stretch.lowerBound == 1 ? "true" : "false"
    case .string: return stringTest(for: stretch)
    case .number, .day, .duration, .months: break
    }
    if let value = onlyValue(of: stretch) { return "\(value)" }
    let (low, high) = (stretch.lowerBound, stretch.upperBound)
    let lower: FEELValue? = low == 0 ? .none : keys[(low - 1) / 2]
    let upper: FEELValue? = high == index.segmentCount - 1 ? .none : keys[high / 2]
    switch (lower, upper) {
    case (let lower?, let upper?):
      return "\(low % 2 == 1 ? "[" : "(")\(lower)..\(upper)\(high % 2 == 1 ? "]" : ")")"
    case (let lower?, nil): return "\(low % 2 == 1 ? ">=" : ">") \(lower)"
    case (nil, let upper?): return "\(high % 2 == 1 ? "<=" : "<") \(upper)"
    case (nil, nil): return nil
    }
  }

  private func stringTest(for stretch: ClosedRange<Int>) -> String {
    guard stretch.lowerBound == 0 else {
      return stretch.map { "\(keys[$0 - 1])" }.joined(separator: ", ")
    }
    let listed = keys.prefix(3).map { "\($0)" } + (keys.count > 3 ? ["…"] : [])
    return "not(\(listed.joined(separator: ", ")))"
  }

  private static func ranges(_ segments: [Int]) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for segment in segments {
      if let last = ranges.last, last.upperBound + 1 == segment {
        ranges[ranges.count - 1] = last.lowerBound...segment
      } else {
        ranges.append(segment...segment)
      }
    }
    return ranges
  }

  private static func sorted(_ values: [FEELValue]) -> [FEELValue] {
    unique(values.sorted { $0.ordering(to: $1) == .less })
  }

  /// The first of equal values each, in the order in which the index counts them.
  private static func unique(_ values: [FEELValue]) -> [FEELValue] {
    var seen: Set<FEELValue> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension [ClosedRange<Int>] {
  /// What two ascending lists of stretches have in common.
  func intersection(_ other: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    var common: [ClosedRange<Int>] = []
    var (left, right) = (0, 0)
    while left < count, right < other.count {
      let low = Swift.max(self[left].lowerBound, other[right].lowerBound)
      let high = Swift.min(self[left].upperBound, other[right].upperBound)
      if low <= high { common.append(low...high) }
      if self[left].upperBound < other[right].upperBound { left += 1 } else { right += 1 }
    }
    return common
  }

  /// Whether every value of `other` is in here.
  func covers(_ other: [ClosedRange<Int>]) -> Bool { intersection(other) == other }
}
