import Dossier
import Foundation
import TestSupport
import XML

/// Messages for the tests, and the receiver that reads them.
enum SampleMessage {
  /// The schema of the envelope, as it stands in the sources.
  static var schema: [UInt8] {
    get throws {
      let path = "Sources/Dossier/Schemas/dossier-1.0.xsd"
      return try Array(Data(contentsOf: Corpus.checkout.appending(path: path)))
    }
  }

  /// A test office that answers to `code`; the form `identity` has a schema of its own.
  static func receiver(
    _ code: String = "07", acceptsTest: Bool = true,
    seals: DossierReceiver.SealPolicy = .optional(KeyDirectory())
  ) throws -> DossierReceiver {
    let identity = """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:msec:form:identity:1"
        elementFormDefault="qualified">
        <xs:element name="identity">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="surname" type="xs:string"/>
              <xs:element name="birthDate" type="xs:date"/>
            </xs:sequence>
          </xs:complexType>
        </xs:element>
      </xs:schema>
      """
    return try DossierReceiver(
      receiver: code, envelopeSchema: schema, sealSchema: SealSamples.schema("seal"),
      formSchemas: ["urn:msec:form:identity:1": Array(identity.utf8)], acceptsTest: acceptsTest,
      seals: seals)
  }

  static func document(
    _ id: String, _ form: String, _ content: String, revision: Int = 1
  ) throws -> DossierDocument {
    DossierDocument(
      id: id, form: form, formVersion: "1.0", setID: "3cffd507-b008-5196-914d-9678dfb62323",
      revision: revision, language: "az", issuedBy: "CLIN-12", issuedAt: "2026-03-03T10:15:00Z",
      protocolNumber: nil,
      content: try Element(
        parsing: Array("<\(form) xmlns='urn:msec:form:\(form):1'>\n\(content)\n</\(form)>".utf8),
        file: form))
  }

  static func attachment(
    _ id: String, about: String, _ name: String, _ type: MediaType, _ bytes: [UInt8]
  ) throws -> DossierAttachment {
    let claim = Attachment.Claim(
      fileName: name, mediaType: type.rawValue, size: bytes.count,
      digest: Digest(of: bytes).description)
    return DossierAttachment(
      id: id, about: about,
      file: try Attachment(base64: Base64.encode(bytes), claim: claim, at: nil))
  }

  /// A referral with a scan and a note, as the cases of `Cases/receiving` change it.
  static func referral() throws -> DossierMessage {
    DossierMessage(
      envelope: DossierEnvelope(
        messageID: "1eba5d4a-7390-5221-9dd3-f97fc4068c64", kind: .referral, sender: "CLIN-12",
        receiver: "07", caseReference: nil, created: "2026-03-03T10:15:00Z", profile: "AZ-2022",
        isTest: true),
      documents: [
        try document(
          "doc1", "identity", "<surname>Əliyev</surname><birthDate>1974-05-17</birthDate>"),
        try document("doc2", "referral", "<purpose>irp</purpose>"),
      ],
      attachments: [
        try attachment("scan1", about: "doc2", "arayış.pdf", .pdf, Array("%PDF-1.4".utf8)),
        try attachment("note1", about: "doc2", "Qeyd.txt", .text, Array("Şikayət yoxdur".utf8)),
      ])
  }
}

extension DossierMessage {
  /// The same message as the first of a thread.
  func inThread() -> DossierMessage {
    DossierMessage(
      envelope: DossierEnvelope(
        messageID: envelope.messageID, kind: envelope.kind, sender: envelope.sender,
        receiver: envelope.receiver, caseReference: envelope.caseReference,
        thread: "0199a6ee-02c1-7a90-b7c4-0f5d6e7a8b9c", sequence: 1, created: envelope.created,
        profile: envelope.profile, isTest: envelope.isTest),
      documents: documents, attachments: attachments)
  }
}

extension DossierReceiver {
  /// The message alone, received when the tests receive.
  func receive(_ bytes: [UInt8], file: String) throws -> DossierMessage {
    try receive(bytes, file: file, receivedAt: SealSamples.received).message
  }
}
