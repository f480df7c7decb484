import Diagnostics
import Dossier
import Testing

@Test(arguments: Receipt.Status.allCases)
func receiptsAreReceived(_ status: Receipt.Status) throws {
  let refusal = Diagnostic(
    "DOSS030", ["count": "25"],
    causes: (1...25).map { (number: Int) in
      Diagnostic(
        "DOSS032", ["part": "doc\(number)", "path": "/Dossier"],
        at: SourceLocation(file: "m.xml", line: number))
    })
  let problems = Receipt.Problem.all(of: refusal) { ["az": "Ş" + ($0.arguments["part"] ?? "")] }
  #expect(problems.count == Receipt.Problem.limit)
  let receipt = Receipt(
    status: status, of: "1eba5d4a-7390-5221-9dd3-f97fc4068c64", digest: Digest(of: [1]),
    receivedAt: SealSamples.received,
    log: Receipt.Head(size: 48_211, root: Digest(of: [2])),
    problems: status == .rejected ? problems : [])
  let message = DossierMessage(
    envelope: DossierEnvelope(
      messageID: "1eba5d4a-7390-5221-9dd3-f97fc4068c65", kind: .receipt, sender: "CLIN-12",
      receiver: "07", caseReference: nil, inReplyTo: receipt.of, created: "2026-03-03T10:15:00Z",
      profile: "AZ-2022", isTest: true), receipt: receipt)
  let sealed = try SealSamples.key.sealing(message.xml(), file: "r.xml")
  let received = try SampleMessage.receiver(seals: .required(SealSamples.directory))
    .receive(sealed, file: "r.xml")
  #expect(received == message)
}

@Test func aReceiptIsOfTheKindReceipt() throws {
  let text = String(decoding: try SampleMessage.referral().xml(), as: UTF8.self)
    .replacing("Kind>referral", with: "Kind>receipt")
  let problem = #expect(throws: Diagnostic.self) {
    _ = try SampleMessage.receiver().receive(Array(text.utf8), file: "r.xml")
  }
  #expect(problem?.causes.map(\.code).first == "DOSS039")
}
