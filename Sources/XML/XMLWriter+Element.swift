extension Element {
  /// This element as a document: well formed, escaped, every namespace declared, the same text for equal elements.
  ///
  /// - Parameter indented: indents, but never where there is text, not even white space: a parsed file keeps its own lines.
  public func xml(indented: Bool = true, declaration: Bool = true) -> String {
    var writer = XMLWriter(indented: indented, declaration: declaration)
    writer.bytes.reserveCapacity(16_384)
    writer.write(self, indented: indented)
    return writer.finish()
  }
}

extension XMLWriter {
  /// Writes `element` with everything in it.
  public mutating func write(_ element: Element, indented: Bool = true) {
    let indented = indented && !element.holdsText
    startTag(element, indentsChildren: indented)
    for node in element.children {
      switch node {
      case .element(let child): write(child, indented: indented)
      case .text(let text): self.text(text)
      case .cdata(let text): cdata(text)
      case .comment(let text): comment(text)
      case .processingInstruction(let target, let data): instruction(target, data)
      }
    }
    close()
  }

  private mutating func cdata(_ text: String) {
    beginContent(onOwnLine: false)
    bytes += "<![CDATA[".utf8
    bytes.append(cdata: text)
    bytes += "]]>".utf8
  }

  private mutating func instruction(_ target: String, _ data: String) {
    beginContent(onOwnLine: true)
    bytes += "<?\(target)".utf8
    if !data.isEmpty {
      bytes.append(space)
      bytes.append(instruction: data)
    }
    bytes += "?>".utf8
  }
}

extension Element {
  fileprivate var holdsText: Bool {
    children.contains {
      switch $0 {
      case .text, .cdata: true
      case .element, .comment, .processingInstruction: false
      }
    }
  }
}
