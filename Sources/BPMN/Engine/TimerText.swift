import Diagnostics
import FEEL

/// The ISO 8601 texts of timers: dates, durations (also `P1M2DT3H`) and cycles (`R3/PT10H`, `R/2025-01-01T09:00:00Z/P1D`).
enum TimerText {
  /// How a timer repeats.
  struct Cycle: Hashable {
    /// How often in all; `nil` without end.
    let count: Int?
    let start: Instant?
    let interval: TimerInterval
  }

  /// A point in time; local ones are meant in `zone`.
  static func date(_ text: String, in zone: Zone) -> Instant? {
    if let moment = DateTime(text) { return instant(moment, in: zone) }
    return Day(text).flatMap { instant($0.at(.midnight), in: zone) }
  }

  /// The instant of `moment`, which is meant in `zone` when it has none itself.
  static func instant(_ moment: DateTime, in zone: Zone) -> Instant? {
    moment.instant ?? moment.day.at(moment.time.with(zone: zone)).instant
  }

  static func duration(_ text: String) -> TimerInterval? {
    if let time = DaysTimeDuration(text) {
      return TimerInterval(months: YearsMonthsDuration(months: 0), time: time)
    }
    if let months = YearsMonthsDuration(text) { return TimerInterval(months: months, time: .zero) }
    guard let cut = text.firstIndex(where: { $0 == "T" }) ?? Optional(text.endIndex),
      let last = text[..<cut].lastIndex(where: { $0 == "M" || $0 == "Y" }),
      let months = YearsMonthsDuration(String(text[...last])),
      let time = DaysTimeDuration("P" + text[text.index(after: last)...])
    else { return nil }
    return TimerInterval(months: months, time: time)
  }

  static func cycle(_ text: String, in zone: Zone) -> Cycle? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 || parts.count == 3, parts[0].first == "R",
      let interval = duration(parts[parts.count - 1]), interval.isPositive
    else { return nil }
    let digits = parts[0].dropFirst()
    let count = digits.isEmpty || digits == "-1" ? nil : Int(digits)
    guard digits.isEmpty || digits == "-1" || (count ?? 0) > 0 else { return nil }
    guard parts.count == 3 else { return Cycle(count: count, start: nil, interval: interval) }
    return date(parts[1], in: zone).map { Cycle(count: count, start: $0, interval: interval) }
  }

  /// Refuses a fixed text that can never work; FEEL is only known when the timer starts.
  ///
  /// - Throws: `BPMN119`.
  static func check(_ timer: TimerDefinition, of node: FlowNode) throws {
    let expression = timer.expression
    guard case .fixed(let text) = expression.content else { return }
    let isUsable =
      switch timer {
      case .date: date(text, in: .utc) != nil
      case .duration: duration(text) != nil
      case .cycle: cycle(text, in: .utc) != nil || CronSchedule(text) != nil
      }
    guard isUsable else {
      throw Diagnostic(
        "BPMN119", ["element": node.title, "text": text], at: expression.location ?? node.location)
    }
  }
}
