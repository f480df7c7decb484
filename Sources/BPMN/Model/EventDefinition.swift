/// What an event waits for or throws (BPMN 2.0.2, clause 10.5.5).
public enum EventDefinition: Hashable, Sendable {
  case message(MessageDefinition?)
  case timer(TimerDefinition?)
  /// `nil`: catches every error.
  case error(code: ModelExpression?)
  /// `nil`: catches every escalation.
  case escalation(code: ModelExpression?)
  case signal(name: ModelExpression?)
  case conditional(ModelExpression?)
  case link(name: String)
  case terminate
  /// `nil`: everything completed in the scope.
  case compensate(activity: String?)
  case cancel

  /// The name of the element in the file.
  public var tag: String {
    switch self {
    case .message: "messageEventDefinition"
    case .timer: "timerEventDefinition"
    case .error: "errorEventDefinition"
    case .escalation: "escalationEventDefinition"
    case .signal: "signalEventDefinition"
    case .conditional: "conditionalEventDefinition"
    case .link: "linkEventDefinition"
    case .terminate: "terminateEventDefinition"
    case .compensate: "compensateEventDefinition"
    case .cancel: "cancelEventDefinition"
    }
  }
}

/// A kind of message (BPMN 2.0.2, `tMessage`, with `zeebe:subscription`).
public struct MessageDefinition: Hashable, Sendable {
  public let id: String
  public let name: ModelExpression?
  /// Which of the waiting cases a message is for; not needed where it starts a process.
  public let correlationKey: ModelExpression?
  /// The job that sends it, when a throwing event has `zeebe:taskDefinition`.
  public let job: JobDefinition?
}

/// When a timer fires (BPMN 2.0.2, `tTimerEventDefinition`).
public enum TimerDefinition: Hashable, Sendable {
  case date(ModelExpression)
  case duration(ModelExpression)
  /// `R3/PT10H`, `R/2025-01-01T00:00:00Z/P1D`: again and again.
  case cycle(ModelExpression)

  public var expression: ModelExpression {
    switch self {
    case .date(let expression), .duration(let expression), .cycle(let expression): expression
    }
  }
}
