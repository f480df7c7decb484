public import Diagnostics

/// Pools and the messages between them (BPMN 2.0.2, `tCollaboration`): drawn, not executed.
public struct Collaboration: Hashable, Sendable {
  public let id: String
  public let participants: [Participant]
  public let messageFlows: [MessageFlow]
  public let artifacts: [Artifact]
}

/// A pool (BPMN 2.0.2, `tParticipant`).
public struct Participant: Hashable, Sendable {
  public let id: String
  public let name: String
  /// The id of the process drawn in it; `nil` for a black box.
  public let process: String?
  public let location: SourceLocation?
}

/// A dashed arrow between pools (BPMN 2.0.2, `tMessageFlow`).
public struct MessageFlow: Hashable, Sendable {
  public let id: String
  public let name: String
  public let source: String
  public let target: String
  public let location: SourceLocation?
}
