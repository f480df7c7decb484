import FEEL

/// A cron schedule as Camunda 8 has it: second, minute, hour, day of month, month, day of week.
///
/// Each field is `*`, a number, a name (`JAN`, `MON`), a range `1-5`, a step `*/10` or `8-18/2`, or a list of these; `?`
/// means `*`. `@yearly`, `@monthly`, `@weekly`, `@daily`, `@hourly` are known too. Days must match both day fields.
struct CronSchedule: Hashable, Sendable {
  private let seconds: Set<Int>
  private let minutes: Set<Int>
  private let hours: Set<Int>
  private let days: Set<Int>
  private let months: Set<Int>
  /// From 0, Sunday.
  private let weekdays: Set<Int>

  private static let words: [String: String] = [
    "@yearly": "0 0 0 1 1 *", "@annually": "0 0 0 1 1 *", "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0", "@daily": "0 0 0 * * *", "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
  ]
  private static let monthNames = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
  ]
  private static let weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

  /// `nil` when `text` is no cron schedule.
  init?(_ text: String) {
    let fields = (Self.words[text] ?? text).uppercased().split(separator: " ").map(String.init)
    guard fields.count == 6, let seconds = Self.values(fields[0], 0...59),
      let minutes = Self.values(fields[1], 0...59), let hours = Self.values(fields[2], 0...23),
      let days = Self.values(fields[3], 1...31),
      let months = Self.values(fields[4], 1...12, names: Self.monthNames, from: 1),
      let weekdays = Self.values(fields[5], 0...7, names: Self.weekdayNames, from: 0)
    else { return nil }
    self.seconds = seconds
    self.minutes = minutes
    self.hours = hours
    self.days = days
    self.months = months
    self.weekdays = Set(weekdays.map { $0 % 7 })
  }

  private static func values(
    _ field: String, _ range: ClosedRange<Int>, names: [String] = [], from first: Int = 0
  ) -> Set<Int>? {
    func number(_ text: Substring) -> Int? {
      if let position = names.firstIndex(of: String(text)) { return position + first }
      return Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
    var result: Set<Int> = []
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = part.split(separator: "/", omittingEmptySubsequences: false)
      guard halves.count <= 2, let step = halves.count == 2 ? Int(halves[1]) : 1, step > 0 else {
        return nil
      }
      let bounds = halves[0].split(separator: "-", omittingEmptySubsequences: false)
      if halves[0] == "*" || halves[0] == "?" {
        result.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
      } else if bounds.count == 2, let low = number(bounds[0]), let high = number(bounds[1]),
        low <= high
      {
        result.formUnion(stride(from: low, through: high, by: step))
      } else if bounds.count == 1, let low = number(bounds[0]) {
        let high = halves.count == 2 ? range.upperBound : low
        result.formUnion(stride(from: low, through: high, by: step))
      } else {
        return nil
      }
    }
    return result
  }

  /// The first instant after `start` that matches, by the local time of `zone`; `nil` when there is none in ten years.
  func next(after start: Instant, in zone: Zone) -> Instant? {
    guard let moment = DateTime(start, in: zone) else { return nil }
    var day: Day? = moment.day
    for _ in 0..<3_660 {
      guard let current = day else { return nil }
      if matches(current), let found = first(on: current, after: start, in: zone) { return found }
      day = current.adding(days: 1)
    }
    return nil
  }

  private func matches(_ day: Day) -> Bool {
    months.contains(day.month) && days.contains(day.day)
      && weekdays.contains(day.weekday.rawValue % 7)
  }

  private func first(on day: Day, after start: Instant, in zone: Zone) -> Instant? {
    for hour in hours.sorted() {
      for minute in minutes.sorted() {
        for second in seconds.sorted() {
          guard let time = Time(hour: hour, minute: minute, second: second),
            let instant = TimerText.instant(day.at(time), in: zone), instant > start
          else { continue }
          return instant
        }
      }
    }
    return nil
  }
}

extension Subscription.Repetition {
  /// When it fires after it was due at `due`.
  func next(after due: Instant, in zone: Zone) -> Instant? {
    guard let cron else { return interval.end(from: due, in: zone) }
    return CronSchedule(cron)?.next(after: due, in: zone)
  }
}
