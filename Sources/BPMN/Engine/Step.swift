import Diagnostics
public import FEEL

/// What `command` makes happen; `state` is only read.
///
/// Everything automatic runs until every token waits: for a person, a worker, an event, or with an incident.
/// - Parameters:
///   - environment: the host's functions and the local time, for expressions.
///   - now: the one clock; nothing below reads another.
/// - Throws: `BPMN201` to `BPMN206` when `command` is not possible in `state`. Then nothing has happened.
public func step(
  _ state: ProcessState, _ command: Command, in definitions: Definitions,
  environment: FEELEnvironment = FEELEnvironment(), now: Instant
) throws -> [ProcessEvent] {
  var step = Step(state: state, definitions: definitions, environment: environment, now: now)
  try step.perform(command)
  return step.events
}

extension ProcessState {
  /// Performs `command` and moves this state on, as `step` and `apply` would one after the other.
  ///
  /// - Throws: like `step`; the state is then unchanged.
  public mutating func perform(
    _ command: Command, in definitions: Definitions,
    environment: FEELEnvironment = FEELEnvironment(), now: Instant
  ) throws -> [ProcessEvent] {
    var step = Step(state: self, definitions: definitions, environment: environment, now: now)
    self = ProcessState()
    defer { self = step.state }
    try step.perform(command)
    return step.events
  }
}

/// One step at work: a copy of the state, what has happened so far, and the tokens still on their way.
///
/// A command is checked before the first event, so a step that throws has changed nothing.
struct Step {
  private(set) var state: ProcessState
  private(set) var events: [ProcessEvent] = []
  let definitions: Definitions
  let environment: FEELEnvironment
  let now: Instant

  /// The processes met so far; places name them by position.
  var processes: [ProcessDefinition] = []
  var errands: [Errand] = []
  var nextErrand = 0
  /// Scopes in which something has ended.
  var scopesToCheck: [ElementKey] = []
  /// Timers that were already due when they began.
  var overdue: [Subscription] = []
  /// How many events of this step the conditions have been looked at for.
  var eventsSeenByConditions = 0
  /// After a pause any variable may have changed.
  var looksAtAllConditions = false
  private var entries = 0

  /// An endless circle of automatic elements is stopped by an incident after this many.
  static let entryLimit = 100_000

  init(
    state: ProcessState, definitions: Definitions, environment: FEELEnvironment, now: Instant
  ) {
    self.state = state
    self.definitions = definitions
    self.environment = environment
    self.now = now
  }

  /// Makes something happen: in the record and in the state.
  mutating func emit(_ event: ProcessEvent) {
    state.apply(event)
    events.append(event)
  }

  /// Counts an entry; `false` when the step has made so many that it must stop.
  mutating func countEntry() -> Bool {
    entries += 1
    return entries <= Self.entryLimit
  }

  /// Where local dates are meant.
  var zone: Zone { environment.now?.zone ?? .utc }
}

/// A node of one of the processes of a step.
struct Place: Hashable {
  let process: Int
  let node: Int
}

/// Something that goes on by itself in a step.
enum Errand {
  /// A token on a sequence flow; `flow` is `nil` where it jumps.
  case arrive(Place, flow: Int?, scope: ElementKey)
  /// An inner instance of a multi-instance activity that is to start.
  case startInner(Place, body: ElementKey, number: Int)

  var scope: ElementKey {
    switch self {
    case .arrive(_, _, let scope): scope
    case .startInner(_, let body, _): body
    }
  }
}

extension Step {
  /// The node at a place; only the parts that are asked for are read.
  subscript(place: Place) -> CompiledNode {
    _read { yield processes[place.process].nodes[place.node] }
  }

  /// The process with this id, met now or before; `nil` when the case has no such definition.
  mutating func processIndex(_ id: String) -> Int? {
    if let index = processes.firstIndex(where: { $0.id == id }) { return index }
    guard let definition = definitions.processes[id] else { return nil }
    processes.append(definition)
    return processes.count - 1
  }

  /// The place of a live instance; `nil` when the definitions do not fit the state.
  mutating func place(of key: ElementKey) -> Place? {
    guard let instance = state.instances[key], let process = processIndex(instance.process),
      let node = processes[process].indexes[instance.element]
    else { return nil }
    return Place(process: process, node: node)
  }

  /// The place of an element in the same process as `place`.
  func place(_ element: String, beside place: Place) -> Place? {
    processes[place.process].indexes[element].map { Place(process: place.process, node: $0) }
  }

  /// Lets everything automatic happen.
  mutating func run() {
    repeat {
      while nextErrand < errands.count {
        let errand = errands[nextErrand]
        nextErrand += 1
        follow(errand)
      }
      errands.removeAll(keepingCapacity: true)
      nextErrand = 0
      settle()
    } while !errands.isEmpty || !scopesToCheck.isEmpty || startsKept
  }

  /// Whether a process has ended that a kept message has waited for.
  private var startsKept: Bool {
    state.keptMessages.values.contains { kept in
      kept.starts != nil && kept.receivers.isEmpty
        && kept.message.keptUntil.map { $0 > now } == true && mayStart(kept)
    }
  }

  private mutating func follow(_ errand: Errand) {
    switch errand {
    case .arrive(let place, let flow, let scope):
      if self[place].throwsSignal, othersAreOnTheirWay {
        errands.append(errand)
      } else {
        arrive(at: place, by: flow, in: scope)
      }
    case .startInner(let place, let body, let number):
      startInner(place, body: body, number: number)
    }
  }

  /// Whether a token is on its way to something else than throwing a signal: it may be about to wait for it, and a
  /// signal is not kept.
  private var othersAreOnTheirWay: Bool {
    errands[nextErrand...].contains { errand in
      guard case .arrive(let place, _, _) = errand else { return true }
      return !self[place].throwsSignal
    }
  }

  /// What can only be told when no token is on its way: in this order, until something moves again.
  private mutating func settle() {
    deliverKeptMessages()
    if errands.isEmpty { fireOverdue() }
    if errands.isEmpty, !state.compensationRuns.isEmpty { continueCompensations() }
    if errands.isEmpty { checkConditions() }
    if errands.isEmpty { joinInclusively() }
    if errands.isEmpty { checkScopes() }
  }

  /// Forgets the tokens on their way in `scope`, and those that wait there.
  mutating func dropTokens(in scope: ElementKey) {
    let rest = errands[nextErrand...].filter { $0.scope != scope }
    errands = Array(rest)
    nextErrand = 0
    if state.waitingTokens[scope] != nil { emit(.tokensDropped(scope: scope)) }
  }
}
