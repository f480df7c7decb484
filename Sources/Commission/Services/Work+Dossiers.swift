internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Documents of a case for another agency, as one XML message in the outbox.
extension Work {
  /// `send-dossier`: an issued document, when the process comes to it.
  mutating func sendDossier(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let kindText = try job.header("kind")
    guard let kind = DossierKind(rawValue: kindText) else {
      throw Diagnostic("TASK508", ["kind": kindText])
    }
    let sent = try await sendDossier(
      kind, about: try job.text("document"), of: [.issued], to: try job.text("receiver"),
      in: number)
    return ["message": .context(["id": .string(sent.identifier)])]
  }

  /// Puts the document `name` of the case into the outbox; the same message is sent once: the receiver has it.
  ///
  /// - Parameter roles: what the document may be.
  /// - Throws: `TASK509` when there is no such document.
  mutating func sendDossier(
    _ kind: DossierKind, about name: String, of roles: Set<CaseDocument.Role>, to receiver: String,
    in number: CaseNumber
  ) async throws -> OutboxMessage {
    let message = try await message(kind, about: name, of: roles, to: receiver, in: number)
    let identifier = message.envelope.messageID
    let outbox = try await store.outbox(case: number) + batch.outbox
    if let known = outbox.first(where: { $0.identifier == identifier }) { return known }
    let document = StoredDocument(mediaType: "application/xml", bytes: try message.xml())
    store(document)
    let outgoing = OutboxMessage(
      identifier: identifier, caseNumber: number, kind: kind.rawValue, receiver: receiver, at: now,
      document: document.identifier)
    send(outgoing)
    try await record(
      .dossierSent(
        message: identifier, kind: kind.rawValue, receiver: receiver,
        document: document.identifier), in: number)
    return outgoing
  }

  /// The document `name`, its trace where it has one, and the identity for receivers entitled to it.
  private func message(
    _ kind: DossierKind, about name: String, of roles: Set<CaseDocument.Role>,
    to receiver: String, in number: CaseNumber
  ) async throws -> DossierMessage {
    var work = self
    let loaded = try await work.loaded(number)
    guard let issued = loaded.state.document(name), roles.contains(issued.role) else {
      throw Diagnostic("TASK509", ["document": name])
    }
    var parts = [issued]
    if kind.allowedForms.contains("decision-trace"), name != "decision-trace",
      let trace = loaded.state.document("decision-trace"), trace.number == issued.number
    {
      parts.append(trace)
    }
    if kind.carriesIdentity, let identity = loaded.state.document("identity") {
      parts.append(identity)
    }
    var documents: [DossierDocument] = []
    for (index, part) in parts.enumerated() {
      documents.append(try await dossierDocument(part, id: "doc\(index + 1)", of: loaded))
    }
    let seed = "\(number)|\(kind.rawValue)|\(receiver)|\(issued.identifier)"
    return DossierMessage(
      envelope: DossierEnvelope(
        messageID: identifier(from: seed), kind: kind,
        sender: loaded.state.opening.commission, receiver: receiver,
        caseReference: CaseReference(
          assigner: loaded.state.opening.commission, number: number.description),
        created: now.description, profile: loaded.state.opening.profile,
        isTest: authority.isTest),
      documents: documents, attachments: [])
  }

  private func dossierDocument(_ part: CaseDocument, id: String, of loaded: LoadedCase) async throws
    -> DossierDocument
  {
    let pending = batch.documents.first { $0.identifier == part.identifier }
    let stored: StoredDocument?
    if let pending { stored = pending } else { stored = try await store.document(part.identifier) }
    guard let stored else { throw Diagnostic("STORE004", ["document": part.identifier]) }
    return try DossierDocument(
      id: id, form: part.form ?? part.name, formVersion: part.formVersion ?? "1.0",
      setID: identifier(from: "\(loaded.number)|\(part.name)"),
      revision: loaded.state.documents.count { $0.name == part.name && $0.role == part.role },
      language: "az", issuedBy: loaded.state.opening.commission, issuedAt: part.at.description,
      protocolNumber: part.number,
      content: Element(parsing: stored.bytes, file: "\(part.name).xml"))
  }

  func identifier(from seed: String) -> String { uuid(from: seed) }
}

/// A UUID of version 8 made from `seed`: the same message is the same message when it is made again.
func uuid(from seed: String) -> String {
  var digits = Array(fingerprint(Array(seed.utf8)).prefix(32))
  digits[12] = "8"
  digits[16] = "a"
  let text = String(digits)
  var parts: [Substring] = []
  var rest = text[...]
  for length in [8, 4, 4, 4, 12] {
    parts.append(rest.prefix(length))
    rest = rest.dropFirst(length)
  }
  return parts.joined(separator: "-")
}
