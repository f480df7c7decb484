internal import Commission
internal import FEEL

/// The hours of a working day, and the instants that working time leads to.
struct WorkingHours: Hashable, Sendable {
  /// Seconds of the day in which people work, in order.
  let spans: [Range<Int>]

  /// - Parameters: times as `09:00`; the break as `13:00-14:00`, or empty.
  /// - Returns: `nil` when they make no day.
  init?(from: String, to: String, break pause: String) {
    guard let from = Self.second(from), let to = Self.second(to), from < to else { return nil }
    let bounds = pause.split(separator: "-").compactMap { Self.second(String($0)) }
    if pause.isEmpty {
      spans = [from..<to]
    } else if bounds.count == 2, from < bounds[0], bounds[0] < bounds[1], bounds[1] < to {
      spans = [from..<bounds[0], bounds[1]..<to]
    } else {
      return nil
    }
  }

  /// The seconds of a whole day.
  var length: Int { spans.reduce(0) { $0 + $1.count } }

  private static func second(_ text: String) -> Int? {
    Time(text + ":00").map { $0.hour * 3600 + $0.minute * 60 }
  }
}

/// Working days of the office, counted in its hours.
struct WorkingTime: Sendable {
  let calendar: OfficeCalendar

  func isWorking(_ day: Day) throws -> Bool { try calendar.workCalendar.isWorking(day) }

  /// The working days among the `count` days from `first` on.
  func workingDays(_ count: Int, from first: Day) throws -> [Day] {
    try (0..<count).compactMap { first.adding(days: $0) }.filter { try isWorking($0) }
  }

  /// These seconds of these days, the first one last.
  func instants(on days: [Day], at seconds: Set<Int>) -> [Instant] {
    days.flatMap { day in
      seconds.map { Instant(seconds: start(of: day).seconds + $0) }
    }.sorted(by: >)
  }

  /// The start of `day`.
  func start(of day: Day) -> Instant {
    DateTime(day, Time.midnight.with(zone: calendar.zone)).instant!  // the zone is known
  }

  /// When `days` working days after `instant` begin; `instant` itself for none.
  func after(_ days: Int, from instant: Instant) throws -> Instant {
    guard days > 0 else { return instant }
    return try start(
      of: calendar.workCalendar.adding(workingDays: days, to: calendar.day(of: instant)))
  }

  /// When `seconds` of work that begins at `instant` are done by somebody who works `hours` and is not absent.
  ///
  /// - Throws: `CAL001` when it is done in a year that the calendar does not know.
  func end(
    of seconds: Int, from instant: Instant, hours: WorkingHours, isAbsent: (Day) -> Bool
  ) throws -> Instant {
    var left = seconds
    var day = calendar.day(of: instant)
    while true {
      if try isWorking(day), !isAbsent(day) {
        let midnight = start(of: day).seconds
        for span in hours.spans {
          let from = max(span.lowerBound, instant.seconds - midnight)
          guard from < span.upperBound else { continue }
          if left <= span.upperBound - from {
            return Instant(seconds: midnight + from + left)
          }
          left -= span.upperBound - from
        }
      }
      day = day.adding(days: 1)!  // the calendar ends before the range of dates does
    }
  }

  /// How many of the `hours` lie between two instants, in seconds.
  func length(from: Instant, to: Instant, hours: WorkingHours) throws -> Int {
    guard from < to else { return 0 }
    var sum = 0
    var day = calendar.day(of: from)
    let last = calendar.day(of: to)
    while day <= last {
      if try isWorking(day) {
        let midnight = start(of: day).seconds
        for span in hours.spans {
          let begin = max(span.lowerBound, from.seconds - midnight)
          let end = min(span.upperBound, to.seconds - midnight)
          sum += max(0, end - begin)
        }
      }
      day = day.adding(days: 1)!  // as above
    }
    return sum
  }
}
