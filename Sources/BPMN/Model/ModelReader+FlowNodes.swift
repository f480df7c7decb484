import Diagnostics
import XML

extension ModelReader {
  /// The flow node of `element`; `nil` when it is none of BPMN's flow nodes.
  mutating func flowNode(_ element: Element) -> FlowNode? {
    guard let kind = kind(element) else { return nil }
    warnAboutExtensions(of: element)
    let mapping = zeebe("ioMapping", element)
    return FlowNode(
      id: element["id"] ?? "", name: element["name"] ?? "", kind: kind,
      events: kind.isEvent ? events(element) : [],
      isParallelMultiple: isTrue(element["parallelMultiple"]),
      defaultFlow: reference(element, "default"),
      inputs: mapping?.children("input").map(self.mapping) ?? [],
      outputs: mapping?.children("output").map(self.mapping) ?? [], loop: loop(element),
      isForCompensation: isTrue(element["isForCompensation"]),
      startQuantity: quantity(element, "startQuantity"),
      completionQuantity: quantity(element, "completionQuantity"),
      content: kind.isContainer ? content(element) : FlowContent(),
      documentation: documentation(element), properties: properties(element),
      listeners: listeners(element), location: element.location)
  }

  private func kind(_ element: Element) -> FlowNodeKind? {
    switch element.name {
    case "startEvent": .startEvent(interrupting: element["isInterrupting"] != "false")
    case "intermediateCatchEvent": .intermediateCatchEvent
    case "intermediateThrowEvent": .intermediateThrowEvent
    case "boundaryEvent":
      .boundaryEvent(
        attachedTo: reference(element, "attachedToRef") ?? "",
        interrupting: element["cancelActivity"] != "false")
    case "endEvent": .endEvent
    case "task": .task
    case "manualTask": .manualTask
    case "userTask": .userTask(userTask(element))
    case "serviceTask": .serviceTask(job(element))
    case "sendTask": .sendTask(job(element), message: message(of: element))
    case "receiveTask": .receiveTask(message(of: element))
    case "businessRuleTask": .businessRuleTask(decision(element), job(element))
    case "scriptTask": .scriptTask(script(element), job(element))
    case "exclusiveGateway": .exclusiveGateway
    case "parallelGateway": .parallelGateway
    case "inclusiveGateway": .inclusiveGateway
    case "eventBasedGateway":
      .eventBasedGateway(instantiates: element["instantiate"] == "true")
    case "complexGateway": .complexGateway
    case "subProcess": .subProcess(triggeredByEvent: element["triggeredByEvent"] == "true")
    case "transaction": .transaction
    case "adHocSubProcess": .adHocSubProcess(adHoc(element))
    case "callActivity": .callActivity(calledElement(element))
    default: nil
    }
  }

  /// A boolean of XML Schema.
  private func isTrue(_ text: String?) -> Bool { text?.trimmed == "true" || text?.trimmed == "1" }

  private func quantity(_ element: Element, _ attribute: String) -> Int {
    element[attribute].map { Int($0.trimmed) ?? -1 } ?? 1
  }

  private func mapping(_ element: Element) -> IOMapping {
    IOMapping(
      source: ModelExpression(element["source"] ?? "", at: element.location),
      target: element["target"] ?? "", at: element.location)
  }

  func listeners(_ element: Element) -> [Listener] {
    let groups: [(Listener.Kind, String, String)] = [
      (.execution, "executionListeners", "executionListener"),
      (.task, "taskListeners", "taskListener"),
    ]
    return groups.flatMap { kind, list, item in
      (zeebe(list, element)?.children(item) ?? []).map {
        Listener(
          kind: kind, event: $0["eventType"] ?? "",
          type: ModelExpression($0["type"] ?? "", at: $0.location),
          retries: expression($0, "retries"), location: $0.location)
      }
    }
  }

  // MARK: Tasks

  private func userTask(_ element: Element) -> UserTaskDefinition {
    let form = zeebe("formDefinition", element)
    let assignment = zeebe("assignmentDefinition", element)
    let schedule = zeebe("taskSchedule", element)
    return UserTaskDefinition(
      form: form?["formId"] ?? form?["externalReference"] ?? form?["formKey"],
      assignee: expression(assignment, "assignee"),
      candidateGroups: expression(assignment, "candidateGroups"),
      candidateUsers: expression(assignment, "candidateUsers"),
      due: expression(schedule, "dueDate"), followUp: expression(schedule, "followUpDate"),
      priority: expression(zeebe("priorityDefinition", element), "priority"))
  }

  func job(_ element: Element) -> JobDefinition? {
    guard let definition = zeebe("taskDefinition", element),
      let type = expression(definition, "type")
    else { return nil }
    let headers = zeebe("taskHeaders", element)?.children("header") ?? []
    return JobDefinition(
      type: type, retries: expression(definition, "retries"),
      headers: Dictionary(headers.map { ($0["key"] ?? "", $0["value"] ?? "") }) { $1 })
  }

  func message(of element: Element) -> MessageDefinition? {
    reference(element, "messageRef").flatMap { references.messages[$0] }
  }

  private func decision(_ element: Element) -> CalledDecision? {
    guard let called = zeebe("calledDecision", element),
      let decision = expression(called, "decisionId")
    else { return nil }
    return CalledDecision(
      decision: decision, resultVariable: called["resultVariable"]?.trimmed ?? "")
  }

  private func script(_ element: Element) -> ScriptDefinition? {
    guard let script = zeebe("script", element),
      let expression = expression(script, "expression")
    else { return nil }
    return ScriptDefinition(
      expression: expression, resultVariable: script["resultVariable"]?.trimmed ?? "")
  }

  private func calledElement(_ element: Element) -> CalledElement? {
    let called = zeebe("calledElement", element)
    let process = expression(called, "processId") ?? expression(called, "processIdExpression")
    guard
      let process = process
        ?? reference(element, "calledElement").map({
          ModelExpression($0, at: element.location)
        })
    else { return nil }
    return CalledElement(
      process: process,
      propagatesAllChildVariables: called?["propagateAllChildVariables"] != "false",
      propagatesAllParentVariables: called?["propagateAllParentVariables"] != "false")
  }

  private func adHoc(_ element: Element) -> AdHocDefinition {
    let adHoc = zeebe("adHoc", element)
    return AdHocDefinition(
      activeElements: expression(adHoc, "activeElementsCollection"),
      outputCollection: adHoc?["outputCollection"],
      outputElement: expression(adHoc, "outputElement"),
      completionCondition: expression(in: element, "completionCondition"),
      cancelsRemaining: element["cancelRemainingInstances"] != "false",
      isSequential: element["ordering"] == "Sequential", isStandard: adHoc == nil)
  }

  // MARK: Loops

  private func loop(_ element: Element) -> LoopCharacteristics? {
    if let multi = element.child("multiInstanceLoopCharacteristics") {
      let zeebe = zeebe("loopCharacteristics", multi)
      return .multiInstance(
        MultiInstanceDefinition(
          isSequential: multi["isSequential"] == "true",
          inputCollection: expression(zeebe, "inputCollection"),
          inputElement: nonEmpty(zeebe?["inputElement"]),
          outputCollection: nonEmpty(zeebe?["outputCollection"]),
          outputElement: expression(zeebe, "outputElement"),
          completionCondition: expression(in: multi, "completionCondition"),
          cardinality: expression(in: multi, "loopCardinality"),
          behavior: behavior(of: multi)))
    }
    return element.child("standardLoopCharacteristics").map {
      .standard(
        StandardLoop(
          testBefore: $0["testBefore"] == "true", maximum: $0["loopMaximum"],
          condition: expression(in: $0, "loopCondition")))
    }
  }

  /// What a multi-instance activity tells when one of its instances is done.
  private func behavior(of loop: Element) -> MultiInstanceBehavior {
    func event(_ attribute: String) -> EventDefinition? {
      reference(loop, attribute).flatMap { sharedEvents[$0] }.flatMap { self.event($0, of: loop) }
    }
    switch loop["behavior"] {
    case "None": return .each(event("noneBehaviorEventRef"))
    case "One": return .first(event("oneBehaviorEventRef"))
    case "Complex":
      return .complex(
        loop.children("complexBehaviorDefinition").map { definition in
          ComplexBehavior(
            condition: expression(in: definition, "condition"),
            event: definition.child("event").flatMap { events($0).first })
        })
    default: return .silent
    }
  }

  private func nonEmpty(_ text: String?) -> String? {
    guard let text = text?.trimmed, !text.isEmpty else { return nil }
    return text
  }

  // MARK: Extensions

  private static let knownExtensions: Set<String> = [
    "taskDefinition", "taskHeaders", "ioMapping", "subscription", "loopCharacteristics",
    "calledElement", "formDefinition", "userTask", "assignmentDefinition", "priorityDefinition",
    "taskSchedule", "calledDecision", "script", "properties", "versionTag", "adHoc",
    "conditionalFilter", "executionListeners", "taskListeners", "userTaskForm",
  ]

  /// An extension of the Zeebe dialect that this engine does not know has no effect: say so.
  mutating func warnAboutExtensions(of element: Element) {
    for child in extensions(element)?.elements ?? []
    where child.namespace == Namespace.zeebe && !Self.knownExtensions.contains(child.name) {
      warn(
        "BPMN125", ["element": element["id"] ?? element.name, "extension": child.name], at: child)
    }
  }
}
