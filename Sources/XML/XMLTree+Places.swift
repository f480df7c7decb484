import CXML
import Diagnostics

extension XMLTree {
  /// The line of the start tag of an element.
  func line(of wanted: UnsafePointer<xmlNode>) -> Int {
    var element = 0
    var next: UnsafePointer<xmlNode>? = rootNode
    while let node = next, node != wanted {
      next = Self.following(node)
      if node.pointee.type == XML_ELEMENT_NODE { element += 1 }
    }
    return Int(lines[min(element, lines.count - 1)])
  }

  /// The next node in file order.
  private static func following(_ node: UnsafePointer<xmlNode>) -> UnsafePointer<xmlNode>? {
    if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children {
      return UnsafePointer(child)
    }
    var node = node
    while node.pointee.next == nil {
      guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else {
        return nil
      }
      node = UnsafePointer(parent)
    }
    return UnsafePointer(node.pointee.next)
  }

  /// `/Dossier/Documents/Document[2]`: local names, numbered from the second of a name on.
  private static func path(of node: UnsafePointer<xmlNode>) -> String {
    var path = ""
    var next: UnsafePointer<xmlNode>? = node
    while let node = next, node.pointee.type == XML_ELEMENT_NODE {
      let before = count(before: node)
      let number = before == 0 ? "" : "[\(before + 1)]"
      path = "/" + node.name.quotedForMessage + number + path
      next = UnsafePointer(node.pointee.parent)
    }
    return path
  }

  private static func count(before node: UnsafePointer<xmlNode>) -> Int {
    var count = 0
    var other = node.pointee.prev
    while let sibling = other {
      if sibling.pointee.type == XML_ELEMENT_NODE,
        xmlStrEqual(sibling.pointee.name, node.pointee.name) == 1
      {
        count += 1
      }
      other = sibling.pointee.prev
    }
    return count
  }

  /// What libxml2 says about a node of this tree.
  func schemaReport(_ report: Report) -> SchemaReport {
    var node = report.node ?? rootNode
    if node.pointee.type != XML_ELEMENT_NODE, let parent = node.pointee.parent {
      node = UnsafePointer(parent)
    }
    return SchemaReport(
      code: report.code, message: report.message, element: node.name,
      elementPath: Self.path(of: node),
      location: SourceLocation(file: file, line: line(of: node)))
  }
}

extension UnsafePointer<xmlNode> {
  fileprivate var name: String { pointee.name.map { String(cString: $0) } ?? "" }
}
