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
    case .boundaryEvent: return .happened(try trigger(node.events.first))
    case .endEvent: return try endEvent()
    case .task, .manualTask: return .passThrough
    case .userTask(let task): return .userTask(try checked(task))
    case .serviceTask(let job): return .job(try checked(job))
    case .sendTask(let job, _): return .job(try checked(job))
    case .receiveTask(let message): return .wait(try trigger(.message(message)))
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
    case .transaction: throw unsupported("transaction")
    case .adHocSubProcess: throw unsupported("adHocSubProcess")
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
    if node.isForCompensation { throw unsupported("isForCompensation") }
    if node.events.count > 1 {
      throw Diagnostic("BPMN117", ["element": node.title], at: node.location)
    }
    guard node.startQuantity > 0, node.completionQuantity > 0 else {
      throw Diagnostic("BPMN127", ["element": node.title], at: node.location)
    }
  }

  // MARK: Events

  private func startEvent() throws -> Behavior {
    guard let event = node.events.first else { return .passThrough }
    let trigger = try trigger(event)
    let isInEventSubProcess = process.container(of: index)?.kind.isEventSubProcess == true
    switch trigger {
    case .message, .signal: return .happened(trigger)
    case .timer, .condition, .error, .escalation:
      guard isInEventSubProcess else { throw unsupported("startEvent " + event.tag) }
      return .happened(trigger)
    }
  }

  private func catchEvent() throws -> Behavior {
    switch node.events.first {
    case nil: throw missing("eventDefinition")
    case .link: return .passThrough
    case .message, .timer, .signal, .conditional: return .wait(try trigger(node.events.first))
    case .error, .escalation, .terminate, .compensate, .cancel: throw notAllowed()
    }
  }

  private func throwEvent() throws -> Behavior {
    switch node.events.first {
    case nil: return .passThrough
    case .message(let message): return .job(try checked(message?.job))
    case .signal(let name): return .throwSignal(try checked(name, "signalRef"))
    case .escalation(let code): return .throwEscalation(try checked(code, "escalationRef"))
    case .link(let name):
      guard let target = process.linkTarget(name, from: index) else {
        throw Diagnostic("BPMN121", ["element": node.title, "name": name], at: node.location)
      }
      return .goTo(target)
    case .compensate: throw unsupported("compensateEventDefinition")
    case .timer, .error, .conditional, .terminate, .cancel: throw notAllowed()
    }
  }

  private func endEvent() throws -> Behavior {
    switch node.events.first {
    case nil: return .passThrough
    case .message(let message): return .job(try checked(message?.job))
    case .error(let code): return .throwError(try checked(code, "errorRef"))
    case .escalation(let code): return .throwEscalation(try checked(code, "escalationRef"))
    case .signal(let name): return .throwSignal(try checked(name, "signalRef"))
    case .terminate: return .terminate
    case .compensate: throw unsupported("compensateEventDefinition")
    case .cancel: throw unsupported("cancelEventDefinition")
    case .timer, .conditional, .link: throw notAllowed()
    }
  }

  private func notAllowed() -> Diagnostic {
    Diagnostic(
      "BPMN114",
      ["element": node.title, "kind": node.kind.tag, "event": node.events.first?.tag ?? ""],
      at: node.location)
  }

  private func trigger(_ event: EventDefinition?) throws -> Trigger {
    switch event {
    case nil: throw missing("eventDefinition")
    case .message(let message): return try messageTrigger(message)
    case .timer(let timer):
      guard let timer else { throw missing("timeDate, timeDuration, timeCycle") }
      _ = try checked(timer.expression, "timer")
      try TimerText.check(timer, of: node)
      if case .cycle = timer, !mayRepeat { throw unsupported("timeCycle") }
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
    case .compensate: throw unsupported("compensateEventDefinition")
    case .cancel: throw unsupported("cancelEventDefinition")
    case .link, .terminate: throw notAllowed()
    }
  }

  /// Only what does not interrupt can happen again.
  private var mayRepeat: Bool {
    switch node.kind {
    case .boundaryEvent(_, let interrupting), .startEvent(let interrupting): !interrupting
    default: false
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
