import BPMN
import Commission
import Diagnostics
import Dossier
import FEEL
import Foundation
import Store
import TestSupport
import Testing
import XForms
import XML

/// The use cases over a store, without the command line.
struct OfficeTests {
  private let morning = Instant("2026-03-04T05:05:00Z")!

  /// A test office with the users and experts of the demo and all definitions.
  private func office(_ store: any CaseStore, user: String = "l.aliyeva") async throws -> Office {
    let folder = Corpus.checkout.appending(path: "Samples/demo/office")
    if try await store.state(of: .authority) == nil {
      var tables: [String: CSV] = [:]
      for name in Authority.tableNames {
        let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
        tables[name] = try CSV(parsing: bytes, file: name)
      }
      try await Office.found(
        in: store, commission: "07", isTest: true, drawSecret: fingerprint(Array("test".utf8)),
        tables: tables, by: "test", now: morning)
      let administrator = try await Office(store: store, user: "r.huseynli", now: morning)
      _ = try await administrator.deploy(TestDefinitions.files)
    }
    return try await Office(store: store, user: user, now: morning)
  }

  private func sample(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Corpus.checkout.appending(path: "Samples/\(path)")))
  }

  private func answers(_ name: String) throws -> Element {
    try Element(parsing: sample("demo/answers/\(name).xml"), file: "\(name).xml")
  }

  @Test(arguments: StoreKind.allCases)
  func aReferralOpensACaseOnce(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let office = try await office(store)
    let file = try sample("dossiers/referral/good/quliyev-coxarthrosis.xml")
    let first = try await office.receive(file, file: "a.xml")
    let again = try await office.receive(file, file: "a.xml")
    #expect(first.outcome == .opened)
    #expect(again.outcome == .already)
    #expect(again.number == first.number)
    #expect(try await store.cases(CaseQuery()).count == 1)
    #expect(try await office.verifyAudit().breaks.isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func aRefusedFileLeavesOnlyItsRefusal(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let office = try await office(store)
    let file = try sample("dossiers/referral/bad/wrong-fin.xml")
    await #expect(throws: Diagnostic.self) { try await office.receive(file, file: "bad.xml") }
    #expect(try await store.cases(CaseQuery()).isEmpty)
    #expect(try await store.document(fingerprint(file)) == nil)
    let refusals = try await store.records(of: .interchange, after: 0)
    #expect(refusals.map(\.kind) == ["dossier.refused"])
    #expect(!refusals[0].payload.contains("94FMDDI"))
  }

  /// Two sealed messages of one thread in the wrong order: the second waits for the first, then both are taken.
  @Test(arguments: StoreKind.allCases)
  func messagesOfAThreadAreTakenInTheirOrder(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let office = try await office(store)
    let key = SealKey(name: "CLIN-12/2026")
    let administrator = try await self.office(store, user: "r.huseynli")
    let from = try #require(UTCTime("2026-01-01T00:00:00Z"))
    let until = try #require(UTCTime("2026-12-31T00:00:00Z"))
    let entry = KeyEntry(
      name: key.name, owner: "CLIN-12", use: .seal, from: from, until: until,
      publicKey: key.publicKey)
    await #expect(throws: Diagnostic.self) { try await office.addKeys([entry]) }
    try await administrator.addKeys([entry])
    func sealed(_ name: String, _ sequence: Int, after previous: [UInt8]?) throws -> [UInt8] {
      try key.sealing(
        DossierMessage.placing(
          sample("dossiers/referral/good/\(name).xml"),
          thread: "0199a6ee-02c1-7a90-b7c4-0f5d6e7a8b9c", sequence: sequence,
          previous: previous.map { Digest(of: $0) }, file: name), file: name)
    }
    let first = try sealed("quliyev-coxarthrosis", 1, after: nil)
    let second = try sealed("karimov-band-edge", 2, after: first)
    let fork = try sealed("petrova-foreigner", 2, after: first)
    #expect(try await office.receive(second, file: "2.xml").outcome == .held)
    #expect(try await office.receive(second, file: "2.xml").outcome == .held)
    await #expect(throws: Diagnostic.self) { try await office.receive(fork, file: "f.xml") }
    #expect(try await store.cases(CaseQuery()).isEmpty)
    #expect(try await office.receive(first, file: "1.xml").outcome == .opened)
    #expect(try await store.cases(CaseQuery()).count == 2)
    #expect(try await office.receive(second, file: "2.xml").outcome == .already)
    #expect(try await office.verifyAudit().breaks.isEmpty)
  }

  @Test func theAuditNamesAChangedRecord() async throws {
    let path = NSTemporaryDirectory() + "tamper-\(UUID().uuidString).sqlite"
    let store = try SQLiteStore(path: path, mayCreate: true)
    let office = try await office(store)
    _ = try await office.receive(
      sample("dossiers/referral/good/quliyev-coxarthrosis.xml"), file: "a.xml")
    try tamper(
      path,
      """
      DROP TRIGGER record_is_final;
      UPDATE record SET actor = 'someone.else' WHERE stream LIKE 'case/%' AND sequence = 1;
      """)
    let audit = try await office.verifyAudit()
    #expect(audit.breaks.map(\.problem) == ["audit.hash"])
    #expect(audit.breaks.map(\.stream.description) == ["case/07-2026-000001"])
  }

  @Test func theAuditNoticesACutOffEnd() async throws {
    let path = NSTemporaryDirectory() + "tamper-\(UUID().uuidString).sqlite"
    let store = try SQLiteStore(path: path, mayCreate: true)
    let office = try await office(store)
    _ = try await office.receive(
      sample("dossiers/referral/good/quliyev-coxarthrosis.xml"), file: "a.xml")
    try tamper(
      path,
      "DROP TRIGGER record_stays; DELETE FROM record WHERE stream LIKE 'case/%';")
    #expect(try await office.verifyAudit().breaks.map(\.problem) == ["audit.head"])
  }

  /// Whatever is changed behind our back has its name in the audit.
  @Test(arguments: [
    ("UPDATE document SET bytes = x'00' WHERE media_type = 'application/xml'", "audit.document"),
    ("DELETE FROM document WHERE context <> ''", "audit.document"),
    ("UPDATE stream SET state = replace(state, 'submitted', 'decided')", "audit.state"),
    ("UPDATE stream SET state = 'x' WHERE name LIKE 'case/%'", "audit.state"),
    ("UPDATE case_row SET initials = 'Somebody E.'", "audit.rows"),
    ("UPDATE task SET assignee = 'someone.else'", "audit.rows"),
    ("UPDATE task SET offered_to = ''", "audit.rows"),
  ])
  func theAuditNamesWhatWasTouched(_ touch: (sql: String, problem: String)) async throws {
    let path = NSTemporaryDirectory() + "tamper-\(UUID().uuidString).sqlite"
    let store = try SQLiteStore(path: path, mayCreate: true)
    let office = try await office(store)
    _ = try await office.receive(
      sample("dossiers/referral/good/quliyev-coxarthrosis.xml"), file: "a.xml")
    #expect(try await office.verifyAudit().breaks.isEmpty)
    try tamper(path, touch.sql)
    let problems = try await office.verifyAudit().breaks.map(\.problem)
    #expect(Set(problems) == [touch.problem])
  }

  @Test func aTaskIsOnlyForItsGroup() async throws {
    let store = MemoryStore()
    let secretary = try await office(store)
    _ = try await secretary.receive(
      sample("dossiers/referral/good/quliyev-coxarthrosis.xml"), file: "a.xml")
    let expert = try await office(store, user: "n.quliyeva")
    #expect(try await expert.tasks(mine: true).isEmpty)
    await #expect(throws: Diagnostic.self) { try await expert.claim(1) }
    try await secretary.claim(1)
    #expect(try await secretary.tasks(mine: true).map(\.assignee) == ["l.aliyeva"])
  }

  @Test func aPanelIsDrawnAgainFromItsSeed() async throws {
    let store = MemoryStore()
    let secretary = try await office(store)
    _ = try await secretary.receive(
      sample("dossiers/referral/good/quliyev-coxarthrosis.xml"), file: "a.xml")
    let filled = try await secretary.answers(for: 1, from: answers("completeness"))
    try await secretary.complete(1, with: filled)
    let timeline = try await secretary.timeline(of: CaseNumber("07-2026-000001"))
    let draw = try #require(timeline.first { $0.key == "event.panel" })
    #expect(draw.arguments["panel"]?.split(separator: ",").count == 3)
    // the expert who works for the referring clinic is excluded, and the central commission
    #expect(draw.arguments["excluded"] == "5")
    #expect(!(draw.arguments["panel"] ?? "").contains("E-06"))
  }

  @Test func aDraftIsKeptAndGoneOnWith() async throws {
    let store = MemoryStore()
    let office = try await office(store)
    _ = try await office.receive(
      sample("dossiers/referral/good/quliyev-coxarthrosis.xml"), file: "a.xml")
    var form = try await office.form(of: 1)
    try form.answers.set("note", to: "Zəng edildi ə ğ ı ş İ")
    try await office.saveDraft(form.answers, of: 1)
    let again = try await office.form(of: 1)
    #expect(again.answers.value(at: "note") == "Zəng edildi ə ğ ı ş İ")
    #expect(again.row.draft?.by == "l.aliyeva")
  }

  @Test func oldEventsDecodeForEver() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Cases/events")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    #expect(!files.isEmpty)
    for file in files {
      let recorded = try String(contentsOf: file, encoding: .utf8)
      let events = try [CaseEvent](storedText: recorded)
      #expect(try events.storedText() + "\n" == recorded, "\(file.lastPathComponent)")
    }
  }
}
