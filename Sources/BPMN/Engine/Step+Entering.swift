import DMN
import Diagnostics
import FEEL

extension Step {
  /// A token reaches a node; where tokens join it may have to wait for others.
  mutating func arrive(at place: Place, by flow: Int?, in scope: ElementKey) {
    guard state.instances[scope] != nil else { return }
    guard self[place].joins, let flow else {
      enter(place, in: scope)
      return
    }
    emit(.tokenArrived(flow: processes[place.process].flows[flow].id, scope: scope))
    scopesToCheck.append(scope)
    join(at: place, in: scope)
  }

  /// Begins an instance of the node, or of the multi-instance activity around it.
  mutating func enter(_ place: Place, in scope: ElementKey) {
    let atOnce = self[place].activatesAtOnce
    guard let key = begin(place, in: scope, state: atOnce ? .activated : .activating) else {
      return
    }
    if atOnce {
      work(key, at: place)
    } else {
      activate(key, at: place)
    }
  }

  /// Begins an instance of an event that has just happened, with what it brought.
  mutating func enter(
    _ place: Place, in scope: ElementKey, triggeredWith variables: [String: FEELValue]
  ) {
    let isHeard = self[place].listens(to: .start)
    guard
      let key = begin(
        place, in: scope, state: isHeard ? .activating : .activated, keeping: variables),
      listen(to: .start, key, at: place, remembering: { $0.variables = variables })
    else { return }
    finish(key, at: place, with: variables)
  }

  /// Begins one inner instance of a multi-instance activity.
  mutating func startInner(_ place: Place, body: ElementKey, number: Int) {
    guard state.instances[body] != nil else { return }
    if let key = begin(place, in: body, loopCounter: number, state: .activating) {
      activate(key, at: place)
    }
  }

  /// Begins the instance of a process and sets its variables; `start` gets what its trigger brought.
  mutating func enterProcess(
    _ process: Int, in scope: ElementKey?, _ variables: [String: FEELValue], startingAt start: Int,
    with trigger: [String: FEELValue], begun: (inout Step) -> Void = { _ in }
  ) {
    let place = Place(process: process, node: 0)
    guard let key = begin(place, in: scope, state: .activating, keeping: variables) else { return }
    begun(&self)
    if !variables.isEmpty { emit(.variablesSet(scope: key, variables)) }
    enter(Place(process: process, node: start), startingScope: key, at: place, with: trigger)
  }

  /// Begins an event subprocess, because its start event has happened.
  mutating func enterEventSubprocess(
    startingAt start: Place, in scope: ElementKey, with trigger: [String: FEELValue]
  ) {
    let place = Place(process: start.process, node: self[start].scope)
    guard let key = begin(place, in: scope, state: .activating, keeping: trigger) else { return }
    enter(start, startingScope: key, at: place, with: trigger)
  }

  /// Activates a scope and enters its start event; with an incident, what the trigger brought waits in the scope.
  private mutating func enter(
    _ start: Place, startingScope key: ElementKey, at place: Place,
    with trigger: [String: FEELValue]
  ) {
    guard makeInputs(of: key, at: place) else {
      if !trigger.isEmpty { emit(.variablesSet(scope: key, trigger)) }
      return
    }
    let event = self[start].id
    let agrees = listen(to: .start, key, at: place) {
      $0.start = event
      $0.variables = trigger
    }
    guard agrees else { return }
    guard subscribeAndActivate(key, at: place) else {
      if !trigger.isEmpty { emit(.variablesSet(scope: key, trigger)) }
      return
    }
    enter(start, in: key, triggeredWith: trigger)
  }

  /// A new instance; `nil`, with an incident, when this step has entered too many elements.
  mutating func begin(
    _ place: Place, in scope: ElementKey?, loopCounter: Int = 0, state: ElementState,
    keeping variables: [String: FEELValue] = [:]
  ) -> ElementKey? {
    let key = self.state.nextKey
    let withinLimit = countEntry()
    emit(
      .entered(
        ElementEntry(
          key: key, process: processes[place.process].id,
          element: processes[place.process].nodes[place.node].id, scope: scope,
          loopCounter: loopCounter, state: withinLimit ? state : .activating)))
    guard !withinLimit else { return key }
    if !variables.isEmpty { emit(.variablesSet(scope: key, variables)) }
    raise(
      .endless, on: key,
      Diagnostic("BPMN222", ["element": self[place].title], at: self[place].location))
    return nil
  }

  // MARK: From activating to activated

  /// Evaluates what the instance needs to begin its work; also after an incident was mended.
  mutating func activate(_ key: ElementKey, at place: Place) {
    if self[place].isRepeated, state.instances[key]?.loopCounter == 0 {
      activateBody(key, at: place)
      return
    }
    if let run = state.listenerRuns[key], run.event == .start {
      begin(after: run, key, at: place)
      return
    }
    setLoopVariables(of: key, at: place)
    guard makeInputs(of: key, at: place), listen(to: .start, key, at: place) else { return }
    beginWork(key, at: place)
  }

  mutating func beginWork(_ key: ElementKey, at place: Place) {
    guard prepare(key, at: place), subscribeAndActivate(key, at: place) else { return }
    if case .userTask(let task) = self[place].behavior, !self[place].listeners.isEmpty {
      announce(task, key, at: place)
    }
    work(key, at: place)
  }

  /// What a kind of node evaluates before it is activated; `false` with an incident.
  private mutating func prepare(_ key: ElementKey, at place: Place) -> Bool {
    switch self[place].behavior {
    case .userTask(let task): createTask(task, for: key, at: place)
    case .job(let job), .several(_, then: .job(let job)): createJob(job, for: key, at: place)
    case .process, .passThrough, .exclusive, .inclusive, .parallel, .eventBased, .script,
      .decision, .wait, .happened, .subProcess, .eventSubProcess, .adHoc, .callActivity,
      .throwError, .throwEscalation, .throwSignal, .goTo, .terminate, .compensate, .cancel,
      .several:
      true
    }
  }

  /// Begins to wait for everything that can happen to the instance; `false` with an incident.
  mutating func subscribeAndActivate(_ key: ElementKey, at place: Place) -> Bool {
    guard subscribe(key, at: place, to: eventsWaited(for: key, at: place)) else { return false }
    emit(.moved(key, to: .activated))
    return true
  }

  /// The events that end or accompany an instance: those around it, those inside it, and what it waits for itself.
  func eventsWaited(for key: ElementKey, at place: Place) -> [Int] {
    let isInner = (state.instances[key]?.loopCounter ?? 0) > 0
    var events = isInner ? [] : self[place].boundaries
    if self[place].isRepeated, !isInner { return events }
    events += self[place].eventStarts
    events += self[place].alternatives
    if case .wait = self[place].behavior { events.append(place.node) }
    return events
  }

  // MARK: The work itself

  /// What an activated instance does; afterwards it has left, waits, or is held by an incident.
  mutating func work(_ key: ElementKey, at place: Place) {
    work(key, at: place, as: self[place].behavior)
  }

  mutating func work(_ key: ElementKey, at place: Place, as behavior: Behavior) {
    switch behavior {
    case .passThrough, .exclusive, .inclusive, .parallel, .happened, .goTo:
      finish(key, at: place, with: [:])
    case .script(let script): run(script, key, at: place)
    case .decision(let decision): decide(decision, key, at: place)
    case .subProcess: startInside(key, at: place)
    case .process, .eventSubProcess: startAgain(key, at: place)
    case .callActivity(let called): call(called, key, at: place)
    case .throwError(let code): throwError(code, key, at: place)
    case .throwEscalation(let code): throwEscalation(code, key, at: place)
    case .throwSignal(let name): throwSignal(name, key, at: place)
    case .terminate: terminateScope(around: key, at: place)
    case .adHoc(let adHoc): startAdHoc(adHoc, key, at: place)
    case .compensate(let activity): compensate(activity, key, at: place)
    case .cancel: cancelTransaction(key, at: place)
    case .several(let quick, let last): throwSeveral(quick, then: last, key, at: place)
    case .userTask, .job, .wait, .eventBased: break
    }
  }

  /// Goes on after a mended incident that held an activated instance.
  mutating func resume(_ key: ElementKey, at place: Place) {
    if let job = state.jobRecords[key] {
      emit(.jobRetried(key, retries: max(1, job.retries)))
    } else if state.compensationRuns[key] != nil {
      return  // goes on by itself
    } else if state.instances[key]?.children == 0, state.multiInstances[key] == nil {
      switch self[place].behavior {
      case .adHoc where state.adHocs[key] != nil: scopesToCheck.append(key)
      case .subProcess, .eventSubProcess, .process: scopesToCheck.append(key)
      default: work(key, at: place)
      }
    } else {
      scopesToCheck.append(key)
    }
  }

  private mutating func startInside(_ key: ElementKey, at place: Place) {
    guard let start = self[place].noneStart else {
      scopesToCheck.append(key)
      return
    }
    errands.append(
      .arrive(Place(process: place.process, node: start), flow: nil, scope: key))
  }

  /// A process or event subprocess that an incident kept from starting.
  private mutating func startAgain(_ key: ElementKey, at place: Place) {
    guard let start = self[place].noneStart ?? self[place].starts.first else { return }
    enter(Place(process: place.process, node: start), in: key, triggeredWith: [:])
  }

  private mutating func run(_ script: ScriptDefinition, _ key: ElementKey, at place: Place) {
    let result = evaluate(script.expression, from: key)
    guard let value = usable(result, .expression, "script", key, at: place) else { return }
    finish(key, at: place, with: [script.resultVariable: value])
  }

  private mutating func decide(_ called: CalledDecision, _ key: ElementKey, at place: Place) {
    let name = evaluate(called.decision, from: key)
    guard let name = usable(name, .expression, "decisionId", key, at: place)?.string else { return }
    guard let model = definitions.decisions[name] else {
      raiseMissing(name, on: key, at: place)
      return
    }
    do {
      let inputs = FEELContext(
        state.visibleVariables(from: key).sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      let result = try model.evaluate(name, inputs: inputs, environment: environment)
      emit(.decided(key, result.trace))
      let answer = FEELResult(value: result.value, notes: result.notes)
      guard let value = usable(answer, .decision, name, key, at: place) else { return }
      finish(key, at: place, with: [called.resultVariable: value])
    } catch {
      raise(.decision, on: key, .unusable("BPMN217", name, self[place], [error.asDiagnostic]))
    }
  }

  private mutating func call(_ called: CalledElement, _ key: ElementKey, at place: Place) {
    let name = evaluate(called.process, from: key)
    guard let name = usable(name, .expression, "processId", key, at: place)?.string else { return }
    guard let process = processIndex(name), let start = processes[process].nodes[0].noneStart else {
      raiseMissing(name, on: key, at: place)
      return
    }
    let variables =
      called.propagatesAllParentVariables
      ? state.visibleVariables(from: key) : state.instances[key]?.variables ?? [:]
    enterProcess(process, in: key, variables, startingAt: start, with: [:])
  }

  private mutating func raiseMissing(_ name: String, on key: ElementKey, at place: Place) {
    raise(
      .missingDefinition, on: key,
      Diagnostic(
        "BPMN218", ["element": self[place].title, "name": name], at: self[place].location))
  }
}
