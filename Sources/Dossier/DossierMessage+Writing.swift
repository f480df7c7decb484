internal import Diagnostics
internal import XML

extension DossierMessage {
  /// The namespace of the first major version.
  public static let namespace = "urn:msec:dossier:1"

  /// The message as XML in UTF-8; the manifest lists size and digest of every part.
  ///
  /// - Throws: `XML070` when a document has no canonical form.
  public func xml() throws -> [UInt8] {
    let root = Element(
      "Dossier", namespace: Self.namespace, prefix: "d",
      attributes: [Attribute("version", value: "1.0"), Attribute("id", value: "dossier")],
      children: ([try envelopeElement()] + content()).map { .element($0) })
    return Array(root.xml().utf8)
  }

  private func content() -> [Element] {
    if let receipt { return [receipt.element] }
    let documents = element("Documents", children: self.documents.map(document))
    guard !attachments.isEmpty else { return [documents] }
    return [documents, element("Attachments", children: attachments.map(attachment))]
  }

  private func envelopeElement() throws -> Element {
    var children = [
      text("MessageId", envelope.messageID), text("Kind", envelope.kind.rawValue),
      element(
        "Sender", [Attribute("code", value: envelope.sender), Attribute("system", value: "mse")]),
      element("Receiver", [Attribute("code", value: envelope.receiver)]),
    ]
    if let reference = envelope.caseReference {
      children.append(
        text("CaseRef", reference.number, [Attribute("assigner", value: reference.assigner)]))
    }
    if let thread = envelope.thread { children.append(text("Thread", thread)) }
    if let sequence = envelope.sequence { children.append(text("Sequence", "\(sequence)")) }
    if let previous = envelope.previous {
      children.append(text("Previous", previous.description))
    }
    if let inReplyTo = envelope.inReplyTo { children.append(text("InReplyTo", inReplyTo)) }
    children.append(text("Created", envelope.created))
    if let replyBy = envelope.replyBy { children.append(text("ReplyBy", replyBy)) }
    children.append(text("Profile", envelope.profile))
    children.append(text("Test", envelope.isTest ? "true" : "false"))
    children.append(element("Manifest", children: try parts()))
    return element("Envelope", [Attribute("id", value: "envelope")], children: children)
  }

  private func parts() throws -> [Element] {
    let documents = try self.documents.map { document in
      part(document.id, try document.canonicalContent())
    }
    return documents + attachments.map { part($0.id, $0.file.bytes) }
  }

  private func part(_ id: String, _ bytes: [UInt8]) -> Element {
    element(
      "Part",
      [
        Attribute("ref", value: id), Attribute("size", value: "\(bytes.count)"),
        Attribute("sha256", value: Digest(of: bytes).description),
      ])
  }

  private func document(_ document: DossierDocument) -> Element {
    var issued = [
      Attribute("by", value: document.issuedBy), Attribute("at", value: document.issuedAt),
    ]
    if let number = document.protocolNumber { issued.append(Attribute("protocol", value: number)) }
    return element(
      "Document",
      [
        Attribute("id", value: document.id), Attribute("form", value: document.form),
        Attribute("formVersion", value: document.formVersion),
        Attribute("setId", value: document.setID),
        Attribute("revision", value: "\(document.revision)"),
        Attribute("lang", value: document.language),
      ],
      children: [
        element("Issued", issued), content(document.content),
      ] + document.approvals.map(approval))
  }

  private func approval(_ approval: Approval) -> Element {
    text(
      "Approval", Base64.encode(approval.signature),
      [
        Attribute("role", value: approval.role), Attribute("person", value: approval.person),
        Attribute("at", value: approval.at.description), Attribute("key", value: approval.key),
        Attribute("method", value: Approval.method),
        Attribute("dissent", value: approval.isDissent ? "true" : "false"),
      ])
  }

  /// Text beside the form keeps the writer from indenting it, which would change its canonical form.
  private func content(_ form: Element) -> Element {
    Element(
      "Content", namespace: Self.namespace, prefix: "d",
      children: [.text("\n"), .element(form), .text("\n")])
  }

  private func attachment(_ attachment: DossierAttachment) -> Element {
    element(
      "Attachment",
      [
        Attribute("id", value: attachment.id),
        Attribute("fileName", value: attachment.file.fileName),
        Attribute("mediaType", value: attachment.file.mediaType.rawValue),
        Attribute("about", value: attachment.about),
      ], children: [text("Inline", Base64.encode(attachment.file.bytes))])
  }

  private func element(
    _ name: String, _ attributes: [Attribute] = [], children: [Element] = []
  ) -> Element {
    Element(
      name, namespace: Self.namespace, prefix: "d", attributes: attributes,
      children: children.map { .element($0) })
  }

  private func text(_ name: String, _ text: String, _ attributes: [Attribute] = []) -> Element {
    Element(
      name, namespace: Self.namespace, prefix: "d", attributes: attributes, children: [.text(text)])
  }
}

extension DossierDocument {
  /// The exclusive canonical form of the content, which manifest and approvals speak of.
  public func canonicalContent() throws -> [UInt8] {
    try content.canonical()
  }
}
