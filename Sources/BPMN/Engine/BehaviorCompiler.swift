import Diagnostics
import FEEL

/// Finds out what the engine does at a node; what it cannot do exactly is refused here, with the reason.
struct BehaviorCompiler {
  private let node: FlowNode
  private let process: ProcessCompiler
  private let index: Int

  init(_ node: FlowNode, in process: ProcessCompiler, at index: Int) {
    self.node = node
    self.process = process
    self.index = index
  }

  func behavior() throws -> Behavior {
    try refuseWhatIsNotRun()
    switch node.kind {
    case .startEvent: return try startEvent()
    case .intermediateCatchEvent: return try catchEvent()
    case .intermediateThrowEvent: return try throwEvent()
    case .boundaryEvent: return .happened(try triggers())
    case .endEvent: return try endEvent()
    case .task, .manualTask: return .passThrough
    case .userTask(let task): return .userTask(try checked(task))
    case .serviceTask(let job): return .job(try checked(job))
    case .sendTask(let job, _): return .job(try checked(job))
    case .receiveTask(let message): return .wait(Triggers([try trigger(.message(message))]))
    case .businessRuleTask(let decision, let job): return try businessRule(decision, job)
    case .scriptTask(let script, let job): return try scriptTask(script, job)
    case .exclusiveGateway: return .exclusive
    case .parallelGateway: return .parallel
    case .inclusiveGateway: return .inclusive
    case .eventBasedGateway(let instantiates):
      if instantiates { throw unsupported("eventBasedGateway instantiate") }
      return .eventBased
    case .complexGateway: throw unsupported("complexGateway")
    case .subProcess(let triggered): return triggered ? .eventSubProcess : .subProcess
    case .transaction: return .subProcess
    case .adHocSubProcess(let adHoc): return .adHoc(try checked(adHoc))
    case .callActivity(let called): return .callActivity(try checked(called))
    }
  }

  private func unsupported(_ what: String) -> Diagnostic {
    .unsupported(node, what, at: node.location)
  }

  private func missing(_ what: String) -> Diagnostic {
    .missing(node.id, what, at: node.location)
  }

  private func refuseWhatIsNotRun() throws {
    guard node.startQuantity > 0, node.completionQuantity > 0 else {
      throw Diagnostic("BPMN127", ["element": node.title], at: node.location)
    }
  }

  // MARK: Events

  private func startEvent() throws -> Behavior {
    guard !node.events.isEmpty else { return .passThrough }
    let triggers = try triggers()
    let isInEventSubProcess = process.container(of: index)?.kind.isEventSubProcess == true
    for (trigger, event) in zip(triggers.list, node.events) {
      switch trigger {
      case .message, .signal, .timer, .condition: continue
      case .error, .escalation:
        guard isInEventSubProcess else { throw unsupported("startEvent " + event.tag) }
      case .compensation, .cancel: throw unsupported("startEvent " + event.tag)
      }
    }
    if !isInEventSubProcess, triggers.needsAll { throw unsupported("parallelMultiple") }
    return .happened(triggers)
  }

  private func catchEvent() throws -> Behavior {
    guard let first = node.events.first else { throw missing("eventDefinition") }
    if case .link = first, node.events.count == 1 { return .passThrough }
    for event in node.events {
      switch event {
      case .message, .timer, .signal, .conditional: continue
      case .link: throw Diagnostic("BPMN117", ["element": node.title], at: node.location)
      case .error, .escalation, .terminate, .compensate, .cancel: throw notAllowed(event)
      }
    }
    return .wait(try triggers())
  }

  private func triggers() throws -> Triggers {
    guard !node.events.isEmpty else { throw missing("eventDefinition") }
    let triggers = Triggers(
      try node.events.map { try trigger($0) }, needsAll: node.isParallelMultiple)
    let isAlone = triggers.list.count == 1
    let canWaitForAll = !triggers.needsAll || triggers.list.allSatisfy(\.isSubscribed)
    let isPlain = triggers.list.allSatisfy {
      switch $0 {
      case .compensation, .cancel: false
      default: true
      }
    }
    guard isAlone || (canWaitForAll && isPlain) else {
      throw Diagnostic("BPMN117", ["element": node.title], at: node.location)
    }
    return triggers
  }

  private func throwEvent() throws -> Behavior {
    try several(node.events.map { try thrown($0, isEnd: false) })
  }

  private func endEvent() throws -> Behavior {
    try several(node.events.map { try thrown($0, isEnd: true) })
  }

  /// Signals and escalations are thrown at once; of what may wait or ends something there can be one.
  private func several(_ thrown: [Behavior]) throws -> Behavior {
    guard thrown.count > 1 else { return thrown.first ?? .passThrough }
    func isQuick(_ behavior: Behavior) -> Bool {
      switch behavior {
      case .throwSignal, .throwEscalation: true
      default: false
      }
    }
    let last = thrown.filter { !isQuick($0) }
    if case .goTo? = last.first { throw multiple() }
    guard last.count < 2 else { throw multiple() }
    return .several(thrown.filter(isQuick), then: last.first ?? .passThrough)
  }

  private func multiple() -> Diagnostic {
    Diagnostic("BPMN117", ["element": node.title], at: node.location)
  }

  private func thrown(_ event: EventDefinition, isEnd: Bool) throws -> Behavior {
    switch event {
    case .message(let message): return .job(try checked(message?.job))
    case .signal(let name): return .throwSignal(try checked(name, "signalRef"))
    case .escalation(let code): return .throwEscalation(try checked(code, "escalationRef"))
    case .compensate(let activity): return .compensate(activity: try checked(activity: activity))
    case .link(let name) where !isEnd:
      guard let target = process.linkTarget(name, from: index) else {
        throw Diagnostic("BPMN121", ["element": node.title, "name": name], at: node.location)
      }
      return .goTo(target)
    case .error(let code) where isEnd: return .throwError(try checked(code, "errorRef"))
    case .terminate where isEnd: return .terminate
    case .cancel where isEnd:
      guard process.container(of: index)?.kind == .transaction else { throw notAllowed(event) }
      return .cancel
    case .timer, .conditional, .link, .error, .terminate, .cancel: throw notAllowed(event)
    }
  }

  /// An activity of the same scope, or of the one around an event subprocess, that something can undo.
  private func checked(activity: String?) throws -> String? {
    guard let activity else { return nil }
    guard let target = process.indexes[activity], target > 0,
      process.scopesAround(index).contains(process.scopes[target]),
      process.compensationHandler(of: target) != nil
        || process.nodes[target - 1].kind.isContainer
    else {
      throw Diagnostic(
        "BPMN141", ["element": node.title, "activity": activity], at: node.location)
    }
    return activity
  }

  private func notAllowed(_ event: EventDefinition) -> Diagnostic {
    Diagnostic(
      "BPMN114", ["element": node.title, "kind": node.kind.tag, "event": event.tag],
      at: node.location)
  }

  private func trigger(_ event: EventDefinition) throws -> Trigger {
    switch event {
    case .message(let message): return try messageTrigger(message)
    case .timer(let timer):
      guard let timer else { throw missing("timeDate, timeDuration, timeCycle") }
      _ = try checked(timer.expression, "timer")
      try TimerText.check(timer, of: node)
      if case .cycle(let cycle) = timer, !mayRepeat(cycle) { throw unsupported("timeCycle") }
      return .timer(timer)
    case .signal(let name): return .signal(name: try checked(name, "signalRef"))
    case .conditional(let condition):
      guard case .feel(let expression) = try checked(condition, "condition").content else {
        throw Diagnostic.notFEEL(node.id, "condition", at: node.location)
      }
      return .condition(expression)
    case .error(let code): return .error(code: try code.map { try checked($0, "errorCode") })
    case .escalation(let code):
      return .escalation(code: try code.map { try checked($0, "escalationCode") })
    case .compensate: return try compensationTrigger()
    case .cancel:
      guard case .boundaryEvent(let host, _) = node.kind,
        process.node(host)?.kind == .transaction
      else { throw notAllowed(event) }
      return .cancel
    case .link, .terminate: throw notAllowed(event)
    }
  }

  /// A compensation boundary event leads by an association to what undoes the activity.
  private func compensationTrigger() throws -> Trigger {
    guard case .boundaryEvent(let host, _) = node.kind else {
      throw unsupported(node.kind.tag + " compensateEventDefinition")
    }
    guard let activity = process.indexes[host], process.compensationHandler(of: activity) != nil
    else { throw Diagnostic("BPMN142", ["element": node.title], at: node.location) }
    return .compensation
  }

  /// What interrupts happens once; a catch event lets a finite number of tokens pass.
  private func mayRepeat(_ cycle: ModelExpression) -> Bool {
    switch node.kind {
    case .boundaryEvent(_, let interrupting): return !interrupting
    case .startEvent(let interrupting):
      return !interrupting || process.container(of: index)?.kind.isEventSubProcess != true
    case .intermediateCatchEvent:
      if process.isBehindEventGateway(index) { return false }
      guard case .fixed(let text) = cycle.content else { return true }
      return TimerText.cycle(text, in: .utc)?.count != nil
    default: return false
    }
  }

  /// Only a message that starts a process needs no correlation key.
  private func messageTrigger(_ message: MessageDefinition?) throws -> Trigger {
    guard let message else { throw missing("messageRef") }
    let name = try checked(message.name, "message name")
    var startsProcess = false
    if case .startEvent = node.kind {
      startsProcess = process.container(of: index)?.kind.isEventSubProcess != true
    }
    if startsProcess { return .message(name: name, correlationKey: nil) }
    return .message(
      name: name, correlationKey: try checked(message.correlationKey, "correlationKey"))
  }

  // MARK: Tasks

  private func checked(_ expression: ModelExpression?, _ what: String) throws -> ModelExpression {
    guard let expression, !expression.text.isEmpty else { throw missing(what) }
    if let problem = expression.problem { throw problem }
    return expression
  }

  private func checked(_ task: UserTaskDefinition) throws -> UserTaskDefinition {
    let expressions = [
      task.assignee, task.candidateGroups, task.candidateUsers, task.due, task.followUp,
      task.priority,
    ]
    if let problem = expressions.compactMap(\.?.problem).first { throw problem }
    return task
  }

  private func checked(_ job: JobDefinition?) throws -> JobDefinition {
    guard let job else { throw missing("zeebe:taskDefinition") }
    _ = try checked(job.type, "type")
    if let problem = job.retries?.problem { throw problem }
    return job
  }

  private func checked(_ called: CalledElement?) throws -> CalledElement {
    guard let called else { throw missing("zeebe:calledElement") }
    _ = try checked(called.process, "processId")
    return called
  }

  private func checked(_ adHoc: AdHocDefinition) throws -> AdHocDefinition {
    let expressions = [adHoc.activeElements, adHoc.outputElement, adHoc.completionCondition]
    if let problem = expressions.compactMap(\.?.problem).first { throw problem }
    if let elements = adHoc.activeElements, !elements.isFEEL {
      throw Diagnostic.notFEEL(node.id, "activeElementsCollection", at: node.location)
    }
    if let condition = adHoc.completionCondition, !condition.isFEEL {
      throw Diagnostic.notFEEL(node.id, "completionCondition", at: node.location)
    }
    guard adHoc.outputCollection == nil || adHoc.outputElement != nil else {
      throw missing("outputElement")
    }
    return adHoc
  }

  private func businessRule(_ decision: CalledDecision?, _ job: JobDefinition?) throws -> Behavior {
    guard let decision else {
      guard job != nil else { throw missing("zeebe:calledDecision") }
      return .job(try checked(job))
    }
    _ = try checked(decision.decision, "decisionId")
    guard !decision.resultVariable.isEmpty else { throw missing("resultVariable") }
    return .decision(decision)
  }

  private func scriptTask(_ script: ScriptDefinition?, _ job: JobDefinition?) throws -> Behavior {
    guard let script else {
      guard job != nil else { throw missing("zeebe:script") }
      return .job(try checked(job))
    }
    guard try checked(script.expression, "expression").isFEEL else {
      throw Diagnostic.notFEEL(node.id, "expression", at: node.location)
    }
    guard !script.resultVariable.isEmpty else { throw missing("resultVariable") }
    return .script(script)
  }
}

extension Diagnostic {
  static func missing(_ element: String, _ what: String, at location: SourceLocation?) -> Diagnostic
  {
    Diagnostic("BPMN110", ["element": element, "what": what], at: location)
  }

  static func missingReference(
    _ element: String, _ target: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic("BPMN103", ["element": element, "target": target], at: location)
  }

  static func notFEEL(_ element: String, _ what: String, at location: SourceLocation?) -> Diagnostic
  {
    Diagnostic("BPMN111", ["element": element, "what": what], at: location)
  }

  static func unsupported(
    _ node: FlowNode, _ what: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic("BPMN105", ["element": node.title, "what": what], at: location)
  }
}
