import FEEL

extension Step {
  /// Lets a waiting node go on when the tokens it needs are there; an inclusive gateway waits for a quiet moment.
  mutating func join(at place: Place, in scope: ElementKey) {
    let node = self[place]
    let waiting = state.waitingTokens[scope] ?? [:]
    let flows = node.incoming.map { processes[place.process].flows[$0].id }
    switch node.behavior {
    case .inclusive: return
    case .parallel:
      guard flows.allSatisfy({ waiting[$0] != nil }) else { return }
      emit(.tokensJoined(flows: flows, scope: scope))
    default:
      let tokens = flows.flatMap { Array(repeating: $0, count: waiting[$0] ?? 0) }
      guard tokens.count >= node.startQuantity else { return }
      emit(.tokensJoined(flows: Array(tokens.prefix(node.startQuantity)), scope: scope))
    }
    enter(place, in: scope)
  }

  /// Lets every inclusive gateway go on for which no more tokens can come (BPMN 2.0.2, table 13.3).
  mutating func joinInclusively() {
    for scope in state.waitingTokens.keys {
      guard let container = place(of: scope) else { continue }
      let joins = processes[container.process].inclusiveJoins
      for gateway in joins.keys.sorted() {
        let place = Place(process: container.process, node: gateway)
        guard self[place].scope == container.node, let join = joins[gateway] else { continue }
        joinInclusively(at: place, in: scope, join)
      }
    }
  }

  private mutating func joinInclusively(
    at place: Place, in scope: ElementKey, _ join: InclusiveJoin
  ) {
    let waiting = state.waitingTokens[scope] ?? [:]
    let flows = self[place].incoming
    func id(_ flow: Int) -> String { processes[place.process].flows[flow].id }
    let filled = flows.filter { waiting[id($0)] != nil }
    guard !filled.isEmpty else { return }
    let empty = flows.filter { waiting[id($0)] == nil }
    func reaches(_ node: Int, _ flow: Int) -> Bool { join.reaching[flow]?.contains(node) == true }
    let mustWait = busyNodes(in: scope, at: place).contains { node in
      empty.contains { reaches(node, $0) } && !filled.contains { reaches(node, $0) }
    }
    guard !mustWait else { return }
    emit(.tokensJoined(flows: filled.map(id), scope: scope))
    enter(place, in: scope)
  }

  /// Where tokens are in a scope: at work, or waiting at another join.
  private func busyNodes(in scope: ElementKey, at gateway: Place) -> Set<Int> {
    let definition = processes[gateway.process]
    let atWork = state.instances.values.filter { $0.scope == scope }.compactMap {
      definition.indexes[$0.element]
    }
    let waiting = (state.waitingTokens[scope] ?? [:]).keys.compactMap { id in
      definition.flows.first { $0.id == id }?.target
    }
    return Set(atWork + waiting).subtracting([gateway.node])
  }
}
