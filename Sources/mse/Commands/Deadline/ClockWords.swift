internal import Commission
internal import FEEL

/// A clock in the words of people, and for programs.
struct ClockWords {
  let output: Output
  let now: Instant

  func due(_ view: Office.ClockView) -> String {
    if view.clock.isPaused { return output.text("deadline.paused") }
    return output.due(view.due, now: now)
  }

  /// What is left, in its unit.
  func left(_ view: Office.ClockView) -> String {
    output.text("unit.\(unit(view))", ["count": "\(view.remaining)"])
  }

  /// Months and years are left in days.
  private func unit(_ view: Office.ClockView) -> String {
    switch view.clock.parameter.unit {
    case .workingDays: "working-days"
    case .hours: "hours"
    case .calendarDays, .months, .years: "calendar-days"
    }
  }

  func explanation(_ view: Office.ClockView) -> [String] {
    let clock = view.clock
    let term = output.text("unit.\(clock.parameter.unit.rawValue)", ["count": "\(clock.amount)"])
    var lines = [
      output.text(
        clock.isOpen ? "deadline.open" : "deadline.closed",
        [
          "clock": clock.parameter.identifier, "due": output.moment(view.due), "term": term,
          "start": output.moment(clock.startedAt), "source": clock.parameter.source,
          "end": clock.closedAt.map { output.moment($0) } ?? "–",
        ])
    ]
    if clock.isRunning {
      lines.append(
        output.text(
          "deadline.left",
          [
            "left": left(view), "half": output.moment(view.marks[50] ?? view.due),
            "most": output.moment(view.marks[80] ?? view.due),
          ]))
    }
    for change in clock.changes {
      lines.append(
        output.text(
          "deadline.changed.\(change.kind.rawValue)",
          [
            "at": output.moment(change.at), "reason": change.reason, "source": change.basis,
            "amount": change.amount.map { "\($0)" } ?? "–",
          ]))
    }
    for pause in clock.pauses {
      lines.append(
        output.text(
          "deadline.pause",
          [
            "from": output.moment(pause.from),
            "to": pause.until.map { output.moment($0) } ?? "…", "reason": pause.reason,
          ]))
    }
    let holidays = view.notCounted.filter { $0.reason != nil }
    if !view.notCounted.isEmpty {
      lines.append(
        output.text(
          "deadline.not-counted",
          [
            "count": "\(view.notCounted.count)", "calendar": view.calendar,
            "holidays": holidays.isEmpty
              ? "–"
              : holidays.map { "\(output.date($0.day)) \($0.reason ?? "")" }
                .joined(separator: ", "),
          ]))
    }
    return lines
  }

  func json(_ view: Office.ClockView) -> [(String, JSONValue)] {
    let clock = view.clock
    return [
      ("case", .string(view.caseNumber.description)),
      ("clock", .string(clock.parameter.identifier)), ("due", JSONValue(view.due)),
      ("rule", .string(clock.parameter.source)), ("version", JSONValue(clock.parameter.version)),
      ("from", JSONValue(clock.startedAt)), ("unit", .string(clock.parameter.unit.rawValue)),
      ("amount", JSONValue(clock.amount)), ("left", JSONValue(view.remaining)),
      ("half", JSONValue(view.marks[50])), ("mostly", JSONValue(view.marks[80])),
      ("paused", .boolean(clock.isPaused)),
      (
        "pauses",
        .list(
          clock.pauses.map {
            .object([
              ("from", JSONValue($0.from)), ("to", JSONValue($0.until)),
              ("reason", .string($0.reason)),
            ])
          })
      ),
      (
        "changes",
        .list(
          clock.changes.map {
            .object([
              ("kind", .string($0.kind.rawValue)), ("amount", JSONValue($0.amount)),
              ("from", JSONValue($0.startedAt)), ("reason", .string($0.reason)),
              ("rule", .string($0.basis)), ("at", JSONValue($0.at)),
            ])
          })
      ),
      ("skipped", .list(view.notCounted.map { .string($0.day.description) })),
      ("calendar", .string(view.calendar)), ("closedAt", JSONValue(clock.closedAt)),
    ]
  }
}
