import Diagnostics
import Dossier
import FEEL
import Foundation
import XForms
import XML

/// What the fuzzer feeds: bytes of any kind, taken for a message.
///
/// They go through every layer before the case: pre-scan, parser, schema, ids, seal, attachments, manifest. It must always
/// come back with a result or a `Diagnostic`, and what it says must hold together: values mean what the tree means, what
/// is accepted is accepted again, what is sealed verifies, and no longer when a byte of it says something else. The same
/// bytes are read as a document of another format, whose report must name every part that nobody took.
/// `Tests/Scripts/fuzz-dossier.sh` compiles this file into a libFuzzer target; `HostileMessageTests` runs it over a fixed
/// series of damaged messages.
struct DossierFuzzTarget {
  private let receiver: DossierReceiver
  private let inspector: DossierInspector
  private let key = SealKey(name: "CLIN-12/2026")
  private let keys: KeyDirectory
  private let received: UTCTime
  private let mapping: FormMapping
  private let forms: [String: Form]
  private let now: DateTime

  /// - Parameter checkout: the folder of the sources, for the schemas.
  init(checkout: URL) throws {
    func schema(_ name: String) throws -> [UInt8] {
      let path = "Sources/Dossier/Schemas/\(name)-1.0.xsd"
      return Array(try Data(contentsOf: checkout.appending(path: path)))
    }
    guard let from = UTCTime("2026-01-01T00:00:00Z"), let until = UTCTime("2026-12-31T23:59:59Z"),
      let received = UTCTime("2026-03-04T09:00:00Z")
    else { fatalError("three moments") }
    self.received = received
    keys = KeyDirectory([
      KeyEntry(
        name: key.name, owner: "CLIN-12", use: .seal, from: from, until: until,
        publicKey: key.publicKey)
    ])
    receiver = try DossierReceiver(
      receiver: "07", envelopeSchema: schema("dossier"), sealSchema: schema("seal"),
      formSchemas: [:], acceptsTest: true, seals: .optional(keys))
    inspector = try DossierInspector(
      envelopeSchema: schema("dossier"), sealSchema: schema("seal"), keys: keys)
    (mapping, forms) = try Self.mapping(of: checkout)
    guard let now = DateTime("2026-03-04T09:00:00+04:00") else { fatalError("a moment") }
    self.now = now
  }

  private static func mapping(of checkout: URL) throws -> (FormMapping, [String: Form]) {
    func bytes(_ path: String) -> [UInt8]? {
      (try? Data(contentsOf: checkout.appending(path: "Forms/\(path)"))).map { Array($0) }
    }
    let file = "mappings/cda-referral-6.xml"
    let mapping = try FormMapping(parsing: bytes(file) ?? [], file: file)
    var forms: [String: Form] = [:]
    for name in mapping.forms {
      forms[name] = try Form(
        folded: bytes("\(name).xml") ?? [], file: "\(name).xml",
        blocks: { bytes("blocks/\($0).xml") },
        lists: { list in
          bytes("lists/\(list).csv").flatMap { try? CodeList(parsing: $0, file: "\(list).csv") }
        })
    }
    return (mapping, forms)
  }

  func run(_ bytes: [UInt8]) {
    _ = ReturnAddress(claimedIn: bytes)
    _ = try? inspector.report(on: bytes, file: "fuzz.xml", receivedAt: received)
    _ = try? Redaction.copy(of: bytes, keeping: ["doc1"], file: "fuzz.xml")
    _ = try? DossierDifference.all(between: bytes, "a.xml", and: bytes, "b.xml")
    convert(bytes)
    guard let tree = try? XMLTree(parsing: bytes, file: "fuzz.xml") else { return }
    let root = tree.root()
    // libxml2 leaves the & of a namespace name as this reference, which no canonical form has
    if let form = try? tree.canonical(of: []), form.firstRange(of: Array("&#38;".utf8)) == nil,
      let written = try? root.canonical()
    {
      precondition(written == form, "values have another canonical form")
    }
    precondition(
      (try? Element(parsing: Array(root.xml(indented: false).utf8), file: "again.xml")) == root,
      "values that are written are not read again")
    accept(bytes)
    seal(bytes)
  }

  /// A document of another format: its answers may be handed in when nothing is asked, and are read again as they are.
  private func convert(_ bytes: [UInt8]) {
    guard let root = try? Element(parsing: bytes, file: "fuzz.xml", limits: .foreignMessage),
      mapping.fits(root),
      let document = try? mapping.read(root, into: forms, now: now, language: "az")
    else { return }
    let asks = document.lines.contains { $0.outcome == .asked }
    precondition(!document.isComplete || !asks, "something is asked of whole answers")
    for (name, form) in forms {
      guard let answers = document.answers[name] else { fatalError("a form is missing") }
      guard document.isComplete, document.omitted == 0 else {
        _ = try? Answers(form, draft: answers.draft(), now: now)
        continue
      }
      let again = try? Answers.read(answers.xml(), of: form, now: now)
      precondition(again?.problems.isEmpty ?? false, "whole answers are refused")
    }
  }

  /// What is accepted is accepted when it is written anew, and says the same.
  private func accept(_ bytes: [UInt8]) {
    guard let first = try? receiver.receive(bytes, file: "fuzz.xml", receivedAt: received) else {
      return
    }
    guard let written = try? first.message.xml(),
      let again = try? receiver.receive(written, file: "again.xml", receivedAt: received)
    else { fatalError("a message that is accepted is refused when it is written anew") }
    precondition(again.message.envelope == first.message.envelope, "another envelope")
  }

  /// What is sealed verifies; one changed byte is found unless it says nothing.
  private func seal(_ bytes: [UInt8]) {
    for profile in SealProfile.allCases {
      guard let sealed = try? key.sealing(bytes, profile: profile, file: "fuzz.xml"),
        let report = report(on: sealed)
      else { continue }
      precondition(report.integrity != .changed, "a new seal does not verify")
      guard profile == .whole, let form = canonical(sealed) else { continue }
      var changed = sealed
      let place = (bytes.reduce(0) { $0 &* 31 &+ Int($1) } & .max) % sealed.count
      changed[place] ^= 1 << UInt8(place & 7)
      guard let other = self.report(on: changed), canonical(changed) != form else { continue }
      precondition(other.integrity == .changed, "a changed message is still intact")
    }
  }

  private func report(on bytes: [UInt8]) -> SealReport? {
    guard let root = try? Element(parsing: bytes, file: "sealed.xml", limits: .message) else {
      return nil
    }
    let claim = SealVerifier.Claim(sender: "CLIN-12", created: received)
    return try? SealVerifier(keys: keys).report(on: root, claim: claim, receivedAt: received)
  }

  private func canonical(_ bytes: [UInt8]) -> [UInt8]? {
    try? XMLTree(parsing: bytes, file: "sealed.xml").canonical(leavingOut: SealProfile.signature)
  }
}
