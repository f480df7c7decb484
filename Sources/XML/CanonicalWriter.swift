import Diagnostics

/// Writes what is on a tape in exclusive canonical form.
struct CanonicalWriter: ~Copyable {
  private let tape: XMLTape
  /// Of the tape.
  private let entries: UnsafeBufferPointer<Entry>
  private let text: UnsafeBufferPointer<UInt8>
  private var output: ByteOutput
  /// The declarations in force in what is written, the innermost last: places of prefix and namespace.
  private var declared: [Declaration] = []
  /// Prefixes and values fit each other, so that the bytes are those of the element as a parser gives it.
  private var isSettled = true

  private typealias Declaration = (prefix: Int32, uri: Int32)
  private typealias Entry = XMLTape.Entry

  /// - Parameter name: of the first child that is left out, with all in it.
  /// - Returns: `nil` when the element uses names or characters that only writing settles.
  /// - Throws: `XML070` as above.
  static func bytes(
    of place: XMLTape.Place, leavingOut name: ElementName? = nil
  ) throws -> [UInt8]? {
    try place.tape.entries.withUnsafeBufferPointer { entries in
      try place.tape.text.withUnsafeBufferPointer { text in
        var writer = CanonicalWriter(place.tape, entries, text)
        let omitted = name.flatMap { place.child($0.name, in: $0.namespace) }
        try writer.write(place.range, leavingOut: omitted?.range)
        return writer.isSettled ? writer.output.bytes : nil
      }
    }
  }

  private init(
    _ tape: XMLTape, _ entries: UnsafeBufferPointer<Entry>, _ text: UnsafeBufferPointer<UInt8>
  ) {
    self.tape = tape
    self.entries = entries
    self.text = text
    output = ByteOutput(capacity: 16_384)
  }

  private mutating func write(_ range: Range<Int>, leavingOut omitted: Range<Int>?) throws {
    // the elements around what is written, and how many declarations were in force around each.
    var open: [(element: Int, declared: Int)] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if index == omitted?.lowerBound {
        index = omitted?.upperBound ?? index
      } else {
        let entry = entries[index]
        if entry.kind == .element {
          open.append((index, declared.count))
          try startTag(index)
          index = Int(entry.start)
        } else {
          content(entry)
          index += 1
        }
      }
      while let last = open.last, Int(entries[last.element].end) == index {
        endTag(entries[last.element])
        if declared.count > last.declared { declared.removeSubrange(last.declared...) }
        open.removeLast()
      }
    }
  }

  private mutating func content(_ entry: Entry) {
    switch entry.kind {
    case .text: append(entry, in: .text)
    case .cdata:
      if bytes(of: entry, contain: carriageReturn) { isSettled = false }
      append(entry, in: .text)
    case .instruction:
      output.append("<?")
      append(entry.name)
      if entry.start < entry.end {
        output.append(space)
        append(entry, in: .instruction)
      }
      output.append("?>")
    case .comment: break
    case .element, .declaration, .attribute: fatalError("written with their element")
    }
  }

  private mutating func startTag(_ element: Int) throws {
    let entry = entries[element]
    var attributes = element + 1..<Int(entry.start)
    while let first = attributes.first, entries[first].kind == .declaration {
      attributes.removeFirst()
    }
    let declarations = element + 1..<attributes.lowerBound
    try checkNamespaces(declarations, of: entry)
    output.append(lessThan)
    appendName(entry)
    for declaration in missingDeclarations(for: entry, declarations, attributes) {
      output.append(declaration.prefix == 0 ? " xmlns" : " xmlns:")
      append(declaration.prefix)
      output.append(equals)
      output.append(quote)
      append(text: tape.string(declaration.uri), in: .attribute)
      output.append(quote)
      declared.append(declaration)
    }
    if attributes.dropFirst().contains(where: { tape.precedes(entries[$0], entries[$0 - 1]) }) {
      let sorted = entries[attributes].sorted { [tape] in tape.precedes($0, $1) }
      for attribute in sorted { append(attribute: attribute) }
    } else {
      for index in attributes { append(attribute: entries[index]) }
    }
    output.append(greaterThan)
  }

  private mutating func endTag(_ entry: Entry) {
    output.append("</")
    appendName(entry)
    output.append(greaterThan)
  }

  // MARK: Namespaces

  /// The declarations that the names of the element need and that are not in force, by prefix.
  private mutating func missingDeclarations(
    for element: Entry, _ declarations: Range<Int>, _ attributes: Range<Int>
  ) -> [Declaration] {
    var missing: [Declaration] = []
    need(element, declarations, &missing)
    for index in attributes {
      let attribute = entries[index]
      if attribute.prefix != 0 {
        need(attribute, declarations, &missing)
      } else if attribute.namespace != 0 {
        isSettled = false
      }
    }
    guard !missing.isEmpty else { return missing }
    if missing.contains(where: { isContradicted($0, by: element, attributes) }) {
      isSettled = false
    }
    if missing.count > 1 { missing.sort { [tape] in tape.precedes($0.prefix, $1.prefix) } }
    return missing
  }

  /// A prefix means one thing in a start tag.
  private func isContradicted(
    _ declaration: Declaration, by element: Entry, _ attributes: Range<Int>
  ) -> Bool {
    func differs(_ entry: Entry) -> Bool {
      entry.prefix == declaration.prefix && entry.namespace != declaration.uri
    }
    return differs(element)
      || entries[attributes].contains { $0.prefix != 0 && differs($0) }
  }

  /// - Parameter declarations: of the start tag the name is in.
  private mutating func need(
    _ name: Entry, _ declarations: Range<Int>, _ missing: inout [Declaration]
  ) {
    let (prefix, uri) = (name.prefix, name.namespace)
    let known = declared.last { $0.prefix == prefix }?.uri
    if known == uri, declarations.isEmpty { return }
    let text = tape.string(prefix)
    if text == "xml" || text == "xmlns" {
      if text == "xmlns" || tape.string(uri) != NamespaceScope.xml { isSettled = false }
      return
    }
    if tape.string(uri) == NamespaceScope.xml || (uri == 0 && prefix != 0) { isSettled = false }
    if entries[declarations].contains(where: { $0.prefix == prefix && $0.namespace != uri }) {
      isSettled = false
    }
    guard (known ?? (prefix == 0 ? 0 : nil)) != uri,
      !missing.contains(where: { $0.prefix == prefix })
    else { return }
    missing.append((prefix, uri))
  }

  /// - Throws: `XML070` for a relative namespace name: it has no canonical form.
  private func checkNamespaces(_ declarations: Range<Int>, of element: Entry) throws {
    for declaration in entries[declarations]
    where !tape.string(declaration.namespace).isAbsolute {
      throw Diagnostic("XML070", at: tape.location(of: element))
    }
  }

  // MARK: Attributes

  private mutating func append(attribute: Entry) {
    output.append(space)
    appendName(attribute)
    output.append(equals)
    output.append(quote)
    append(attribute, in: .attribute)
    output.append(quote)
  }

  // MARK: Text

  private enum Place {
    case text, attribute
    /// Only line ends are replaced.
    case instruction
  }

  private mutating func append(_ string: Int32) { output.append(tape.string(string)) }

  private mutating func appendName(_ entry: Entry) {
    if entry.prefix != 0 {
      append(entry.prefix)
      output.append(colon)
    }
    append(entry.name)
  }

  private func bytes(of entry: Entry, contain byte: UInt8) -> Bool {
    text[Int(entry.start)..<Int(entry.end)].contains(byte)
  }

  private mutating func append(_ entry: Entry, in place: Place) {
    append(
      utf8: UnsafeBufferPointer(rebasing: text[Int(entry.start)..<Int(entry.end)]), in: place)
  }

  private mutating func append(text: String, in place: Place) {
    var text = text
    text.withUTF8 { append(utf8: $0, in: place) }
  }

  private mutating func append(utf8: UnsafeBufferPointer<UInt8>, in place: Place) {
    var start = 0
    var index = utf8.endOfPlainText(from: 0)
    while index < utf8.count {
      if let other = replacement(for: utf8, at: index, in: place) {
        output.append(UnsafeBufferPointer(rebasing: utf8[start..<index]))
        output.append(other)
        start = index + 1
      }
      index = utf8.endOfPlainText(from: index + 1)
    }
    output.append(UnsafeBufferPointer(rebasing: utf8[start...]))
  }

  private mutating func replacement(
    for utf8: UnsafeBufferPointer<UInt8>, at index: Int, in place: Place
  ) -> StaticString? {
    let byte = utf8[index]
    if byte == carriageReturn { return "&#xD;" }
    if byte < space, byte != tab, byte != newline { isSettled = false }
    if byte == 0xEF, index + 2 < utf8.count, utf8[index + 1] == 0xBF, utf8[index + 2] >= 0xBE {
      isSettled = false
    }
    return switch (byte, place) {
    case (_, .instruction): nil
    case (lessThan, _): "&lt;"
    case (ampersand, _): "&amp;"
    case (greaterThan, .text): "&gt;"
    case (quote, .attribute): "&quot;"
    case (tab, .attribute): "&#x9;"
    case (newline, .attribute): "&#xA;"
    default: nil
    }
  }
}

extension XMLTape {
  /// Whether one of two attributes comes before the other: by namespace, then by name.
  fileprivate func precedes(_ first: Entry, _ second: Entry) -> Bool {
    first.namespace == second.namespace
      ? precedes(first.name, second.name) : precedes(first.namespace, second.namespace)
  }

  /// Whether one of two strings comes before the other, by its bytes.
  fileprivate func precedes(_ first: Int32, _ second: Int32) -> Bool {
    var (first, second) = (string(first), string(second))
    return first.withUTF8 { first in
      second.withUTF8 { second in
        for index in 0..<min(first.count, second.count) where first[index] != second[index] {
          return first[index] < second[index]
        }
        return first.count < second.count
      }
    }
  }
}

extension String {
  /// A namespace name that begins with a scheme and has only characters of a URI (RFC 3986); the empty one stands for none.
  fileprivate var isAbsolute: Bool {
    guard let first = utf8.first else { return true }
    guard let end = utf8.firstIndex(of: colon), first.isLetter else { return false }
    return utf8[..<end].allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
      && utf8.allSatisfy { $0 > space && $0 < 0x7F && !"<>\"{}|\\^`".utf8.contains($0) }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  fileprivate var isDigit: Bool { self &- 0x30 < 10 }
}
