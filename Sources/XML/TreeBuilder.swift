import CXML
import Diagnostics

/// Makes values of the parser's events: no libxml2 tree in between.
struct TreeBuilder: ~Copyable {
  /// The element that was around everything; `nil` while it is open.
  private(set) var root: Element?
  /// A DOCTYPE, which the scan before should have refused.
  private(set) var sawDocumentType = false
  /// What the schema found, in file order.
  private(set) var problems: [SchemaReport] = []

  private let file: String
  private let lines: [UInt32]
  private var elementCount = 0
  private var names = StringCache()
  private var namespaces = StringCache {
    let text = String(cString: $0)
    let isPlain = !text.utf8.contains(ampersand) || cxml_keeps_references_in_namespaces() == 0
    return isPlain ? text : text.replacing("&#38;", with: "&")
  }
  private var open: [Element] = []
  private var firstNodes: [Int] = []
  private var nodes = NodeStack()
  private var text: [UInt8] = []
  private var isCDATA = false
  /// The innermost element has ended, but the schema may still have something to say about it.
  private var isClosing = false

  /// - Parameter lines: the line of every start tag, in file order.
  init(file: String, lines: [UInt32]) {
    self.file = file
    self.lines = lines
  }

  mutating func start(
    _ name: UnsafePointer<xmlChar>?, prefix: UnsafePointer<xmlChar>?,
    uri: UnsafePointer<xmlChar>?, attributes: [Attribute],
    declarations: [NamespaceDeclaration]
  ) {
    flush()
    let line = elementCount < lines.count ? Int(lines[elementCount]) : 0
    elementCount += 1
    firstNodes.append(nodes.count)
    open.append(
      Element(
        names[name], namespace: namespaces[uri], prefix: names[prefix], attributes: attributes,
        declarations: declarations, location: SourceLocation(file: file, line: line)))
  }

  mutating func end() {
    flush()
    isClosing = true
  }

  mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>, isCDATA: Bool) {
    if isClosing || isCDATA != self.isCDATA { flush() }
    self.isCDATA = isCDATA
    text += bytes
  }

  mutating func comment(_ content: UnsafePointer<xmlChar>?) {
    flush()
    guard !open.isEmpty, let content else { return }
    nodes.push(.comment(String(cString: content)))
  }

  mutating func instruction(_ target: UnsafePointer<xmlChar>?, _ data: UnsafePointer<xmlChar>?) {
    flush()
    guard !open.isEmpty else { return }
    nodes.push(
      .processingInstruction(
        target: names[target], data: data.map { String(cString: $0) } ?? ""))
  }

  mutating func documentType() { sawDocumentType = true }

  /// Makes an element of what has ended, and a node of the text so far.
  mutating func flush() {
    if !text.isEmpty {
      let string = String(decoding: text, as: UTF8.self)
      nodes.push(isCDATA ? .cdata(string) : .text(string))
      text.removeAll(keepingCapacity: true)
    }
    if isClosing { close() }
  }

  private mutating func close() {
    isClosing = false
    guard !open.isEmpty, let firstNode = firstNodes.popLast() else { return }
    var element = open.removeLast()
    element.children = nodes.pop(from: firstNode)
    place(element)
  }

  private mutating func place(_ element: consuming Element) {
    if open.isEmpty { root = element } else { nodes.push(.element(element)) }
  }

  // MARK: - Parts of a start tag

  /// - Parameter list: name, prefix, namespace, start and end of the value for each.
  mutating func attributes(
    _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
  ) -> [Attribute] {
    guard count > 0, let list else { return [] }
    var result: [Attribute] = []
    result.reserveCapacity(count)
    for index in 0..<count {
      let parts = list + 5 * index
      result.append(
        Attribute(
          names[parts[0]], namespace: namespaces[parts[2]], prefix: names[parts[1]],
          value: value(parts[3], parts[4])))
    }
    return result
  }

  /// - Parameter list: prefix and namespace for each.
  mutating func declarations(
    _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
  ) -> [NamespaceDeclaration] {
    guard count > 0, let list else { return [] }
    return (0..<count).map {
      NamespaceDeclaration(prefix: names[list[2 * $0]], uri: namespaces[list[2 * $0 + 1]])
    }
  }

  /// A value in which libxml2 has left `&` as a reference, for a tree to resolve that we do not build.
  private func value(_ start: UnsafePointer<xmlChar>?, _ end: UnsafePointer<xmlChar>?) -> String {
    guard let start, let end, start < end else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: end - start)
    let text = String(decoding: bytes, as: UTF8.self)
    return bytes.contains(ampersand) ? text.replacing("&#38;", with: "&") : text
  }

  // MARK: - Places

  /// Notes what the schema says about an element that is open: the innermost that `message` names.
  mutating func report(_ code: Int, _ message: String) {
    let named = SchemaReport.elementName(in: message)
    guard problems.count < Report.most,
      let index = open.lastIndex(where: { $0.name == named }) ?? open.indices.last
    else { return }
    problems.append(
      SchemaReport(
        code: code, message: message, element: open[index].name, elementPath: path(to: index),
        location: open[index].location ?? SourceLocation(file: file)))
  }

  /// `/Dossier/Documents/Document[2]`: local names, numbered from the second of a name on.
  private func path(to last: Int) -> String {
    var path = ""
    for index in 0...last {
      path += "/" + open[index].name.quotedForMessage
      guard index > 0 else { continue }
      var before = 0
      for node in firstNodes[index - 1]..<firstNodes[index] {
        if case .element(let sibling) = nodes[node], sibling.name == open[index].name {
          before += 1
        }
      }
      if before > 0 { path += "[\(before + 1)]" }
    }
    return path
  }
}
