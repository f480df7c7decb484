internal import FEEL

/// One look into a table: the input values, and in which segment of its column each lies.
struct TableSearch {
  /// The value of one column.
  struct Cell {
    let value: FEELValue
    /// -1 where the index knows nothing about such a value: then every test is evaluated.
    let segment: Int
    /// Whether some tests must be evaluated for this value.
    let isOpen: Bool
  }

  let table: CompiledTable
  private(set) var cells: [Cell] = []
  private var hasOpenCells = false
  /// By column and test, as far as evaluated.
  private var truths: [[Bool?]] = []

  init(_ table: CompiledTable) {
    self.table = table
    cells.reserveCapacity(table.columns.count)
  }

  /// Adds the value of the next column.
  mutating func append(_ value: FEELValue) {
    let position = cells.count
    let segment: Int
    let isOpen: Bool
    if value.isNull {
      segment = table.columns[position].nullSegment
      isOpen = table.columns[position].hasOpenTestsOfNull
    } else if let known = table.columns[position].index.segment(of: value) {
      segment = known
      isOpen = table.columns[position].hasOpenTests
    } else {
      segment = -1
      isOpen = true
    }
    if isOpen { hasOpenCells = true }
    cells.append(Cell(value: value, segment: segment, isOpen: isOpen))
  }

  /// The positions of the rules that match, ascending.
  ///
  /// - Parameter holds: evaluates a test that the index cannot decide, given its column, its position there and the
  ///   value.
  mutating func matches(stoppingAtFirst: Bool, _ holds: (Int, Int, FEELValue) -> Bool) -> RuleList {
    var matches = RuleList()
    forEachCandidate(leavingOut: nil) { search, rule in
      guard search.openTestsHold(for: rule, leavingOut: nil, holds) else { return true }
      matches.append(rule)
      return !stoppingAtFirst
    }
    return matches
  }

  /// The rules that only the column `column` keeps from matching, ascending, until `visit` returns false.
  mutating func nearMisses(
    of column: Int, visiting visit: (Int) -> Bool, holds: (Int, Int, FEELValue) -> Bool
  ) {
    forEachCandidate(leavingOut: column) { search, rule in
      if search.mayMatch(rule, in: column), search.openTestHolds(for: rule, in: column, holds) {
        return true
      }
      guard search.openTestsHold(for: rule, leavingOut: column, holds) else { return true }
      return visit(rule)
    }
  }

  // MARK: - Candidates

  @inline(__always)
  private func mayMatch(_ rule: Int, in column: Int) -> Bool {
    let segment = cells[column].segment
    return segment < 0 || table.columns[column].rules.contains(rule, in: segment)
  }

  /// The column, among those that count, whose segment has the fewest rules.
  private func narrowestColumn(leavingOut left: Int?) -> Int? {
    var best: Int?
    var least = Int.max
    for column in cells.indices where cells[column].segment >= 0 && column != left {
      let count = table.columns[column].rules.count(cells[column].segment)
      if count < least {
        least = count
        best = column
      }
    }
    return best
  }

  /// Visits the rules that the indexes admit in every column but `left`, until `visit` returns false.
  @inline(__always)
  private mutating func forEachCandidate(
    leavingOut left: Int?, _ visit: (inout TableSearch, Int) -> Bool
  ) {
    guard let pivot = narrowestColumn(leavingOut: left) else {
      for rule in table.rules.indices where !visit(&self, rule) { return }
      return
    }
    let segment = cells[pivot].segment
    if table.columns[pivot].rules.isDense(segment) {
      forEachDense(leavingOut: left, visit)
      return
    }
    for position in 0..<table.columns[pivot].rules.count(segment) {
      let rule = table.columns[pivot].rules.rule(position, of: segment)
      guard isCandidate(rule, leavingOut: left, pivot) else { continue }
      if !visit(&self, rule) { return }
    }
  }

  @inline(__always)
  private func isCandidate(_ rule: Int, leavingOut left: Int?, _ pivot: Int) -> Bool {
    for column in cells.indices where column != left && column != pivot {
      if !mayMatch(rule, in: column) { return false }
    }
    return true
  }

  /// The same where every segment is kept as bits.
  @inline(__always)
  private mutating func forEachDense(
    leavingOut left: Int?, _ visit: (inout TableSearch, Int) -> Bool
  ) {
    for index in 0..<((table.rules.count + 63) / 64) {
      var word = UInt64.max
      for column in cells.indices where column != left && cells[column].segment >= 0 {
        word &= table.columns[column].rules.word(index, of: cells[column].segment)
      }
      while word != 0 {
        let rule = index * 64 + word.trailingZeroBitCount
        word &= word - 1
        if !visit(&self, rule) { return }
      }
    }
  }

  // MARK: - Tests that must be evaluated

  @inline(__always)
  private mutating func openTestsHold(
    for rule: Int, leavingOut left: Int?, _ holds: (Int, Int, FEELValue) -> Bool
  ) -> Bool {
    guard hasOpenCells else { return true }
    for column in cells.indices where column != left {
      if !openTestHolds(for: rule, in: column, holds) { return false }
    }
    return true
  }

  private mutating func openTestHolds(
    for rule: Int, in column: Int, _ holds: (Int, Int, FEELValue) -> Bool
  ) -> Bool {
    guard cells[column].isOpen else { return true }
    let position = Int(table.columns[column].testOfRule[rule])
    switch table.columns[column].tests[position].content {
    case .any: return true
    case .set where cells[column].segment >= 0: return true
    case .set, .expression: break
    }
    if truths.isEmpty {
      truths = [[Bool?]](repeating: [], count: table.columns.count)
    }
    if truths[column].isEmpty {
      truths[column] = [Bool?](repeating: nil, count: table.columns[column].tests.count)
    }
    if let truth = truths[column][position] { return truth }
    let truth = holds(column, position, cells[column].value)
    truths[column][position] = truth
    return truth
  }
}
