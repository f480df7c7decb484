internal import Commission

/// Chance from a seed: what is asked by the same name comes out the same, in whatever order things are asked.
///
/// So two runs that differ in one thing, say the number of experts, meet the same people on the same days.
struct Dice: Sendable {
  let seed: Int

  /// From 0 to before `sides`; 0 when there are none.
  func roll(_ name: String, _ sides: Int) -> Int {
    guard sides > 1 else { return 0 }
    let digits = fingerprint(Array("\(seed)|\(name)".utf8)).prefix(15)
    return (Int(digits, radix: 16) ?? 0) % sides
  }

  /// Whether it comes about in this case, when it does in so many of a thousand.
  func happens(_ name: String, perThousand: Int) -> Bool { roll(name, 1000) < perThousand }

  /// Between `least` and `most`, mostly near `usual` (a triangle on each side of it).
  func amount(_ name: String, least: Int, usual: Int, most: Int) -> Int {
    let isBelow = roll("\(name)|side", max(1, most - least)) < usual - least
    let end = isBelow ? least : most
    // the nearer of two points is chosen more often
    let reach = abs(end - usual) + 1
    let step = min(roll("\(name)|one", reach), roll("\(name)|other", reach))
    return isBelow ? usual - step : usual + step
  }
}
