internal import Diagnostics
public import FEEL

/// The working calendar: what it says, and what another edition of it would change.
extension Office {
  /// A day that is not what its weekday says.
  public struct CalendarDay: Hashable, Sendable {
    public let day: Day
    /// `holiday`, `mourning`, `transferred-off`, `transferred-working`.
    public let kind: String
    /// In the language of the user.
    public let name: String
    public let source: String
    public let isVerified: Bool
  }

  /// One year of the calendar.
  public struct CalendarYear: Hashable, Sendable {
    public let year: Int
    /// The edition, as explanations of deadlines cite it.
    public let version: String
    public let days: [CalendarDay]
    /// Working days of each month, January first.
    public let workingDays: [Int]
  }

  /// A term of an open case that would end at another time.
  public struct MovedClock: Hashable, Sendable {
    public let caseNumber: CaseNumber
    public let clock: String
    public let before: Instant
    public let after: Instant
  }

  /// The year as the calendar in force has it.
  ///
  /// - Throws: `CAL001` when it has not got that year.
  public func calendarYear(_ year: Int? = nil) async throws -> CalendarYear {
    let year = year ?? today.year
    let definition = try await calendarInForce()
    let table = try CSV(parsing: definition.bytes, file: definition.file)
    let calendar = try OfficeCalendar(table, file: definition.file).workCalendar
    let workingDays = try (1...12).map { month in
      guard let first = Day(year: year, month: month, day: 1),
        let before = first.adding(days: -1),
        let next = month == 12
          ? Day(year: year, month: 12, day: 31)
          : Day(year: year, month: month + 1, day: 1)?.adding(days: -1)
      else { return 0 }
      return try before.year == year
        ? calendar.workingDays(after: before, through: next)
        : calendar.workingDays(after: first, through: next) + (calendar.isWorking(first) ? 1 : 0)
    }
    let days = table.rows.compactMap { row -> CalendarDay? in
      guard let day = Day(row["day"]), day.year == year else { return nil }
      return CalendarDay(
        day: day, kind: row["kind"], name: row[language.rawValue], source: row["source"],
        isVerified: row["verified"] == "true")
    }
    return CalendarYear(
      year: year, version: calendar.version, days: days.sorted { $0.day < $1.day },
      workingDays: workingDays)
  }

  /// What would change if the table in `bytes` were deployed: its days, and the terms of open cases that run.
  ///
  /// Nothing is changed; `deploy` lets every open case count by the new edition.
  /// - Throws: `CAL010` and what else reading the table throws; `CAL001` when it lacks a year that a term needs.
  public func tryCalendar(
    _ bytes: [UInt8], file: String
  ) async throws -> (comparison: DefinitionComparison, moved: [MovedClock]) {
    let definition = try await calendarInForce()
    let new = try OfficeCalendar(CSV(parsing: bytes, file: file), file: file)
    let comparison = DefinitionComparison(
      definition.key,
      from: (
        definition.version,
        try DefinitionPart.all(of: .calendar, definition.bytes, file: definition.file)
      ), to: (nil, try DefinitionPart.all(of: .calendar, bytes, file: file)))
    var moved: [MovedClock] = []
    for row in try await store.cases(CaseQuery(isOpen: true, limit: 1_000_000)) {
      let (_, loaded) = try await reading(row.number, for: nil)
      for clock in loaded.state.clocks.values where clock.isOpen {
        let before = try clock.due(in: loaded.set.calendar, now: now)
        let after = try clock.due(in: new, now: now)
        guard before != after else { continue }
        moved.append(
          MovedClock(
            caseNumber: row.number, clock: clock.parameter.identifier, before: before,
            after: after))
      }
    }
    return (
      comparison,
      moved.sorted { ($0.after, $0.caseNumber, $0.clock) < ($1.after, $1.caseNumber, $1.clock) }
    )
  }

  /// - Throws: `CAL012` when no calendar is deployed.
  private func calendarInForce() async throws -> StoredDefinition {
    let calendars = try await store.definitions().filter { $0.kind == .calendar }
    guard let definition = calendars.resolved(for: Office.usualProfile, on: today).first else {
      throw Diagnostic("CAL012")
    }
    return definition
  }
}
