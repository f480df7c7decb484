import Diagnostics

/// Writes values in exclusive canonical form.
struct CanonicalWriter {
  private var bytes: [UInt8] = []
  /// The declarations in force in what is written, the innermost last.
  private var declared: [NamespaceDeclaration] = []
  /// Prefixes and values fit each other, so that the bytes are those of the element as a parser gives it.
  private var isSettled = true

  /// - Returns: `nil` when the element uses names or characters that only writing settles.
  /// - Throws: `XML070` as above.
  static func bytes(of element: Element) throws -> [UInt8]? {
    var writer = CanonicalWriter()
    writer.bytes.reserveCapacity(16_384)
    try writer.write(element)
    return writer.isSettled ? writer.bytes : nil
  }

  private mutating func write(_ element: Element) throws {
    try checkNamespaces(of: element)
    let mark = declared.count
    startTag(element, declaring: missingDeclarations(for: element))
    for child in element.children {
      switch child {
      case .element(let element): try write(element)
      case .text(let text): append(text, isAttribute: false)
      case .cdata(let text):
        if text.utf8.contains(carriageReturn) { isSettled = false }
        append(text, isAttribute: false)
      case .processingInstruction(let target, let data):
        bytes += "<?\(target)".utf8
        if !data.isEmpty {
          bytes.append(space)
          append(data, isAttribute: nil)
        }
        bytes += "?>".utf8
      case .comment: break
      }
    }
    bytes.append(lessThan)
    bytes.append(slash)
    append(name: element.name, element.prefix)
    bytes.append(greaterThan)
    declared.removeSubrange(mark...)
  }

  private mutating func startTag(_ element: Element, declaring missing: [NamespaceDeclaration]) {
    bytes.append(lessThan)
    append(name: element.name, element.prefix)
    for declaration in missing {
      bytes += declaration.prefix.isEmpty ? " xmlns".utf8 : " xmlns:\(declaration.prefix)".utf8
      append(value: declaration.uri)
    }
    declared += missing
    for attribute in Self.sorted(element.attributes) {
      bytes.append(space)
      append(name: attribute.name, attribute.prefix)
      append(value: attribute.value)
    }
    bytes.append(greaterThan)
  }

  // MARK: Namespaces

  /// The declarations that the names of the element need and that are not in force, by prefix.
  private mutating func missingDeclarations(for element: Element) -> [NamespaceDeclaration] {
    var missing: [NamespaceDeclaration] = []
    need(element.prefix, element.namespace, of: element, &missing)
    for attribute in element.attributes {
      if attribute.prefix.isEmpty {
        if !attribute.namespace.isEmpty { isSettled = false }
      } else {
        need(attribute.prefix, attribute.namespace, of: element, &missing)
      }
    }
    if missing.count > 1 {
      missing.sort { $0.prefix.utf8.lexicographicallyPrecedes($1.prefix.utf8) }
    }
    return missing
  }

  private mutating func need(
    _ prefix: String, _ uri: String, of element: Element, _ missing: inout [NamespaceDeclaration]
  ) {
    if prefix == "xml" || prefix == "xmlns" {
      if prefix == "xmlns" || uri != NamespaceScope.xml { isSettled = false }
      return
    }
    if uri == NamespaceScope.xml || (uri.isEmpty && !prefix.isEmpty) { isSettled = false }
    if element.declarations.contains(where: { $0.prefix == prefix && $0.uri != uri }) {
      isSettled = false
    }
    if let other = missing.first(where: { $0.prefix == prefix }) {
      if other.uri != uri { isSettled = false }
      return
    }
    let known = declared.last { $0.prefix == prefix }?.uri
    guard (known ?? (prefix.isEmpty ? "" : nil)) != uri else { return }
    missing.append(NamespaceDeclaration(prefix: prefix, uri: uri))
  }

  /// - Throws: `XML070` for a relative namespace name: it has no canonical form.
  private func checkNamespaces(of element: Element) throws {
    for declaration in element.declarations where !declaration.uri.isAbsolute {
      throw Diagnostic("XML070", at: element.location)
    }
  }

  private static func sorted(_ attributes: [Attribute]) -> [Attribute] {
    guard attributes.count > 1 else { return attributes }
    let isSorted = zip(attributes, attributes.dropFirst()).allSatisfy { !precedes($1, $0) }
    return isSorted ? attributes : attributes.sorted(by: precedes)
  }

  private static func precedes(_ first: Attribute, _ second: Attribute) -> Bool {
    if first.namespace == second.namespace {
      return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }
    return first.namespace.utf8.lexicographicallyPrecedes(second.namespace.utf8)
  }

  // MARK: Text

  private mutating func append(name: String, _ prefix: String) {
    if !prefix.isEmpty {
      bytes += prefix.utf8
      bytes.append(colon)
    }
    bytes += name.utf8
  }

  private mutating func append(value: String) {
    bytes.append(equals)
    bytes.append(quote)
    append(value, isAttribute: true)
    bytes.append(quote)
  }

  /// - Parameter isAttribute: `nil`: the data of an instruction, in which only line ends are replaced.
  private mutating func append(_ text: String, isAttribute: Bool?) {
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in utf8.indices where !utf8[index].isPlain {
        guard let other = replacement(for: utf8, at: index, isAttribute) else { continue }
        bytes.append(contentsOf: utf8[start..<index])
        bytes += other.utf8
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
  }

  private mutating func replacement(
    for utf8: UnsafeBufferPointer<UInt8>, at index: Int, _ isAttribute: Bool?
  ) -> String? {
    let byte = utf8[index]
    if byte == carriageReturn { return "&#xD;" }
    if byte < space, byte != tab, byte != newline { isSettled = false }
    if byte == 0xEF, index + 2 < utf8.count, utf8[index + 1] == 0xBF, utf8[index + 2] >= 0xBE {
      isSettled = false
    }
    guard let isAttribute else { return nil }
    return switch byte {
    case lessThan: "&lt;"
    case ampersand: "&amp;"
    case greaterThan: isAttribute ? nil : "&gt;"
    case quote: isAttribute ? "&quot;" : nil
    case tab: isAttribute ? "&#x9;" : nil
    case newline: isAttribute ? "&#xA;" : nil
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
