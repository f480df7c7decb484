internal import XML

extension DossierMessage {
  /// A written message as a number of a thread, ready to be sealed.
  ///
  /// - Parameters:
  ///   - thread: a lower-case UUID.
  ///   - sequence: from 1.
  ///   - previous: SHA-256 of the bytes of the message before; `nil` for the first.
  ///   - replyBy: when an answer is overdue, where the message does not say so itself.
  ///   - file: only for messages.
  /// - Throws: the codes of `XMLTree` when `document` is no message.
  public static func placing(
    _ document: [UInt8], thread: String, sequence: Int, previous: Digest?, replyBy: UTCTime? = nil,
    file: String
  ) throws -> [UInt8] {
    let root = try Element(parsing: document, file: file, limits: .message)
    let lines =
      [("Thread", thread), ("Sequence", "\(sequence)")]
      + (previous.map { [("Previous", $0.description)] } ?? [])
    let placed = root.changing("Envelope") { envelope in
      var envelope = envelope
      let place = envelope.children.lastIndex {
        guard case .element(let child) = $0 else { return false }
        return ["MessageId", "Kind", "Sender", "Receiver", "CaseRef"].contains(child.name)
      }
      let added = lines.flatMap { name, text -> [Node] in
        [
          .text("\n    "),
          .element(
            Element(
              name, namespace: envelope.namespace, prefix: envelope.prefix,
              children: [.text(text)])),
        ]
      }
      envelope.children.insert(contentsOf: added, at: place.map { $0 + 1 } ?? 0)
      if let replyBy, envelope.child("ReplyBy") == nil {
        envelope.insert("ReplyBy", replyBy.description, after: "Created")
      }
      return envelope
    }
    return Array(placed.xml(indented: false).utf8)
  }
}

extension Element {
  /// Adds a line of text after the child of that name.
  fileprivate mutating func insert(_ name: String, _ text: String, after sibling: String) {
    let place = children.lastIndex {
      guard case .element(let child) = $0 else { return false }
      return child.name == sibling
    }
    let line = Element(name, namespace: namespace, prefix: prefix, children: [.text(text)])
    children.insert(
      contentsOf: [.text("\n    "), .element(line)], at: place.map { $0 + 1 } ?? children.count)
  }
}
