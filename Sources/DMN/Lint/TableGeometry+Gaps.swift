extension TableGeometry {
  /// Part of the space, by axis; axes that do not matter are left out.
  typealias Box = [Int: ClosedRange<Int>]

  /// Places that no rule of `rules` covers, at most `limit` of them.
  ///
  /// The space is cut axis after axis where a rule begins or ends. A rule with a computed test counts as covering
  /// what the test may cover: what is reported is a gap for certain.
  /// - Parameter box: where to look; `nil`: everywhere the domains allow.
  /// - Returns: `nil` when there was too much to look through.
  func gaps(in box: [[ClosedRange<Int>]]? = nil, among rules: [Int], limit: Int) -> [Box]? {
    var search = GapSearch(geometry: self, space: box ?? axes.map(\.domain), limit: limit)
    search.look(on: 0, rules: rules, at: [:])
    return search.isExhausted ? nil : search.gaps
  }

  private struct GapSearch {
    let geometry: TableGeometry
    let space: [[ClosedRange<Int>]]
    let limit: Int
    var gaps: [Box] = []
    /// Visits left.
    var budget = 200_000

    var isExhausted: Bool { budget <= 0 }

    mutating func look(on axis: Int, rules: [Int], at box: Box) {
      budget -= 1 + rules.count
      guard budget > 0, gaps.count < limit else { return }
      guard !rules.isEmpty else { return gaps.append(box) }
      guard axis < geometry.axes.count, !rules.contains(where: { covers(rest: axis, $0) }) else {
        return
      }
      for (stretch, active) in slices(of: axis, rules) {
        var inner = box
        if stretch != geometry.axes[axis].everything { inner[axis] = stretch }
        look(on: axis + 1, rules: active, at: inner)
      }
    }

    /// Whether the rule covers everything on this and all later axes.
    private func covers(rest axis: Int, _ rule: Int) -> Bool {
      (axis..<geometry.axes.count).allSatisfy { axis in
        geometry.cells[rule][axis].possible(on: geometry.axes[axis]).covers(space[axis])
      }
    }

    /// The stretches of an axis on which the same rules are active; neighbours without any rule are one.
    private func slices(of axis: Int, _ rules: [Int]) -> [(ClosedRange<Int>, [Int])] {
      var starts: [Int: [Int]] = [:]
      var ends: [Int: [Int]] = [:]
      var cuts: Set<Int> = []
      for stretch in space[axis] {
        cuts.insert(stretch.lowerBound)
        cuts.insert(stretch.upperBound + 1)
      }
      for rule in rules {
        let covered = geometry.cells[rule][axis].possible(on: geometry.axes[axis])
          .intersection(space[axis])
        for stretch in covered {
          starts[stretch.lowerBound, default: []].append(rule)
          ends[stretch.upperBound + 1, default: []].append(rule)
          cuts.insert(stretch.lowerBound)
          cuts.insert(stretch.upperBound + 1)
        }
      }
      var active: Set<Int> = []
      var slices: [(ClosedRange<Int>, [Int])] = []
      let places = cuts.sorted()
      for (place, next) in zip(places, places.dropFirst()) {
        for rule in ends[place] ?? [] { active.remove(rule) }
        for rule in starts[place] ?? [] { active.insert(rule) }
        let stretch = place...(next - 1)
        guard space[axis].contains(where: { $0.overlaps(stretch) }) else { continue }
        slices.append((stretch, active.sorted()))
      }
      return slices
    }
  }
}
