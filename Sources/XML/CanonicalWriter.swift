import Diagnostics

/// Writes values in exclusive canonical form.
struct CanonicalWriter: ~Copyable {
  private var output = ByteOutput(capacity: 16_384)
  /// The declarations in force in what is written, the innermost last.
  private var declared: [NamespaceDeclaration] = []
  /// Prefixes and values fit each other, so that the bytes are those of the element as a parser gives it.
  private var isSettled = true

  /// - Returns: `nil` when the element uses names or characters that only writing settles.
  /// - Throws: `XML070` as above.
  static func bytes(of element: Element) throws -> [UInt8]? {
    var writer = CanonicalWriter()
    try writer.write(element)
    return writer.isSettled ? writer.output.bytes : nil
  }

  private mutating func write(_ element: Element) throws {
    try checkNamespaces(of: element)
    let mark = declared.count
    startTag(element)
    for child in element.children {
      switch child {
      case .element(let element): try write(element)
      case .text(let text): append(text, in: .text)
      case .cdata(let text):
        if text.utf8.contains(carriageReturn) { isSettled = false }
        append(text, in: .text)
      case .processingInstruction(let target, let data):
        output.append("<?")
        output.append(target)
        if !data.isEmpty {
          output.append(space)
          append(data, in: .instruction)
        }
        output.append("?>")
      case .comment: break
      }
    }
    output.append("</")
    append(name: element.name, element.prefix)
    output.append(greaterThan)
    if declared.count > mark { declared.removeSubrange(mark...) }
  }

  private mutating func startTag(_ element: Element) {
    output.append(lessThan)
    append(name: element.name, element.prefix)
    let missing = missingDeclarations(for: element)
    for declaration in missing {
      output.append(declaration.prefix.isEmpty ? " xmlns" : " xmlns:")
      output.append(declaration.prefix)
      append(value: declaration.uri)
    }
    declared += missing
    for attribute in Self.sorted(element.attributes) {
      output.append(space)
      append(name: attribute.name, attribute.prefix)
      append(value: attribute.value)
    }
    output.append(greaterThan)
  }

  // MARK: Namespaces

  /// The declarations that the names of the element need and that are not in force, by prefix.
  private mutating func missingDeclarations(for element: Element) -> [NamespaceDeclaration] {
    var missing: [NamespaceDeclaration] = []
    need(element.prefix, element.namespace, of: element, &missing)
    for attribute in element.attributes {
      if !attribute.prefix.isEmpty {
        need(attribute.prefix, attribute.namespace, of: element, &missing)
      } else if !attribute.namespace.isEmpty {
        isSettled = false
      }
    }
    if missing.isEmpty { return missing }
    if missing.contains(where: { Self.isContradicted($0, by: element) }) { isSettled = false }
    if missing.count > 1 {
      missing.sort { $0.prefix.utf8.lexicographicallyPrecedes($1.prefix.utf8) }
    }
    return missing
  }

  /// A prefix means one thing in a start tag.
  private static func isContradicted(
    _ declaration: NamespaceDeclaration, by element: Element
  ) -> Bool {
    func differs(_ prefix: String, _ uri: String) -> Bool {
      prefix == declaration.prefix && uri != declaration.uri
    }
    return differs(element.prefix, element.namespace)
      || element.attributes.contains { !$0.prefix.isEmpty && differs($0.prefix, $0.namespace) }
  }

  private mutating func need(
    _ prefix: String, _ uri: String, of element: Element, _ missing: inout [NamespaceDeclaration]
  ) {
    let known = declared.last { $0.prefix == prefix }?.uri
    if known == uri, element.declarations.isEmpty { return }
    if prefix == "xml" || prefix == "xmlns" {
      if prefix == "xmlns" || uri != NamespaceScope.xml { isSettled = false }
      return
    }
    if uri == NamespaceScope.xml || (uri.isEmpty && !prefix.isEmpty) { isSettled = false }
    if element.declarations.contains(where: { $0.prefix == prefix && $0.uri != uri }) {
      isSettled = false
    }
    guard (known ?? (prefix.isEmpty ? "" : nil)) != uri,
      !missing.contains(where: { $0.prefix == prefix })
    else { return }
    missing.append(NamespaceDeclaration(prefix: prefix, uri: uri))
  }

  /// - Throws: `XML070` for a relative namespace name: it has no canonical form.
  private func checkNamespaces(of element: Element) throws {
    for declaration in element.declarations where !declaration.uri.isAbsolute {
      throw Diagnostic("XML070", at: element.location)
    }
  }

  private static func sorted(_ attributes: [Attribute]) -> [Attribute] {
    for index in attributes.indices.dropFirst()
    where precedes(attributes[index], attributes[index - 1]) {
      return attributes.sorted(by: precedes)
    }
    return attributes
  }

  private static func precedes(_ first: Attribute, _ second: Attribute) -> Bool {
    if first.namespace == second.namespace {
      return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }
    return first.namespace.utf8.lexicographicallyPrecedes(second.namespace.utf8)
  }

  // MARK: Text

  private enum Place {
    case text, attribute
    /// Only line ends are replaced.
    case instruction
  }

  private mutating func append(name: String, _ prefix: String) {
    if !prefix.isEmpty {
      output.append(prefix)
      output.append(colon)
    }
    output.append(name)
  }

  private mutating func append(value: String) {
    output.append(equals)
    output.append(quote)
    append(value, in: .attribute)
    output.append(quote)
  }

  private mutating func append(_ text: String, in place: Place) {
    var text = text
    text.withUTF8 { utf8 in
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
