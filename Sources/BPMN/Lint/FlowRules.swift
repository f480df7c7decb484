import Diagnostics

/// Sequence flows join two nodes of the same scope that may be joined.
struct FlowRules {
  private let process: ModelProcess
  private var nodes: [String: FlowNode] = [:]
  /// The id of the container of each node.
  private var scopes: [String: String] = [:]

  init(_ process: ModelProcess) {
    self.process = process
    collect(process.content, in: process.id)
  }

  private mutating func collect(_ content: FlowContent, in scope: String) {
    for node in content.nodes {
      nodes[node.id] = node
      scopes[node.id] = scope
      collect(node.content, in: node.id)
    }
  }

  func problems() -> [Diagnostic] {
    process.allFlows.compactMap(problem) + boundaryProblems()
  }

  private func problem(_ flow: SequenceFlow) -> Diagnostic? {
    guard let source = nodes[flow.source], let target = nodes[flow.target] else {
      return .missingReference(
        flow.id, nodes[flow.source] == nil ? flow.source : flow.target, at: flow.location)
    }
    if scopes[flow.source] != scopes[flow.target] {
      return Diagnostic(
        "BPMN116", ["flow": flow.id, "from": source.title, "to": target.title], at: flow.location)
    }
    if !mayLeave(source) || !mayEnter(target) {
      return Diagnostic(
        "BPMN116", ["flow": flow.id, "from": source.title, "to": target.title], at: flow.location)
    }
    return conditionProblem(flow, source)
  }

  private func mayLeave(_ node: FlowNode) -> Bool {
    switch node.kind {
    case .endEvent: false
    case .intermediateThrowEvent: !isLink(node)
    case .boundaryEvent: !isCompensation(node)
    default: !node.kind.isEventSubProcess && !node.isForCompensation
    }
  }

  private func mayEnter(_ node: FlowNode) -> Bool {
    switch node.kind {
    case .startEvent, .boundaryEvent: false
    case .intermediateCatchEvent: !isLink(node)
    default: !node.kind.isEventSubProcess && !node.isForCompensation
    }
  }

  private func isLink(_ node: FlowNode) -> Bool {
    if case .link? = node.events.first { true } else { false }
  }

  private func isCompensation(_ node: FlowNode) -> Bool {
    if case .compensate? = node.events.first { true } else { false }
  }

  /// Only a choice can have conditions: behind an event or another gateway nobody would look at them.
  private func conditionProblem(_ flow: SequenceFlow, _ source: FlowNode) -> Diagnostic? {
    guard flow.condition != nil else { return nil }
    switch source.kind {
    case .exclusiveGateway, .inclusiveGateway, .complexGateway:
      guard source.defaultFlow == flow.id else { return nil }
    case .parallelGateway:
      return Diagnostic(
        "BPMN135", ["flow": flow.id, "from": source.title], at: flow.location, severity: .warning)
    case .eventBasedGateway, .startEvent, .intermediateCatchEvent, .intermediateThrowEvent,
      .boundaryEvent, .endEvent:
      break
    default: return nil
    }
    return Diagnostic("BPMN135", ["flow": flow.id, "from": source.title], at: flow.location)
  }

  private func boundaryProblems() -> [Diagnostic] {
    nodes.values.compactMap { node in
      guard case .boundaryEvent(let host, _) = node.kind else { return nil }
      guard let activity = nodes[host], activity.kind.isActivity,
        !activity.kind.isEventSubProcess, scopes[host] == scopes[node.id]
      else {
        return Diagnostic(
          "BPMN112", ["element": node.title, "host": nodes[host]?.title ?? host],
          at: node.location)
      }
      return nil
    }
  }
}
