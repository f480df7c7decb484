/// Writes XML piece by piece: always well formed, escaped, the same bytes for the same calls. Also used for SVG.
///
/// Characters that XML cannot hold (control characters) become U+FFFD. An element that holds text is never
/// indented, because that would change the text.
///
///     var svg = XMLWriter()
///     svg.open("svg", namespace: "http://www.w3.org/2000/svg", ["width": "10"])
///     svg.element("title", text: "Appeal")
///     svg.close()
///     let text = svg.finish()
public struct XMLWriter: Sendable {
  var bytes: [UInt8] = []
  var openElements: [OpenElement] = []
  var scope = NamespaceScope()
  private let indented: Bool

  struct OpenElement {
    var qualifiedName: String
    var scopeMark: Int
    var isEmpty = true  // the start tag still lacks its ">"
    var indentsChildren: Bool
  }

  /// - Parameter declaration: whether to begin with `<?xml version="1.0" encoding="UTF-8"?>`.
  public init(indented: Bool = true, declaration: Bool = true) {
    self.indented = indented
    if declaration { bytes += #"<?xml version="1.0" encoding="UTF-8"?>"#.utf8 + [newline] }
  }

  /// Writes a start tag; `close` ends the element.
  ///
  /// - Parameter namespace: `nil` means the namespace of the element around it.
  public mutating func open(
    _ name: String, namespace: String? = nil, prefix: String = "",
    _ attributes: KeyValuePairs<String, String> = [:]
  ) {
    let uri = namespace ?? scope.uri(of: prefix) ?? ""
    startTag(
      Element(
        name, namespace: uri, prefix: prefix,
        attributes: attributes.map { Attribute($0.key, value: $0.value) }),
      indentsChildren: indented)
  }

  /// Writes text inside the open element.
  public mutating func text(_ text: String) {
    guard !text.isEmpty else { return }
    beginContent(onOwnLine: false)
    bytes.append(escaped: text, for: .text)
  }

  /// Writes a whole element that holds only text.
  public mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = ""
  ) {
    open(name, attributes)
    self.text(text)
    close()
  }

  /// Writes a comment; `--` in it becomes `- -`, which XML allows.
  public mutating func comment(_ text: String) {
    beginContent(onOwnLine: true)
    bytes += "<!--".utf8
    bytes.append(comment: text)
    bytes += "-->".utf8
  }

  /// Ends the element opened last.
  public mutating func close() {
    guard let element = openElements.popLast() else { fatalError("close without open") }
    if element.isEmpty {
      bytes += "/>".utf8
    } else {
      if element.indentsChildren { newLine() }
      bytes += "</".utf8
      bytes += element.qualifiedName.utf8
      bytes.append(greaterThan)
    }
    scope.remove(downTo: element.scopeMark)
    if openElements.isEmpty { bytes.append(newline) }
  }

  /// What was written since the last call; lets a long document go out piece by piece in constant memory.
  public mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Closes what is still open and gives the text written since the last `take`.
  public consuming func finish() -> String {
    while !openElements.isEmpty { close() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends the start tag before it, if there is one, and starts a line where the parent may be indented.
  mutating func beginContent(onOwnLine: Bool) {
    guard let last = openElements.indices.last else { return }
    if !onOwnLine { openElements[last].indentsChildren = false }
    if openElements[last].isEmpty {
      openElements[last].isEmpty = false
      bytes.append(greaterThan)
    }
    if openElements[last].indentsChildren { newLine() }
  }

  private mutating func newLine() {
    bytes.append(newline)
    bytes.append(contentsOf: repeatElement(space, count: 2 * openElements.count))
  }

  mutating func startTag(_ element: Element, indentsChildren: Bool) {
    beginContent(onOwnLine: true)
    let mark = scope.count
    let names = scope.enter(element)
    bytes.append(lessThan)
    bytes += names.element.utf8
    for declaration in scope.declarations(since: mark) {
      bytes +=
        declaration.prefix.isEmpty ? " xmlns=\"".utf8 : " xmlns:\(declaration.prefix)=\"".utf8
      bytes.append(escaped: declaration.uri, for: .attribute)
      bytes.append(quote)
    }
    for (attribute, name) in zip(element.attributes, names.attributes) {
      bytes.append(space)
      bytes += name.utf8
      bytes.append(equals)
      bytes.append(quote)
      bytes.append(escaped: attribute.value, for: .attribute)
      bytes.append(quote)
    }
    openElements.append(
      OpenElement(qualifiedName: names.element, scopeMark: mark, indentsChildren: indentsChildren))
  }
}
