public import FEEL

/// How far the listeners of an element have come at one moment of its life: they do their jobs one after the other, in
/// the order of the model, and the element waits for them.
public struct ListenerRun: Hashable, Sendable {
  public let event: ListenerEvent
  /// The listener at work, from 0, among those of this moment.
  public internal(set) var position = 0
  /// All have done their jobs, and the element has not gone on for another reason.
  public internal(set) var isDone = false
  /// Whether the task gets `assignee` afterwards.
  public internal(set) var assigns = false
  public internal(set) var assignee: String?
  /// What changes in the task afterwards.
  public internal(set) var change: TaskChange?
  /// What came with the event that began the element, or with which the task is handed in.
  public internal(set) var variables: [String: FEELValue]?
  public internal(set) var outcome: String?
  /// The start event at which a process or event subprocess begins afterwards.
  public internal(set) var start: String?

  init(_ event: ListenerEvent) { self.event = event }
}

/// What a task listener says about the change it was asked for.
public enum ListenerAnswer: Hashable, Sendable {
  /// Agreed, with other values; the next listener sees them.
  case corrected(TaskCorrection)
  /// The task stays as it was; not possible while it is being made.
  case denied(reason: String)
}

/// Values of a user task that a listener replaces; `nil` leaves one as it is.
public struct TaskCorrection: Hashable, Sendable {
  /// Empty: nobody.
  public var assignee: String?
  public var change: TaskChange

  public init(assignee: String? = nil, change: TaskChange = TaskChange()) {
    self.assignee = assignee
    self.change = change
  }
}

extension TaskChange {
  /// This change, where `other` does not say something else.
  func corrected(by other: TaskChange) -> TaskChange {
    TaskChange(
      candidateGroups: other.candidateGroups ?? candidateGroups,
      candidateUsers: other.candidateUsers ?? candidateUsers, due: other.due ?? due,
      followUp: other.followUp ?? followUp, priority: other.priority ?? priority)
  }
}

/// What listeners do to the state; part of `apply`.
extension ProcessState {
  /// Whether a listener must do its job before anything else can happen to the task or element `key`.
  public func waitsForListener(_ key: ElementKey) -> Bool {
    !listenerRuns.isEmpty && listenerRuns[key].map { !$0.isDone } == true
  }

  /// At the beginning and end it is remembered until the element has gone on: an incident may hold it.
  mutating func endListening(_ key: ElementKey) {
    guard let run = listenerRuns[key] else { return }
    if run.event.isOfTask {
      listenerRuns[key] = nil
    } else {
      listenerRuns.update(key) { $0.isDone = true }
    }
  }

  mutating func forgetStart(_ key: ElementKey) {
    if listenerRuns[key]?.event == .start { listenerRuns[key] = nil }
  }
}

extension ListenerRun: JSONRecord {
  public static func members(
    of value: ListenerRun?, in json: inout JSONCoder
  ) throws -> ListenerRun {
    var run = ListenerRun(try json.member("event", value?.event))
    run.position = try json.member("position", value?.position)
    run.isDone = try json.member("isDone", value?.isDone)
    run.assigns = try json.member("assigns", value?.assigns)
    run.assignee = try json.optional("assignee", value?.assignee)
    run.change = try json.optional("change", value?.change)
    run.variables = try json.optional("variables", value?.variables)
    run.outcome = try json.optional("outcome", value?.outcome)
    run.start = try json.optional("start", value?.start)
    return run
  }
}

extension ListenerEvent: JSONStored {}
