import CXML
import Diagnostics

extension XMLTree {
  /// The exclusive canonical form without comments (Exclusive XML Canonicalization 1.0), in UTF-8.
  ///
  /// - Parameter leavingOut: the first child of the root called so, with all in it, is left out: the enveloped signature.
  /// - Throws: `XML070` when the document has none, as with a relative namespace name.
  public func canonical(leavingOut name: ElementName? = nil) throws -> [UInt8] {
    let omitted = name.flatMap { Self.child($0, of: rootNode) }
    return try canonical(nil, omitting: omitted)
  }

  /// The exclusive canonical form, without comments, of the element that `path` leads to: from each step to the first
  /// child called so, starting below the root.
  ///
  /// - Throws: `XML032` when there is no such element, `XML070` as above.
  public func canonical(of path: [ElementName]) throws -> [UInt8] {
    var node = rootNode
    for name in path {
      guard let child = Self.child(name, of: node) else {
        throw Diagnostic(
          "XML032",
          ["element": node.pointee.name.map { String(cString: $0) } ?? "", "name": name.name],
          at: SourceLocation(file: file, line: line(of: node)))
      }
      node = child
    }
    return try canonical(node, omitting: nil)
  }

  private func canonical(
    _ subtree: UnsafePointer<xmlNode>?, omitting omitted: UnsafePointer<xmlNode>?
  ) throws -> [UInt8] {
    var count: Int32 = 0
    let (bytes, _) = LibXML2.collecting { _ in
      cxml_canonical(document, subtree, omitted, &count)
    }
    guard let bytes else { throw Diagnostic("XML070", at: SourceLocation(file: file)) }
    defer { cxml_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  private static func child(
    _ name: ElementName, of node: UnsafePointer<xmlNode>
  ) -> UnsafePointer<xmlNode>? {
    var next = node.pointee.children
    while let child = next {
      if child.pointee.type == XML_ELEMENT_NODE, xmlStrEqual(child.pointee.name, name.name) == 1 {
        let href = child.pointee.ns?.pointee.href
        if href == nil ? name.namespace.isEmpty : xmlStrEqual(href, name.namespace) == 1 {
          return UnsafePointer(child)
        }
      }
      next = child.pointee.next
    }
    return nil
  }
}
