// Finding nodes without an expression, and saying where a node is.

extension DataTree {
  /// The elements with this local name below `node`, in document order.
  package func elements(named name: String, below node: Int32 = 0) -> [Int32] {
    self[node].children.flatMap { child -> [Int32] in
      guard self[child].kind == .element else { return [] }
      return (self[child].name == name ? [child] : []) + elements(named: name, below: child)
    }
  }

  /// The elements directly inside `node`.
  package func elements(below node: Int32) -> [Int32] {
    self[node].children.filter { self[$0].kind == .element }
  }

  /// The node that contains `node`; -1 above the document.
  package func parent(of node: Int32) -> Int32 { self[node].parent }

  /// The value of an attribute of an element, by local name.
  package func attribute(_ name: String, of element: Int32) -> String? {
    self[element].attributes.first { self[$0].name == name }.map { self[$0].value }
  }

  /// Where a node is, as an XPath of positions: `/*[1]/*[2]/text()[1]`, `/*[1]/@*[name()="id"]`.
  package func position(_ node: Int32) -> String {
    let record = self[node]
    guard record.parent >= 0 else { return "/" }
    let parent = record.parent == 0 ? "" : position(record.parent)
    if record.kind == .attribute {
      let name = record.prefix.isEmpty ? record.name : "\(record.prefix):\(record.name)"
      return "\(parent)/@*[name()=\"\(name)\"]"
    }
    let alike = self[record.parent].children.filter { self[$0].kind == record.kind }
    let number = (alike.firstIndex(of: node) ?? 0) + 1
    let test =
      switch record.kind {
      case .element: "*"
      case .text: "text()"
      case .comment: "comment()"
      case .processingInstruction: "processing-instruction()"
      case .document, .attribute: "node()"
      }
    return "\(parent)/\(test)[\(number)]"
  }
}
