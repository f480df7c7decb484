import Diagnostics

/// The days off of one year, as they were published.
public struct WorkYear: Hashable, Sendable {
  public let year: Int
  /// The days of the week that are off all year.
  public let weekend: Set<Weekday>
  /// Holidays, mourning days and days off moved from elsewhere, with their names.
  public let daysOff: [Day: String]
  /// Days of the weekend that are worked, in exchange for another day, with the reason.
  public let workingDays: [Day: String]

  public init(
    year: Int, weekend: Set<Weekday>, daysOff: [Day: String], workingDays: [Day: String] = [:]
  ) {
    self.year = year
    self.weekend = weekend
    self.daysOff = daysOff
    self.workingDays = workingDays
  }

  /// - Throws: `CAL002`, `CAL004`.
  func check() throws {
    for day in (daysOff.keys.sorted() + workingDays.keys.sorted()) where day.year != year {
      throw Diagnostic("CAL002", ["day": day.description, "year": String(year)])
    }
    if let day = daysOff.keys.sorted().first(where: { workingDays[$0] != nil }) {
      throw Diagnostic("CAL004", ["day": day.description])
    }
  }

  fileprivate func isWorking(_ day: Day) -> Bool {
    workingDays[day] != nil || daysOff[day] == nil && !weekend.contains(day.weekday)
  }
}

extension WorkYear {
  /// A year counted once, so that no question about it has to count again.
  struct Table: Sendable {
    let year: WorkYear
    let workingDays: [Day]
    /// Working days before each day of the year, by `dayOfYear` - 1, and of the whole year at the end.
    private let counts: [Int]

    init(_ year: WorkYear) {
      var workingDays: [Day] = []
      var counts = [0]
      var day = Day(year: year.year, month: 1, day: 1)
      while let current = day, current.year == year.year {
        if year.isWorking(current) { workingDays.append(current) }
        counts.append(workingDays.count)
        day = current.adding(days: 1)
      }
      self.year = year
      self.workingDays = workingDays
      self.counts = counts
    }

    func count(before day: Day) -> Int { counts[day.dayOfYear - 1] }
    func count(through day: Day) -> Int { counts[day.dayOfYear] }
    func isWorking(_ day: Day) -> Bool { count(through: day) > count(before: day) }
  }
}

extension WorkYear: Codable {
  private enum CodingKeys: CodingKey {
    case year, weekend, daysOff, workingDays
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      year: container.decode(Int.self, forKey: .year),
      weekend: Set(container.decode([Weekday].self, forKey: .weekend)),
      daysOff: container.decode([Day: String].self, forKey: .daysOff),
      workingDays: container.decodeIfPresent([Day: String].self, forKey: .workingDays) ?? [:])
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(year, forKey: .year)
    try container.encode(weekend.sorted(), forKey: .weekend)
    try container.encode(daysOff, forKey: .daysOff)
    try container.encode(workingDays, forKey: .workingDays)
  }
}
