internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// `send-dossier`: issued documents for another agency, as one XML message in the outbox.
extension Work {
  mutating func sendDossier(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let kindText = try job.header("kind")
    guard let kind = DossierKind(rawValue: kindText) else {
      throw Diagnostic("TASK508", ["kind": kindText])
    }
    let receiver = try job.text("receiver")
    let name = try job.text("document")
    let message = try await message(kind, about: name, to: receiver, in: number)
    let sent: [String: FEELValue] = [
      "message": .context(["id": .string(message.envelope.messageID)])
    ]
    // the same message is sent once: the receiver has it
    let outbox = try await store.outbox(case: number) + batch.outbox
    guard !outbox.contains(where: { $0.identifier == message.envelope.messageID }) else {
      return sent
    }
    let document = StoredDocument(mediaType: "application/xml", bytes: try message.xml())
    store(document)
    send(
      OutboxMessage(
        identifier: message.envelope.messageID, caseNumber: number, kind: kind.rawValue,
        receiver: receiver, at: now, document: document.identifier))
    try await record(
      .dossierSent(
        message: message.envelope.messageID, kind: kind.rawValue, receiver: receiver,
        document: document.identifier), in: number)
    return sent
  }

  /// The issued document `name`, its trace where it has one, and the identity for receivers entitled to it.
  ///
  /// - Throws: `TASK509` when nothing of that name was issued.
  func message(
    _ kind: DossierKind, about name: String, to receiver: String, in number: CaseNumber
  ) async throws -> DossierMessage {
    var work = self
    let loaded = try await work.loaded(number)
    guard let issued = loaded.state.document(name), issued.role == .issued else {
      throw Diagnostic("TASK509", ["document": name])
    }
    var parts = [issued]
    if let trace = loaded.state.document("decision-trace"), trace.number == issued.number {
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

  /// A UUID of version 8 made from `seed`: the same message is the same message when it is made again.
  func identifier(from seed: String) -> String {
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
}
