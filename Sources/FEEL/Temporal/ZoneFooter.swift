/// The rule for times after the last change of a TZif file, as `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// - Note: Source: POSIX.1-2017, 8.3 "TZ", with the extensions of RFC 9636, 3.3.1.
struct ZoneFooter: Sendable {
  struct Summer: Sendable {
    let offset: Int
    let start: YearlyMoment
    let end: YearlyMoment
  }

  /// Seconds east of UTC.
  let standard: Int
  let summer: Summer?

  /// `nil` when `text` is empty or not written that way.
  init?(parsing text: [UInt8]) {
    var reader = FooterReader(text: text[...])
    guard reader.skipName(), let west = reader.offset() else { return nil }
    standard = -west
    if reader.isAtEnd {
      summer = nil
      return
    }
    guard reader.skipName() else { return nil }
    let summerOffset = reader.isAt(",") ? standard + 3600 : reader.offset().map { -$0 }
    guard let summerOffset, reader.take(","), let start = reader.moment(), reader.take(","),
      let end = reader.moment(), reader.isAtEnd
    else { return nil }
    summer = Summer(offset: summerOffset, start: start, end: end)
  }

  func offset(at seconds: Int) -> Int { offset(at: seconds) { change in change.seconds } }

  /// See `ZoneRules`.
  func offset(atLocal seconds: Int) -> Int {
    let latest = max(standard, summer?.offset ?? standard)
    return offset(at: seconds) { change in change.seconds + latest }
  }

  /// The last change not after `seconds`, by the clock that `time` tells, decides.
  private func offset(at seconds: Int, by time: ((seconds: Int, after: Int)) -> Int) -> Int {
    guard summer != nil else { return standard }
    let year = Day.year(ofSecond: seconds)
    let changes = (year - 1...year + 1).flatMap(changes)
    return changes.last { time($0) <= seconds }?.after ?? standard
  }

  /// The changes of one year, in order, in seconds from 1970 in UTC.
  func changes(in year: Int) -> [(seconds: Int, after: Int)] {
    guard let summer else { return [] }
    let changes = [
      (seconds: summer.start.seconds(in: year) - standard, after: summer.offset),
      (seconds: summer.end.seconds(in: year) - summer.offset, after: standard),
    ]
    return changes.sorted { $0.seconds < $1.seconds }
  }
}

/// A moment of every year, on the clock of the place.
struct YearlyMoment: Sendable {
  enum Rule: Sendable {
    case julian(Int)  // 1 to 365, 29 February never counted
    case dayOfYear(Int)  // from 0, 29 February counted
    case weekday(month: Int, week: Int, weekday: Int)  // week 5: the last one; 0: Sunday
  }

  let rule: Rule
  /// Seconds after midnight, also negative or beyond a day.
  let time: Int

  /// Seconds from 1970-01-01T00:00:00 on that clock.
  func seconds(in year: Int) -> Int { day(in: year) * 86_400 + time }

  private func day(in year: Int) -> Int {
    let newYear = Self.number(year, 1, 1)
    switch rule {
    case .julian(let day): return newYear + day - 1 + (day > 59 && Day.isLeap(year) ? 1 : 0)
    case .dayOfYear(let day): return newYear + day
    case .weekday(let month, let week, let weekday):
      let first = Self.number(year, month, 1)
      let firstWeekday = (first + 4).flooredDivision(by: 7).remainder  // 1970-01-01: Thursday, 4
      let day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      return first + (day < Day.days(inMonth: month, of: year) ? day : day - 7)
    }
  }

  /// 0 only for years at the edge of the range, which no clock reaches.
  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    Day(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
  }
}

private struct FooterReader {
  var text: ArraySlice<UInt8>

  var isAtEnd: Bool { text.isEmpty }

  func isAt(_ character: Unicode.Scalar) -> Bool { text.first == UInt8(ascii: character) }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    text.removeFirst()
    return true
  }

  /// Letters, or anything in angle brackets.
  mutating func skipName() -> Bool {
    if take("<") {
      text = text.drop { $0 != UInt8(ascii: ">") }
      return take(">")
    }
    let before = text.count
    text = text.drop { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
    return text.count < before
  }

  mutating func number() -> Int? {
    let digits = text.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard 1...3 ~= digits.count else { return nil }
    text = text[digits.endIndex...]
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func offset() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number() else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where take(":") {
      guard let part = number() else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  mutating func moment() -> YearlyMoment? {
    guard let rule = rule() else { return nil }
    guard take("/") else { return YearlyMoment(rule: rule, time: 2 * 3600) }
    return offset().map { YearlyMoment(rule: rule, time: $0) }
  }

  private mutating func rule() -> YearlyMoment.Rule? {
    if take("J") { return number().flatMap { 1...365 ~= $0 ? .julian($0) : nil } }
    guard take("M") else { return number().flatMap { 0...365 ~= $0 ? .dayOfYear($0) : nil } }
    guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
      1...12 ~= month, 1...5 ~= week, 0...6 ~= weekday
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
