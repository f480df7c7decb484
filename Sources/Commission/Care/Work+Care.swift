internal import BPMN
internal import Diagnostics
internal import FEEL

/// What happens to a case in the years it lives: standing still, going on, ending early, being taken up again.
extension Work {
  /// Lets a case stand still; its running clocks keep what is left of them.
  ///
  /// - Throws: `CASE023` when it does already; `CASE016` when its status does not allow it; `CASE037` when it is closed.
  mutating func suspend(_ number: CaseNumber) async throws {
    let loaded = try await loaded(number)
    try loaded.checkActive()
    try loaded.checkOpen()
    let clocks = loaded.state.clocks.filter(\.value.isRunning).keys.sorted()
    let suspension = Suspension(at: now, status: loaded.state.status, clocks: clocks)
    try await change(of: number, to: .suspended)
    try await record(.suspended(suspension), in: number)
    try await stepOnce(.suspend, in: number)
  }

  /// Goes on with a case that stood still.
  ///
  /// - Throws: `CASE038` when it does not.
  mutating func resume(_ number: CaseNumber) async throws {
    let before = try await loaded(number)
    guard let suspension = before.state.suspension else {
      throw Diagnostic("CASE038", ["number": number.description])
    }
    try await record(.resumed(at: now), in: number)
    try await change(of: number, to: suspension.status)
    try await run(.resume, in: number)
    try await followClocks(of: number)
    try await keepRemainders(in: number, since: suspension.at)
  }

  /// Dates that were counted from the day they were told, by no clock of their own, move by the working days of the pause.
  private mutating func keepRemainders(
    in number: CaseNumber, since stop: Instant
  ) async throws {
    let loaded = try await loaded(number)
    let state = loaded.state.process
    for subscription in state.subscriptions {
      guard let due = subscription.due, let instance = state.instances[subscription.holder],
        let expression = loaded.set.dueExpressions.timers[
          "\(instance.process)/\(subscription.element)"],
        isUnopened(expression, from: subscription.holder, of: loaded),
        let later = try later(due, since: stop, in: loaded.set.calendar)
      else { continue }
      try await stepOnce(.changeTimer(subscription: subscription.key, due: later), in: number)
    }
    for record in state.taskRecords.values where record.createdAt <= stop {
      guard let due = record.due,
        let expression = loaded.set.dueExpressions.tasks["\(record.process)/\(record.element)"],
        isUnopened(expression, from: record.key, of: loaded),
        let later = try later(due, since: stop, in: loaded.set.calendar)
      else { continue }
      try await stepOnce(.change(task: record.key, TaskChange(due: later)), in: number)
    }
  }

  private func isUnopened(
    _ expression: FEELExpression, from key: ElementKey, of loaded: LoadedCase
  ) -> Bool {
    let asked = ClocksAsked()
    _ = expression.evaluate(environment: environment(of: loaded, asked: asked)) {
      loaded.state.process.variable($0, from: key)
    }
    return asked.areAllUnopened
  }

  private func later(
    _ due: Instant, since stop: Instant, in calendar: OfficeCalendar
  ) throws -> Instant? {
    guard due > stop else { return nil }
    let left = try calendar.workCalendar.workingDays(
      after: calendar.day(of: stop), through: calendar.day(of: due))
    let last = try calendar.workCalendar.adding(
      workingDays: left, to: calendar.day(of: now))
    let moved = calendar.end(of: try calendar.workCalendar.next(onOrAfter: last))
    return moved > due ? moved : nil
  }

  /// Ends a case before its time. What was issued is not touched: then it is refused.
  mutating func cancel(_ number: CaseNumber) async throws {
    try await loaded(number).checkOpen()
    try await change(of: number, to: .cancelled)
    if try await loaded(number).state.isSuspended {
      try await record(.resumed(at: now), in: number)
      try await stepOnce(.resume, in: number)
    }
    try await record(.cancelled(at: now), in: number)
    try await run(.cancel(nil), in: number)
  }

  /// Tells the workflow of a case that the person withdraws.
  mutating func withdraw(_ number: CaseNumber) async throws {
    let loaded = try await loaded(number)
    try loaded.checkActive()
    try loaded.checkOpen()
    guard try await tell("M-WITHDRAW", to: number) else {
      throw Diagnostic("CASE061", ["number": number.description])
    }
  }

  /// Ends every open case of a person who has died as its workflow says, and what is established with that day.
  ///
  /// - Parameter notice: what the cases are told, with the id of the message it came in.
  /// - Throws: `CASE086` when the person was born later.
  mutating func recordDeath(
    of identifier: String, on day: Day,
    notice: (id: String?, variables: [String: FEELValue]) = (nil, [:])
  ) async throws -> Office.DeathNotice {
    if let born = try await person(identifier).identity.day("birthDate"), day < born {
      throw Diagnostic("CASE086", ["day": day.onPaper])
    }
    var ended: [CaseNumber] = []
    var left: [CaseNumber] = []
    for number in try await person(identifier).cases {
      let state = try await loaded(number).state
      guard !state.isClosed else { continue }
      if !state.isSuspended,
        try await tell("M-DEATH", to: number, id: notice.id, notice.variables)
      {
        ended.append(number)
      } else {
        left.append(number)
      }
    }
    // the cases may have changed the person in ending
    var person = try await person(identifier)
    person.die(on: day)
    put(person)
    return Office.DeathNotice(ended: ended, left: left)
  }

  /// Gives a message to a case that waits for it under its own number; says whether it did.
  ///
  /// - Parameter id: of the message it came in: the same is never given twice.
  mutating func tell(
    _ name: String, to number: CaseNumber, id: String? = nil,
    _ variables: [String: FEELValue] = [:]
  ) async throws -> Bool {
    let isWaitedFor = try await loaded(number).state.process.subscriptions.contains {
      guard case .message(name, number.description) = $0.trigger else { return false }
      return true
    }
    guard isWaitedFor else { return false }
    try await run(
      .publish(
        Message(name: name, correlationKey: number.description, id: id, variables: variables)),
      in: number)
    return true
  }

  /// Takes a closed case up again, at `element` of the process `process`, with the values it ended with.
  ///
  /// - Throws: `CASE039` when it is not closed; `CASE016` when its status does not allow it.
  mutating func reopen(
    _ number: CaseNumber, process: String, at element: String
  ) async throws {
    let loaded = try await loaded(number)
    guard loaded.state.isClosed else {
      throw Diagnostic("CASE039", ["number": number.description])
    }
    let variables = try await CaseHistory(work: self, number: number).variables()
    try await change(of: number, to: .reopened)
    try await record(.reopened(at: now, element: element), in: number)
    try await run(
      .startAt(process: process, elements: [element], variables: variables), in: number)
  }
}

extension LoadedCase {
  /// - Throws: `CASE037` when the case is closed.
  func checkOpen() throws {
    guard state.closedAt != nil else { return }
    throw Diagnostic("CASE037", ["number": number.description])
  }
}

extension CaseStatus {
  static let suspended = CaseStatus(rawValue: "suspended")
  static let cancelled = CaseStatus(rawValue: "cancelled")
  static let reopened = CaseStatus(rawValue: "reopened")
}
