public import Diagnostics

/// A hook of the model: a job that is done when an element begins or ends, or when a user task changes
/// (`zeebe:executionListener`, `zeebe:taskListener`).
public struct Listener: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case execution, task }

  public let kind: Kind
  /// `eventType`, as the file has it.
  public let event: String
  /// Who does it.
  public let type: ModelExpression
  /// How often it is tried in all; 3 when the model does not say.
  public let retries: ModelExpression?
  public let location: SourceLocation?
}

/// At what moment a listener does its job (Camunda 8.9).
public enum ListenerEvent: String, Hashable, Sendable, CaseIterable {
  /// After the input mappings, before the element does anything.
  case start
  /// After the output mappings, before the element is left.
  case end
  /// The user task has been made, and nobody can see it yet.
  case creating
  /// The user task gets another assignee, or none.
  case assigning
  /// Candidates, dates or priority of the user task change.
  case updating
  /// The user task is handed in.
  case completing

  /// The moment that `eventType` of a listener of this kind means; also by the words of Camunda 8.8.
  ///
  /// `nil`: there is no such moment, or (`canceling`) this engine does not wait at it.
  init?(_ eventType: String, of kind: Listener.Kind) {
    switch (kind, eventType) {
    case (.execution, "start"): self = .start
    case (.execution, "end"): self = .end
    case (.task, "creating"), (.task, "create"): self = .creating
    case (.task, "assigning"), (.task, "assignment"): self = .assigning
    case (.task, "updating"), (.task, "update"): self = .updating
    case (.task, "completing"), (.task, "complete"): self = .completing
    default: return nil
    }
  }

  /// Whether the listener is one of a user task, which may object.
  public var isOfTask: Bool {
    switch self {
    case .start, .end: false
    case .creating, .assigning, .updating, .completing: true
    }
  }
}
