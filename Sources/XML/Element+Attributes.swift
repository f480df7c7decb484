public import Diagnostics

extension Element {
  /// Calls `body` with every attribute of one of these local names, here and in all that is inside, in file order, and
  /// with the place of its element. Nothing is opened for it.
  public func forEachAttribute(
    named names: [String], _ body: (Attribute, SourceLocation?) -> Void
  ) {
    let place = TapeRecorder.place(of: self)
    let tape = place.tape
    let lengths = names.map(\.utf8.count)
    let wanted = tape.strings.indices.filter {
      lengths.contains(tape.strings[$0].utf8.count) && names.contains(tape.strings[$0])
    }
    var element = place.index
    for index in place.range {
      let entry = tape.entries[index]
      if entry.kind == .element { element = index }
      if entry.kind == .attribute, wanted.contains(Int(entry.name)) {
        body(tape.attribute(entry), tape.location(of: tape.entries[element]))
      }
    }
  }
}
