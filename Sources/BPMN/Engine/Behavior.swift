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
  case wait(Triggers)
  /// A boundary event or the start event of an event subprocess: entered only when it happens.
  case happened(Triggers)
  case subProcess
  case eventSubProcess
  case adHoc(AdHocDefinition)
  case callActivity(CalledElement)
  case throwError(ModelExpression)
  case throwEscalation(ModelExpression)
  case throwSignal(ModelExpression)
  /// Goes on at the link catch event with this index.
  case goTo(Int)
  case terminate
  /// Undoes what was completed in the scope, or only the activity with this id.
  case compensate(activity: String?)
  /// Ends the transaction around it and undoes what was completed in it.
  case cancel
  /// Throws several events: first those that are done at once, then the one that may wait or end something.
  case several([Behavior], then: Behavior)
}

/// What an event waits for: the first of several, or all of them (BPMN 2.0.2, `parallelMultiple`).
struct Triggers: Sendable {
  let list: [Trigger]
  let needsAll: Bool

  init(_ list: [Trigger], needsAll: Bool = false) {
    self.list = list
    self.needsAll = needsAll && list.count > 1
  }
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
  /// The activity is undone: leads to what undoes it, never along a flow.
  case compensation
  /// The transaction is cancelled.
  case cancel

  /// Whether the event is waited for by a subscription; the others are looked for when they are thrown.
  var isSubscribed: Bool {
    switch self {
    case .message, .timer, .signal, .condition: true
    case .error, .escalation, .compensation, .cancel: false
    }
  }
}

/// Whether a node runs once for a token, or several times; indirect for the same reason.
enum Repetition: Sendable {
  case once
  indirect case multiInstance(MultiInstanceDefinition)
  indirect case loop(StandardLoop)
}

extension Behavior {
  /// Whether a token that enters is at work at once: nothing is evaluated that could fail before that.
  var activatesAtOnce: Bool {
    switch self {
    case .passThrough, .exclusive, .inclusive, .parallel, .script, .decision, .happened, .goTo,
      .terminate, .throwError, .throwEscalation, .throwSignal, .compensate, .cancel:
      true
    case .process, .eventBased, .userTask, .job, .wait, .subProcess, .eventSubProcess, .adHoc,
      .callActivity, .several:
      false
    }
  }
}
