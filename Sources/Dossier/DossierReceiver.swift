internal import Diagnostics
internal import XML

/// Reads messages from outside, layer by layer (interchange.md 3.3): bytes, XML, schema, ids, manifest, attachments, rules.
///
/// A layer is reached only when the ones before it found nothing; then all its problems are told at once.
public struct DossierReceiver: Sendable {
  private let schema: XMLSchema
  /// The agency code this office answers to.
  private let receiver: String
  /// Whether this is a test office: it takes test messages and no others.
  private let acceptsTest: Bool

  /// - Parameters:
  ///   - envelopeSchema: `dossier-1.0.xsd`.
  ///   - formSchemas: the schemas of the forms in force, by namespace.
  /// - Throws: `XML060` when one of them is no schema.
  public init(
    receiver: String, envelopeSchema: [UInt8], formSchemas: [String: [UInt8]], acceptsTest: Bool
  ) throws {
    self.receiver = receiver
    self.acceptsTest = acceptsTest
    var imports = ""
    var others: [String: [UInt8]] = [:]
    for (index, entry) in formSchemas.sorted(by: { $0.key < $1.key }).enumerated() {
      let name = "form-\(index).xsd"
      imports += "<xs:import namespace=\"\(entry.key)\" schemaLocation=\"\(name)\"/>"
      others[name] = entry.value
    }
    let text = String(decoding: envelopeSchema, as: UTF8.self)
    schema = try XMLSchema(
      compiling: Array(text.replacing("<!--forms-->", with: imports).utf8),
      file: "dossier-1.0.xsd", others: others)
  }

  /// The message in `bytes`; `file` is only for messages.
  ///
  /// - Throws: `DOSS030` with every problem of the first layer that found any, each with line and class.
  public func receive(_ bytes: [UInt8], file: String) throws -> DossierMessage {
    do {
      let tree = try XMLTree(parsing: bytes, file: file)
      try refuse(schema.problems(in: tree))
      let root = tree.root()
      try refuse(Identifiers.problems(in: root))
      let message = try DossierMessage(root)
      try refuse(manifestProblems(of: message, in: root))
      try refuse(ruleProblems(of: message, in: root))
      return message
    } catch let problem as Diagnostic where problem.code != "DOSS030" {
      try refuse([problem])
      throw problem
    }
  }

  private func refuse(_ problems: [Diagnostic]) throws {
    if let refusal = Diagnostic(refusing: problems) { throw refusal }
  }

  /// Every part is listed once, with the size and digest it really has.
  private func manifestProblems(of message: DossierMessage, in root: Element) throws -> [Diagnostic]
  {
    var parts: [String: [UInt8]] = [:]
    for document in message.documents { parts[document.id] = try document.canonicalContent() }
    for attachment in message.attachments { parts[attachment.id] = attachment.file.bytes }
    let listed = try root.required("Envelope").required("Manifest").children("Part")
    var problems: [Diagnostic] = []
    for part in listed {
      let name = part["ref"] ?? ""
      guard let bytes = parts.removeValue(forKey: name) else {
        problems.append(Diagnostic("DOSS031", ["part": name], at: part.location))
        continue
      }
      if part["size"] != "\(bytes.count)" || part["sha256"] != Digest(of: bytes).description {
        problems.append(Diagnostic("DOSS032", ["part": name], at: part.location))
      }
    }
    for name in parts.keys.sorted() {
      problems.append(Diagnostic("DOSS033", ["part": name], at: root.location))
    }
    return problems
  }

  /// Addressee, test flag, case, and the forms that belong to the kind.
  private func ruleProblems(of message: DossierMessage, in root: Element) throws -> [Diagnostic] {
    let envelope = message.envelope
    let place = try root.required("Envelope")
    var problems: [Diagnostic] = []
    func problem(_ code: String, _ arguments: [String: String], _ name: String) {
      problems.append(
        Diagnostic(code, arguments, at: place.child(name)?.location ?? place.location))
    }
    if envelope.receiver != receiver {
      problem("DOSS034", ["receiver": envelope.receiver, "us": receiver], "Receiver")
    }
    if envelope.isTest != acceptsTest {
      problem(acceptsTest ? "DOSS035" : "DOSS036", [:], "Test")
    }
    if envelope.kind.needsCase, envelope.caseReference == nil {
      problem("DOSS027", ["kind": envelope.kind.rawValue], "Kind")
    }
    let forms = message.documents.map(\.form)
    for form in envelope.kind.requiredForms.sorted() where forms.count(where: { $0 == form }) != 1 {
      problem("DOSS026", ["form": form, "kind": envelope.kind.rawValue], "Kind")
    }
    for document in message.documents where !envelope.kind.allowedForms.contains(document.form) {
      problems.append(
        Diagnostic(
          "DOSS037", ["form": document.form, "kind": envelope.kind.rawValue],
          at: document.content.location))
    }
    return problems
  }
}

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
      inReplyTo: envelope.child("InReplyTo")?.text, created: try text("Created"),
      replyBy: envelope.child("ReplyBy")?.text, profile: try text("Profile"),
      isTest: try ["true", "1"].contains(text("Test").trimmingPrefix(while: \.isWhitespace)))
    documents = try root.required("Documents").children("Document").map(DossierDocument.init)
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

extension Diagnostic {
  /// The refusal of a message; `nil` when nothing is wrong.
  fileprivate init?(refusing problems: [Diagnostic]) {
    guard let first = problems.first else { return nil }
    self.init(
      "DOSS030", ["count": "\(problems.count)", "class": FaultClass(first)?.rawValue ?? ""],
      at: first.location, causes: problems)
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
      issuedAt: try issued.attribute("at"), protocolNumber: issued["protocol"], content: form)
  }
}
