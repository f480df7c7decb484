import Diagnostics
import Dossier
import Foundation
import TestSupport
import Testing
import XML

@Test(arguments: UInt64(1)...40, SealProfile.allCases)
func sealsVerify(_ seed: UInt64, _ profile: SealProfile) throws {
  var random = RandomDossier(seed: seed)
  let bytes = random.bytes()
  let sealed = try SealSamples.key.sealing(bytes, profile: profile, file: "random.xml")
  let report = try SealSamples.report(on: sealed)
  #expect(report.isGood)
  #expect(report.seal.profile == profile && report.seal.keyName == "CLIN-12/2026")
  #expect(try SealSamples.content(of: sealed).withheld.isEmpty)
  if profile == .whole {
    let before = try XMLTree(parsing: bytes, file: "before").canonical()
    let tree = try XMLTree(parsing: sealed, file: "after")
    #expect(try tree.canonical(leavingOut: SealProfile.signature) == before)
  }
}

@Test func sealingTwiceIsRefused() throws {
  let sealed = try SealSamples.key.sealing(SampleMessage.referral().xml(), file: "a.xml")
  let problem = #expect(throws: Diagnostic.self) {
    _ = try SealSamples.key.sealing(sealed, file: "a.xml")
  }
  #expect(problem?.code == "DOSS049")
}

/// What an attacker or an accident does to the seal, and what is said of it. `a -> b` on the text of a sealed referral.
@Test(arguments: [
  ("AZ-2022</d:Profile>", "AZ-S3</d:Profile>", "DOSS043"),
  ("arayış.pdf", "arayis.pdf", "DOSS043"),
  ("</d:Dossier>", " </d:Dossier>", "DOSS043"),
  ("CLIN-12/2026<", "CLIN-13/2026<", "DOSS045"),
  (
    "xml-exc-c14n#\"/><ds:SignatureMethod", "xml-exc-c14n#WithComments\"/><ds:SignatureMethod",
    "DOSS042"
  ),
  ("ecdsa-sha256", "hmac-sha256", "DOSS042"), ("xmlenc#sha256", "xmldsig#sha1", "DOSS042"),
  ("URI=\"\"", "URI=\"#dossier\"", "DOSS042"),
  ("URI=\"\"", "URI=\"file:///etc/passwd\"", "DOSS042"),
  ("URI=\"\"", "URI=\"\" Type=\"x\"", "DOSS042"),
  ("<ds:KeyName>", "<ds:KeyValue/><ds:KeyName>", "DOSS042"),
  ("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>", "DOSS042"),
  ("<ds:SignatureValue>", "<ds:SignatureValue>AA", "DOSS042"),
  ("</ds:Signature>", "</ds:Signature><d:More/>", "DOSS041"),
  ("<ds:SignedInfo>", "<ds:SignedInfo Id=\"i\">", "DOSS042"),
])
func brokenSealsAreNamed(_ old: String, _ new: String, _ code: String) throws {
  let sealed = try SealSamples.key.sealing(SampleMessage.referral().xml(), file: "a.xml")
  let text = String(decoding: sealed, as: UTF8.self)
  #expect(text.contains(old))
  let changed = text.replacing(old, with: new, maxReplacements: 1)
  let problem = #expect(throws: Diagnostic.self) {
    _ = try SealSamples.content(of: Array(changed.utf8))
  }
  #expect(problem?.code == code)
}

/// Signature values that fool careless verifiers: zeros, beyond the order of the curve, another key's.
@Test(arguments: [0x00, 0xff, nil] as [UInt8?])
func foolingValuesAreRefused(_ byte: UInt8?) throws {
  let bytes = try SampleMessage.referral().xml()
  let sealed = try SealSamples.key.sealing(bytes, file: "a.xml")
  let other = try SealKey(name: "CLIN-12/2026").sealing(bytes, file: "a.xml")
  let forgery =
    try byte.map { Base64.encode(Array(repeating: $0, count: 64)) } ?? signatureValue(other)
  let forged = String(decoding: sealed, as: UTF8.self)
    .replacing(try signatureValue(sealed), with: forgery)
  #expect(try SealSamples.report(on: Array(forged.utf8)).integrity == .otherKey)
}

private func signatureValue(_ sealed: [UInt8]) throws -> String {
  let root = try Element(parsing: sealed, file: "sealed.xml")
  return try root.required("Signature", in: SealProfile.namespace).required("SignatureValue").text
}

/// Both statements, always: is it intact, and how did the key stand then.
@Test func keysAreJudgedAtTheirTime() throws {
  let sealed = try SealSamples.key.sealing(SampleMessage.referral().xml(), file: "a.xml")
  func standing(_ entry: KeyEntry?) throws -> KeyStanding {
    let report = try SealSamples.report(on: sealed, keys: KeyDirectory(entry.map { [$0] } ?? []))
    #expect(report.isGood == (report.keyThen == .good))
    return report.keyThen
  }
  func revoked(_ at: String, _ reason: KeyEntry.RevocationReason) throws -> KeyStanding {
    try standing(
      SealSamples.entry(
        revocation: KeyEntry.Revocation(at: SealSamples.time(at), reason: reason)))
  }
  #expect(try standing(SealSamples.entry()) == .good)
  #expect(try standing(nil) == .unknown)
  #expect(try standing(SealSamples.entry(owner: "CLIN-13")) == .foreign)
  #expect(try standing(SealSamples.entry(use: .approval)) == .foreign)
  #expect(try standing(SealSamples.entry(from: "2026-03-03T10:15:01Z")) == .notYetValid)
  #expect(try standing(SealSamples.entry(until: "2026-03-03T10:14:59Z")) == .expired)
  // made on 3 March, received on the 4th: a replaced key is judged by the first, a stolen one by the second
  #expect(try revoked("2026-03-03T12:00:00Z", .replaced) == .good)
  #expect(try revoked("2026-03-03T12:00:00Z", .compromised) == .revoked)
  #expect(try revoked("2026-03-05T00:00:00Z", .compromised) == .good)
  #expect(try revoked("2026-03-01T00:00:00Z", .left) == .revoked)
}

/// No change of a single bit is accepted, unless the canonical form is the same. `MSE_BITS` says how many are tried.
@Test func flippedBitsAreRefused() throws {
  let count = ProcessInfo.processInfo.environment["MSE_BITS"].flatMap { Int($0) } ?? 2_000
  var numbers = SeededNumbers(seed: 7)
  var accepted = 0
  for round in 0..<max(1, count / 1_000) {
    var random = RandomDossier(seed: UInt64(round))
    let profile: SealProfile = round % 2 == 0 ? .whole : .manifest
    let sealed = try SealSamples.key.sealing(
      random.bytes(), profile: profile, file: "random.xml")
    let form = try canonical(sealed, profile)
    for _ in 0..<min(count, 1_000) {
      var changed = sealed
      changed[Int.random(in: 0..<changed.count, using: &numbers)] ^=
        1
        << UInt8.random(
          in: 0..<8, using: &numbers)
      guard (try? SealSamples.content(of: changed)) != nil else { continue }
      accepted += 1
      #expect(try canonical(changed, profile) == form)
    }
  }
  print("bits: \(count) tried, \(accepted) accepted with the same canonical form")
}

/// What the seal speaks for: everything but itself, or the envelope and the parts that it lists.
private func canonical(_ bytes: [UInt8], _ profile: SealProfile) throws -> [UInt8] {
  let tree = try XMLTree(parsing: bytes, file: "a.xml")
  guard profile == .manifest else { return try tree.canonical(leavingOut: SealProfile.signature) }
  func name(_ text: String) -> ElementName { ElementName(text, in: DossierMessage.namespace) }
  return try tree.canonical(of: [name("Envelope")])
    + tree.canonical(of: [name("Documents"), name("Document")])
}

/// A receiver that demands seals takes a sealed message with its place in a thread, and reads it from what was sealed.
@Test func sealedMessagesAreReceived() throws {
  let referral = try SampleMessage.referral()
  let bytes = try referral.inThread().xml()
  let receiver = try SampleMessage.receiver(seals: .required(SealSamples.directory))
  func code(_ bytes: [UInt8]) -> [String] {
    do {
      _ = try receiver.receive(bytes, file: "m.xml", receivedAt: SealSamples.received)
      return []
    } catch let problem as Diagnostic { return problem.causes.map(\.code) } catch { return ["?"] }
  }
  let sealed = try SealSamples.key.sealing(bytes, file: "m.xml")
  let received = try receiver.receive(sealed, file: "m.xml", receivedAt: SealSamples.received)
  #expect(received.sealedBy == "CLIN-12/2026")
  #expect(received.message.documents.map(\.content.text) == referral.documents.map(\.content.text))
  #expect(received.link?.sequence == 1 && received.link?.digest == Digest(of: sealed))
  #expect(code(bytes) == ["DOSS040"])
  #expect(code(try SealSamples.key.sealing(referral.xml(), file: "m.xml")) == ["DOSS055"])
  #expect(code(try SealSamples.other.sealing(bytes, file: "m.xml")) == ["DOSS045"])
}

/// Nothing is sealed that no receiver would accept: the refusal says what is wrong with the key.
@Test func keysAreCheckedBeforeSealing() throws {
  let message = try SampleMessage.referral().xml()
  func code(
    _ entry: KeyEntry = SealSamples.entry(), with key: SealKey = SealSamples.key
  ) -> String? {
    do {
      try KeyDirectory([entry]).check(
        key, sealing: message, file: "m.xml", now: SealSamples.received)
      return nil
    } catch { return (error as? Diagnostic)?.code }
  }
  #expect(code() == nil)
  #expect(code(with: SealSamples.other) == "DOSS045")
  #expect(code(with: SealKey(name: SealSamples.key.name)) == "DOSS084")
  #expect(code(SealSamples.entry(from: "2026-06-01T00:00:00Z")) == "DOSS085")
  #expect(code(SealSamples.entry(until: "2026-02-01T00:00:00Z")) == "DOSS085")
  let revocation = KeyEntry.Revocation(at: SealSamples.created, reason: .compromised)
  #expect(code(SealSamples.entry(revocation: revocation)) == "DOSS086")
  #expect(code(SealSamples.entry(owner: "HOSP-01")) == "DOSS087")
  #expect(code(SealSamples.entry(use: .approval)) == "DOSS087")
}

@Test func partsMayBeWithheld() throws {
  let sealed = try SealSamples.key.sealing(
    SampleMessage.referral().xml(), profile: .manifest, file: "m.xml")
  let copy = try Redaction.copy(of: sealed, keeping: ["doc1"], file: "m.xml")
  let content = try SealSamples.content(of: copy)
  #expect(content.withheld == ["doc2", "note1", "scan1"])
  let text = String(decoding: copy, as: UTF8.self)
  #expect(!text.contains("purpose") && text.contains("Əliyev"))
  func code(_ old: String, _ new: String) -> String? {
    let changed = Array(text.replacing(old, with: new).utf8)
    do {
      _ = try SealSamples.content(of: changed)
      return nil
    } catch { return (error as? Diagnostic)?.code }
  }
  #expect(code("revision=\"1\"", "revision=\"2\"") == "DOSS059")
  #expect(code("Əliyev", "Əliyeva") == "DOSS059")
  #expect(code("Document id=\"doc1\"", "Document id=\"doc9\"") == "DOSS033")
  #expect(code("sealed=\"", "sealed=\"0") == "DOSS043")
  let problem = #expect(throws: Diagnostic.self) {
    _ = try SampleMessage.receiver(seals: .optional(SealSamples.directory))
      .receive(copy, file: "m.xml", receivedAt: SealSamples.received)
  }
  #expect(problem?.causes.map(\.code) == ["DOSS058"])
  let whole = try SealSamples.key.sealing(SampleMessage.referral().xml(), file: "m.xml")
  #expect(throws: Diagnostic.self) {
    _ = try Redaction.copy(of: whole, keeping: ["doc1"], file: "m.xml")
  }
}

@Test func approvalsAreOfOneContent() throws {
  let person = SealKey(name: "E-0041/2026")
  let keys = KeyDirectory([SealSamples.entry(person, owner: "E-0041", use: .approval)])
  let content = Array("<conclusion/>".utf8)
  let approval = try Approval(
    of: content, role: "chair", person: "E-0041", at: SealSamples.created, isDissent: false,
    with: person)
  func check(_ approval: Approval, _ content: [UInt8]) -> Bool {
    let (isIntact, key) = approval.check(
      of: content, keys: keys, receivedAt: SealSamples.received)
    return isIntact && key == .good
  }
  #expect(check(approval, content))
  #expect(!check(approval, Array("<conclusion />".utf8)))
  for (role, person, dissent) in [
    ("member", "E-0041", false), ("chair", "E-0042", false), ("chair", "E-0041", true),
  ] {
    let changed = Approval(
      role: role, person: person, at: approval.at, key: approval.key, isDissent: dissent,
      signature: approval.signature)
    #expect(!check(changed, content))
  }
}

@Test func directoriesTravelAsFiles() throws {
  var directory = KeyDirectory([
    SealSamples.entry(), SealSamples.entry(SealKey(name: "E-1/a"), owner: "E-1", use: .approval),
  ])
  let isRevoked = directory.revoke(
    "E-1/a", KeyEntry.Revocation(at: SealSamples.created, reason: .compromised))
  #expect(isRevoked)
  let schema = try SealSamples.schema("keys")
  #expect(try KeyDirectory(parsing: directory.xml(), file: "keys.xml", schema: schema) == directory)
  let isOtherAdded = directory.add(SealSamples.entry(SealKey(name: "CLIN-12/2026")))
  let isKnownAdded = directory.add(SealSamples.entry())
  #expect(!isOtherAdded && isKnownAdded)
  let twice = String(decoding: directory.xml(), as: UTF8.self).replacing(
    "E-1/a", with: "CLIN-12/2026")
  let problem = #expect(throws: Diagnostic.self) {
    _ = try KeyDirectory(parsing: Array(twice.utf8), file: "keys.xml", schema: schema)
  }
  #expect(problem?.code == "DOSS057" && problem?.location?.line != nil)
}

/// Our schemas keep their own rules; the one open place is the form inside `Content`, which has a schema of its own.
@Test(arguments: [("dossier", 1), ("seal", 0), ("keys", 0)])
func schemasKeepTheirRules(_ name: String, _ exceptions: Int) throws {
  let problems = try XMLSchema.lint(SealSamples.schema(name), file: "\(name).xsd")
  #expect(problems.count == exceptions, "\(problems)")
}
