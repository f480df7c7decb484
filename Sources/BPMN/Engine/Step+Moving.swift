import Diagnostics

extension Step {
  /// Moves an instance, with the scopes that exist only for it, to another element.
  mutating func move(_ key: ElementKey, to element: String) throws {
    guard let instance = state.instances[key], let from = place(of: key), from.node != 0 else {
      throw Diagnostic.notOpen(key)
    }
    guard let target = place(element, beside: from) else {
      throw Diagnostic("BPMN206", ["element": element])
    }
    guard mayBegin(target) else {
      throw Diagnostic("BPMN208", ["element": self[target].title])
    }
    let moved = try part(of: instance, leaving: target)
    guard let scope = moved.scope else { throw Diagnostic.notOpen(key) }
    try checkJoins(moving: moved, to: target, in: scope)
    try modify([
      .terminate(moved.key), .activate(element: element, scope: scope, variables: [:]),
    ])
  }

  /// What ends when `instance` goes to `target`: itself, or the subprocess around it in which nothing else is at work.
  private mutating func part(
    of instance: ElementInstance, leaving target: Place
  ) throws -> ElementInstance {
    var moved = instance
    while let scope = moved.scope, let outer = state.instances[scope],
      let container = place(of: scope), container.node != self[target].scope || isBody(scope)
    {
      let isLast = state.multiInstances[scope].map { $0.started == $0.total } ?? true
      guard container.node != 0, outer.children == 1, state.waitingTokens[scope] == nil, isLast
      else { throw Diagnostic("BPMN226", ["element": self[container].title]) }
      moved = outer
    }
    return moved
  }

  private func isBody(_ key: ElementKey) -> Bool { state.multiInstances[key] != nil }

  /// Plays on from where the tokens will be: a join that could wait for ever then, but not now, is not broken.
  private func checkJoins(moving moved: ElementInstance, to target: Place, in scope: ElementKey)
    throws
  {
    let definition = processes[target.process]
    let container = definition.nodes[self[target].scope].id
    guard
      let content = self[target].scope == 0
        ? definition.content
        : definition.content.allNodes.first(where: { $0.id == container })?
          .content
    else { return }
    let others = state.children(of: scope).filter { $0.key != moved.key }.map(\.element)
    let waiting = state.waitingTokens[scope] ?? [:]
    var game = TokenGame(content)
    guard let after = game.play(from: others + [self[target].id], waiting: waiting) else {
      throw Diagnostic("BPMN225", ["element": self[target].title])
    }
    game = TokenGame(content)
    let before = game.play(from: others + [moved.element], waiting: waiting)?.stuck ?? []
    if let join = after.stuck.subtracting(before).min() {
      throw Diagnostic(
        "BPMN224", ["element": self[target].title, "join": definition.title(of: join)])
    }
  }
}
