extension TableGeometry {
  /// Two rules that can match together.
  struct Overlap: Hashable {
    let first: Int
    let second: Int
    /// The axis on which they only share one value, the end of one and the beginning of the other.
    let edge: Int?
  }

  /// All pairs of rules that certainly can match together, by rule numbers.
  ///
  /// - Returns: `nil` when there was too much to look through.
  func overlaps() -> [Overlap]? {
    var pairs: Set<Overlap> = []
    let isComplete = forEachPair { left, right in
      if let overlap = overlap(left, right) { pairs.insert(overlap) }
    }
    return isComplete
      ? pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) } : nil
  }

  /// Visits every pair of rules that meet on the axis that separates them best; some pairs more than once.
  ///
  /// - Returns: false when there were too many.
  func forEachPair(limit: Int = 2_000_000, _ visit: (Int, Int) -> Void) -> Bool {
    guard !axes.isEmpty else {
      for rule in cells.indices.dropFirst() { visit(0, rule) }
      return true
    }
    guard let axis = mostTelling(limit) else { return false }
    _ = forEachMeeting(on: axis, limit: limit) { rule, others in
      for other in others where other != rule { visit(rule, other) }
    }
    return true
  }

  private func overlap(_ left: Int, _ right: Int) -> Overlap? {
    var edge: Int?
    for axis in axes.indices {
      guard let common = common(left, right, on: axis) else { return nil }
      if edge == nil, isEdge(common, of: left, right, on: axis) { edge = axis }
    }
    return Overlap(first: min(left, right), second: max(left, right), edge: edge)
  }

  /// Whether what they share is one value at which both end or begin.
  private func isEdge(_ common: [ClosedRange<Int>], of left: Int, _ right: Int, on axis: Int)
    -> Bool
  {
    guard common.count == 1, axes[axis].onlyValue(of: common[0]) != nil,
      case .stretches(let left) = cells[left][axis],
      case .stretches(let right) = cells[right][axis]
    else { return false }
    return left != common && right != common
  }

  /// The axis that separates the rules best; `nil` when none leaves fewer than `limit` pairs.
  private func mostTelling(_ limit: Int) -> Int? {
    var best: Int?
    var least = limit
    for axis in axes.indices {
      guard let count = forEachMeeting(on: axis, limit: least, { _, _ in }) else { continue }
      least = count
      best = axis
    }
    return best
  }

  /// Along an axis each rule with those that are still there when it begins.
  ///
  /// - Returns: how many pairs these are; `nil` when they are not fewer than `limit`.
  private func forEachMeeting(on axis: Int, limit: Int, _ visit: (Int, Set<Int>) -> Void) -> Int? {
    var starts: [Int: [Int]] = [:]
    var ends: [Int: [Int]] = [:]
    for rule in cells.indices {
      for stretch in cells[rule][axis].possible(on: axes[axis]) {
        starts[stretch.lowerBound, default: []].append(rule)
        ends[stretch.upperBound + 1, default: []].append(rule)
      }
    }
    var active: Set<Int> = []
    var count = 0
    for place in Set(starts.keys).union(ends.keys).sorted() {
      for rule in ends[place] ?? [] { active.remove(rule) }
      for rule in starts[place] ?? [] {
        count += active.count
        guard count < limit else { return nil }
        visit(rule, active)
        active.insert(rule)
      }
    }
    return count
  }
}
