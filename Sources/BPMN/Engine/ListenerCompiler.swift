import Diagnostics

/// A listener as the engine runs it.
struct CompiledListener: Sendable {
  let event: ListenerEvent
  let type: ModelExpression
  let retries: ModelExpression?
}

/// Checks the listeners of an element; what this engine would not wait for is refused here.
struct ListenerCompiler {
  private let title: String
  private let listeners: [Listener]
  /// The moments at which the element has none, as Camunda 8.9 has it.
  private let excluded: Set<ListenerEvent>
  private let isUserTask: Bool

  init(_ node: FlowNode) {
    title = node.title
    listeners = node.listeners
    excluded = Self.excluded(node)
    if case .userTask = node.kind { isUserTask = true } else { isUserTask = false }
  }

  init(_ process: ModelProcess) {
    title = process.name.isEmpty ? process.id : process.name
    listeners = process.listeners
    excluded = []
    isUserTask = false
  }

  /// A start or boundary event has happened when it is entered, a gateway has no work to end, and an error has gone on
  /// before its event could end.
  private static func excluded(_ node: FlowNode) -> Set<ListenerEvent> {
    switch node.kind {
    case .startEvent: return [.start]
    case .boundaryEvent: return node.isCompensationEvent ? [.start, .end] : [.start]
    case .exclusiveGateway, .parallelGateway, .inclusiveGateway, .eventBasedGateway,
      .complexGateway:
      return [.end]
    case .endEvent:
      let leavesBefore = node.events.contains { event in
        switch event {
        case .error, .cancel: true
        default: false
        }
      }
      return leavesBefore ? [.end] : []
    default: return []
    }
  }

  /// - Throws: `BPMN152` for a moment the element has not got; `BPMN153` for the same twice; `BPMN110` without type.
  func compiled() throws -> [CompiledListener] {
    var seen: Set<String> = []
    return try listeners.map { listener in
      guard let event = ListenerEvent(listener.event, of: listener.kind),
        !excluded.contains(event), isUserTask || !event.isOfTask
      else {
        throw Diagnostic(
          "BPMN152", ["element": title, "event": listener.event], at: listener.location)
      }
      guard !listener.type.text.isEmpty else {
        throw Diagnostic.missing(title, "type", at: listener.location)
      }
      if let problem = listener.type.problem ?? listener.retries?.problem { throw problem }
      guard seen.insert("\(event) \(listener.type.text)").inserted else {
        throw Diagnostic(
          "BPMN153", ["element": title, "event": listener.event, "type": listener.type.text],
          at: listener.location)
      }
      return CompiledListener(event: event, type: listener.type, retries: listener.retries)
    }
  }
}
