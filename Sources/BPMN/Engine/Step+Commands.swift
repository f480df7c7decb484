import Diagnostics
import FEEL

extension Step {
  /// Checks `command`, does it, and lets everything automatic follow.
  mutating func perform(_ command: Command) throws {
    if state.isSuspended, !command.isPossibleWhileSuspended { throw Diagnostic("BPMN207") }
    try carryOut(command)
    if !state.isSuspended { run() }
  }

  private mutating func carryOut(_ command: Command) throws {
    switch command {
    case .start(let process, let variables): try start(process, variables)
    case .startByMessage(let message): try start(by: message)
    case .startByTimer(let process, let element): try start(process, byTimer: element)
    case .startByCondition(let variables): startByConditions(over: variables)
    case .complete(let task, let variables, let outcome): try complete(task, variables, outcome)
    case .assign(let task, let user): try assign(task, to: user)
    case .change(let task, let change): try self.change(task, change)
    case .completeJob(let key, let variables): try completeJob(key, variables)
    case .failJob(let key, let reason, let retries, let problem):
      try failJob(key, reason, retries, problem)
    case .answerListener(let key, let answer): try self.answer(key, answer)
    case .throwError(let key, let code, let variables): try throwError(key, code, variables)
    case .publish(let message): try publish(message)
    case .broadcast(let signal, let variables): broadcast(signal, variables, by: nil)
    case .tick: tick()
    case .retry(let incident): try retry(incident)
    case .setVariables(let scope, let variables, let local): try set(variables, scope, local)
    case .cancel(let key): try cancel(key)
    case .startAt(let process, let elements, let variables):
      try start(process, at: elements, variables)
    case .modify(let modifications): try modify(modifications)
    case .move(let key, let element): try move(key, to: element)
    case .activate(let element, let scope, let variables):
      try activate(element, inAdHoc: scope, variables)
    case .migrate(let plans): try migrate(plans)
    case .suspend: suspend()
    case .resume: try resume()
    case .changeTimer(let subscription, let due): try changeTimer(subscription, due)
    case .refreshDates: refreshDates()
    }
  }

  // MARK: Starting

  private mutating func start(_ id: String, _ variables: [String: FEELValue]) throws {
    guard let process = processIndex(id) else { throw Diagnostic.noProcess(id) }
    guard let start = processes[process].nodes[0].noneStart else {
      throw Diagnostic("BPMN203", ["process": id])
    }
    enterProcess(process, in: nil, variables, startingAt: start, with: [:])
  }

  private mutating func start(_ id: String, byTimer element: String) throws {
    guard let process = processIndex(id) else { throw Diagnostic.noProcess(id) }
    guard let start = processes[process].start(byTimer: element) else {
      throw Diagnostic("BPMN206", ["element": element])
    }
    enterProcess(process, in: nil, [:], startingAt: start, with: [:])
  }

  private mutating func startByConditions(over variables: [String: FEELValue]) {
    for id in definitions.processes.keys.sorted() {
      guard let process = processIndex(id) else { continue }
      let starts = processes[process].starts(
        byConditionsOver: variables, environment: environment)
      for start in starts {
        enterProcess(process, in: nil, variables, startingAt: start, with: [:])
      }
    }
  }

  /// One instance of a process runs for each correlation key; a further message waits for its end or is refused.
  private mutating func start(by message: Message) throws {
    guard let id = definitions.process(startedBy: message.name), let process = processIndex(id),
      let start = processes[process].start(byMessage: message.name)
    else { throw Diagnostic("BPMN204", ["message": message.name]) }
    guard isRunning(id, for: message) else {
      self.start(process, at: start, by: message)
      return
    }
    guard message.keptUntil.map({ $0 > now }) == true else {
      throw Diagnostic("BPMN227", ["process": id, "message": message.name])
    }
    guard !isKnown(message) else { return }
    emit(.messageKept(BufferedMessage(key: state.nextKey, message: message, starts: id)))
  }

  private func isRunning(_ process: String, for message: Message) -> Bool {
    guard !message.correlationKey.isEmpty else { return false }
    return state.messageStarts.values.contains {
      $0.name == message.name && $0.correlationKey == message.correlationKey
        && state.instances[$0.key]?.process == process
    }
  }

  private mutating func start(_ process: Int, at start: Int, by message: Message) {
    let key = state.nextKey
    // what waits from the first moment, such as an event subprocess, sees what the message brings
    let isMapped = !processes[process].nodes[start].outputs.isEmpty
    enterProcess(
      process, in: nil, isMapped ? [:] : message.variables, startingAt: start,
      with: isMapped ? message.variables : [:]
    ) { step in
      guard !message.correlationKey.isEmpty else { return }
      step.emit(
        .startedByMessage(
          MessageStart(
            key: key, name: message.name, correlationKey: message.correlationKey)))
    }
  }

  func mayStart(_ buffered: BufferedMessage) -> Bool {
    buffered.starts.map {
      definitions.processes[$0]?.startMessages.contains(buffered.message.name) == true
        && !isRunning($0, for: buffered.message)
    }
      ?? false
  }

  /// Starts the process a kept message has waited to start, when its key is free again.
  mutating func start(byKept buffered: BufferedMessage) {
    guard let id = buffered.starts, buffered.receivers.isEmpty,
      let process = processIndex(id),
      let start = processes[process].start(byMessage: buffered.message.name),
      !isRunning(id, for: buffered.message)
    else { return }
    emit(.messageReceived(buffered.key, process: id))
    self.start(process, at: start, by: buffered.message)
  }

  // MARK: Tasks and jobs

  private func checkOpen(task key: ElementKey) throws {
    guard state.taskRecords[key] != nil, state.instances[key]?.state == .activated else {
      throw Diagnostic.notOpen(key)
    }
    guard !state.waitsForListener(key) else {
      throw Diagnostic("BPMN236", ["element": state.instances[key]?.element ?? ""])
    }
  }

  private func checkOpen(job key: ElementKey) throws {
    guard let job = state.jobRecords[key],
      job.listener != nil || state.instances[key]?.state == .activated
    else { throw Diagnostic.notOpen(key) }
  }

  mutating func checkedPlace(of key: ElementKey) throws -> Place {
    guard let place = place(of: key) else {
      throw Diagnostic("BPMN206", ["element": state.instances[key]?.element ?? ""])
    }
    return place
  }

  private mutating func complete(
    _ task: ElementKey, _ variables: [String: FEELValue], _ outcome: String?
  ) throws {
    try checkOpen(task: task)
    let place = try checkedPlace(of: task)
    let agrees = listen(to: .completing, task, at: place) {
      $0.variables = variables
      $0.outcome = outcome
    }
    guard agrees else { return }
    emit(.taskCompleted(task, outcome: outcome))
    finish(task, at: place, with: variables)
  }

  private mutating func assign(_ task: ElementKey, to user: String?) throws {
    try checkOpen(task: task)
    try assignListened(task, to: user, at: checkedPlace(of: task))
  }

  private mutating func change(_ task: ElementKey, _ change: TaskChange) throws {
    try checkOpen(task: task)
    let place = try checkedPlace(of: task)
    let agrees = listen(to: .updating, task, at: place) { $0.change = change }
    if agrees { emit(.taskChanged(task, change)) }
  }

  private mutating func completeJob(
    _ key: ElementKey, _ variables: [String: FEELValue]
  ) throws {
    try checkOpen(job: key)
    let place = try checkedPlace(of: key)
    if let job = state.jobRecords[key], job.listener != nil {
      try completeListener(job, variables, at: place)
      return
    }
    resolveIncidents(of: key)
    emit(.jobCompleted(key))
    finish(key, at: place, with: variables)
  }

  private mutating func failJob(
    _ key: ElementKey, _ reason: String, _ retries: Int?, _ problem: Diagnostic?
  ) throws {
    try checkOpen(job: key)
    let place = try checkedPlace(of: key)
    let rest = max(0, retries ?? (state.jobRecords[key]?.retries ?? 1) - 1)
    emit(.jobFailed(key, reason: reason, retries: rest))
    guard rest == 0, !isHeld(key) else { return }
    raise(
      .jobFailed, on: key,
      Diagnostic(
        problem?.code ?? "BPMN219",
        problem?.arguments ?? ["element": self[place].title, "reason": reason],
        at: problem?.location ?? self[place].location, causes: problem?.causes ?? []))
  }

  private mutating func throwError(
    _ key: ElementKey, _ code: String, _ variables: [String: FEELValue]
  ) throws {
    if state.jobRecords[key] != nil { try checkOpen(job: key) } else { try checkOpen(task: key) }
    let place = try checkedPlace(of: key)
    guard state.jobRecords[key]?.listener?.isOfTask != true else {
      throw Diagnostic("BPMN238", ["element": self[place].title])
    }
    resolveIncidents(of: key)
    throwError(code, from: key, at: place, with: variables)
  }

  // MARK: Care

  private mutating func set(
    _ variables: [String: FEELValue], _ scope: ElementKey, _ local: Bool
  ) throws {
    guard state.instances[scope] != nil else { throw Diagnostic.notOpen(scope) }
    guard !variables.isEmpty else { return }
    if local {
      emit(.variablesSet(scope: scope, variables))
    } else {
      propagate(variables, from: scope)
    }
  }

  private mutating func cancel(_ key: ElementKey?) throws {
    guard let key else {
      for root in state.roots { terminate(root.key) }
      if state.isSuspended { emit(.resumed(at: now)) }
      return
    }
    guard let instance = state.instances[key], instance.scope == nil else {
      throw Diagnostic.notOpen(key)
    }
    terminate(key)
  }

  private mutating func retry(_ key: ElementKey) throws {
    guard let incident = state.incidentsByKey[key],
      let instance = state.instances[incident.element]
    else { throw Diagnostic.notOpen(key) }
    let place = try checkedPlace(of: incident.element)
    emit(.incidentResolved(key))
    if state.waitsForListener(instance.key), let run = state.listenerRuns[instance.key] {
      if let job = state.jobRecords[instance.key] {
        emit(.jobRetried(instance.key, retries: max(1, job.retries)))
      } else {
        createListenerJob(of: run, for: instance.key, at: place)
      }
      return
    }
    switch instance.state {
    case .activating: activate(instance.key, at: place)
    case .activated: resume(instance.key, at: place)
    case .completing: leave(instance.key, at: place)
    case .completed, .terminating, .terminated: break
    }
  }
}

extension Diagnostic {
  static func notOpen(_ key: ElementKey) -> Diagnostic {
    Diagnostic("BPMN202", ["key": key.description])
  }

  static func noProcess(_ id: String) -> Diagnostic {
    Diagnostic("BPMN201", ["process": id])
  }
}
