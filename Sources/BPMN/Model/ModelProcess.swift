public import Diagnostics

/// A process as the file has it (BPMN 2.0.2, `tProcess`).
public struct ModelProcess: Hashable, Sendable {
  public let id: String
  public let name: String
  public let isExecutable: Bool
  public let content: FlowContent
  public let documentation: String?
  public let properties: [String: String]
  /// `zeebe:versionTag`.
  public let versionTag: String?
  /// `zeebe:executionListener`: done when an instance of the process begins or ends.
  public let listeners: [Listener]
  public let location: SourceLocation?

  /// All flow nodes, also those inside subprocesses, in document order.
  public var allNodes: [FlowNode] { content.allNodes }
  /// All sequence flows, also those inside subprocesses.
  public var allFlows: [SequenceFlow] { content.allContents.flatMap(\.flows) }
}

extension FlowContent {
  /// All flow nodes at every depth, a subprocess before what is inside it.
  public var allNodes: [FlowNode] { nodes.flatMap { [$0] + $0.content.allNodes } }

  /// This content and that of every subprocess in it.
  public var allContents: [FlowContent] {
    [self] + nodes.flatMap { $0.kind.isContainer ? $0.content.allContents : [] }
  }

  /// All lanes at every depth.
  public var allLanes: [Lane] { lanes.flatMap(\.withInner) }
}

extension Lane {
  var withInner: [Lane] { [self] + lanes.flatMap(\.withInner) }
}
