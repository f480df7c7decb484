public import Diagnostics

/// An event, activity or gateway as the file has it (BPMN 2.0.2, `tFlowNode`).
public struct FlowNode: Hashable, Sendable {
  public let id: String
  public let name: String
  public let kind: FlowNodeKind
  /// What an event waits for or throws.
  public let events: [EventDefinition]
  /// Whether an event waits for all of `events` and not only the first that comes.
  public let isParallelMultiple: Bool
  /// The id of the flow taken when no condition holds.
  public let defaultFlow: String?
  /// `zeebe:input`: variables made on the way in, in order.
  public let inputs: [IOMapping]
  /// `zeebe:output`: variables handed out on the way out, in order.
  public let outputs: [IOMapping]
  public let loop: LoopCharacteristics?
  /// Done only to undo another activity.
  public let isForCompensation: Bool
  public let startQuantity: Int
  public let completionQuantity: Int
  /// What is inside a subprocess; empty for everything else.
  public let content: FlowContent
  /// Help text of the model (`documentation`), blocks joined by blank lines.
  public let documentation: String?
  /// `zeebe:properties` by name.
  public let properties: [String: String]
  /// `zeebe:executionListener` and `zeebe:taskListener`.
  public let listeners: [Listener]
  public let location: SourceLocation?

  /// Whether the event stands for undoing an activity.
  var isCompensationEvent: Bool {
    if case .compensate? = events.first { true } else { false }
  }

  /// What to call it in a message or a picture: its name, else its id.
  public var title: String { name.isEmpty ? id : name }
}

/// The elements of a process or subprocess (BPMN 2.0.2, `FlowElementsContainer`).
public struct FlowContent: Hashable, Sendable {
  public var nodes: [FlowNode] = []
  public var flows: [SequenceFlow] = []
  public var artifacts: [Artifact] = []
  public var lanes: [Lane] = []
}

/// An arrow between two flow nodes (BPMN 2.0.2, `tSequenceFlow`).
public struct SequenceFlow: Hashable, Sendable {
  public let id: String
  public let name: String
  public let source: String
  public let target: String
  /// `nil`: always taken.
  public let condition: ModelExpression?
  public let location: SourceLocation?
}

/// A role's part of a pool (BPMN 2.0.2, `tLane`); its name is the default candidate group of the user tasks in it.
public struct Lane: Hashable, Sendable {
  public let id: String
  public let name: String
  /// Ids of the flow nodes drawn in it, not those of its inner lanes.
  public let nodes: [String]
  public let lanes: [Lane]
  /// `zeebe:properties` by name; `candidateGroup` replaces the name as the group.
  public let properties: [String: String]
  public let location: SourceLocation?
}

/// What is drawn and kept but not executed: data, notes, groups, associations.
public struct Artifact: Hashable, Sendable {
  /// The name of the element in the file, such as `dataObjectReference`.
  public let tag: String
  public let id: String
  /// Name, or the text of a text annotation.
  public let text: String
  /// For an association: where from and where to.
  public let source: String?
  public let target: String?
  public let location: SourceLocation?
}
