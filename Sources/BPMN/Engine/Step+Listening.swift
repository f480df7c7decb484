import Diagnostics
import FEEL

extension Step {
  /// Lets the listeners of `event` do their jobs first, one after the other.
  ///
  /// - Parameter remember: what is needed to go on afterwards.
  /// - Returns: whether there are none, or they have done them; otherwise the element waits.
  mutating func listen(
    to event: ListenerEvent, _ key: ElementKey, at place: Place,
    remembering remember: (inout ListenerRun) -> Void = { _ in }
  ) -> Bool {
    guard self[place].listens(to: event) else { return true }
    if let run = state.listenerRuns[key], run.event == event, run.isDone { return true }
    if event == .end, state.instances[key]?.state == .activated {
      emit(.moved(key, to: .completing))
    }
    var run = ListenerRun(event)
    remember(&run)
    emit(.listening(key, run))
    createListenerJob(of: run, for: key, at: place)
    return false
  }

  /// Opens the job of the listener at work; an incident when its type or number of tries cannot be told.
  mutating func createListenerJob(of run: ListenerRun, for key: ElementKey, at place: Place) {
    let listeners = self[place].listeners.filter { $0.event == run.event }
    guard listeners.indices.contains(run.position) else {  // migrated to a model with fewer
      endListening(run, key, at: place)
      return
    }
    let listener = listeners[run.position]
    _ = createJob(
      JobDefinition(type: listener.type, retries: listener.retries, headers: [:]), for: key,
      at: place, listener: run.event)
  }

  /// The listener at work has done its job: the next one, or what all of them have agreed to.
  private mutating func goOnListening(_ run: ListenerRun, _ key: ElementKey, at place: Place) {
    var run = run
    run.position += 1
    guard self[place].listeners.count(where: { $0.event == run.event }) > run.position else {
      endListening(run, key, at: place)
      return
    }
    emit(.listening(key, run))
    createListenerJob(of: run, for: key, at: place)
  }

  private mutating func endListening(_ run: ListenerRun, _ key: ElementKey, at place: Place) {
    emit(.listened(key))
    switch run.event {
    case .start: begin(after: run, key, at: place)
    case .end: leaveAfterListening(key, at: place)
    case .creating:
      correct(run, key)
      guard run.assigns, let user = run.assignee else { return }
      assignListened(key, to: user, at: place)
    case .assigning, .updating:
      correct(run, key)
      if run.assigns { emit(.taskAssigned(key, user: run.assignee)) }
    case .completing:
      correct(run, key)
      if run.assigns { emit(.taskAssigned(key, user: run.assignee)) }
      emit(.taskCompleted(key, outcome: run.outcome))
      finish(key, at: place, with: run.variables ?? [:])
    }
  }

  private mutating func correct(_ run: ListenerRun, _ key: ElementKey) {
    if let change = run.change, change != TaskChange() { emit(.taskChanged(key, change)) }
  }

  // MARK: Beginning and ending

  /// Goes on where the start listeners have held the element; also after an incident was mended.
  mutating func begin(after run: ListenerRun, _ key: ElementKey, at place: Place) {
    if let start = run.start.flatMap({ self.place($0, beside: place) }) {
      guard subscribeAndActivate(key, at: place) else { return }
      enter(start, in: key, triggeredWith: run.variables ?? [:])
    } else if run.start == nil, let variables = run.variables {
      emit(.moved(key, to: .activated))
      finish(key, at: place, with: variables)
    } else {
      beginWork(key, at: place)
    }
  }

  /// What was left for the end: an end event that ends everything around it does so now.
  private mutating func leaveAfterListening(_ key: ElementKey, at place: Place) {
    if case .terminate = self[place].lastBehavior {
      terminateScope(around: key, at: place)
    } else {
      leave(key, at: place)
    }
  }

  // MARK: Tasks

  /// Asks the listeners of a new task; only then it gets the assignee of the model.
  mutating func announce(_ task: UserTaskDefinition, _ key: ElementKey, at place: Place) {
    let assignee = task.assignee.flatMap { evaluate($0, from: key).value.string }
    let agrees = listen(to: .creating, key, at: place) {
      $0.assigns = assignee != nil
      $0.assignee = assignee
    }
    guard agrees, let assignee, self[place].listens(to: .assigning) else { return }
    assignListened(key, to: assignee, at: place)
  }

  /// Gives a task to `user` when its listeners agree.
  mutating func assignListened(_ key: ElementKey, to user: String?, at place: Place) {
    let agrees = listen(to: .assigning, key, at: place) {
      $0.assigns = true
      $0.assignee = user
    }
    if agrees { emit(.taskAssigned(key, user: user)) }
  }

  // MARK: What listeners answer

  /// A listener has done its job. What the start listeners bring is seen by the element only, what the end listeners
  /// bring is handed out.
  mutating func completeListener(
    _ job: JobRecord, _ variables: [String: FEELValue], at place: Place
  ) throws {
    guard let event = job.listener, let run = state.listenerRuns[job.key] else {
      throw Diagnostic.notOpen(job.key)
    }
    guard variables.isEmpty || !event.isOfTask else {
      throw Diagnostic("BPMN237", ["element": self[place].title])
    }
    resolveIncidents(of: job.key)
    emit(.jobCompleted(job.key))
    if !variables.isEmpty {
      if event == .end, !(state.instances[job.key]?.isProcess ?? true),
        let scope = state.instances[job.key]?.scope
      {
        propagate(variables, from: scope)
      } else {
        emit(.variablesSet(scope: job.key, variables))
      }
    }
    goOnListening(run, job.key, at: place)
  }

  /// A task listener objects, or corrects what was asked for.
  mutating func answer(_ key: ElementKey, _ answer: ListenerAnswer) throws {
    guard let job = state.jobRecords[key], let event = job.listener,
      var run = state.listenerRuns[key]
    else { throw Diagnostic.notOpen(key) }
    let place = try checkedPlace(of: key)
    guard event.isOfTask else { throw Diagnostic("BPMN238", ["element": self[place].title]) }
    switch answer {
    case .corrected(let correction):
      resolveIncidents(of: key)
      emit(.jobCompleted(key))
      run.change = (run.change ?? TaskChange()).corrected(by: correction.change)
      if let assignee = correction.assignee {
        run.assigns = true
        run.assignee = assignee.isEmpty ? nil : assignee
      }
      goOnListening(run, key, at: place)
    case .denied(let reason):
      guard event != .creating else {
        throw Diagnostic("BPMN238", ["element": self[place].title])
      }
      resolveIncidents(of: key)
      emit(.jobCompleted(key))
      emit(.listenerDenied(key, reason: reason))
    }
  }
}
