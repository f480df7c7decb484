internal import BPMN
internal import Diagnostics
public import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Files from and for other agencies.
extension Office {
  /// What became of a received file.
  public struct Reception: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable {
      case opened, continued, already
    }

    public let outcome: Outcome
    public let kind: String
    public let number: CaseNumber
    public let sha256: String
  }

  /// Reads and checks a file without storing anything.
  ///
  /// - Throws: the refusal, with every problem of the first layer that finds any.
  public func validate(_ bytes: [UInt8], file: String) async throws -> DossierMessage {
    let message = try await receiver().receive(bytes, file: file)
    let set = try await currentDefinitions(for: message.envelope.profile)
    for document in message.documents { _ = try Commission.answers(of: document, in: set) }
    return message
  }

  /// Takes a file in: opens a case or goes on with one. The same message again gives the first answer.
  ///
  /// - Throws: the refusal; then nothing of the file is stored but that it was refused, and why.
  public func receive(_ bytes: [UInt8], file: String) async throws -> Reception {
    do {
      return try await accept(bytes, file: file)
    } catch let problem as Diagnostic where !problem.code.hasPrefix("STORE") {
      let codes = ([problem] + problem.causes).map(\.code).removingRepeats()
      _ = try await perform("dossier.refused") { work in
        let note = Refusal(sha256: fingerprint(bytes), size: bytes.count, codes: codes)
        try await work.note("dossier.refused", in: .interchange, Payload().text(note))
        return 0
      }
      throw problem
    }
  }

  private func accept(_ bytes: [UInt8], file: String) async throws -> Reception {
    let message = try await validate(bytes, file: file)
    let digest = fingerprint(bytes)
    let command = CommandID("dossier/\(message.envelope.messageID)")
    if let text = try await store.answer(to: command) {
      let first = try Payload().value(Reception.self, from: text)
      guard first.sha256 == digest else {
        throw Diagnostic("DOSS020", ["message": message.envelope.messageID])
      }
      return Reception(
        outcome: .already, kind: first.kind, number: first.number, sha256: digest)
    }
    return try await perform("dossier.received", command: command) { work in
      var intake = Intake(work: work, message: message, digest: digest, raw: bytes)
      let reception = try await intake.take()
      work = intake.work
      return reception
    }
  }

  /// The messages that were sent for a case.
  ///
  /// - Throws: `CASE022` when nothing was sent yet.
  public func exported(_ number: CaseNumber) async throws -> [(
    message: OutboxMessage, xml: [UInt8]
  )] {
    var result: [(OutboxMessage, [UInt8])] = []
    for message in try await store.outbox(case: number) {
      guard let document = try await store.document(message.document) else {
        throw Diagnostic("STORE004", ["document": message.document])
      }
      result.append((message, document.bytes))
    }
    guard !result.isEmpty else { throw Diagnostic("CASE022", ["number": number.description]) }
    try await note(.dossiers, of: number)
    return result
  }

  /// Who reads the files: knows the schemas of all forms that are in force.
  private func receiver() async throws -> DossierReceiver {
    let definitions = try await store.definitions()
    var schemas: [String: [UInt8]] = [:]
    for profile in Set(definitions.map(\.profile)).subtracting(["any"]).sorted() {
      let set = try await currentDefinitions(for: profile)
      for identifier in set.formIdentifiers {
        let form = try set.form(identifier)
        schemas[form.namespace] = form.schema()
      }
    }
    return try DossierReceiver(
      receiver: authority.commission,
      envelopeSchema: Resources.bytes("Schemas/dossier-1.0.xsd") ?? [], formSchemas: schemas,
      acceptsTest: authority.isTest)
  }
}

/// What is kept of a refused file: nothing of its content.
private struct Refusal: Codable {
  let sha256: String
  let size: Int
  let codes: [String]
}

/// The answers in a document of a dossier, checked by its form.
///
/// - Throws: `DOSS021` when the form is not known; `FORM012` with every problem.
func answers(of document: DossierDocument, in set: DefinitionSet) throws -> Answers {
  guard let form = try? set.form(document.form) else {
    throw Diagnostic("DOSS021", ["form": document.form], at: document.content.location)
  }
  let issued = Instant(document.issuedAt) ?? Instant(seconds: 0)
  let (answers, problems) = try Answers.read(
    document.content, of: form, now: set.calendar.wallTime(at: issued))
  guard problems.isEmpty else {
    throw Diagnostic("FORM012", ["count": "\(problems.count)"], causes: problems)
  }
  return answers
}
