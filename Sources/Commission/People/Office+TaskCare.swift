public import BPMN
internal import Diagnostics
public import FEEL

/// What is said and settled about a task beside its answers.
extension Office {
  /// All about one open task but its form.
  public struct TaskCard: Sendable {
    public let row: TaskRow
    public let task: UserTask
    /// Who gets it back when it is resolved.
    public let owner: String?
    public let comments: [Comment]
  }

  /// A remark with who made it and when.
  public struct Comment: Hashable, Sendable {
    public let at: Instant
    public let by: String
    /// The element of the task it is about.
    public let element: String?
    public let text: String
  }

  /// The task beside its form; whoever may work on it, or gives tasks to others, sees it.
  public func card(of identifier: Int) async throws -> TaskCard {
    let row = try await task(identifier)
    if (try? require(.assignTasks)) == nil { _ = try await principal(on: row, for: .task) }
    let (work, loaded) = try await reading(row.caseNumber, for: .task)
    guard let task = loaded.openTask(ElementKey(row.key)) else {
      throw Diagnostic("TASK002", ["task": "T-\(identifier)"])
    }
    let comments = try await CaseHistory(work: work, number: row.caseNumber).comments
      .filter { $0.element == nil || $0.element == task.element }
    return TaskCard(
      row: row, task: task, owner: loaded.state.owners[task.key], comments: comments)
  }

  /// Changes candidates, follow-up or priority of an open task. Its due date follows its clock.
  ///
  /// - Throws: `USER004` when the user may not; `TASK018` when the priority is not from 0 to 100.
  public func change(
    _ identifier: Int, _ change: TaskChange, reason: String? = nil, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    let changesCandidates = change.candidateGroups != nil || change.candidateUsers != nil
    try require(changesCandidates ? .assignTasks : .rankTasks)
    if let priority = change.priority, !(0...100).contains(priority) {
      throw Diagnostic("TASK018", ["priority": "\(priority)"])
    }
    for name in change.candidateUsers ?? [] { _ = try authority.user(name) }
    try await onTask(row, "task.changed", command: command, reason: reason) { work, task in
      if changesCandidates { try await work.loaded(row.caseNumber).checkSeat(of: task) }
      try await work.run(.change(task: task.key, change), in: row.caseNumber)
    }
  }

  /// Adds a remark to the history of the task's case.
  ///
  /// - Throws: `TASK019` when it says nothing.
  public func comment(
    _ identifier: Int, _ text: String, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    if (try? require(.assignTasks)) == nil { _ = try principal(on: row) }
    try await comment(row.caseNumber, text, element: row.element, command: command)
  }

  /// Adds a remark to the history of a case.
  ///
  /// - Throws: `TASK019` when it says nothing.
  public func comment(
    _ number: CaseNumber, _ text: String, element: String? = nil, command: CommandID? = nil
  ) async throws {
    guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= 4000 else {
      throw Diagnostic("TASK019")
    }
    _ = try await perform("case.commented", command: command) { work in
      try await work.record(.commented(CaseComment(element: element, text: text)), in: number)
      return number
    }
  }

  /// Throws the saved answers of a task away.
  ///
  /// - Throws: `TASK020` when there are none.
  public func dropDraft(of identifier: Int, command: CommandID? = nil) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    let principal = try principal(on: row)
    guard row.draft != nil else { throw Diagnostic("TASK020", ["task": "T-\(identifier)"]) }
    try await onTask(
      row, "task.draft-dropped", command: command, onBehalfOf: principal
    ) { work, task in
      try await work.record(.draftDropped(task: task.key), in: row.caseNumber)
    }
  }
}
