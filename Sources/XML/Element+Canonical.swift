import Diagnostics

extension Element {
  /// The exclusive canonical form of this element, without comments (Exclusive XML Canonicalization 1.0), in UTF-8.
  ///
  /// Written from the values themselves: elements that say something else have other bytes, whoever parsed them.
  /// - Parameter leavingOut: the first child called so, with all in it, is left out: the enveloped signature.
  /// - Throws: `XML070` when there is none, as with a relative namespace name.
  public func canonical(leavingOut name: ElementName? = nil) throws -> [UInt8] {
    let place = TapeRecorder.place(of: self)
    if let bytes = try CanonicalWriter.bytes(of: place, leavingOut: name) { return bytes }
    // made by a program, with names that only writing settles
    let written = Array(xml(indented: false, declaration: false).utf8)
    let settled = try Element(parsing: written, file: location?.file ?? self.name)
    let settledPlace = TapeRecorder.place(of: settled)
    guard let bytes = try CanonicalWriter.bytes(of: settledPlace, leavingOut: name) else {
      fatalError("what was parsed declares what it uses")
    }
    return bytes
  }

  /// This element as it is read from its canonical form, so that only what was sealed is read.
  ///
  /// - Parameter canonical: what `canonical(leavingOut:)` gave, the last child or nothing left out: the elements then have
  ///   the lines of the file.
  public func read(canonical: [UInt8]) -> Element {
    let place = TapeRecorder.place(of: self)
    let lines = place.tape.entries[place.range].filter { $0.kind == .element }.map(\.line)
    var builder = TreeBuilder(
      file: location?.file ?? name, lines: lines, size: canonical.count)
    _ = builder.read(canonical, schema: nil)
    guard let root = builder.root() else { fatalError("a canonical form is well-formed XML") }
    return root
  }
}
