internal import BPMN
internal import DMN
public import FEEL
internal import Synchronization

/// What FEEL expressions of a case can ask about time.
///
/// `deadline("T-MSEC")`, `deadline("T-MSEC", 50)`, `add working days(date, n)`, `working days between(a, b)`,
/// `next working day(date)`. What cannot be answered is null, with a note by the evaluator.
struct CaseEnvironment {
  let clocks: [String: Clock]
  let decisions: [String: DecisionModel]
  let calendar: OfficeCalendar
  let now: Instant
  /// Whether a clock that is not open is counted from now; else nothing is known of it.
  var startsClocks = true
  /// Notes the clocks that an expression asks for.
  var asked: ClocksAsked?

  var feel: FEELEnvironment {
    let functions = [
      FEELFunction.host(
        name: "deadline",
        parameters: [
          FEELFunction.Parameter("clock", .string),
          FEELFunction.Parameter("percent", .any, isOptional: true),
        ]
      ) { arguments, _ in FEELResult(value: deadline(arguments)) },
      FEELFunction.host(name: "add working days", parameters: ["date", "days"]) { arguments in
        guard let day = day(arguments.first), case .number(let count)? = arguments.last,
          let count = Int(exactly: count),
          let sum = try? calendar.workCalendar.adding(workingDays: count, to: day)
        else { return .null }
        return .date(sum)
      },
      FEELFunction.host(name: "working days between", parameters: ["from", "to"]) { arguments in
        guard let from = day(arguments.first), let to = day(arguments.last),
          let count = try? calendar.workCalendar.workingDays(after: from, through: to)
        else { return .null }
        return .number(Decimal128(count))
      },
      FEELFunction.host(name: "next working day", parameters: ["date"]) { arguments in
        guard
          let next = day(arguments.first)?.adding(days: 1).flatMap({
            try? calendar.workCalendar.next(onOrAfter: $0)
          })
        else { return .null }
        return .date(next)
      },
    ]
    return FEELEnvironment(
      now: DateTime(now, in: calendar.zone),
      functions: Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) }))
  }

  /// A date, or the day of a moment in the commission's zone.
  private func day(_ value: FEELValue?) -> Day? {
    switch value {
    case .date(let day)?: day
    case .dateTime(let moment)?: moment.instant.map { calendar.day(of: $0) } ?? moment.day
    default: nil
    }
  }

  /// The running clock of that name, or the one that would start now.
  private func deadline(_ arguments: [FEELValue]) -> FEELValue {
    guard let name = arguments.first?.text else { return .null }
    var percent = 100
    if arguments.count > 1, case .number(let number) = arguments[1] {
      percent = Int(exactly: number) ?? 100
    }
    let open = clocks[name].flatMap { $0.isOpen ? $0 : nil }
    asked?.add(name, isOpen: open != nil)
    let planned =
      startsClocks
      ? (try? ClockParameter(name, in: decisions)).map { Clock($0, startedAt: now) } : nil
    guard let clock = open ?? planned,
      let due = try? clock.mark(percent: percent, in: calendar, now: now),
      let value = DateTime(due, in: calendar.zone)
    else { return .null }
    return .dateTime(value)
  }
}

/// The clocks that an expression asked for while it was evaluated.
final class ClocksAsked: Sendable {
  private let names = Mutex<[String: Bool]>([:])

  func add(_ name: String, isOpen: Bool) { names.withLock { $0[name] = isOpen } }

  /// Whether it asked only for clocks that are not open: then its value was counted from when it was told.
  var areAllUnopened: Bool { names.withLock { !$0.isEmpty && !$0.values.contains(true) } }
}

extension DefinitionSet {
  /// The clock, the calendar and the terms as FEEL functions, where no case is.
  public func environment(at now: Instant) -> FEELEnvironment {
    CaseEnvironment(clocks: [:], decisions: engine.decisions, calendar: calendar, now: now).feel
  }
}
