import FEEL

/// What the engine does when a token enters a node: a `FlowNodeKind` with everything it needs, looked up and checked.
///
/// Indirect, so that looking at a node copies a reference and not all that may be in it.
indirect enum Behavior: Sendable {
  /// Node 0: the process itself.
  case process
  /// Goes straight on: none events, manual and undefined tasks, and events once they have happened.
  case passThrough
  case exclusive
  case inclusive
  case parallel
  /// Waits for the first of the events after it.
  case eventBased
  case userTask(UserTaskDefinition)
  case job(JobDefinition)
  case script(ScriptDefinition)
  case decision(CalledDecision)
  /// An intermediate catch event or receive task.
  case wait(Trigger)
  /// A boundary event or the start event of an event subprocess: entered only when it happens.
  case happened(Trigger)
  case subProcess
  case eventSubProcess
  case callActivity(CalledElement)
  case throwError(ModelExpression)
  case throwEscalation(ModelExpression)
  case throwSignal(ModelExpression)
  /// Goes on at the link catch event with this index.
  case goTo(Int)
  case terminate
}

/// What can make an event happen, checked.
enum Trigger: Sendable {
  case message(name: ModelExpression, correlationKey: ModelExpression?)
  case timer(TimerDefinition)
  case signal(name: ModelExpression)
  case condition(FEELExpression)
  /// `nil`: every error.
  case error(code: ModelExpression?)
  /// `nil`: every escalation.
  case escalation(code: ModelExpression?)

  /// Whether the event is waited for by a subscription; errors and escalations are looked for when they are thrown.
  var isSubscribed: Bool {
    switch self {
    case .message, .timer, .signal, .condition: true
    case .error, .escalation: false
    }
  }
}

/// Whether a node runs once for a token, or several times; indirect for the same reason.
enum Repetition: Sendable {
  case once
  indirect case multiInstance(MultiInstanceDefinition)
}

extension Behavior {
  /// Whether a token that enters is at work at once: nothing is evaluated that could fail before that.
  var activatesAtOnce: Bool {
    switch self {
    case .passThrough, .exclusive, .inclusive, .parallel, .script, .decision, .happened, .goTo,
      .terminate, .throwError, .throwEscalation, .throwSignal:
      true
    case .process, .eventBased, .userTask, .job, .wait, .subProcess, .eventSubProcess,
      .callActivity:
      false
    }
  }
}
