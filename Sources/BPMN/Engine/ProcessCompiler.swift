import Diagnostics
import FEEL

extension ProcessModel {
  /// The executable processes of the file, ready to run.
  ///
  /// `lint` tells everything that is wrong at once; deploy calls it first.
  /// - Throws: the first thing that keeps a process from running exactly as drawn (`BPMN1xx`).
  public func compiled() throws -> [ProcessDefinition] {
    try processes.filter(\.isExecutable).map { try ProcessCompiler($0).definition() }
  }
}

/// Turns a process as read into flat arrays.
struct ProcessCompiler {
  private let process: ModelProcess
  private(set) var nodes: [FlowNode] = []
  /// The container of each node; index 0 is the process, so node `i` of `nodes` has index `i + 1`.
  private(set) var scopes: [Int] = [0]
  private(set) var indexes: [String: Int] = [:]
  private(set) var flows: [SequenceFlow] = []
  private var incoming: [Int: [Int]] = [:]
  private var outgoing: [Int: [Int]] = [:]
  private var boundaries: [Int: [Int]] = [:]
  private var inside: [Int: [Int]] = [:]
  private var lanes: [String: Lane] = [:]

  init(_ process: ModelProcess) {
    self.process = process
    indexes[process.id] = 0
    add(process.content, scope: 0)
    for (index, flow) in flows.enumerated() {
      if let source = indexes[flow.source] { outgoing[source, default: []].append(index) }
      if let target = indexes[flow.target] { incoming[target, default: []].append(index) }
    }
    for lane in process.content.allLanes {
      for node in lane.nodes { lanes[node] = lane }
    }
  }

  private mutating func add(_ content: FlowContent, scope: Int) {
    flows += content.flows
    for node in content.nodes {
      nodes.append(node)
      scopes.append(scope)
      let index = nodes.count
      indexes[node.id] = index
      inside[scope, default: []].append(index)
      if node.kind.isContainer { add(node.content, scope: index) }
    }
    for node in content.nodes {
      if case .boundaryEvent(let host, _) = node.kind, let index = indexes[host],
        let event = indexes[node.id]
      {
        boundaries[index, default: []].append(event)
      }
    }
  }

  func definition() throws -> ProcessDefinition {
    let compiledFlows = try flows.map { flow in
      guard let target = indexes[flow.target], indexes[flow.source] != nil else {
        throw Diagnostic.missingReference(
          flow.id, indexes[flow.source] == nil ? flow.source : flow.target, at: flow.location)
      }
      return CompiledFlow(id: flow.id, target: target, condition: try condition(of: flow))
    }
    let compiledNodes = try [try processNode()] + nodes.indices.map { try compile($0 + 1) }
    let joins = compiledNodes.indices.filter {
      if case .inclusive = compiledNodes[$0].behavior { compiledNodes[$0].joins } else { false }
    }
    return ProcessDefinition(
      id: process.id, name: process.name.isEmpty ? process.id : process.name,
      versionTag: process.versionTag, documentation: process.documentation,
      properties: process.properties, nodes: compiledNodes, flows: compiledFlows,
      indexes: indexes,
      inclusiveJoins: Dictionary(
        uniqueKeysWithValues: joins.map { ($0, InclusiveJoin(reaching: reaching($0))) }),
      content: process.content)
  }

  /// Everything that keeps the process from being compiled, not only the first.
  func problems() -> [Diagnostic] {
    func problem<Value>(_ check: () throws -> Value) -> Diagnostic? {
      do {
        _ = try check()
        return nil
      } catch {
        return error.asDiagnostic
      }
    }
    return [problem { try processNode() }].compactMap { $0 }
      + flows.compactMap { flow in problem { try condition(of: flow) } }
      + nodes.indices.compactMap { index in problem { try compile(index + 1) } }
  }

  /// The lane of a node, or of the subprocess around it.
  func lane(of id: String) -> Lane? { indexes[id].flatMap(lane) }

  private func condition(of flow: SequenceFlow) throws -> ModelExpression? {
    guard let condition = flow.condition else { return nil }
    if let problem = condition.problem { throw problem }
    guard condition.isFEEL else {
      throw Diagnostic.notFEEL(flow.id, "conditionExpression", at: condition.location)
    }
    return condition
  }

  private func processNode() throws -> CompiledNode {
    CompiledNode(
      id: process.id, tag: "process", title: process.name.isEmpty ? process.id : process.name,
      behavior: .process,
      scope: 0, incoming: [], outgoing: [], outgoingIDs: [], hasConditions: false,
      defaultFlow: nil, inputs: [], outputs: [],
      repetition: .once, boundaries: [], starts: starts(in: 0), noneStart: noneStart(in: 0),
      eventStarts: eventStarts(in: 0), alternatives: [], isInterrupting: false, startQuantity: 1,
      completionQuantity: 1, lane: nil, laneGroup: nil, documentation: process.documentation,
      properties: process.properties, message: nil, location: process.location,
      activatesAtOnce: false, joins: false, compensationHandler: nil, isForCompensation: false,
      data: [], listeners: try ListenerCompiler(process).compiled())
  }

  private func compile(_ index: Int) throws -> CompiledNode {
    let node = nodes[index - 1]
    let behavior = try BehaviorCompiler(node, in: self, at: index).behavior()
    let repetition = try RepetitionCompiler(node).repetition()
    let listeners = try ListenerCompiler(node).compiled()
    let lane = lane(of: index)
    let ways = incoming[index]?.count ?? 0
    let isJoin = node.kind == .parallelGateway || node.kind == .inclusiveGateway
    return CompiledNode(
      id: node.id, tag: node.kind.tag, title: node.title, behavior: behavior, scope: scopes[index],
      incoming: incoming[index] ?? [], outgoing: outgoing[index] ?? [],
      outgoingIDs: (outgoing[index] ?? []).map { flows[$0].id },
      hasConditions: (outgoing[index] ?? []).contains { flows[$0].condition != nil },
      defaultFlow: try defaultFlow(of: node, index), inputs: try checked(node.inputs, of: node),
      outputs: try checked(node.outputs, of: node),
      repetition: repetition,
      boundaries: boundaries[index] ?? [], starts: starts(in: index),
      noneStart: noneStart(in: index), eventStarts: eventStarts(in: index),
      alternatives: alternatives(of: node, index), isInterrupting: isInterrupting(node),
      startQuantity: node.startQuantity, completionQuantity: node.completionQuantity,
      lane: lane?.name, laneGroup: lane.map { $0.properties["candidateGroup"] ?? $0.name },
      documentation: node.documentation, properties: node.properties,
      message: messageName(of: node), location: node.location,
      activatesAtOnce: behavior.activatesAtOnce && node.inputs.isEmpty
        && boundaries[index] == nil && node.loop == nil
        && !listeners.contains { $0.event == .start },
      joins: (isJoin && ways > 1) || node.startQuantity > 1,
      compensationHandler: compensationHandler(of: index),
      isForCompensation: node.isForCompensation,
      data: node.kind.isContainer ? node.content.dataNames : [], listeners: listeners)
  }

  // MARK: Parts of a node

  private func defaultFlow(of node: FlowNode, _ index: Int) throws -> Int? {
    guard let id = node.defaultFlow else { return nil }
    guard let flow = outgoing[index]?.first(where: { flows[$0].id == id }) else {
      throw Diagnostic.missingReference(node.id, id, at: node.location)
    }
    return flow
  }

  private func checked(_ mappings: [IOMapping], of node: FlowNode) throws -> [IOMapping] {
    for mapping in mappings {
      if let problem = mapping.source.problem { throw problem }
      guard !mapping.source.text.isEmpty, mapping.path.allSatisfy({ !$0.isEmpty }),
        !mapping.path.isEmpty
      else { throw Diagnostic.missing(node.id, "source, target", at: mapping.location) }
    }
    return mappings
  }

  private func isInterrupting(_ node: FlowNode) -> Bool {
    switch node.kind {
    case .boundaryEvent(_, let interrupting), .startEvent(let interrupting): interrupting
    default: false
    }
  }

  private func messageName(of node: FlowNode) -> String? {
    if case .sendTask(_, let message) = node.kind { return message?.name?.text }
    for event in node.events {
      if case .message(let message) = event { return message?.name?.text }
    }
    return nil
  }

  private func lane(of index: Int) -> Lane? {
    var next = index
    while next > 0 {
      if let lane = lanes[nodes[next - 1].id] { return lane }
      next = scopes[next]
    }
    return nil
  }

  private func starts(in scope: Int) -> [Int] {
    (inside[scope] ?? []).filter {
      if case .startEvent = nodes[$0 - 1].kind { true } else { false }
    }
  }

  private func noneStart(in scope: Int) -> Int? {
    starts(in: scope).first { nodes[$0 - 1].events.isEmpty }
  }

  private func eventStarts(in scope: Int) -> [Int] {
    (inside[scope] ?? []).filter { nodes[$0 - 1].kind.isEventSubProcess }.flatMap(starts(in:))
  }

  private func alternatives(of node: FlowNode, _ index: Int) -> [Int] {
    guard case .eventBasedGateway = node.kind else { return [] }
    return (outgoing[index] ?? []).compactMap { indexes[flows[$0].target] }
  }

  /// The event that a token behind an event-based gateway waits in.
  func isBehindEventGateway(_ index: Int) -> Bool {
    (incoming[index] ?? []).contains {
      guard let source = indexes[flows[$0].source], source > 0 else { return false }
      if case .eventBasedGateway = nodes[source - 1].kind { return true }
      return false
    }
  }

  /// The link catch event named `name` in the same scope as the node with `index`.
  func linkTarget(_ name: String, from index: Int) -> Int? {
    (inside[scopes[index]] ?? []).first {
      nodes[$0 - 1].kind == .intermediateCatchEvent
        && nodes[$0 - 1].events.contains(.link(name: name))
    }
  }

  /// The node with this id.
  func node(_ id: String) -> FlowNode? {
    indexes[id].flatMap { $0 > 0 ? nodes[$0 - 1] : nil }
  }

  /// The containers whose activities an event at `index` may undo: its own, and the one around an event subprocess.
  func scopesAround(_ index: Int) -> [Int] {
    var scopes = [self.scopes[index]]
    while let last = scopes.last, last > 0, nodes[last - 1].kind.isEventSubProcess {
      scopes.append(self.scopes[last])
    }
    return scopes
  }

  /// What undoes an activity: where the association of its compensation boundary event leads.
  func compensationHandler(of index: Int) -> Int? {
    for event in boundaries[index] ?? [] {
      let node = nodes[event - 1]
      guard case .compensate? = node.events.first else { continue }
      let artifacts =
        scopes[index] == 0
        ? process.content.artifacts : nodes[scopes[index] - 1].content.artifacts
      for artifact in artifacts where artifact.tag == "association" {
        let ends = [artifact.source, artifact.target]
        guard ends.contains(node.id) else { continue }
        let handler = ends.compactMap { $0 }.compactMap { indexes[$0] }.first {
          $0 > 0 && nodes[$0 - 1].isForCompensation && scopes[$0] == scopes[index]
        }
        if let handler { return handler }
      }
    }
    return nil
  }

  /// The kind of the container of the node with `index`; `nil`: the process.
  func container(of index: Int) -> FlowNode? {
    scopes[index] == 0 ? nil : nodes[scopes[index] - 1]
  }

  // MARK: Inclusive joins

  private func reaching(_ gateway: Int) -> [Int: Set<Int>] {
    var result: [Int: Set<Int>] = [:]
    for flow in incoming[gateway] ?? [] {
      var seen: Set<Int> = []
      var open = indexes[flows[flow].source].map { [$0] } ?? []
      while let node = open.popLast() {
        guard node != gateway, seen.insert(node).inserted else { continue }
        open += predecessors(of: node)
      }
      result[flow] = seen
    }
    return result
  }

  private func predecessors(of index: Int) -> [Int] {
    let sources = (incoming[index] ?? []).compactMap { indexes[flows[$0].source] }
    guard index > 0 else { return sources }
    if case .boundaryEvent(let host, _) = nodes[index - 1].kind {
      return sources + [indexes[host]].compactMap { $0 }
    }
    guard nodes[index - 1].kind == .intermediateCatchEvent,
      case .link(let name)? = nodes[index - 1].events.first
    else { return sources }
    return sources
      + (inside[scopes[index]] ?? []).filter {
        nodes[$0 - 1].kind == .intermediateThrowEvent
          && nodes[$0 - 1].events.contains(.link(name: name))
      }
  }
}
