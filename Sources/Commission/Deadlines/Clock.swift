internal import Diagnostics
public import FEEL

/// A running term of one case, kept as a ledger: what it allows, when it ran, when it stood still.
///
/// A later change of the parameter does not touch it; the due instant follows from ledger and calendar.
public struct Clock: Hashable, Sendable, Codable {
  /// A time in which the clock stands still.
  public struct Pause: Hashable, Sendable, Codable {
    public let from: Instant
    public let reason: String
    public fileprivate(set) var until: Instant?
  }

  public let parameter: ClockParameter
  public let startedAt: Instant
  public private(set) var pauses: [Pause] = []
  public internal(set) var closedAt: Instant?

  public init(_ parameter: ClockParameter, startedAt: Instant) {
    self.parameter = parameter
    self.startedAt = startedAt
  }

  /// Whether it may be stopped for `reason`.
  ///
  /// - Throws: `TASK504` when it does not run; `TASK505` when the term allows no pause, or not for this reason.
  public func checkPause(for reason: String?) throws {
    guard isRunning else { throw Diagnostic("TASK504", ["clock": parameter.identifier]) }
    guard let reason, parameter.pauseReasons.contains(reason) else {
      let reasons = parameter.pauseReasons.joined(separator: ", ")
      throw Diagnostic(
        "TASK505",
        ["clock": parameter.identifier, "reasons": reasons.isEmpty ? "–" : reasons])
    }
  }

  /// Stands still from `instant` on.
  public mutating func pause(at instant: Instant, reason: String) {
    pauses.append(Pause(from: instant, reason: reason))
  }

  /// Goes on with what is left.
  public mutating func resume(at instant: Instant) {
    if let last = pauses.indices.last { pauses[last].until = instant }
  }

  public var isPaused: Bool { pauses.last.map { $0.until == nil } ?? false }

  public var isRunning: Bool { closedAt == nil && !isPaused }

  /// The end of the last day; while it is paused, as if it went on today.
  ///
  /// The day of the start is not counted. A last calendar day off work moves to the next working day.
  /// - Throws: `CAL001` when `calendar` has no entry for a year that is counted.
  public func due(in calendar: OfficeCalendar, now: Instant) throws -> Instant {
    try mark(amount: parameter.amount, in: calendar, now: now)
  }

  /// The instant at which `percent` of the term is used up, rounded up to whole units.
  public func mark(percent: Int, in calendar: OfficeCalendar, now: Instant) throws -> Instant {
    try mark(amount: (parameter.amount * percent + 99) / 100, in: calendar, now: now)
  }

  private func mark(amount: Int, in calendar: OfficeCalendar, now: Instant) throws -> Instant {
    var day = calendar.day(of: startedAt)
    var left = amount
    for pause in pauses {
      let stop = calendar.day(of: pause.from)
      let used = try consumed(after: day, through: stop, in: calendar)
      guard used < left else { break }
      left -= used
      day = calendar.day(of: pause.until ?? now)
    }
    return try calendar.end(of: lastDay(from: day, amount: left, in: calendar))
  }

  private func consumed(after start: Day, through end: Day, in calendar: OfficeCalendar) throws
    -> Int
  {
    guard start < end else { return 0 }
    switch parameter.unit {
    case .workingDays: return try calendar.workCalendar.workingDays(after: start, through: end)
    case .calendarDays: return end.days(since: start)
    case .months: return YearsMonthsDuration(from: start, to: end).totalMonths
    }
  }

  private func lastDay(from day: Day, amount: Int, in calendar: OfficeCalendar) throws -> Day {
    switch parameter.unit {
    case .workingDays:
      return try calendar.workCalendar.adding(workingDays: amount, to: day)
    case .calendarDays:
      guard let last = day.adding(days: amount) else { throw outside(calendar, after: day) }
      return try calendar.workCalendar.next(onOrAfter: last)
    case .months:
      guard let last = day.adding(YearsMonthsDuration(months: amount)) else {
        throw outside(calendar, after: day)
      }
      return try calendar.workCalendar.next(onOrAfter: last)
    }
  }

  private func outside(_ calendar: OfficeCalendar, after day: Day) -> Diagnostic {
    Diagnostic("CAL001", ["year": "\(day.year)", "version": calendar.workCalendar.version])
  }
}
