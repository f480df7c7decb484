// What happens by itself: preloaded values and `setvalue`.

extension Answers {
  mutating func runPreloads() {
    for field in form.fields.indices {
      guard let preload = form.fields[field].preload else { continue }
      for node in fieldNodes[field] {
        if let text = preloaded(preload, at: node) { write(text, to: node) }
      }
    }
  }

  /// `nil` for what this program does not know about the device or the user.
  mutating func preloaded(_ preload: Preload, at node: Int32) -> String? {
    switch (preload.kind, preload.parameter) {
    case ("uid", _):
      let call = XPathExpression(source: "uuid()", term: .call(.uuid, []))
      return "uuid:" + string(evaluate(call, at: node))
    case ("date", "today"):
      return string(evaluate(XPathExpression(source: "today()", term: .call(.today, [])), at: node))
    case ("timestamp", "start"):
      return environment.now.text(offset: environment.offset)
    default: return nil
    }
  }

  /// Runs the actions of `events` in document order; what they change is settled after each.
  mutating func run(_ events: Set<Action.Event>) {
    for action in form.actions where !action.events.isDisjoint(with: events) {
      for node in fieldNodes[action.target] { perform(action, at: node, isFirst: true) }
    }
  }

  /// The actions for a new row, and for rows that came with it.
  mutating func runNewRow(_ row: Int32) {
    guard let field = field(of: row) else { return }
    let owners = Set(form.subtree(field.number))
    for action in form.actions where action.events.contains(.newRepeat) {
      guard let owner = action.owner, owners.contains(owner) else { continue }
      for node in targets(of: action, from: row) { perform(action, at: node, isFirst: false) }
    }
  }

  /// - Returns: whether there was anything to do.
  mutating func runValueChanged(at node: Int32) -> Bool {
    guard let field = field(of: node) else { return false }
    var hasRun = false
    for action in form.actions
    where action.owner == field.number && action.events.contains(.valueChanged) {
      for target in targets(of: action, from: node) {
        perform(action, at: target, isFirst: false)
        hasRun = true
      }
    }
    return hasRun
  }

  private mutating func perform(_ action: Action, at node: Int32, isFirst: Bool) {
    guard !isFirst || (isRelevant(node) && !prefilled.contains(node)) else { return }
    let value = evaluate(action.value, at: node)
    let text = string(value)
    write(text == "NaN" ? "" : text, to: node)
  }

  /// The nodes to set: in the same row as `node`, as far as both are in one.
  private mutating func targets(of action: Action, from node: Int32) -> [Int32] {
    if let path = action.path {
      guard case .nodes(let nodes) = evaluate(path, at: node) else { return [] }
      return nodes.filter { $0.document == 0 }.map(\.node)
    }
    var top = node
    while top > 0, top != rootNode {
      if field(of: top)?.rows != nil {
        let found = nodes(of: action.target, in: top)
        if !found.isEmpty { return found }
      }
      top = environment.primary[top].parent
    }
    return fieldNodes[action.target]
  }
}
