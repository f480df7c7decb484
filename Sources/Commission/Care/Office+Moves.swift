internal import BPMN
internal import Diagnostics
public import FEEL

/// Going back to an earlier step, and timers by hand.
extension Office {
  /// A timer that runs in a case.
  public struct TimerView: Hashable, Sendable {
    public let key: Int
    /// The id and the name of the event.
    public let element: String
    public let name: String
    public let due: Instant
    /// The name of the step it watches.
    public let step: String
  }

  /// Sends the case back from an open task to a step that was done before; its answers are the draft to begin with.
  ///
  /// - Parameter step: the id of the earlier step.
  /// - Throws: `USER004`; `TASK021` when the step was never done; `TASK022` when a paper was issued on it; what the engine
  ///   refuses because a join would break (`BPMN224` to `BPMN226`).
  public func returnCase(
    from identifier: Int, to step: String, reason: String, command: CommandID? = nil
  ) async throws {
    try require(.returnTasks)
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    try await onTask(row, "task.returned", command: command, reason: reason) { work, task in
      try await work.goBack(from: [task], to: step, in: row.caseNumber)
    }
  }

  /// Opens a completed task again: the case goes back to its step.
  ///
  /// - Throws: as `returnCase`; `TASK001` for an unknown task; `TASK023` when it is still open; `TASK024` when the case
  ///   has moved on into another workflow.
  public func reopenTask(
    _ identifier: Int, reason: String, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let rows = try await store.tasks(TaskQuery(identifier: identifier, status: nil))
    guard let row = rows.first else { throw Diagnostic("TASK001", ["task": "T-\(identifier)"]) }
    guard row.status == .completed else {
      throw Diagnostic("TASK023", ["task": "T-\(identifier)"])
    }
    if row.assignee != user.name { try require(.returnTasks) }
    _ = try await perform("task.reopened", command: command, reason: reason) { work in
      let loaded = try await work.loaded(row.caseNumber)
      try loaded.checkActive()
      let open = loaded.set.engine.userTasks(in: loaded.state.process).filter {
        loaded.set.engine.processes[$0.process]?.elements.contains(row.element) ?? false
      }
      guard !open.isEmpty else { throw Diagnostic("TASK024", ["task": "T-\(identifier)"]) }
      try await work.goBack(from: open, to: row.element, in: row.caseNumber)
      return identifier
    }
  }

  /// The timers of a case, the next one first.
  public func timers(of number: CaseNumber) async throws -> [TimerView] {
    let (_, loaded) = try await reading(number, for: .timers)
    let state = loaded.state.process
    return state.subscriptions.compactMap { subscription in
      guard let due = subscription.due, let holder = state.instances[subscription.holder] else {
        return nil
      }
      let engine = loaded.set.engine
      return TimerView(
        key: subscription.key.value, element: subscription.element,
        name: engine.title(of: subscription.element, in: holder.process), due: due,
        step: engine.title(of: holder.element, in: holder.process))
    }.sorted { ($0.due, $0.key) < ($1.due, $1.key) }
  }

  /// Lets a timer fire at another time.
  ///
  /// - Throws: `USER004`; `CASE046` when the case has no such timer.
  public func changeTimer(
    _ key: Int, of number: CaseNumber, due: Instant, reason: String, command: CommandID? = nil
  ) async throws {
    try require(.migrateCases)
    _ = try await perform("timer.changed", command: command, reason: reason) { work in
      let isThere = try await work.loaded(number).state.process.subscriptions
        .contains { $0.key.value == key && $0.due != nil }
      guard isThere else {
        throw Diagnostic("CASE046", ["number": number.description, "timer": "\(key)"])
      }
      try await work.run(.changeTimer(subscription: ElementKey(key), due: due), in: number)
      return number
    }
  }
}

extension Work {
  /// Moves the case from `tasks` to an element that was done before, without breaking a join.
  mutating func goBack(
    from tasks: [UserTask], to element: String, in number: CaseNumber
  ) async throws {
    let loaded = try await loaded(number)
    guard let done = loaded.state.documents.last(where: { $0.element == element }) else {
      throw Diagnostic("TASK021", ["step": element])
    }
    let issued = loaded.state.documents.last {
      $0.role == .issued && IssuedPaper(rawValue: $0.name) != nil && $0.at >= done.at
    }
    if let issued { throw Diagnostic("TASK022", ["document": issued.name]) }
    let state = loaded.state.process
    let sources = tasks.map { task -> ElementKey in
      // one of several tasks side by side: all of them go
      guard let instance = state.instances[task.key], instance.loopCounter > 0,
        let body = instance.scope
      else { return task.key }
      return body
    }.removingRepeats()
    guard sources.count == 1, let source = sources.first else {
      throw Diagnostic("TASK025", ["count": "\(sources.count)"])
    }
    let from = tasks.map(\.element).removingRepeats()
    try await record(.returned(from: from, to: element), in: number)
    try await run(.move(source, to: element), in: number)
  }
}
