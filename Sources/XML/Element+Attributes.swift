public import Diagnostics

extension Element {
  /// Every attribute of one of these local names, here and in all that is inside, in file order, with the place of its
  /// element. Nothing is opened for it.
  public func attributes(named names: Set<String>) -> [(attribute: Attribute, location: SourceLocation?)] {
    let place = TapeRecorder.place(of: self)
    let tape = place.tape
    let wanted = tape.strings.indices.filter { names.contains(tape.strings[$0]) }
    var found: [(attribute: Attribute, location: SourceLocation?)] = []
    var element = place.index
    for index in place.range {
      let entry = tape.entries[index]
      if entry.kind == .element { element = index }
      if entry.kind == .attribute, wanted.contains(Int(entry.name)) {
        found.append((tape.attribute(entry), tape.location(of: tape.entries[element])))
      }
    }
    return found
  }
}
