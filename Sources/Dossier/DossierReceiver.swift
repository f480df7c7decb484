internal import Diagnostics
internal import XML

/// Reads messages from outside, layer by layer (interchange.md 3.3): bytes, XML, schema, ids, seal, attachments, manifest,
/// rules. What belongs to the thread is decided afterwards, by `ChannelLedger`.
///
/// A layer is reached only when the ones before it found nothing; then all its problems are told at once.
public struct DossierReceiver: Sendable {
  private let schema: XMLSchema
  /// The agency code this office answers to.
  private let receiver: String
  /// Whether this is a test office: it takes test messages and no others.
  private let acceptsTest: Bool
  private let seals: SealPolicy

  /// Which seals are asked for.
  public enum SealPolicy: Hashable, Sendable {
    /// A seal that is there is verified; there need not be one. For test offices.
    case optional(KeyDirectory)
    /// Every message is sealed and has its place in a thread.
    case required(KeyDirectory)
  }

  /// A message, and what is known of it besides its content.
  public struct Received: Sendable {
    public let message: DossierMessage
    /// The name of the key that sealed it; `nil`: it is not sealed.
    public let sealedBy: String?
    /// SHA-256 of the bytes as they came.
    public let digest: Digest

    /// Its place in its thread; `nil`: it does not name one.
    public var link: ChannelLedger.Link? {
      guard let sequence = message.envelope.sequence, message.envelope.thread != nil else {
        return nil
      }
      return ChannelLedger.Link(
        messageID: message.envelope.messageID, sequence: sequence,
        previous: message.envelope.previous, digest: digest)
    }
  }

  /// - Parameters:
  ///   - envelopeSchema: `dossier-1.0.xsd`.
  ///   - sealSchema: `seal-1.0.xsd`.
  ///   - formSchemas: the schemas of the forms in force, by namespace.
  /// - Throws: `XML060` when one of them is no schema.
  public init(
    receiver: String, envelopeSchema: [UInt8], sealSchema: [UInt8], formSchemas: [String: [UInt8]],
    acceptsTest: Bool, seals: SealPolicy
  ) throws {
    self.receiver = receiver
    self.acceptsTest = acceptsTest
    self.seals = seals
    var imports = ""
    var others = ["seal-1.0.xsd": sealSchema]
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
  /// - Parameter receivedAt: when the bytes were first received, by our own log.
  /// - Throws: `DOSS030` with every problem of the first layer that found any, each with line and class.
  public func receive(_ bytes: [UInt8], file: String, receivedAt: UTCTime) throws -> Received {
    do {
      let written = try Element(parsing: bytes, file: file, schema: schema)
      try refuse(Identifiers.problems(in: written))
      let (root, key) = try unsealed(written, receivedAt: receivedAt)
      let message = try DossierMessage(root)
      try refuse(manifestProblems(of: message, in: root))
      try refuse(ruleProblems(of: message, in: root))
      return Received(message: message, sealedBy: key, digest: Digest(of: bytes))
    } catch let problem as Diagnostic where problem.code != "DOSS030" {
      try refuse(problem.code == "XML033" ? problem.causes : [problem])
      throw problem
    }
  }

  /// The root as it was sealed, and by which key; as it was written, when there is no seal and none is needed.
  ///
  /// - Throws: `DOSS040` to `DOSS048`; `DOSS058` for a copy from which parts were taken: it is for reading only.
  private func unsealed(
    _ root: Element, receivedAt: UTCTime
  ) throws -> (Element, String?) {
    let keys: KeyDirectory
    switch seals {
    case .optional(let known):
      if root.child("Signature", in: SealProfile.namespace) == nil { return (root, nil) }
      keys = known
    case .required(let known): keys = known
    }
    let content = try SealVerifier(keys: keys).content(
      of: root, claim: SealVerifier.Claim(envelopeOf: root), receivedAt: receivedAt)
    guard content.withheld.isEmpty else {
      throw Diagnostic(
        "DOSS058", ["parts": content.withheld.joined(separator: ", ")], at: root.location)
    }
    return (content.root, content.seal.keyName)
  }

  private func refuse(_ problems: [Diagnostic]) throws {
    if let refusal = Diagnostic(refusing: problems) { throw refusal }
  }

  /// Every part is listed once, with the size and digest it really has.
  private func manifestProblems(of message: DossierMessage, in root: Element) throws -> [Diagnostic]
  {
    var parts: [String: (size: Int, digest: Digest)] = [:]
    for document in message.documents {
      let form = try document.canonicalContent()
      parts[document.id] = (form.count, Digest(of: form))
    }
    for attachment in message.attachments {
      parts[attachment.id] = (attachment.file.bytes.count, attachment.file.digest)
    }
    let listed = try root.required("Envelope").required("Manifest").children("Part")
    var problems: [Diagnostic] = []
    for part in listed {
      let name = part["ref"] ?? ""
      guard let found = parts.removeValue(forKey: name) else {
        problems.append(Diagnostic("DOSS031", ["part": name], at: part.location))
        continue
      }
      if part["size"] != "\(found.size)" || part["sha256"].flatMap(Digest.init) != found.digest {
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
    if (envelope.kind == .receipt) != (message.receipt != nil) {
      problem("DOSS039", [:], "Kind")
    }
    if case .required = seals, envelope.kind != .receipt,
      envelope.thread == nil || envelope.sequence == nil
    {
      problem("DOSS055", [:], "Created")
    }
    if envelope.sequence.map({ ($0 == 1) != (envelope.previous == nil) }) ?? false {
      problem("DOSS053", ["number": "\(envelope.sequence ?? 0)"], "Sequence")
    }
    let forms = message.documents.map(\.form)
    for form in envelope.kind.requiredForms.sorted() where forms.count(where: { $0 == form }) != 1 {
      problem("DOSS026", ["form": form, "kind": envelope.kind.rawValue], "Kind")
    }
    let choice = envelope.kind.alternativeForms
    if !choice.isEmpty, forms.count(where: choice.contains) != 1 {
      problem("DOSS074", ["forms": choice.sorted().joined(separator: ", ")], "Kind")
    }
    return problems + documentProblems(of: message)
  }

  /// Documents that do not belong to the kind.
  private func documentProblems(of message: DossierMessage) -> [Diagnostic] {
    let kind = message.envelope.kind
    return message.documents.compactMap { document in
      if !kind.allowedForms.contains(document.form) {
        return Diagnostic(
          "DOSS037", ["form": document.form, "kind": kind.rawValue], at: document.content.location)
      }
      guard kind == .correction, document.form != "identity", document.revision < 2 else {
        return nil
      }
      return Diagnostic("DOSS075", ["form": document.form], at: document.content.location)
    }
  }
}

extension Diagnostic {
  /// The refusal of a message; `nil` when nothing is wrong.
  init?(refusing problems: [Diagnostic]) {
    guard let first = problems.first else { return nil }
    self.init(
      "DOSS030", ["count": "\(problems.count)", "class": FaultClass(first)?.rawValue ?? ""],
      at: first.location, causes: problems)
  }
}
