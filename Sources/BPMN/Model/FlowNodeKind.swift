/// What a flow node is (BPMN 2.0.2, clause 10.3 to 10.6). Adding an element to the engine begins with a case here:
/// the compiler then names every other place.
public enum FlowNodeKind: Hashable, Sendable {
  /// `interrupting` matters only in an event subprocess.
  case startEvent(interrupting: Bool)
  case intermediateCatchEvent
  case intermediateThrowEvent
  case boundaryEvent(attachedTo: String, interrupting: Bool)
  case endEvent

  case task
  case manualTask
  case userTask(UserTaskDefinition)
  case serviceTask(JobDefinition?)
  case sendTask(JobDefinition?, message: MessageDefinition?)
  case receiveTask(MessageDefinition?)
  case businessRuleTask(CalledDecision?, JobDefinition?)
  case scriptTask(ScriptDefinition?, JobDefinition?)

  case exclusiveGateway
  case parallelGateway
  case inclusiveGateway
  case eventBasedGateway(instantiates: Bool)
  case complexGateway

  case subProcess(triggeredByEvent: Bool)
  case transaction
  case adHocSubProcess(AdHocDefinition)
  case callActivity(CalledElement?)

  /// The name of the element in the file.
  public var tag: String {
    switch self {
    case .startEvent: "startEvent"
    case .intermediateCatchEvent: "intermediateCatchEvent"
    case .intermediateThrowEvent: "intermediateThrowEvent"
    case .boundaryEvent: "boundaryEvent"
    case .endEvent: "endEvent"
    case .task: "task"
    case .manualTask: "manualTask"
    case .userTask: "userTask"
    case .serviceTask: "serviceTask"
    case .sendTask: "sendTask"
    case .receiveTask: "receiveTask"
    case .businessRuleTask: "businessRuleTask"
    case .scriptTask: "scriptTask"
    case .exclusiveGateway: "exclusiveGateway"
    case .parallelGateway: "parallelGateway"
    case .inclusiveGateway: "inclusiveGateway"
    case .eventBasedGateway: "eventBasedGateway"
    case .complexGateway: "complexGateway"
    case .subProcess: "subProcess"
    case .transaction: "transaction"
    case .adHocSubProcess: "adHocSubProcess"
    case .callActivity: "callActivity"
    }
  }

  /// Which of the three kinds of flow nodes it is (BPMN 2.0.2, clause 10.3 to 10.6).
  private enum Family { case event, gateway, activity, container }

  private var family: Family {
    switch self {
    case .startEvent, .intermediateCatchEvent, .intermediateThrowEvent, .boundaryEvent, .endEvent:
      .event
    case .exclusiveGateway, .parallelGateway, .inclusiveGateway, .eventBasedGateway,
      .complexGateway:
      .gateway
    case .task, .manualTask, .userTask, .serviceTask, .sendTask, .receiveTask, .businessRuleTask,
      .scriptTask, .callActivity:
      .activity
    case .subProcess, .transaction, .adHocSubProcess: .container
    }
  }

  public var isEvent: Bool { family == .event }
  public var isGateway: Bool { family == .gateway }

  /// Tasks, subprocesses and call activities: what can have boundary events and be repeated.
  public var isActivity: Bool { !isEvent && !isGateway }

  /// What has flow nodes inside.
  public var isContainer: Bool { family == .container }

  public var isEventSubProcess: Bool { self == .subProcess(triggeredByEvent: true) }
}
