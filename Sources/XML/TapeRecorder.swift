import Diagnostics

/// Puts elements that a program made or changed on a tape; what was parsed and never changed is copied as it lies there.
struct TapeRecorder {
  private var entries: [XMLTape.Entry] = []
  private var text: [UInt8] = []
  private var strings = [""]
  private var places: [String: Int32] = ["": 0]
  /// The tape whose texts and names these are the beginning of.
  private let base: XMLTape?

  static func place(of element: Element) -> XMLTape.Place {
    if let place = element.place { return place }
    var recorder = TapeRecorder(copying: element.firstTape)
    recorder.record(element)
    let tape = XMLTape(
      entries: recorder.entries, text: recorder.text, strings: recorder.strings,
      file: element.location?.file ?? element.name)
    return XMLTape.Place(tape, 0)
  }

  private init(copying base: XMLTape?) {
    self.base = base
    guard let base else { return }
    text = base.text
    strings = base.strings
    for (place, string) in strings.enumerated() { places[string] = Int32(place) }
    entries.reserveCapacity(base.entries.count + 64)
  }

  private mutating func record(_ element: Element) {
    if let place = element.place, place.tape === base { return copy(place) }
    let index = entries.count
    entries.append(
      XMLTape.Entry(
        kind: .element, name: self.place(of: element.name), prefix: self.place(of: element.prefix),
        namespace: self.place(of: element.namespace),
        line: UInt32(clamping: element.location?.line ?? 0)))
    for declaration in element.declarations {
      entries.append(
        XMLTape.Entry(
          kind: .declaration, prefix: place(of: declaration.prefix),
          namespace: place(of: declaration.uri)))
    }
    for attribute in element.attributes {
      append(
        .attribute, attribute.value, name: attribute.name, prefix: attribute.prefix,
        namespace: attribute.namespace)
    }
    entries[index].start = Int32(entries.count)
    for child in element.children {
      switch child {
      case .element(let element): record(element)
      case .text(let text): append(.text, text)
      case .cdata(let text): append(.cdata, text)
      case .comment(let text): append(.comment, text)
      case .processingInstruction(let target, let data): append(.instruction, data, name: target)
      }
    }
    entries[index].end = Int32(entries.count)
  }

  /// Appends entries of the base tape, whose texts and names are here already.
  private mutating func copy(_ place: XMLTape.Place) {
    let distance = Int32(entries.count - place.index)
    for var entry in place.tape.entries[place.range] {
      if entry.kind == .element {
        entry.start += distance
        entry.end += distance
      }
      entries.append(entry)
    }
  }

  private mutating func append(
    _ kind: XMLTape.Entry.Kind, _ value: String, name: String = "", prefix: String = "",
    namespace: String = ""
  ) {
    let start = Int32(text.count)
    text += value.utf8
    entries.append(
      XMLTape.Entry(
        kind: kind, name: place(of: name), prefix: place(of: prefix),
        namespace: place(of: namespace), start: start, end: Int32(text.count)))
  }

  private mutating func place(of string: String) -> Int32 {
    if let place = places[string] { return place }
    let place = Int32(strings.count)
    places[string] = place
    strings.append(string)
    return place
  }
}

extension Element {
  /// The tape of the first element in this one, or next to it, that still lies on one.
  fileprivate var firstTape: XMLTape? {
    if let place { return place.tape }
    for case .element(let child) in children {
      if let tape = child.firstTape { return tape }
    }
    return nil
  }
}
