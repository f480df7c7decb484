import Diagnostics

/// Every node can be reached and leads to an end, and no join waits for ever.
struct SoundnessRules {
  private let process: ModelProcess

  init(_ process: ModelProcess) { self.process = process }

  func problems() -> [Diagnostic] {
    process.content.allContents.flatMap { scope in
      reachProblems(scope) + joinProblems(scope)
    }
  }

  // MARK: Reaching

  private func reachProblems(_ scope: FlowContent) -> [Diagnostic] {
    let edges = edges(scope)
    let begins = scope.nodes.filter { isBegin($0) }.map(\.id)
    guard !begins.isEmpty else { return [] }
    let reached = closure(begins, edges)
    let unreached = scope.nodes.filter { !reached.contains($0.id) }.map {
      Diagnostic("BPMN107", ["element": $0.title], at: $0.location)
    }
    var backwards: [String: [String]] = [:]
    for (source, targets) in edges {
      for target in targets { backwards[target, default: []].append(source) }
    }
    let ends = scope.nodes.filter { isEnd($0, edges) }.map(\.id)
    let ending = closure(ends, backwards)
    let endless = scope.nodes.filter { reached.contains($0.id) && !ending.contains($0.id) }
    return unreached
      + endless.prefix(1).map {
        Diagnostic("BPMN108", ["element": $0.title], at: $0.location)
      }
  }

  private func isBegin(_ node: FlowNode) -> Bool {
    if case .startEvent = node.kind { return true }
    return node.kind.isEventSubProcess || node.isForCompensation
  }

  /// A node without a way out ends its token, as an end event does.
  private func isEnd(_ node: FlowNode, _ edges: [String: [String]]) -> Bool {
    node.kind == .endEvent || (edges[node.id] ?? []).isEmpty
  }

  private func edges(_ scope: FlowContent) -> [String: [String]] {
    var edges: [String: [String]] = [:]
    for flow in scope.flows { edges[flow.source, default: []].append(flow.target) }
    for node in scope.nodes {
      if case .boundaryEvent(let host, _) = node.kind { edges[host, default: []].append(node.id) }
      guard node.kind == .intermediateThrowEvent, case .link(let name)? = node.events.first else {
        continue
      }
      edges[node.id, default: []] += scope.nodes.filter {
        $0.kind == .intermediateCatchEvent && $0.events.contains(.link(name: name))
      }.map(\.id)
    }
    return edges
  }

  private func closure(_ begins: [String], _ edges: [String: [String]]) -> Set<String> {
    var seen: Set<String> = []
    var open = begins
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      open += edges[next] ?? []
    }
    return seen
  }

  // MARK: Joining

  private func joinProblems(_ scope: FlowContent) -> [Diagnostic] {
    var game = TokenGame(scope)
    guard let outcome = game.play() else { return [] }
    return scope.nodes.compactMap { node in
      guard outcome.stuck.contains(node.id) else { return nil }
      return outcome.joined.contains(node.id)
        ? Diagnostic("BPMN123", ["element": node.title], at: node.location, severity: .warning)
        : Diagnostic("BPMN109", ["element": node.title], at: node.location)
    }
  }
}
