internal import Diagnostics
public import FEEL

/// When a clock runs out.
///
/// Days: the day of the start is not counted, nor the days after a pause began up to the day it ended. A last calendar day
/// off work moves to the next working day. Hours are counted exactly, on every day.
extension Clock {
  /// The end of the last day; while it is paused, as if it went on now.
  ///
  /// - Throws: `CAL001` when `calendar` has no entry for a year that is counted.
  public func due(in calendar: OfficeCalendar, now: Instant) throws -> Instant {
    try mark(percent: 100, in: calendar, now: now)
  }

  /// The instant at which `percent` of the term is used up, rounded up to whole days, or seconds for a term in hours.
  public func mark(percent: Int, in calendar: OfficeCalendar, now: Instant) throws -> Instant {
    switch parameter.unit {
    case .hours: return hourMark(percent: percent, now: now)
    case .workingDays:
      let count = (amount * percent + 99) / 100
      let start = calendar.day(of: startedAt)
      let planned = try calendar.workCalendar.adding(workingDays: count, to: start)
      return try calendar.end(
        of: moved(planned, in: calendar, now: now) {
          try calendar.workCalendar.workingDays(after: $0, through: $1)
        } adding: {
          try calendar.workCalendar.adding(workingDays: $0, to: $1)
        })
    case .calendarDays, .months, .years:
      let start = calendar.day(of: startedAt)
      let days = (try plannedEnd(from: start, in: calendar).days(since: start) * percent + 99) / 100
      let planned = try sum(days, start, in: calendar)
      let last = try moved(planned, in: calendar, now: now) {
        $1.days(since: $0)
      } adding: {
        try sum($0, $1, in: calendar)
      }
      return try calendar.end(of: calendar.workCalendar.next(onOrAfter: last))
    }
  }

  /// How much of the term is left at `now`, in working days, calendar days or hours; 0 when it has run out.
  public func remaining(in calendar: OfficeCalendar, now: Instant) throws -> Int {
    let due = try due(in: calendar, now: now)
    guard due > now else { return 0 }
    let (today, last) = (calendar.day(of: now), calendar.day(of: due))
    switch parameter.unit {
    case .hours: return (due.seconds - now.seconds + 3599) / 3600
    case .workingDays: return try calendar.workCalendar.workingDays(after: today, through: last)
    case .calendarDays, .months, .years: return last.days(since: today)
    }
  }

  /// The day off that were left out between start and end, for explanations; only terms of working days leave any out.
  public func notCounted(in calendar: OfficeCalendar, now: Instant) throws
    -> [WorkCalendar.DayNotCounted]
  {
    guard parameter.unit == .workingDays else { return [] }
    let last = try calendar.day(of: due(in: calendar, now: now))
    return try calendar.workCalendar.notCounted(after: calendar.day(of: startedAt), through: last)
  }

  /// `planned`, later by every pause that began before it was reached.
  private func moved(
    _ planned: Day, in calendar: OfficeCalendar, now: Instant,
    counting count: (Day, Day) throws -> Int, adding add: (Int, Day) throws -> Day
  ) throws -> Day {
    var last = planned
    for pause in pauses {
      let stop = max(calendar.day(of: pause.from), calendar.day(of: startedAt))
      guard stop < last else { break }
      last = try add(count(stop, last), max(stop, calendar.day(of: pause.until ?? now)))
    }
    return last
  }

  private func hourMark(percent: Int, now: Instant) -> Instant {
    var end = startedAt.seconds + (amount * 3600 * percent + 99) / 100
    for pause in pauses where max(pause.from, startedAt).seconds < end {
      let from = max(pause.from, startedAt)
      end += max(0, (pause.until ?? now).seconds - from.seconds)
    }
    return Instant(seconds: end)
  }

  /// The last day of the term without pauses, before it moves off a day off.
  private func plannedEnd(from day: Day, in calendar: OfficeCalendar) throws -> Day {
    let months: Int
    switch parameter.unit {
    case .hours, .workingDays, .calendarDays: return try sum(amount, day, in: calendar)
    case .months: months = amount
    case .years: months = amount * 12
    }
    guard let last = day.adding(YearsMonthsDuration(months: months)) else {
      throw outside(calendar, after: day)
    }
    return last
  }

  private func sum(_ days: Int, _ day: Day, in calendar: OfficeCalendar) throws -> Day {
    guard let last = day.adding(days: days) else { throw outside(calendar, after: day) }
    return last
  }

  private func outside(_ calendar: OfficeCalendar, after day: Day) -> Diagnostic {
    Diagnostic("CAL001", ["year": "\(day.year)", "version": calendar.workCalendar.version])
  }
}
