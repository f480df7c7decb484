import Diagnostics

/// Every scope has a start, every event subprocess its one trigger, every event gateway events behind it.
struct StructureRules {
  private let process: ModelProcess

  init(_ process: ModelProcess) { self.process = process }

  func problems() -> [Diagnostic] {
    scopeProblems(process.content, title: process.id, at: process.location)
      + process.allNodes.flatMap(nodeProblems)
      + process.content.allContents.flatMap(linkProblems)
  }

  /// A link leads to one place.
  private func linkProblems(_ content: FlowContent) -> [Diagnostic] {
    var names: Set<String> = []
    return content.nodes.compactMap { node in
      guard node.kind == .intermediateCatchEvent, case .link(let name)? = node.events.first,
        !names.insert(name).inserted
      else { return nil }
      return Diagnostic("BPMN122", ["element": node.title, "name": name], at: node.location)
    }
  }

  private func nodeProblems(_ node: FlowNode) -> [Diagnostic] {
    switch node.kind {
    case .subProcess(triggeredByEvent: true): eventSubProcessProblems(node)
    case .subProcess, .transaction: innerStartProblems(node)
    case .adHocSubProcess: adHocProblems(node)
    case .eventBasedGateway: eventGatewayProblems(node)
    default: []
    }
  }

  private func starts(_ content: FlowContent) -> [FlowNode] {
    content.nodes.filter { if case .startEvent = $0.kind { true } else { false } }
  }

  private func scopeProblems(
    _ content: FlowContent, title: String, at location: SourceLocation?
  ) -> [Diagnostic] {
    let starts = starts(content)
    if starts.isEmpty { return [Diagnostic("BPMN106", ["element": title], at: location)] }
    if !content.nodes.contains(where: { $0.kind == .endEvent }) {
      return [Diagnostic("BPMN146", ["element": title], at: location)]
    }
    let plain = starts.filter(\.events.isEmpty)
    var problems = plain.dropFirst().map {
      Diagnostic("BPMN115", ["element": $0.title], at: $0.location)
    }
    var messages: Set<String> = []
    for start in starts {
      if case .message(let message)? = start.events.first, let name = message?.name?.text,
        !messages.insert(name).inserted
      {
        problems.append(
          Diagnostic("BPMN133", ["element": start.title, "message": name], at: start.location))
      }
    }
    return problems
  }

  /// An ad-hoc subprocess offers activities; nothing says where it begins or ends.
  private func adHocProblems(_ node: FlowNode) -> [Diagnostic] {
    let wrong = node.content.nodes.filter {
      if case .startEvent = $0.kind { true } else { $0.kind == .endEvent }
    }
    if let event = wrong.first {
      return [
        Diagnostic(
          "BPMN150", ["element": node.title, "event": event.title], at: event.location)
      ]
    }
    guard node.content.nodes.contains(where: \.kind.isActivity) else {
      return [Diagnostic("BPMN151", ["element": node.title], at: node.location)]
    }
    return []
  }

  /// A subprocess begins because a token enters it, so its start has no event.
  private func innerStartProblems(_ node: FlowNode) -> [Diagnostic] {
    let starts = starts(node.content)
    return scopeProblems(node.content, title: node.title, at: node.location)
      + starts.filter { !$0.events.isEmpty }.map {
        Diagnostic(
          "BPMN114",
          ["element": $0.title, "kind": $0.kind.tag, "event": $0.events.first?.tag ?? ""],
          at: $0.location)
      }
  }

  private func eventSubProcessProblems(_ node: FlowNode) -> [Diagnostic] {
    let starts = starts(node.content)
    guard starts.count == 1, !starts[0].events.isEmpty else {
      return [Diagnostic("BPMN131", ["element": node.title], at: node.location)]
    }
    return []
  }

  private func eventGatewayProblems(_ node: FlowNode) -> [Diagnostic] {
    let flows = process.allFlows.filter { $0.source == node.id }
    var problems: [Diagnostic] = []
    if flows.count < 2 {
      problems.append(.missing(node.id, "outgoing", at: node.location))
    }
    for flow in flows {
      guard let target = process.allNodes.first(where: { $0.id == flow.target }) else { continue }
      let others = process.allFlows.filter { $0.target == target.id }.count
      guard !mayFollowEventGateway(target) || others > 1 else { continue }
      problems.append(
        Diagnostic(
          "BPMN120", ["element": node.title, "target": target.title], at: flow.location))
    }
    return problems
  }

  private func mayFollowEventGateway(_ node: FlowNode) -> Bool {
    switch node.kind {
    case .receiveTask: return true
    case .intermediateCatchEvent:
      switch node.events.first {
      case .message, .timer, .signal, .conditional: return true
      default: return false
      }
    default: return false
    }
  }
}
