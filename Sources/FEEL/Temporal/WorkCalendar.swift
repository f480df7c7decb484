import Diagnostics

/// Which days are worked: the only way days are counted in working days.
///
/// It is data, a list of years; a day of a year that is not there has no answer, only `CAL001`.
public struct WorkCalendar: Sendable {
  /// The name of this edition of the data, as explanations cite it.
  public let version: String
  private let tables: [Int: WorkYear.Table]

  /// The data, by year.
  public var years: [WorkYear] { tables.values.map(\.year).sorted { $0.year < $1.year } }

  /// - Throws: `CAL002` for a day listed under another year, `CAL003` for a year given twice, `CAL004` for a day both off and worked.
  public init(version: String, years: [WorkYear]) throws {
    var tables: [Int: WorkYear.Table] = [:]
    for year in years {
      try year.check()
      guard tables.updateValue(WorkYear.Table(year), forKey: year.year) == nil else {
        throw Diagnostic("CAL003", ["year": String(year.year), "version": version])
      }
    }
    self.version = version
    self.tables = tables
  }

  private func table(_ year: Int) throws -> WorkYear.Table {
    guard let table = tables[year] else {
      throw Diagnostic("CAL001", ["year": String(year), "version": version])
    }
    return table
  }
}

extension WorkCalendar {
  /// - Throws: `CAL001` when the calendar has no data for that year; so do the functions below, for each year they touch.
  public func isWorking(_ day: Day) throws -> Bool {
    try table(day.year).isWorking(day)
  }

  /// The `count`th working day after `day`, which itself is not counted; before it when `count` is negative; `day` for 0.
  public func adding(workingDays count: Int, to day: Day) throws -> Day {
    var year = day.year
    var table = try table(year)
    if count == 0 { return day }
    let limit = Day.years.upperBound * 366  // more working days than there are
    let counted = count > 0 ? table.count(through: day) : table.count(before: day) + 1
    var wanted = counted + min(max(count, -limit), limit)
    while wanted > table.workingDays.count {
      wanted -= table.workingDays.count
      year += 1
      table = try self.table(year)
    }
    while wanted < 1 {
      year -= 1
      table = try self.table(year)
      wanted += table.workingDays.count
    }
    return table.workingDays[wanted - 1]
  }

  /// Working days from the day after `start` to `end`, both as in `adding(workingDays:to:)`; negative when `end` comes first.
  public func workingDays(after start: Day, through end: Day) throws -> Int {
    guard start <= end else { return try -workingDays(after: end, through: start) }
    var count = try -table(start.year).count(through: start)
    for year in start.year..<end.year { count += try table(year).workingDays.count }
    return try count + table(end.year).count(through: end)
  }

  /// `day` when it is worked, else the first working day after it.
  public func next(onOrAfter day: Day) throws -> Day {
    try isWorking(day) ? day : adding(workingDays: 1, to: day)
  }

  /// `day` when it is worked, else the last working day before it.
  public func previous(onOrBefore day: Day) throws -> Day {
    try isWorking(day) ? day : adding(workingDays: -1, to: day)
  }

  /// A day that a count in working days leaves out.
  public struct DayNotCounted: Hashable, Sendable, Codable {
    public let day: Day
    /// The name of the holiday; `nil` for a day off every week.
    public let reason: String?
  }

  /// The days from the day after `start` to `end` that are not worked, for explanations.
  public func notCounted(after start: Day, through end: Day) throws -> [DayNotCounted] {
    guard start < end else { return [] }
    return try (1...end.days(since: start)).compactMap { offset in
      guard let day = start.adding(days: offset), try !isWorking(day) else { return nil }
      return DayNotCounted(day: day, reason: try table(day.year).year.daysOff[day])
    }
  }
}

extension WorkCalendar: Hashable, Codable {
  public static func == (left: WorkCalendar, right: WorkCalendar) -> Bool {
    left.version == right.version && left.years == right.years
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(version)
    hasher.combine(years)
  }

  private enum CodingKeys: CodingKey {
    case version, years
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      version: container.decode(String.self, forKey: .version),
      years: container.decode([WorkYear].self, forKey: .years))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(years, forKey: .years)
  }
}
