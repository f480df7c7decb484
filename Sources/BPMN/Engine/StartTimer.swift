import Diagnostics
public import FEEL

/// A timer start event of a process, and when it happens next: the caller keeps it and starts the process then.
public struct StartTimer: Hashable, Sendable, Codable {
  public let process: String
  /// The id of the start event.
  public let element: String
  public let due: Instant
  /// How it comes again; `nil`: this was the last time.
  private let repeats: Subscription.Repetition?

  init(process: String, element: String, due: Instant, repeats: Subscription.Repetition?) {
    self.process = process
    self.element = element
    self.due = due
    self.repeats = repeats?.remaining == 0 ? nil : repeats
  }

  /// The timer after it has happened, counted from when it was due; `nil` after the last time.
  public func next(in zone: Zone) -> StartTimer? {
    guard let repeats, let next = repeats.next(after: due, in: zone) else { return nil }
    return StartTimer(process: process, element: element, due: next, repeats: repeats.once)
  }
}

extension ProcessDefinition {
  /// The timer start events, counted from `now`; a date that has passed is due at once.
  ///
  /// - Throws: `BPMN213` naming the event whose time cannot be told: there are no variables before the process begins.
  public func startTimers(environment: FEELEnvironment, now: Instant) throws -> [StartTimer] {
    let zone = environment.now?.zone ?? .utc
    return try nodes[0].starts.flatMap { start in
      try nodes[start].triggers.compactMap { trigger -> StartTimer? in
        guard case .timer(let timer) = trigger else { return nil }
        let expression = timer.expression
        let result = expression.value(environment: environment)
        guard let timing = timer.timing(result.value, from: now, in: zone) else {
          throw Diagnostic.unusable("BPMN213", expression.text, nodes[start], result.notes)
        }
        return StartTimer(
          process: id, element: nodes[start].id, due: timing.due, repeats: timing.repeats)
      }
    }
  }

  /// The timer start event with this id.
  func start(byTimer element: String) -> Int? {
    nodes[0].starts.first { start in
      nodes[start].id == element
        && nodes[start].triggers.contains { if case .timer = $0 { true } else { false } }
    }
  }

  /// The conditional start events of which a condition holds with these variables.
  func starts(
    byConditionsOver variables: [String: FEELValue], environment: FEELEnvironment
  ) -> [Int] {
    nodes[0].starts.filter { start in
      nodes[start].triggers.contains { trigger in
        guard case .condition(let condition) = trigger else { return false }
        return condition.evaluate(environment: environment) { variables[$0] }.isTrue
      }
    }
  }
}

extension ModelExpression {
  /// The value where there are no variables yet.
  fileprivate func value(environment: FEELEnvironment) -> FEELResult {
    switch content {
    case .fixed(let text): FEELResult(value: .string(text), notes: [])
    case .feel(let feel): feel.evaluate(environment: environment) { _ in nil }
    case .invalid(let problem): FEELResult(value: .null, notes: [problem])
    }
  }
}

extension Subscription.Repetition {
  /// What is left of it after the next time.
  var once: Subscription.Repetition {
    if let cron { return Subscription.Repetition(cron: cron) }
    return Subscription.Repetition(interval: interval, remaining: remaining.map { $0 - 1 })
  }
}

extension TimerDefinition {
  /// When it fires first, counted from `now`, and how it comes again; `nil` when `value` is no such time.
  func timing(
    _ value: FEELValue, from now: Instant, in zone: Zone
  ) -> (due: Instant, repeats: Subscription.Repetition?)? {
    switch self {
    case .date: return TimerText.instant(of: value, in: zone).map { ($0, nil) }
    case .duration:
      return TimerText.interval(of: value)?.end(from: now, in: zone).map { ($0, nil) }
    case .cycle:
      guard let text = value.string else { return nil }
      if let cron = CronSchedule(text) {
        return cron.next(after: now, in: zone).map { ($0, Subscription.Repetition(cron: text)) }
      }
      guard let cycle = TimerText.cycle(text, in: zone),
        let first = cycle.start ?? cycle.interval.end(from: now, in: zone)
      else { return nil }
      return (
        first,
        Subscription.Repetition(
          interval: cycle.interval, remaining: cycle.count.map { $0 - 1 })
      )
    }
  }
}

extension TimerText {
  /// The instant meant by a date, a date and time or the text of one.
  static func instant(of value: FEELValue, in zone: Zone) -> Instant? {
    switch value {
    case .dateTime(let moment): instant(moment, in: zone)
    case .date(let day): instant(day.at(.midnight), in: zone)
    case .string(let text): date(text, in: zone)
    default: nil
    }
  }

  /// The length meant by a duration or the text of one.
  static func interval(of value: FEELValue) -> TimerInterval? {
    switch value {
    case .daysTime(let time): TimerInterval(months: YearsMonthsDuration(months: 0), time: time)
    case .yearsMonths(let months): TimerInterval(months: months, time: .zero)
    case .string(let text): duration(text)
    default: nil
    }
  }
}
