/// For each segment of a column the rules whose cell admits it: as bits, or as a list where few do.
///
/// A segment is a stretch of values that no cell of the column tells apart. Finding the segment is the only
/// work that depends on the input; the number of rules hardly matters after that.
struct RuleSets: Sendable {
  private let words: Int
  private var bits: [UInt64] = []
  private var lists: [Int32] = []
  private var segments: [Segment] = []

  private struct Segment {
    let start: Int
    let count: Int
    let isDense: Bool
  }

  /// - Parameter ruleCount: how many rules the table has.
  init(ruleCount: Int) {
    words = (ruleCount + 63) / 64
  }

  /// Adds the next segment; `rules` ascending.
  mutating func append(_ rules: [Int]) {
    let isDense = rules.count > 2 * words
    segments.append(
      Segment(
        start: isDense ? bits.count : lists.count, count: rules.count, isDense: isDense))
    if isDense {
      bits.append(contentsOf: repeatElement(0, count: words))
      for rule in rules { bits[bits.count - words + rule / 64] |= 1 << UInt64(rule % 64) }
    } else {
      lists.append(contentsOf: rules.lazy.map(Int32.init))
    }
  }

  var segmentCount: Int { segments.count }

  func count(_ segment: Int) -> Int { segments[segment].count }

  func isDense(_ segment: Int) -> Bool { segments[segment].isDense }

  func contains(_ rule: Int, in segment: Int) -> Bool {
    let segment = segments[segment]
    if segment.isDense {
      return bits[segment.start + rule / 64] & (1 << UInt64(rule % 64)) != 0
    }
    var low = segment.start
    var high = segment.start + segment.count
    while low < high {
      let middle = (low + high) / 2
      if lists[middle] < Int32(rule) { low = middle + 1 } else { high = middle }
    }
    return low < segment.start + segment.count && lists[low] == Int32(rule)
  }

  /// One word of a dense segment.
  func word(_ index: Int, of segment: Int) -> UInt64 { bits[segments[segment].start + index] }

  /// The rule at `position` of a segment that is a list.
  func rule(_ position: Int, of segment: Int) -> Int {
    Int(lists[segments[segment].start + position])
  }

  var wordCount: Int { words }
}
