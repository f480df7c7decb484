internal import BPMN
internal import Diagnostics
internal import FEEL

/// Who has a task: taking, giving back, giving to others, stepping down.
extension Office {
  /// Takes a task for the user.
  ///
  /// - Throws: `TASK003` when somebody else has it; `TASK004` when it is not for the user's roles; `TASK005` when another
  ///   person must do it; `TASK010` when the user has stepped down in this case.
  public func claim(_ identifier: Int, command: CommandID? = nil) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    let rights = TaskRights(authority: authority, today: today)
    if let assignee = row.assignee, assignee != user.name {
      let standsIn = authority.absent(standingIn: user.name, on: today).contains(assignee)
      guard standsIn else {
        throw Diagnostic("TASK003", ["task": "T-\(identifier)", "user": assignee])
      }
    }
    let principal = try rights.principal(of: user, on: row)
    try await onTask(row, "task.claimed", command: command, onBehalfOf: principal) { work, task in
      let loaded = try await work.loaded(row.caseNumber)
      if principal != nil { try loaded.checkSeat(of: task) }
      try loaded.checkPersons([user.name] + (principal.map { [$0] } ?? []), for: task)
      try await work.run(.assign(task: task.key, user: user.name), in: row.caseNumber)
    }
  }

  /// Gives a task back to its candidates.
  ///
  /// - Throws: `TASK011` when the user sits on the drawn panel: then only `recuse` frees the seat.
  public func release(_ identifier: Int, command: CommandID? = nil) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    if row.assignee != user.name { try require(.assignTasks) }
    guard !row.groups.isEmpty else { throw Diagnostic("TASK013", ["task": "T-\(identifier)"]) }
    try await onTask(row, "task.released", command: command) { work, task in
      try await work.loaded(row.caseNumber).checkSeat(of: task)
      try await work.endDelegation(of: task, in: row.caseNumber)
      try await work.run(.assign(task: task.key, user: nil), in: row.caseNumber)
    }
  }

  /// Gives a task to `name`, who must be one of its candidates and may do it.
  ///
  /// - Throws: `USER004` when the user may not give tasks; `TASK014` when the other one is no candidate.
  public func assign(
    _ identifier: Int, to name: String, reason: String? = nil, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    if row.assignee != user.name { try require(.assignTasks) }
    let other = try candidate(name, for: row)
    try await onTask(row, "task.assigned", command: command, reason: reason) { work, task in
      let loaded = try await work.loaded(row.caseNumber)
      try loaded.checkSeat(of: task)
      try loaded.checkPersons([other.name], for: task)
      try await work.endDelegation(of: task, in: row.caseNumber)
      try await work.run(.assign(task: task.key, user: other.name), in: row.caseNumber)
    }
  }

  /// Lets `name` prepare the task; it comes back to the user when it is resolved.
  ///
  /// - Throws: `TASK014` when the other one is no candidate; `TASK015` when it is delegated already.
  public func delegate(
    _ identifier: Int, to name: String, reason: String? = nil, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    let principal = try principal(on: row)
    let other = try candidate(name, for: row)
    try await onTask(
      row, "task.delegated", command: command, reason: reason, onBehalfOf: principal
    ) { work, task in
      let loaded = try await work.loaded(row.caseNumber)
      guard loaded.state.owners[task.key] == nil, other.name != user.name else {
        throw Diagnostic("TASK015", ["task": "T-\(identifier)"])
      }
      try loaded.checkSeat(of: task)
      try loaded.checkPersons([other.name], for: task)
      try await work.record(
        .taskDelegated(task: task.key, owner: principal ?? user.name), in: row.caseNumber)
      try await work.run(.assign(task: task.key, user: other.name), in: row.caseNumber)
    }
  }

  /// Hands a delegated task back to whom it belongs; its draft goes with it.
  ///
  /// - Throws: `TASK016` when it was not delegated.
  public func resolve(_ identifier: Int, command: CommandID? = nil) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    let principal = try principal(on: row)
    try await onTask(row, "task.resolved", command: command, onBehalfOf: principal) { work, task in
      guard let owner = try await work.loaded(row.caseNumber).state.owners[task.key] else {
        throw Diagnostic("TASK016", ["task": "T-\(identifier)"])
      }
      try await work.record(.taskResolved(task: task.key), in: row.caseNumber)
      try await work.run(.assign(task: task.key, user: owner), in: row.caseNumber)
    }
  }

  /// Steps down from the whole case: a task of a candidate goes back to the others; a seat of the panel is drawn again
  /// where the property `recusal` of the task names the error that the workflow catches.
  ///
  /// - Throws: `TASK017` when the workflow does not say how the seat is filled again.
  public func recuse(
    _ identifier: Int, reason: String, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    _ = try TaskRights(authority: authority, today: today).principal(of: user, on: row)
    try await onTask(row, "task.recused", command: command, reason: reason) { work, task in
      let loaded = try await work.loaded(row.caseNumber)
      let seat = loaded.state.panel.first { $0.user == user.name && task.assignee == user.name }
      if seat != nil, task.properties["recusal"] == nil {
        throw Diagnostic("TASK017", ["task": task.name])
      }
      try await work.record(
        .recused(Recusal(user: user.name, element: task.element)), in: row.caseNumber)
      if let code = task.properties["recusal"] {
        try await work.run(
          .throwError(
            task.key, code: code,
            variables: [
              "recused": .list([.string(seat?.expert ?? user.name)])
            ]), in: row.caseNumber)
      } else if task.assignee != nil {
        try await work.run(.assign(task: task.key, user: nil), in: row.caseNumber)
      }
    }
  }

  /// One command on an open task of an active case.
  func onTask(
    _ row: TaskRow, _ kind: String, command: CommandID?, reason: String? = nil,
    onBehalfOf principal: String? = nil,
    _ body: (inout Work, UserTask) async throws -> Void
  ) async throws {
    _ = try await perform(kind, command: command, reason: reason, onBehalfOf: principal) { work in
      let loaded = try await work.loaded(row.caseNumber)
      try loaded.checkActive()
      guard let task = loaded.openTask(ElementKey(row.key)) else {
        throw Diagnostic("TASK002", ["task": "T-\(row.identifier ?? 0)"])
      }
      try await body(&work, task)
      return row.identifier ?? 0
    }
  }

  private func candidate(_ name: String, for row: TaskRow) throws -> Authority.User {
    let other = try authority.user(name)
    let rights = TaskRights(authority: authority, today: today)
    guard row.groups.isEmpty || rights.isCandidate(other, of: row) else {
      throw Diagnostic(
        "TASK014",
        [
          "task": "T-\(row.identifier ?? 0)", "user": name,
          "roles": row.groups.joined(separator: ", "),
        ])
    }
    return other
  }
}

extension Work {
  /// A task that is given to somebody else is delegated no longer.
  fileprivate mutating func endDelegation(of task: UserTask, in number: CaseNumber) async throws {
    guard try await loaded(number).state.owners[task.key] != nil else { return }
    try await record(.taskResolved(task: task.key), in: number)
  }
}
