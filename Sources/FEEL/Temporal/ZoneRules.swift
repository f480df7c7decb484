/// What the clocks of one zone have shown and will show: a TZif file of the IANA time zone database.
///
/// - Note: Source: RFC 9636 (TZif), versions 2 to 4; leap seconds are not read.
final class ZoneRules: Sendable {
  /// A moment at which the clocks are changed.
  private struct Change {
    let seconds: Int  // UTC, from 1970
    let before: Int  // seconds east of UTC
    let after: Int

    /// What the clock shows when times of "before" are over: after a gap, or when times that come twice have come once.
    var local: Int { seconds + max(before, after) }
  }

  let name: String
  /// Seconds east of UTC without summer time, by the rules that hold last.
  let standardOffset: Int
  private let changes: [Change]
  private let first: Int
  /// For instants after the last change; `nil`: its offset holds for ever.
  private let footer: ZoneFooter?

  /// `nil` when `bytes` are no TZif file of version 2 or later.
  init?(named name: String, parsing bytes: [UInt8]) {
    guard let file = TZif(parsing: bytes) else { return nil }
    self.name = name
    first = file.first.seconds
    var changes: [Change] = []
    var offset = first
    for change in file.changes where change.type.seconds != offset {
      changes.append(Change(seconds: change.seconds, before: offset, after: change.type.seconds))
      offset = change.type.seconds
    }
    footer = file.footer
    if let footer, footer.summer != nil {
      // Written out to the end of this century, most dates need a search only.
      let lastYear = changes.last.map { Day.year(ofSecond: $0.seconds) } ?? 1970
      for (seconds, after) in stride(from: lastYear, through: 2100, by: 1).flatMap(footer.changes)
      where seconds > changes.last?.seconds ?? .min && after != offset {
        changes.append(Change(seconds: seconds, before: offset, after: after))
        offset = after
      }
    }
    self.changes = changes
    let lastStandard = file.changes.last { !$0.type.isSummer }?.type.seconds
    standardOffset = footer?.standard ?? lastStandard ?? first
  }

  /// Seconds east of UTC at `seconds` from 1970 in UTC.
  func offset(at seconds: Int) -> Int {
    let index = changes.firstIndex { $0.seconds > seconds }
    guard index == changes.count else { return index == 0 ? first : changes[index - 1].after }
    return footer?.offset(at: seconds) ?? changes.last?.after ?? first
  }

  /// Seconds east of UTC when the clock shows `seconds` from 1970; the offset before a change when it shows that twice or never.
  func offset(atLocal seconds: Int) -> Int {
    let index = changes.firstIndex { $0.local > seconds }
    guard index == changes.count else { return index == 0 ? first : changes[index - 1].after }
    return footer?.offset(atLocal: seconds) ?? changes.last?.after ?? first
  }
}

extension Day {
  /// The year in UTC of `second` from 1970, or the nearest that `Day` knows.
  static func year(ofSecond second: Int) -> Int {
    let number = second.flooredDivision(by: 86_400).quotient
    let nearest = min(max(number, dayNumbers.lowerBound), dayNumbers.upperBound)
    return Day(daysSinceEpoch: nearest)?.year ?? years.upperBound
  }
}

extension Array {
  /// Where `isAfter` begins to hold; `count` when it never does. It holds for the rest from there on.
  fileprivate func firstIndex(_ isAfter: (Element) -> Bool) -> Int {
    var (lower, upper) = (0, count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if isAfter(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
