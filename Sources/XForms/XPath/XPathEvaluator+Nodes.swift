// Reading nodes of either kind of document, and the axes that forms seldom use.

extension XPathEvaluator {
  private func table(_ node: NodeReference) -> CodeTable? {
    guard case .table(let table) = environment.others[Int(node.document) - 1] else { return nil }
    return table
  }

  /// What `part` takes from the record of a node in a tree, without a copy of the rest; `nil` in a table.
  @inline(__always)
  private func record<Part>(_ node: NodeReference, _ part: (DataTree.Node) -> Part) -> Part? {
    if node.document == 0 { return part(environment.primary.nodes[Int(node.node)]) }
    guard case .tree(let tree) = environment.others[Int(node.document) - 1] else { return nil }
    return part(tree.nodes[Int(node.node)])
  }

  package func stringValue(_ node: NodeReference) -> String {
    if node.document == 0 { return environment.primary.stringValue(node.node) }
    return switch environment.others[Int(node.document) - 1] {
    case .tree(let tree): tree.stringValue(node.node)
    case .table(let table): table.stringValue(node.node)
    }
  }

  func kind(_ node: NodeReference) -> DataTree.Kind {
    record(node) { $0.kind } ?? table(node)?.kind(node.node) ?? .document
  }

  func name(_ node: NodeReference) -> String {
    record(node) { $0.name } ?? table(node)?.name(node.node) ?? ""
  }

  func namespace(_ node: NodeReference) -> String { record(node) { $0.namespace } ?? "" }

  func prefix(_ node: NodeReference) -> String { record(node) { $0.prefix } ?? "" }

  func isHidden(_ node: NodeReference) -> Bool {
    node.document == 0 && environment.primary[node.node].isHidden
  }

  func children(_ node: NodeReference) -> [NodeReference] {
    let children = record(node) { $0.children } ?? table(node)?.children(node.node) ?? []
    return children.map { NodeReference(document: node.document, node: $0) }
  }

  func attributes(_ node: NodeReference) -> [NodeReference] {
    (record(node) { $0.attributes } ?? []).map { NodeReference(document: node.document, node: $0) }
  }

  func parent(_ node: NodeReference) -> NodeReference? {
    guard node != environment.root else { return nil }
    let parent = record(node) { $0.parent } ?? table(node)?.parent(node.node) ?? -1
    return parent < 0 ? nil : NodeReference(document: node.document, node: parent)
  }

  /// All nodes of `axis`, nearest first for reverse axes.
  mutating func otherAxis(_ axis: XPathAxis, _ node: NodeReference) throws -> [NodeReference] {
    switch axis {
    case .descendant: return try descendants(node)
    case .descendantOrSelf: return [node] + (try descendants(node))
    case .ancestor: return ancestors(node)
    case .ancestorOrSelf: return [node] + ancestors(node)
    case .followingSibling: return siblings(node).after
    case .precedingSibling: return siblings(node).before.reversed()
    case .following:
      var result: [NodeReference] = kind(node) == .attribute ? try inside(parent(node)) : []
      for ancestor in [node] + ancestors(node) {
        for sibling in siblings(ancestor).after { result += [sibling] + (try descendants(sibling)) }
      }
      return result
    case .preceding:
      var result: [NodeReference] = []
      for ancestor in [node] + ancestors(node) {
        for sibling in siblings(ancestor).before.reversed() {
          result += ([sibling] + (try descendants(sibling))).reversed()
        }
      }
      return result
    case .child, .parent, .attribute, .itself, .namespace: return []
    }
  }

  private mutating func inside(_ node: NodeReference?) throws -> [NodeReference] {
    try node.map { try descendants($0) } ?? []
  }

  private mutating func descendants(_ node: NodeReference) throws -> [NodeReference] {
    var result: [NodeReference] = []
    for child in children(node) where !isHidden(child) {
      try visit(1)
      result.append(child)
      result += try descendants(child)
    }
    return result
  }

  private func ancestors(_ node: NodeReference) -> [NodeReference] {
    var result: [NodeReference] = []
    var next = parent(node)
    while let ancestor = next {
      result.append(ancestor)
      next = parent(ancestor)
    }
    return result
  }

  private func siblings(
    _ node: NodeReference
  ) -> (before: [NodeReference], after: [NodeReference]) {
    guard kind(node) != .attribute, let parent = parent(node) else { return ([], []) }
    let all = children(parent)
    guard let index = all.firstIndex(of: node) else { return ([], []) }
    return (Array(all[..<index]), Array(all[(index + 1)...]))
  }
}
