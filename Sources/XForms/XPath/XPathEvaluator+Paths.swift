// Location paths (XPath 1.0, clause 2) over relevant nodes only.

extension XPathEvaluator {
  mutating func nodes(of path: XPathPath, _ focus: Focus) throws -> [NodeReference] {
    var steps = path.steps[...]
    var nodes: [NodeReference]
    switch path.start {
    case .root: nodes = [environment.root]
    case .context: nodes = [focus.node]
    case .term(let term, let predicates):
      nodes = try self.nodes(of: term, focus)
      for predicate in predicates { nodes = try filter(nodes, by: predicate) }
    }
    while let step = steps.popFirst() {
      guard !nodes.isEmpty else { return [] }
      nodes = try walk(step, from: nodes)
    }
    return nodes
  }

  private mutating func walk(
    _ step: XPathStep, from contexts: [NodeReference]
  ) throws -> [NodeReference] {
    if contexts.count == 1 {
      let found = try walk(step, from: contexts[0])
      return step.axis.isReverse && found.count > 1 ? found.reversed() : found
    }
    var result: [NodeReference] = []
    for context in contexts { result += try walk(step, from: context) }
    switch step.axis {
    case .itself, .attribute: return result
    case .child, .parent, .descendant, .descendantOrSelf, .ancestor, .ancestorOrSelf, .following,
      .followingSibling, .preceding, .precedingSibling, .namespace:
      return inOrder(result)
    }
  }

  /// In the order of the axis.
  private mutating func walk(
    _ step: XPathStep, from context: NodeReference
  ) throws -> [NodeReference] {
    if let rows = try indexedRows(step, context) { return rows }
    var found: [NodeReference] = []
    switch step.axis {
    case .child:
      let children = children(context)
      try visit(children.count)
      for child in children where matches(child, step.test) { found.append(child) }
    case .itself:
      if matches(context, step.test, orHidden: true) { found = [context] }
    case .parent:
      if let parent = parent(context), matches(parent, step.test, orHidden: true) {
        found = [parent]
      }
    case .attribute:
      found = attributes(context).filter { matches($0, step.test, principal: .attribute) }
    case .descendant, .descendantOrSelf, .ancestor, .ancestorOrSelf, .following, .followingSibling,
      .preceding, .precedingSibling, .namespace:
      found = try otherAxis(step.axis, context).filter { matches($0, step.test) }
    }
    for predicate in step.predicates { found = try filter(found, by: predicate) }
    return found
  }

  private mutating func filter(
    _ nodes: [NodeReference], by predicate: XPathTerm
  ) throws -> [NodeReference] {
    if case .number(let position) = predicate {
      guard position >= 1, position <= Double(nodes.count), position == position.rounded() else {
        return []
      }
      return [nodes[Int(position) - 1]]
    }
    var kept: [NodeReference] = []
    for (index, node) in nodes.enumerated() {
      try visit(1)
      let focus = Focus(node: node, position: index + 1, size: nodes.count)
      let value = try evaluate(predicate, focus)
      if case .number(let position) = value {
        if position == Double(index + 1) { kept.append(node) }
      } else if boolean(value) {
        kept.append(node)
      }
    }
    return kept
  }

  private func matches(
    _ node: NodeReference, _ test: XPathTest, principal: DataTree.Kind = .element,
    orHidden: Bool = false
  ) -> Bool {
    guard orHidden || !isHidden(node) else { return false }
    switch test {
    case .node: return true
    case .anyName: return kind(node) == principal
    case .text: return kind(node) == .text
    case .comment: return kind(node) == .comment
    case .processingInstruction(let target):
      return kind(node) == .processingInstruction && (target == nil || target == name(node))
    case .anyIn(let prefix):
      return kind(node) == principal && hasNamespace(node, of: prefix)
    case .name(let prefix, let local):
      guard name(node) == local, kind(node) == principal else { return false }
      if !prefix.isEmpty { return hasNamespace(node, of: prefix) }
      let namespace = namespace(node)
      return principal == .attribute
        ? namespace.isEmpty : environment.plainNamespaces.contains(namespace)
    }
  }

  private func hasNamespace(_ node: NodeReference, of prefix: String) -> Bool {
    environment.namespaces[prefix].map { $0 == namespace(node) } ?? (self.prefix(node) == prefix)
  }

  /// Without duplicates, in document order.
  func inOrder(_ nodes: [NodeReference]) -> [NodeReference] {
    guard nodes.count > 1 else { return nodes }
    let keys = nodes.map { (key: orderKey($0), node: $0) }
    if zip(keys, keys.dropFirst()).allSatisfy({ $0.key < $1.key }) { return nodes }
    var result: [NodeReference] = []
    for (_, node) in keys.sorted(by: { $0.key < $1.key }) where result.last != node {
      result.append(node)
    }
    return result
  }

  private func orderKey(_ node: NodeReference) -> Int64 {
    let place = node.document == 0 ? environment.primary.order[Int(node.node)] : otherOrder(node)
    return Int64(node.document) << 32 | Int64(place)
  }

  private func otherOrder(_ node: NodeReference) -> Int32 {
    switch environment.others[Int(node.document) - 1] {
    case .tree(let tree): tree.order[Int(node.node)]
    case .table: node.node
    }
  }

  /// `item[column = value]` of a table through its index; `nil` when the step is nothing of the kind.
  private mutating func indexedRows(
    _ step: XPathStep, _ context: NodeReference
  ) throws -> [NodeReference]? {
    guard context.document > 0, context.node == 1, step.axis == .child, step.predicates.count == 1,
      step.test == .name(prefix: "", local: "item"),
      case .table(let table) = environment.others[Int(context.document) - 1],
      case .compare(.equal, .path(let path), let sought) = step.predicates[0],
      let column = path.plainChild, !sought.readsContext
    else { return nil }
    let value = try evaluate(sought, Focus(node: context))
    guard case .string(let text) = singleString(value),
      let rows = table.rows(where: column, is: text)
    else { return nil }
    try visit(rows.count + 1)
    return rows.map { NodeReference(document: context.document, node: table.item($0)) }
  }

  /// Strings and single nodes as a string; everything else compares otherwise.
  private func singleString(_ value: XPathValue) -> XPathValue {
    if case .nodes(let nodes) = value, nodes.count == 1 { return .string(stringValue(nodes[0])) }
    return value
  }
}

extension XPathPath {
  /// The name, when the path is just `name`.
  var plainChild: String? {
    guard case .context = start, steps.count == 1, steps[0].axis == .child,
      steps[0].predicates.isEmpty, case .name("", let name) = steps[0].test
    else { return nil }
    return name
  }
}

extension XPathTerm {
  /// The value may differ from one context node to the next within a predicate.
  var readsContext: Bool {
    switch self {
    case .number, .literal: false
    case .path(let path):
      switch path.start {
      case .root: false
      case .context: true
      case .term(let term, _): term.readsContext
      }
    case .call(let function, let arguments):
      switch function {
      case .position, .last, .string, .number, .name, .localName, .namespaceURI, .stringLength,
        .normalizeSpace, .lang:
        true
      default: arguments.contains { $0.readsContext }
      }
    case .unknownCall: true
    case .or(let left, let right), .and(let left, let right), .compare(_, let left, let right),
      .calculate(_, let left, let right), .union(let left, let right):
      left.readsContext || right.readsContext
    case .negate(let operand): operand.readsContext
    }
  }
}
