internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Documents of a case for another agency, as one XML message in the outbox.
extension Work {
  /// `send-dossier`: a paper that was issued, or filled at a task, when the process comes to it.
  mutating func sendDossier(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let kindText = try job.header("kind")
    guard let kind = DossierKind(rawValue: kindText) else {
      throw Diagnostic("TASK508", ["kind": kindText])
    }
    let sent = try await sendDossier(
      kind, about: try job.text("document"), of: [.issued, .answers],
      to: try job.text("receiver"),
      in: number, as: try await extract(job, in: number))
    return ["message": .context(["id": .string(sent.identifier)])]
  }

  /// What the receiver is told of a paper instead of all of it: the header `form`, filled with the input `content`.
  private mutating func extract(_ job: Job, in number: CaseNumber) async throws -> Extract? {
    guard let name = job.headers["form"] else { return nil }
    let loaded = try await loaded(number)
    let form = try loaded.set.form(name)
    let answers = try Answers(form, prefill: job.context("content"), now: localNow(loaded))
    return Extract(form: form.id, version: form.version, content: answers.xml())
  }

  /// A part of a paper, as a paper of its own.
  struct Extract {
    let form: String
    let version: String
    let content: Element
  }

  /// Puts the document `name` of the case into the outbox; the same message is sent once: the receiver has it.
  ///
  /// - Parameters:
  ///   - roles: what the document may be.
  ///   - extract: what goes in its place; `nil`: the document itself.
  /// - Throws: `TASK509` when there is no such document.
  mutating func sendDossier(
    _ kind: DossierKind, about name: String, of roles: Set<CaseDocument.Role>, to receiver: String,
    in number: CaseNumber, as extract: Extract? = nil
  ) async throws -> OutboxMessage {
    let outbox = try await store.outbox(case: number) + batch.outbox
    let earlier = outbox.count { $0.kind == kind.rawValue && $0.receiver == receiver }
    let message = try await message(
      kind, about: name, of: roles, to: receiver, in: number,
      as: extract.map { ($0, revision: earlier + 1) })
    let identifier = message.envelope.messageID
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
    to receiver: String, in number: CaseNumber, as extract: (Extract, revision: Int)?
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
    var seed = "\(number)|\(kind.rawValue)|\(receiver)|\(issued.identifier)"
    if let (extract, revision) = extract {
      documents[0] = document(extract, of: issued, to: receiver, revision: revision, loaded)
      seed += "|" + fingerprint(Array(extract.content.xml().utf8))
    }
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

  private func document(
    _ extract: Extract, of issued: CaseDocument, to receiver: String, revision: Int,
    _ loaded: LoadedCase
  ) -> DossierDocument {
    DossierDocument(
      id: "doc1", form: extract.form, formVersion: extract.version,
      setID: identifier(from: "\(loaded.number)|\(extract.form)|\(receiver)"),
      revision: revision, language: "az", issuedBy: loaded.state.opening.commission,
      issuedAt: issued.at.description, protocolNumber: issued.number, content: extract.content)
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
