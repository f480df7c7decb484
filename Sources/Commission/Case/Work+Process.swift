internal import BPMN
internal import DMN
internal import Diagnostics
internal import FEEL

/// Driving the process of a case: a command, then all automatic work until every token waits.
extension Work {
  /// Runs `command` and every job the commission does itself.
  ///
  /// - Throws: `BPMN2xx` when the command is not allowed; `CASE016` when the case would take a forbidden status.
  mutating func run(_ command: Command, in number: CaseNumber) async throws {
    try await stepOnce(command, in: number)
    while try await !loaded(number).state.process.isSuspended,
      let job = try await nextJob(in: number)
    {
      do {
        let variables = try await perform(job, in: number)
        try await stepOnce(.completeJob(job.key, variables: variables), in: number)
      } catch let problem as Diagnostic where problem.code.hasPrefix("TASK5") {
        try await stepOnce(
          .failJob(job.key, reason: problem.description, retries: 0, problem: problem), in: number)
      }
    }
    let loaded = try await loaded(number)
    if loaded.state.process.isEmpty, loaded.state.closedAt == nil {
      for (name, clock) in loaded.state.clocks.sorted(by: { $0.key < $1.key })
      where clock.closedAt == nil {
        try await record(.clockClosed(name, at: now), in: number)
      }
      try await record(.closed(at: now), in: number)
    }
  }

  /// Moves what was told by the clocks of a case: they were stopped, extended, or are counted by another calendar.
  ///
  /// While a clock stands still its dates are those that it would have if it went on now.
  mutating func followClocks(of number: CaseNumber) async throws {
    try await stepOnce(.refreshDates, in: number, startsClocks: false)
  }

  mutating func stepOnce(
    _ command: Command, in number: CaseNumber, startsClocks: Bool = true
  ) async throws {
    let loaded = try await loaded(number)
    let events = try step(
      loaded.state.process, command, in: loaded.set.engine,
      environment: environment(of: loaded, startsClocks: startsClocks), now: now)
    for event in events {
      try await record(.process(event), in: number)
      if case .entered(let entry) = event { try await takeStatus(of: entry, in: number) }
    }
  }

  /// The first open job that the commission does itself; others wait for their worker.
  private mutating func nextJob(in number: CaseNumber) async throws -> Job? {
    let loaded = try await loaded(number)
    return loaded.set.engine.jobs(in: loaded.state.process).first {
      ServiceTask(rawValue: $0.type) != nil
    }
  }

  /// An element with the property `status` sets the status of the case when it is entered.
  private mutating func takeStatus(of entry: ElementEntry, in number: CaseNumber) async throws {
    let loaded = try await loaded(number)
    let process = loaded.set.engine.processes[entry.process]
    guard entry.loopCounter <= 1, let text = process?.properties(of: entry.element)["status"] else {
      return
    }
    try await change(of: number, to: CaseStatus(rawValue: text))
  }

  /// Moves a case to `status`, when the table of transitions allows it.
  ///
  /// - Throws: `CASE016` when it does not.
  mutating func change(of number: CaseNumber, to status: CaseStatus) async throws {
    let loaded = try await loaded(number)
    let current = loaded.state.status
    guard current != status else { return }
    guard let model = loaded.set.engine.decisions["case-status-transition"] else {
      throw Diagnostic("CASE017", ["decision": "case-status-transition"])
    }
    let result = try model.evaluate(
      "case-status-transition",
      inputs: ["from": .string(current.rawValue), "to": .string(status.rawValue)],
      environment: FEELEnvironment())
    guard result.value == .boolean(true) else {
      throw Diagnostic("CASE016", ["from": current.rawValue, "to": status.rawValue])
    }
    try await record(.statusChanged(from: current, to: status), in: number)
  }

  /// The clock, the calendar and the terms of a case, as FEEL functions.
  func environment(
    of loaded: LoadedCase, startsClocks: Bool = true, asked: ClocksAsked? = nil
  ) -> FEELEnvironment {
    CaseEnvironment(
      clocks: loaded.state.clocks, decisions: loaded.set.engine.decisions,
      calendar: loaded.set.calendar, now: now, startsClocks: startsClocks, asked: asked
    ).feel
  }
}
