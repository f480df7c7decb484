import Diagnostics
package import XML

/// The nodes of one XML document in flat arrays, addressed by number: what XPath walks and answers are kept in.
///
/// Node 0 is the document node. Numbers stay valid when rows are added or removed; a removed row leaves unused numbers.
package struct DataTree: Sendable {
  enum Kind: UInt8, Sendable {
    case document, element, attribute, text, comment, processingInstruction
  }

  struct Node: Sendable {
    var kind: Kind
    var name: String
    var namespace: String
    var prefix: String
    /// The text of everything but elements and the document.
    var value: String
    var parent: Int32
    var children: [Int32] = []
    var attributes: [Int32] = []
    /// Not relevant: paths skip it.
    var isHidden = false
    /// The `Field` of an element of a primary instance; -1 elsewhere.
    var field: Int32 = -1
    /// Line in the file it was read from; 0 when it was not.
    var line: Int32 = 0
  }

  private(set) var nodes: [Node] = [Node(.document, parent: -1)]
  /// Place in document order by node number.
  private(set) var order: [Int32] = [0]

  init() {}

  /// The tree of `root`. `mixed` keeps white space, comments and instructions; otherwise elements hold either
  /// elements or text, as the instances of forms do.
  package init(_ root: Element, mixed: Bool) {
    append(root, to: 0, mixed: mixed)
    renumber()
  }

  subscript(_ node: Int32) -> Node {
    get { nodes[Int(node)] }
    _modify { yield &nodes[Int(node)] }
  }

  /// The element below the document node.
  var root: Int32 { nodes[0].children.first { nodes[Int($0)].kind == .element } ?? 0 }

  func stringValue(_ node: Int32) -> String {
    switch nodes[Int(node)].kind {
    case .attribute, .text, .comment, .processingInstruction: return nodes[Int(node)].value
    case .document, .element:
      guard let first = nodes[Int(node)].children.first else { return "" }
      if nodes[Int(node)].children.count == 1, nodes[Int(first)].kind == .text {
        return nodes[Int(first)].value
      }
      var text = ""
      collectText(node, into: &text)
      return text
    }
  }

  private func collectText(_ node: Int32, into text: inout String) {
    for child in nodes[Int(node)].children {
      let record = nodes[Int(child)]
      switch record.kind {
      case .text: text += record.value
      case .element where !record.isHidden: collectText(child, into: &text)
      case .element, .document, .attribute, .comment, .processingInstruction: break
      }
    }
  }

  /// Replaces the text of an attribute, or of an element that holds no elements.
  mutating func setText(_ node: Int32, _ text: String) {
    guard nodes[Int(node)].kind == .element else {
      nodes[Int(node)].value = text
      return
    }
    if let child = nodes[Int(node)].children.first {
      if text.isEmpty {
        nodes[Int(node)].children = []
      } else {
        nodes[Int(child)].value = text
      }
    } else if !text.isEmpty {
      let child = insert(Node(.text, value: text, parent: node))
      nodes[Int(node)].children = [child]
      order[Int(child)] = order[Int(node)]
    }
  }

  /// Numbers the nodes in document order; call it after rows were added, removed or moved.
  mutating func renumber() {
    var next: Int32 = 0
    renumber(0, &next)
  }

  private mutating func renumber(_ node: Int32, _ next: inout Int32) {
    order[Int(node)] = next
    next += 1
    for attribute in nodes[Int(node)].attributes {
      order[Int(attribute)] = next
      next += 1
    }
    for child in nodes[Int(node)].children { renumber(child, &next) }
  }

  private mutating func insert(_ node: Node) -> Int32 {
    nodes.append(node)
    order.append(Int32(clamping: order.count))
    return Int32(clamping: nodes.count - 1)
  }

  /// Adds a node as the last child of its parent.
  @discardableResult
  mutating func add(_ node: Node) -> Int32 {
    let child = insert(node)
    nodes[Int(node.parent)].children.append(child)
    return child
  }

  /// Adds an attribute node to its parent.
  @discardableResult
  mutating func addAttribute(_ node: Node) -> Int32 {
    let attribute = insert(node)
    nodes[Int(node.parent)].attributes.append(attribute)
    return attribute
  }

  /// Copies the subtree of `node` (of `source`) as a child of `parent` at `position`, or at the end.
  @discardableResult
  mutating func copy(
    _ node: Int32, of source: DataTree, to parent: Int32, at position: Int? = nil
  ) -> Int32 {
    let copy = copySubtree(node, of: source, parent: parent)
    if let position {
      nodes[Int(parent)].children.insert(copy, at: position)
    } else {
      nodes[Int(parent)].children.append(copy)
    }
    return copy
  }

  private mutating func copySubtree(_ node: Int32, of source: DataTree, parent: Int32) -> Int32 {
    var record = source[node]
    let (children, attributes) = (record.children, record.attributes)
    record.parent = parent
    record.children = []
    record.attributes = []
    let copy = insert(record)
    for attribute in attributes {
      let new = copySubtree(attribute, of: source, parent: copy)
      nodes[Int(copy)].attributes.append(new)
    }
    for child in children {
      let new = copySubtree(child, of: source, parent: copy)
      nodes[Int(copy)].children.append(new)
    }
    return copy
  }

  mutating func remove(_ node: Int32) {
    let parent = nodes[Int(node)].parent
    nodes[Int(parent)].children.removeAll { $0 == node }
  }
}

// MARK: Reading

extension DataTree {
  private mutating func append(_ element: Element, to parent: Int32, mixed: Bool) {
    var record = Node(.element, name: element.name, parent: parent)
    record.namespace = element.namespace
    record.prefix = element.prefix
    record.line = Int32(clamping: element.location?.line ?? 0)
    let node = add(record)
    for attribute in element.attributes {
      var record = Node(.attribute, name: attribute.name, value: attribute.value, parent: node)
      record.namespace = attribute.namespace
      record.prefix = attribute.prefix
      addAttribute(record)
    }
    if mixed {
      appendMixed(element, to: node)
    } else if element.elements.isEmpty {
      setText(node, element.text)
    } else {
      for child in element.elements { append(child, to: node, mixed: false) }
    }
  }

  private mutating func appendMixed(_ element: Element, to node: Int32) {
    for child in element.children {
      switch child {
      case .element(let element): append(element, to: node, mixed: true)
      case .text(let text), .cdata(let text): appendText(text, to: node)
      case .comment(let text): add(Node(.comment, value: text, parent: node))
      case .processingInstruction(let target, let data):
        add(Node(.processingInstruction, name: target, value: data, parent: node))
      }
    }
  }

  /// Text beside text is one node (XPath 1.0, clause 5.7).
  private mutating func appendText(_ text: String, to node: Int32) {
    guard !text.isEmpty else { return }
    if let last = nodes[Int(node)].children.last, nodes[Int(last)].kind == .text {
      nodes[Int(last)].value += text
    } else {
      add(Node(.text, value: text, parent: node))
    }
  }
}

extension DataTree.Node {
  init(_ kind: DataTree.Kind, name: String = "", value: String = "", parent: Int32) {
    self.kind = kind
    self.name = name
    self.value = value
    self.parent = parent
    namespace = ""
    prefix = ""
  }
}
