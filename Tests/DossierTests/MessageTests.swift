import Diagnostics
import Dossier
import Foundation
import TestSupport
import Testing
import XML

/// What we write, others can receive: nothing is lost on the way.
@Test(arguments: UInt64(1)...60)
func writtenMessagesAreReceived(_ seed: UInt64) throws {
  var random = RandomMessages(numbers: SeededNumbers(seed: seed))
  let message = try random.message()
  let receiver = try SampleMessage.receiver(
    message.envelope.receiver, acceptsTest: message.envelope.isTest)
  let received = try receiver.receive(message.xml(), file: "message.xml")
  #expect(received.envelope == message.envelope)
  #expect(received.attachments == message.attachments)
  #expect(received.documents.count == message.documents.count)
  for (read, written) in zip(received.documents, message.documents) {
    #expect(read.content.text == written.content.text)
    #expect(read.content.elements.map(\.text) == written.content.elements.map(\.text))
    #expect(described(read) == described(written))
  }
}

/// The same message has the same bytes, and what was received is written as it was.
@Test func writingIsRepeatable() throws {
  let message = try SampleMessage.referral()
  let bytes = try message.xml()
  #expect(try message.xml() == bytes)
  let received = try SampleMessage.receiver().receive(bytes, file: "message.xml")
  #expect(try received.xml() == bytes)
}

/// The mark of a test counts whatever white space is around it (XSD 1.0 part 2, 3.2.2).
@Test(arguments: ["true", "1", "true ", "\n  1\n"])
func marksOfTestsMayStandAmongWhiteSpace(_ mark: String) throws {
  let written = String(decoding: try SampleMessage.referral().xml(), as: UTF8.self)
  let marked = written.replacing("Test>true<", with: "Test>\(mark)<")
  #expect(written.contains("Test>true<"))
  let received = try SampleMessage.receiver().receive(Array(marked.utf8), file: "message.xml")
  #expect(received.envelope.isTest)
}

/// Every kind travels with exactly the forms it must bring.
@Test(arguments: DossierKind.allCases.filter { $0 != .receipt })
func everyKindIsReceived(_ kind: DossierKind) throws {
  let chosen = kind.alternativeForms.sorted().first.map { [$0] } ?? []
  let needed = kind.requiredForms.sorted() + chosen
  let forms = needed.isEmpty ? ["conclusion"] : needed
  #expect(Set(forms).isSubset(of: kind.allowedForms))
  let documents = try forms.enumerated().map { index, form in
    let surname = "<surname>Ş</surname><birthDate>1974-05-17</birthDate>"
    return try SampleMessage.document(
      "doc\(index + 1)", form, form == "identity" ? surname : "x",
      revision: kind == .correction ? 2 : 1)
  }
  let message = DossierMessage(
    envelope: DossierEnvelope(
      messageID: "1eba5d4a-7390-5221-9dd3-f97fc4068c64", kind: kind, sender: "CLIN-12",
      receiver: "07",
      caseReference: kind.needsCase ? CaseReference(assigner: "07", number: "1") : nil,
      created: "2026-03-03T10:15:00Z", profile: "AZ-S3", isTest: true),
    documents: documents, attachments: [])
  let received = try SampleMessage.receiver().receive(message.xml(), file: "message.xml")
  #expect(received.envelope == message.envelope)
}

/// All of a document but its content.
private func described(_ document: DossierDocument) -> [String] {
  [
    document.id, document.form, document.formVersion, document.setID, "\(document.revision)",
    document.language, document.issuedBy, document.issuedAt, document.protocolNumber ?? "–",
  ]
}

/// Referrals with the letters that go wrong: Azerbaijani ones, four bytes long, markup, line ends and blanks.
struct RandomMessages {
  var numbers: SeededNumbers

  mutating func message() throws -> DossierMessage {
    let kind = Bool.random(using: &numbers) ? DossierKind.referral : .supplement
    let hasCase = kind.needsCase || Bool.random(using: &numbers)
    let envelope = DossierEnvelope(
      messageID: identifier(), kind: kind,
      sender: "CLIN-\(Int.random(in: 1...99, using: &numbers))",
      receiver: ["07", "00", "11"].randomElement(using: &numbers) ?? "07",
      caseReference: hasCase ? CaseReference(assigner: "07", number: label()) : nil,
      inReplyTo: Bool.random(using: &numbers) ? identifier() : nil, created: "2026-03-03T10:15:00Z",
      replyBy: Bool.random(using: &numbers) ? "2026-04-03T10:15:00Z" : nil,
      profile: ["AZ-2022", "AZ-S3"].randomElement(using: &numbers) ?? "AZ-S3",
      isTest: Bool.random(using: &numbers))
    var documents = [try document("doc1", "referral")]
    if kind == .referral { documents.append(try identity()) }
    let attachments = try (0..<Int.random(in: 0...3, using: &numbers)).map { try attachment($0) }
    return DossierMessage(envelope: envelope, documents: documents, attachments: attachments)
  }

  private mutating func document(_ id: String, _ form: String) throws -> DossierDocument {
    let namespace = "urn:msec:form:\(form):1"
    let children = (0..<Int.random(in: 1...6, using: &numbers)).map { number in
      Node.element(
        Element(
          "answer\(number)", namespace: namespace,
          attributes: [Attribute("display", value: label())], children: [.text(text())]))
    }
    return DossierDocument(
      id: id, form: form, formVersion: "1.12", setID: identifier(),
      revision: Int.random(in: 1...9999, using: &numbers), language: "ru", issuedBy: "CLIN-12",
      issuedAt: "2026-03-03T10:15:00Z",
      protocolNumber: Bool.random(using: &numbers) ? label() : nil,
      content: Element(
        form, namespace: namespace,
        declarations: [NamespaceDeclaration(prefix: "", uri: namespace)], children: children))
  }

  private mutating func identity() throws -> DossierDocument {
    let namespace = "urn:msec:form:identity:1"
    let surname = Element("surname", namespace: namespace, children: [.text(text())])
    let born = Element("birthDate", namespace: namespace, children: [.text("1974-05-17")])
    let content = Element(
      "identity", namespace: namespace,
      declarations: [NamespaceDeclaration(prefix: "", uri: namespace)],
      children: [.element(surname), .element(born)])
    return DossierDocument(
      id: "doc2", form: "identity", formVersion: "1.0", setID: identifier(), revision: 1,
      language: "az", issuedBy: "CLIN-12", issuedAt: "2026-03-03T10:15:00Z", protocolNumber: nil,
      content: content)
  }

  private mutating func attachment(_ number: Int) throws -> DossierAttachment {
    let size = Int.random(in: 0...200, using: &numbers)
    let tail = (0..<size).map { _ in UInt8.random(in: 0...255, using: &numbers) }
    let (type, head) =
      [
        (MediaType.pdf, Array("%PDF-".utf8)), (.jpeg, [0xFF, 0xD8, 0xFF]),
        (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      ].randomElement(using: &numbers) ?? (.pdf, Array("%PDF-".utf8))
    let isText = Bool.random(using: &numbers)
    return try SampleMessage.attachment(
      "scan\(number)", about: "doc1", "şəkil \(number) İş", isText ? .text : type,
      isText ? Array(text().utf8) : head + tail)
  }

  private mutating func identifier() -> String {
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in "0123456789abcdef".randomElement(using: &numbers) ?? "0" })
    }
    return [8, 4, 4, 4, 12].map(digits).joined(separator: "-")
  }

  /// Text as the schema's `Label` takes it: attributes keep no line ends.
  private mutating func label() -> String {
    let letters = "AzƏəĞğIıŞşİi07 -/<&>\"'№я🦽𐐷"
    return String(
      (0..<Int.random(in: 1...40, using: &numbers)).map { _ in
        letters.randomElement(using: &numbers) ?? "a"
      })
  }

  private mutating func text() -> String {
    let letters = "AzƏəĞğIıŞşİi07 <&>\"'\n\t]№яé👩‍🦽🦽𐐷中"
    return "ə"
      + String(
        (0..<Int.random(in: 0...200, using: &numbers)).map { _ in
          letters.randomElement(using: &numbers) ?? "a"
        }) + "]]>"
  }
}
