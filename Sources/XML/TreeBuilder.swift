import CXML
import Diagnostics

/// Makes a tape of the parser's events: no libxml2 tree in between.
struct TreeBuilder: ~Copyable {
  /// A DOCTYPE, which the scan before should have refused.
  private(set) var sawDocumentType = false
  /// What the schema found, in file order.
  private(set) var problems: [SchemaReport] = []

  private let file: String
  private let lines: [UInt32]
  private var elementCount = 0
  private var names = NameTable()
  private var entries: [XMLTape.Entry] = []
  private var text: ByteOutput
  /// The entries of the elements around what is read.
  private var open: [Int] = []
  private var textStart = 0
  private var isCDATA = false
  /// The innermost element has ended, but the schema may still have something to say about it.
  private var isClosing = false

  /// - Parameters:
  ///   - lines: the line of every start tag, in file order.
  ///   - size: of the document, in bytes.
  init(file: String, lines: [UInt32], size: Int) {
    self.file = file
    self.lines = lines
    entries.reserveCapacity(4 * lines.count)
    text = ByteOutput(capacity: size)
  }

  /// The element that was around everything; `nil` while it is open.
  consuming func root() -> Element? {
    guard open.isEmpty, !entries.isEmpty else { return nil }
    let tape = XMLTape(entries: entries, text: text.bytes, strings: names.strings, file: file)
    return Element(XMLTape.Place(tape, 0))
  }

  /// - Parameters:
  ///   - declarations: prefix and namespace for each.
  ///   - attributes: name, prefix, namespace, start and end of the value for each.
  mutating func start(
    _ name: UnsafePointer<xmlChar>?, prefix: UnsafePointer<xmlChar>?,
    uri: UnsafePointer<xmlChar>?,
    declarations: UnsafeMutableBufferPointer<UnsafePointer<xmlChar>?>,
    attributes: UnsafeMutableBufferPointer<UnsafePointer<xmlChar>?>
  ) {
    flush()
    let element = entries.count
    open.append(element)
    entries.append(
      XMLTape.Entry(
        kind: .element, name: names.place(of: name), prefix: names.place(of: prefix),
        namespace: names.place(ofNamespace: uri),
        line: elementCount < lines.count ? lines[elementCount] : 0))
    elementCount += 1
    for index in stride(from: 0, to: declarations.count, by: 2) {
      entries.append(
        XMLTape.Entry(
          kind: .declaration, prefix: names.place(of: declarations[index]),
          namespace: names.place(ofNamespace: declarations[index + 1])))
    }
    for index in stride(from: 0, to: attributes.count, by: 5) {
      append(value: attributes[index + 3], attributes[index + 4])
      push(
        .attribute, name: names.place(of: attributes[index]),
        prefix: names.place(of: attributes[index + 1]),
        namespace: names.place(ofNamespace: attributes[index + 2]))
    }
    entries[element].start = Int32(entries.count)
  }

  mutating func end() {
    flush()
    isClosing = true
  }

  mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>, isCDATA: Bool) {
    if isClosing || isCDATA != self.isCDATA { flush() }
    self.isCDATA = isCDATA
    text.append(bytes)
  }

  mutating func comment(_ content: UnsafePointer<xmlChar>?) {
    flush()
    guard !open.isEmpty, let content else { return }
    append(content)
    push(.comment)
  }

  mutating func instruction(_ target: UnsafePointer<xmlChar>?, _ data: UnsafePointer<xmlChar>?) {
    flush()
    guard !open.isEmpty else { return }
    if let data { append(data) }
    push(.instruction, name: names.place(of: target))
  }

  mutating func documentType() { sawDocumentType = true }

  /// Ends the element that is closing, and makes an entry of the text so far.
  mutating func flush() {
    if text.count > textStart { push(isCDATA ? .cdata : .text) }
    guard isClosing else { return }
    isClosing = false
    if let element = open.popLast() { entries[element].end = Int32(entries.count) }
  }

  // MARK: - Values

  /// Makes an entry whose value is the text since the last one.
  private mutating func push(
    _ kind: XMLTape.Entry.Kind, name: Int32 = 0, prefix: Int32 = 0, namespace: Int32 = 0
  ) {
    entries.append(
      XMLTape.Entry(
        kind: kind, name: name, prefix: prefix, namespace: namespace, start: Int32(textStart),
        end: Int32(text.count)))
    textStart = text.count
  }

  private mutating func append(_ content: UnsafePointer<xmlChar>) {
    text.append(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
  }

  /// A value in which libxml2 has left `&` as a reference, for a tree to resolve that we do not build.
  private mutating func append(
    value start: UnsafePointer<xmlChar>?, _ end: UnsafePointer<xmlChar>?
  ) {
    guard let start, let end, start < end else { return }
    let bytes = UnsafeBufferPointer(start: start, count: end - start)
    if bytes.contains(ampersand) {
      text.append(String(decoding: bytes, as: UTF8.self).replacing("&#38;", with: "&"))
    } else {
      text.append(bytes)
    }
  }

  // MARK: - Places

  /// Notes what the schema says about an element that is open: the innermost that `message` names.
  mutating func report(_ code: Int, _ message: String) {
    let named = SchemaReport.elementName(in: message)
    guard problems.count < Report.most,
      let depth = open.lastIndex(where: { name(of: $0) == named }) ?? open.indices.last
    else { return }
    problems.append(
      SchemaReport(
        code: code, message: message, element: name(of: open[depth]), elementPath: path(to: depth),
        location: SourceLocation(file: file, line: Int(entries[open[depth]].line))))
  }

  private func name(of element: Int) -> String { names.strings[Int(entries[element].name)] }

  /// `/Dossier/Documents/Document[2]`: local names, numbered from the second of a name on.
  private func path(to depth: Int) -> String {
    var path = ""
    for level in 0...depth {
      let element = open[level]
      path += "/" + name(of: element).quotedForMessage
      guard level > 0 else { continue }
      var before = 0
      var index = Int(entries[open[level - 1]].start)
      while index < element {
        let entry = entries[index]
        if entry.kind == .element, entry.name == entries[element].name { before += 1 }
        index = entry.kind == .element ? Int(entry.end) : index + 1
      }
      if before > 0 { path += "[\(before + 1)]" }
    }
    return path
  }
}
