internal import Diagnostics
internal import XML

extension DossierMessage {
  /// Reads what the schema has found to be well-formed.
  ///
  /// - Throws: `DOSS010` to `DOSS016` for an attachment that is not what it says.
  init(_ root: Element) throws {
    let envelope = try root.required("Envelope")
    func text(_ name: String) throws -> String { try envelope.required(name).text }
    guard let kind = try DossierKind(rawValue: text("Kind")) else {
      throw Diagnostic("DOSS022", ["kind": try text("Kind")], at: envelope.location)
    }
    let reference = try envelope.child("CaseRef").map {
      CaseReference(assigner: try $0.attribute("assigner"), number: $0.text)
    }
    self.envelope = DossierEnvelope(
      messageID: try text("MessageId"), kind: kind,
      sender: try envelope.required("Sender").attribute("code"),
      receiver: try envelope.required("Receiver").attribute("code"), caseReference: reference,
      thread: envelope.child("Thread")?.text,
      sequence: envelope.child("Sequence").flatMap { Int($0.text.whiteSpaceCollapsed) },
      previous: envelope.child("Previous").flatMap { Digest($0.text) },
      inReplyTo: envelope.child("InReplyTo")?.text, created: try text("Created"),
      replyBy: envelope.child("ReplyBy")?.text, profile: try text("Profile"),
      isTest: try ["true", "1"].contains(text("Test").whiteSpaceCollapsed))
    receipt = try root.child("Receipt").map(Receipt.init)
    documents = try (root.child("Documents")?.children("Document") ?? []).map(DossierDocument.init)
    let sizes = Dictionary(
      try envelope.required("Manifest").children("Part").map {
        ($0["ref"] ?? "", (Int($0["size"] ?? "") ?? 0, $0["sha256"] ?? ""))
      }
    ) { first, _ in first }
    attachments = try DossierMessage.attachments(of: root, sizes: sizes)
  }

  /// Every attachment, or every problem of all of them.
  private static func attachments(of root: Element, sizes: [String: (Int, String)]) throws
    -> [DossierAttachment]
  {
    var problems: [Diagnostic] = []
    var attachments: [DossierAttachment] = []
    for element in root.child("Attachments")?.children("Attachment") ?? [] {
      let id = try element.attribute("id")
      let (size, digest) = sizes[id] ?? (0, "")
      do {
        let file = try Attachment(
          base64: element.required("Inline").text,
          claim: Attachment.Claim(
            fileName: element.attribute("fileName"), mediaType: element.attribute("mediaType"),
            size: size, digest: digest),
          at: element.location)
        attachments.append(
          DossierAttachment(id: id, about: try element.attribute("about"), file: file))
      } catch let problem as Diagnostic {
        problems.append(problem)
      }
    }
    if let refusal = Diagnostic(refusing: problems) { throw refusal }
    return attachments
  }
}

extension DossierDocument {
  init(_ element: Element) throws {
    let issued = try element.required("Issued")
    let content = try element.required("Content")
    guard let form = content.elements.first else {
      throw Diagnostic("DOSS038", at: content.location)
    }
    self.init(
      id: try element.attribute("id"), form: try element.attribute("form"),
      formVersion: try element.attribute("formVersion"), setID: try element.attribute("setId"),
      revision: Int(try element.attribute("revision")) ?? 1,
      language: try element.attribute("lang"), issuedBy: try issued.attribute("by"),
      issuedAt: try issued.attribute("at"), protocolNumber: issued["protocol"], content: form,
      approvals: try element.children("Approval").compactMap(Approval.init))
  }
}
