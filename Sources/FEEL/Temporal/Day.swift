/// A day of the proleptic Gregorian calendar, without a time zone: a FEEL `date`.
///
/// Years run from -999999999 to 999999999; the year before 1 is 0, as in XSD 1.1 and ISO 8601.
/// - Note: Source: DMN 1.5, 10.3.2.3.5 (the date domain).
public struct Day: Hashable, Sendable {
  /// Year (55 bits, signed), month (4 bits), day of the month (5 bits): ordered as days are.
  private let key: Int

  static let years = -999_999_999...999_999_999

  private init(checkedYear year: Int, month: Int, day: Int) {
    key = year << 9 | month << 5 | day
  }

  /// `nil` for a day that no calendar has, as 30 February.
  public init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), 1...12 ~= month, day >= 1,
      day <= 28 || day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.init(checkedYear: year, month: month, day: day)
  }

  public var year: Int { key >> 9 }
  /// 1 for January.
  public var month: Int { key >> 5 & 15 }
  /// Day of the month, from 1.
  public var day: Int { key & 31 }
}

extension Day: Comparable {
  public static func < (left: Day, right: Day) -> Bool { left.key < right.key }
}

// Day numbers: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that begin on 1 March.
extension Day {
  private static let daysPerEra = 146_097
  private static let epoch = 719_468  // days from 0000-03-01 to 1970-01-01

  /// Days from 1970-01-01, negative before.
  public var daysSinceEpoch: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * Self.daysPerEra + dayOfEra - Self.epoch
  }

  static let dayNumbers =
    Day(checkedYear: years.lowerBound, month: 1, day: 1)
    .daysSinceEpoch...Day(checkedYear: years.upperBound, month: 12, day: 31).daysSinceEpoch

  /// The day `daysSinceEpoch` days after 1970-01-01; `nil` outside the years FEEL knows.
  public init?(daysSinceEpoch: Int) {
    guard Self.dayNumbers.contains(daysSinceEpoch) else { return nil }
    let number = daysSinceEpoch + Self.epoch
    let era = (number >= 0 ? number : number - (Self.daysPerEra - 1)) / Self.daysPerEra
    let dayOfEra = number - era * Self.daysPerEra
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      checkedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Day {
  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The same month and year, last day.
  public var lastDayOfMonth: Day {
    Day(checkedYear: year, month: month, day: Self.days(inMonth: month, of: year))
  }

  public var weekday: Weekday {
    let fromMonday = (daysSinceEpoch + 3) % 7  // 1970-01-01 was a Thursday
    return Weekday.allCases[fromMonday < 0 ? fromMonday + 7 : fromMonday]
  }

  /// 1 for 1 January.
  public var dayOfYear: Int {
    daysSinceEpoch - Day(checkedYear: year, month: 1, day: 1).daysSinceEpoch + 1
  }

  /// Number of the week by ISO 8601: weeks begin on Monday, week 1 has the first Thursday of the year.
  public var weekOfYear: Int {
    // The week belongs to the year of its Thursday.
    let thursday = daysSinceEpoch + Weekday.thursday.rawValue - weekday.rawValue
    return ((Day(daysSinceEpoch: thursday) ?? self).dayOfYear - 1) / 7 + 1
  }
}

extension Day {
  /// `nil` outside the years FEEL knows.
  public func adding(days count: Int) -> Day? {
    let (number, overflow) = daysSinceEpoch.addingReportingOverflow(count)
    return overflow ? nil : Day(daysSinceEpoch: number)
  }

  /// The same day so many months away, or the last of that month where it has no such day.
  public func adding(_ duration: YearsMonthsDuration) -> Day? {
    let (months, overflow) = (year * 12 + month - 1).addingReportingOverflow(duration.totalMonths)
    guard !overflow else { return nil }
    let (newYear, newMonth) = months.flooredDivision(by: 12)
    guard Self.years.contains(newYear) else { return nil }
    return Day(
      checkedYear: newYear, month: newMonth + 1,
      day: min(day, Self.days(inMonth: newMonth + 1, of: newYear)))
  }

  /// The day in which midnight plus `duration` falls.
  public func adding(_ duration: DaysTimeDuration) -> Day? {
    adding(days: duration.wholeSeconds.flooredDivision(by: 86_400).quotient)
  }

  /// Calendar days from `other` to this day, negative when it comes before.
  public func days(since other: Day) -> Int { daysSinceEpoch - other.daysSinceEpoch }

  /// FEEL `date - date`: whole days.
  public func subtracting(_ other: Day) -> DaysTimeDuration {
    DaysTimeDuration(seconds: days(since: other) * 86_400)
  }
}

extension Int {
  /// Quotient toward negative infinity, remainder from 0 to below `divisor`.
  func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

extension Day: CodableAsText {
  /// Reads `2026-02-28`: four digits of the year, more (up to nine) only where they are needed, a minus sign before year 0.
  public init?(_ text: String) {
    guard let day = TemporalReader.read(text, { $0.day() }) else { return nil }
    self = day
  }

  public var description: String { TemporalWriter.text { $0.write(self) } }
}

extension Day: CodingKeyRepresentable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public var codingKey: any CodingKey { Key(stringValue: description) }

  public init?<CodingKeyType: CodingKey>(codingKey: CodingKeyType) {
    self.init(codingKey.stringValue)
  }
}
