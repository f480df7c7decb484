import Diagnostics
import Synchronization

/// What a parser met, one entry after another: a document without a value of its own for every part of it.
///
/// Elements made of it are opened where somebody looks into them; what is only sealed, or handed on, never is.
final class XMLTape: Sendable {
  /// One part of a document. The names are places in `strings`.
  struct Entry: BitwiseCopyable, Sendable {
    enum Kind: UInt8 {
      case element, declaration, attribute, text, cdata, comment, instruction
    }

    let kind: Kind
    /// The local name; the target of an instruction.
    var name: Int32 = 0
    var prefix: Int32 = 0
    var namespace: Int32 = 0
    /// Where the value begins in `text`; of an element, the entry of its first child.
    var start: Int32 = 0
    /// Where the value ends in `text`; of an element, the entry behind all that is in it.
    var end: Int32 = 0
    /// Of the start tag; 0: not known.
    var line: UInt32 = 0
  }

  /// An element is followed by its declarations, its attributes and its children, in file order.
  let entries: [Entry]
  /// All values, in UTF-8.
  let text: [UInt8]
  /// The first one is empty; every other one stands there once.
  let strings: [String]
  let file: String
  private let opening = Mutex(())

  init(entries: [Entry], text: [UInt8], strings: [String], file: String) {
    self.entries = entries
    self.text = text
    self.strings = strings
    self.file = file
  }

  func string(_ place: Int32) -> String { strings[Int(place)] }

  func value(of entry: Entry) -> String {
    text.withUnsafeBufferPointer {
      String(decoding: $0[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
    }
  }

  func location(of entry: Entry) -> SourceLocation {
    SourceLocation(file: file, line: Int(entry.line))
  }

  /// Runs `body` while no other thread opens an element of this tape.
  func whileOpening(_ body: () -> Void) { opening.withLock { _ in body() } }

  // MARK: - Parts of an element

  func declarations(of element: Int) -> [NamespaceDeclaration] {
    heads(of: element, .declaration) {
      NamespaceDeclaration(prefix: string($0.prefix), uri: string($0.namespace))
    }
  }

  func attributes(of element: Int) -> [Attribute] { heads(of: element, .attribute, attribute) }

  func attribute(_ entry: Entry) -> Attribute {
    Attribute(
      string(entry.name), namespace: string(entry.namespace), prefix: string(entry.prefix),
      value: value(of: entry))
  }

  private func heads<Part>(
    of element: Int, _ kind: Entry.Kind, _ make: (Entry) -> Part
  ) -> [Part] {
    var parts: [Part] = []
    for index in element + 1..<Int(entries[element].start) where entries[index].kind == kind {
      parts.append(make(entries[index]))
    }
    return parts
  }

  func children(of element: Int) -> [Node] {
    var nodes: [Node] = []
    var index = Int(entries[element].start)
    let end = Int(entries[element].end)
    while index < end {
      let entry = entries[index]
      switch entry.kind {
      case .element: nodes.append(.element(Element(XMLTape.Place(self, index))))
      case .text: nodes.append(.text(value(of: entry)))
      case .cdata: nodes.append(.cdata(value(of: entry)))
      case .comment: nodes.append(.comment(value(of: entry)))
      case .instruction:
        nodes.append(
          .processingInstruction(target: string(entry.name), data: value(of: entry)))
      case .declaration, .attribute: fatalError("they stand before the children")
      }
      index = entry.kind == .element ? Int(entry.end) : index + 1
    }
    return nodes
  }
}

extension XMLTape {
  /// An element of a tape.
  struct Place: Sendable {
    let tape: XMLTape
    /// Of its entry.
    let index: Int

    init(_ tape: XMLTape, _ index: Int) {
      self.tape = tape
      self.index = index
    }

    var entry: Entry { tape.entries[index] }
    /// The entries of the element and of all that is in it.
    var range: Range<Int> { index..<Int(entry.end) }

    /// Its text, when nothing else is in it.
    var onlyText: String? {
      let first = Int(entry.start)
      guard first + 1 == Int(entry.end), tape.entries[first].kind == .text else { return nil }
      return tape.value(of: tape.entries[first])
    }

    /// The value of an attribute; `nil` when it is not there.
    func attribute(_ name: String, in namespace: String) -> String? {
      for index in index + 1..<Int(entry.start) where tape.entries[index].kind == .attribute {
        let attribute = tape.entries[index]
        if tape.isCalled(attribute, name, in: namespace) { return tape.value(of: attribute) }
      }
      return nil
    }

    /// The first element called so directly inside it, from the entry `start` on.
    func child(_ name: String, in namespace: String, from start: Int? = nil) -> XMLTape.Place? {
      var index = start ?? Int(entry.start)
      let end = Int(entry.end)
      while index < end {
        let child = tape.entries[index]
        if child.kind == .element {
          if tape.isCalled(child, name, in: namespace) { return XMLTape.Place(tape, index) }
          index = Int(child.end)
        } else {
          index += 1
        }
      }
      return nil
    }

    /// The elements called so directly inside it.
    func children(_ name: String, in namespace: String) -> [XMLTape.Place] {
      var found: [XMLTape.Place] = []
      var next = Int(entry.start)
      while let place = child(name, in: namespace, from: next) {
        found.append(place)
        next = place.range.upperBound
      }
      return found
    }
  }

  private func isCalled(_ entry: Entry, _ name: String, in namespace: String) -> Bool {
    string(entry.name) == name && string(entry.namespace) == namespace
  }
}
