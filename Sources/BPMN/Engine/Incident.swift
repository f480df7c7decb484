public import Diagnostics
public import FEEL

/// Something that a person must mend before the element goes on; the rest of the case is not held up.
public struct Incident: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An input or output mapping gave nothing usable.
    case mapping
    /// A condition of a flow, a completion condition or a conditional event is not true or false.
    case condition
    /// No condition holds and no flow is the default.
    case noFlow
    /// A timer has no usable date, duration or cycle.
    case timer
    /// Assignee, candidates, due date or priority of a task cannot be told.
    case assignment
    /// A job type, message correlation key, called process or another expression of the element gave nothing usable.
    case expression
    /// The collection or the number of a multi-instance activity is not usable.
    case collection
    /// A decision could not be evaluated.
    case decision
    /// The process or decision to call is not among the definitions of the case.
    case missingDefinition
    /// A job has failed and has no retries left.
    case jobFailed
    /// Nothing catches an error that was thrown.
    case unhandledError
    /// Nothing can move any more, but a gateway still waits for another way in.
    case deadlock
    /// The process runs in a circle without ever waiting.
    case endless
  }

  public let key: ElementKey
  /// The element instance that is held.
  public let element: ElementKey
  public let kind: Kind
  /// Code, place in the model and causes; `code.next` of the messages is the mend.
  public let problem: Diagnostic
}

extension Incident: JSONRecord {
  public static func members(of value: Incident?, in json: inout JSONCoder) throws -> Incident {
    try Incident(
      key: json.member("key", value?.key),
      element: json.member("element", value?.element),
      kind: json.member("kind", value?.kind),
      problem: json.member("problem", value?.problem))
  }
}

extension Incident.Kind: JSONStored {}
