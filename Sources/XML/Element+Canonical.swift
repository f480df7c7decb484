import Diagnostics

extension Element {
  /// The exclusive canonical form of this element, without comments (Exclusive XML Canonicalization 1.0), in UTF-8.
  ///
  /// Written from the values themselves: elements that say something else have other bytes, whoever parsed them.
  /// - Parameter leavingOut: the first child called so, with all in it, is left out: the enveloped signature.
  /// - Throws: `XML070` when there is none, as with a relative namespace name.
  public func canonical(leavingOut name: ElementName? = nil) throws -> [UInt8] {
    var element = self
    if let name,
      let place = children.firstIndex(where: {
        guard case .element(let child) = $0 else { return false }
        return child.name == name.name && child.namespace == name.namespace
      })
    {
      element.children.remove(at: place)
    }
    if let bytes = try CanonicalWriter.bytes(of: element) { return bytes }
    // made by a program, with names that only writing settles
    let written = Array(element.xml(indented: false, declaration: false).utf8)
    let settled = try Element(parsing: written, file: location?.file ?? self.name)
    guard let bytes = try CanonicalWriter.bytes(of: settled) else {
      fatalError("what was parsed declares what it uses")
    }
    return bytes
  }

  /// This element as it is read from its canonical form, so that only what was sealed is read.
  ///
  /// - Parameter canonical: what `canonical(leavingOut:)` gave, the last child or nothing left out: the elements then have
  ///   the lines of the file.
  public func read(canonical: [UInt8]) -> Element {
    var lines: [UInt32] = []
    collectLines(&lines)
    var builder = TreeBuilder(file: location?.file ?? name, lines: lines)
    _ = builder.read(canonical, schema: nil)
    guard let root = builder.root else { fatalError("a canonical form is well-formed XML") }
    return root
  }

  private func collectLines(_ lines: inout [UInt32]) {
    lines.append(UInt32(location?.line ?? 0))
    for case .element(let child) in children { child.collectLines(&lines) }
  }
}
