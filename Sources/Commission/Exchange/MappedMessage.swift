internal import Diagnostics
public import Dossier
public import FEEL
public import XForms
internal import XML

extension DossierMessage {
  /// A message of answers that were read from a document of another format.
  ///
  /// The same answers at the same moment give the same message.
  /// - Parameters:
  ///   - answers: complete; of the forms of `mapping`.
  ///   - receiver: its agency code.
  ///   - profile: the law that the sender goes by: `AZ-2022`.
  /// - Throws: `MAP003` when `mapping` makes a kind of message that there is not.
  public init(
    _ answers: [Answers], by mapping: FormMapping, to receiver: String, profile: String,
    isTest: Bool, at now: Instant
  ) throws {
    guard let kind = DossierKind(rawValue: mapping.kind) else {
      throw Diagnostic("MAP003", ["what": "message", "name": mapping.kind])
    }
    func value(_ place: FormMapping.Place) -> String {
      answers.first { $0.form.id == place.form }?.value(at: place.path) ?? ""
    }
    let sender = value(mapping.origin.issuer)
    let number = value(mapping.origin.number)
    let documents = answers.enumerated().map { index, answers in
      // codes are called in the language of the record, whoever converts it
      var answers = answers
      answers.language = Language.az.rawValue
      return DossierDocument(
        id: "doc\(index + 1)", form: answers.form.id, formVersion: answers.form.version,
        setID: uuid(from: "mapped|\(sender)|\(number)|\(answers.form.id)"),
        revision: Int(value(mapping.origin.version)) ?? 1, language: answers.language,
        issuedBy: sender, issuedAt: now.description, protocolNumber: nil, content: answers.xml())
    }
    let contents = documents.map { $0.content.xml() }.joined()
    self.init(
      envelope: DossierEnvelope(
        messageID: uuid(from: "mapped|\(sender)|\(receiver)|\(now)|\(contents)"), kind: kind,
        sender: sender, receiver: receiver, caseReference: nil, created: now.description,
        profile: profile, isTest: isTest),
      documents: documents, attachments: [])
  }
}
