internal import BPMN
internal import Diagnostics
public import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Files from and for other agencies.
extension Office {
  /// Reads and checks a file without storing anything.
  ///
  /// - Throws: the refusal, with every problem of the first layer that finds any.
  public func validate(_ bytes: [UInt8], file: String) async throws -> DossierMessage {
    let received = try await receiver().receive(bytes, file: file, receivedAt: now.utcTime)
    let set = try await currentDefinitions(for: received.message.envelope.profile)
    // what others decided is only kept: their forms are not ours to check
    for document in received.message.documents where !received.message.envelope.kind.isFiled {
      _ = try Commission.answers(of: document, in: set, language: language)
    }
    return received.message
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
  ///
  /// - Parameter addressee: whose files are read; `nil`: ours. Those of others need no seal yet.
  func receiver(reading addressee: String? = nil) async throws -> DossierReceiver {
    let deployed = try await store.heads(of: Stream.definitions.description).first?.hash ?? ""
    let known = try await store.heads(of: Stream.keys.description).first?.hash ?? ""
    let code = addressee ?? authority.commission
    let key = "\(code) \(authority.isTest) \(today) \(deployed) \(known)"
    let isOpen = authority.isTest || addressee != nil
    return try await definitions.receiver(key) {
      let keys = try await keys()
      return try await newReceiver(code, isOpen ? .optional(keys) : .required(keys))
    }
  }

  private func newReceiver(
    _ code: String, _ seals: DossierReceiver.SealPolicy
  ) async throws -> DossierReceiver {
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
      receiver: code,
      envelopeSchema: Resources.bytes("Schemas/dossier-1.0.xsd") ?? [],
      sealSchema: Resources.bytes("Schemas/seal-1.0.xsd") ?? [], formSchemas: schemas,
      acceptsTest: authority.isTest, seals: seals)
  }
}

/// A form that came with a dossier, read and checked, and what is kept of it.
struct FilledForm: Sendable {
  let answers: Answers
  let context: FEELContext
  /// The form as it is stored.
  let document: StoredDocument

  init(_ answers: Answers) throws {
    self.answers = answers
    context = answers.context()
    document = try StoredDocument(answers.xml(), context: context)
  }
}

/// The forms of a dossier that were right, read before its turn.
struct FilledForms: Sendable {
  /// What they were read with.
  let set: DefinitionSet
  /// The first of each form.
  let forms: [String: FilledForm]

  init(of message: DossierMessage, in set: DefinitionSet, language: Language) {
    self.set = set
    var forms: [String: FilledForm] = [:]
    for document in message.documents where forms[document.form] == nil {
      forms[document.form] = try? FilledForm(
        Commission.answers(of: document, in: set, language: language))
    }
    self.forms = forms
  }
}

/// The answers in a document of a dossier, checked by its form.
///
/// - Throws: `DOSS021` when the form is not known; `FORM012` with every problem, rules of the form in `language`.
func answers(
  of document: DossierDocument, in set: DefinitionSet, language: Language
) throws -> Answers {
  guard let form = try? set.form(document.form) else {
    throw Diagnostic("DOSS021", ["form": document.form], at: document.content.location)
  }
  let issued = Instant(document.issuedAt) ?? Instant(seconds: 0)
  let (answers, problems) = try Answers.read(
    document.content, of: form, now: set.calendar.wallTime(at: issued), language: language.rawValue)
  guard problems.isEmpty else {
    throw Diagnostic("FORM012", ["count": "\(problems.count)"], causes: problems)
  }
  return answers
}
