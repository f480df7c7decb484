import Commission
import Diagnostics
import FEEL
import Foundation
import Simulation
import Store
import TestSupport
import Testing

/// What the store holds of a person is sealed, and can be made unreadable for ever (D13).
struct EncryptionTests {
  /// Words of two people and of what was written about them.
  private static let marks = [
    "Quliyev", "Rəşad", "Tərlan", "Sülh küçəsi 14", "Siqaret çəkmir",
    "the-reason-of-the-pause",
  ]

  /// An encrypted store of its own folder, with two cases in it: the first is cancelled.
  private struct PlayedStore {
    let folder: URL
    let location: StoreLocation
    let keyFile: String
    let office: TestOffice
    let first: CaseNumber
    let second: CaseNumber

    init(_ database: String? = nil) async throws {
      folder = URL(filePath: NSTemporaryDirectory()).appending(path: "sealed-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      location = StoreLocation(database ?? folder.appending(path: "mse.sqlite").path)
      keyFile = folder.appending(path: "mse.key").path
      office = try await TestOffice(location.open(mayCreate: true, keyFile: keyFile))
      first = try await office.open("quliyev-coxarthrosis")
      second = try await office.open("huseynov-veteran")
      try await office.complete("prepare", by: "a.one", of: first)
      let head = try await office.office("r.huseynli")
      _ = try await head.cancel([first], reason: "the-reason-of-the-pause")
    }

    var path: String { folder.appending(path: "mse.sqlite").path }

    func erase(_ number: CaseNumber, by users: [String] = ["r.huseynli", "c.three"]) async throws {
      for user in users {
        _ = try await office.office(user).erase(number, reason: "the-reason-of-the-pause")
      }
    }

    /// Where a word of the people stands readable in a file below `folder`.
    func readable(below folder: String? = nil) throws -> [String] {
      let root = folder ?? self.folder.path
      let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      return names.flatMap { name -> [String] in
        guard let data = FileManager.default.contents(atPath: "\(root)/\(name)") else { return [] }
        return EncryptionTests.marks.filter { data.range(of: Data($0.utf8)) != nil }
          .map { "\(name): \($0)" }
      }
    }
  }

  // MARK: Nothing readable

  @Test func nothingOfAPersonIsReadable() async throws {
    let played = try await PlayedStore()
    let readable = try played.readable()
    #expect(readable == [], "\(readable)")
    let people = try await played.office.store.people(.words(["quliyev"]))
    #expect(people.map(\.search).allSatisfy { $0.contains("quliyev") } && people.count == 1)
    let rows = try await played.office.store.cases(CaseQuery())
    #expect(rows.allSatisfy { !$0.initials.isEmpty && $0.birthYear != nil })
    // the same store without encryption has all of the words, so the search finds them where they are
    let plain = played.folder.appending(path: "plain.sqlite").path
    let office = try await TestOffice(SQLiteStore(path: plain, mayCreate: true))
    try await office.open("quliyev-coxarthrosis")
    #expect(try played.readable().contains { $0.hasSuffix("Quliyev") })
  }

  @Test func nothingIsReadableInTheFilesOfAServer() async throws {
    guard let server = try PostgreSQLServer.available() else { return }
    let played = try await PlayedStore(server.database())
    try await played.erase(played.first)
    guard case .postgresql(let database) = played.location else { return }
    try server.run("CHECKPOINT", in: database)
    let number = try server.run(
      "SELECT oid FROM pg_database WHERE datname = current_database()", in: database)
    let data = try server.run("SHOW data_directory", in: database)
    #expect(try played.readable(below: "\(data)/base/\(number)") == [])
  }

  // MARK: Erasure

  @Test func anErasedCaseIsGoneAndItsChainIsWhole() async throws {
    let played = try await PlayedStore()
    let office = played.office
    let wrapped = try Self.wrappedKey("case/\(played.first)", in: played.path)
    try await played.erase(played.first)
    let head = try await office.office("r.huseynli")
    #expect(
      try await office.refusal { _ = try await head.overview(of: played.first) } == "STORE022")
    _ = try await head.overview(of: played.second)
    let audit = try await head.verifyAudit()
    #expect(audit.breaks.isEmpty, "\(audit.breaks)")
    #expect(audit.erased == 2)  // the case, and the person: it was the only one
    #expect(try await office.store.people(.words(["quliyev"])).isEmpty)
    #expect(try await office.store.cases(CaseQuery(number: played.first)).first?.initials == "")
    let readable = try played.readable()
    #expect(readable == [], "\(readable)")
    for ending in ["", "-wal"] {
      let data = FileManager.default.contents(atPath: played.path + ending) ?? Data()
      #expect(data.range(of: Data(wrapped.utf8)) == nil, "the key lies in mse.sqlite\(ending)")
    }
    let log = try await head.accessLog(case: played.first)
    #expect(log.suffix(2).map(\.kind) == ["erasure.asked", "erasure.done"])
    // the registers go on without gaps, the erased case has its number in them and nothing else
    let (from, to) = (try #require(Day("2026-01-01")), try #require(Day("2026-12-31")))
    for name in ["case", "referral", "person", "measure", "notification"] {
      let page = try await head.page(of: RegisterName(rawValue: name), from: from, to: to)
      #expect(!page.entries.contains { $0.values.joined().contains("Quliyev") })
      if name == "case" { #expect(page.entries.count == 2 && page.numbers == 2) }
    }
    // what came in or goes out of an erased case is gone, the office goes on
    try await office.open("salimova-inpatient")
    let again = try await office.office("r.huseynli").verifyAudit()
    #expect(again.breaks.isEmpty, "\(again.breaks)")
  }

  @Test func twoPeopleMustAgree() async throws {
    let played = try await PlayedStore()
    let office = played.office
    let head = try await office.office("r.huseynli")
    let secretary = try await office.office("a.one")
    func refusal(_ office: Office, _ number: CaseNumber) async throws -> String? {
      try await played.office.refusal { _ = try await office.erase(number, reason: "term") }
    }
    #expect(try await refusal(secretary, played.first) == "USER004")
    #expect(try await refusal(head, played.second) == "CASE080")
    #expect(try await head.erase(played.first, reason: "term") == .asked)
    #expect(try await refusal(head, played.first) == "CASE082")
    _ = try await head.overview(of: played.first)
    let other = try await office.office("c.three")
    #expect(try await other.erase(played.first, reason: "term") == .erasedWithPerson)
    #expect(try await refusal(other, played.first) == "CASE083")
    let plain = try await TestOffice()
    let number = try await plain.open()
    let plainHead = try await plain.office("r.huseynli")
    #expect(try await refusal(plainHead, number) == "STORE024")
  }

  @Test func aDocumentOfTwoCasesOutlivesOne() async throws {
    let store = try #require(try await StoreKind.encrypted.openEmpty())
    let document = StoredDocument(mediaType: "text/plain", bytes: Array("paper".utf8))
    let numbers = [1, 2].map { CaseNumber(commission: "07", year: 2026, serial: $0) }
    for number in numbers {
      var batch = Batch()
      if number == numbers[0] { batch.documents = [document] }
      let draft = RecordDraft(
        at: Instant(seconds: 0), actor: "a", kind: "k",
        payload: #"[{"doc":"\#(document.identifier)"}]"#)
      batch.appends = [Batch.Append(to: .case(number), after: 0, records: [draft], state: "{}")]
      _ = try await store.commit(batch)
    }
    var erasure = Batch()
    erasure.erasures = [.case(numbers[0])]
    _ = try await store.commit(erasure)
    #expect(try await store.document(document.identifier)?.isIntact == true)
    erasure.erasures = [.case(numbers[1])]
    _ = try await store.commit(erasure)
    #expect(try await store.document(document.identifier) == nil)
  }

  // MARK: Keys

  @Test func aStoreOpensWithItsKeyFileOnly() async throws {
    let played = try await PlayedStore()
    let other = played.folder.appending(path: "other.key").path
    #expect(
      try await played.office.refusal { _ = try await played.location.open(keyFile: other) }
        == "STORE020")
    _ = try await StoreLocation(other + ".sqlite").open(mayCreate: true, keyFile: other)
    #expect(
      try await played.office.refusal { _ = try await played.location.open(keyFile: other) }
        == "STORE020")
    try Data("mse-store-key abc def\n".utf8).write(to: URL(filePath: other))
    #expect(
      try await played.office.refusal { _ = try await played.location.open(keyFile: other) }
        == "STORE021")
    let mode = try FileManager.default.attributesOfItem(atPath: played.keyFile)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  /// Others read and write while the keys are sealed anew, and again.
  @Test func keysAreRotatedWhileWorkGoesOn() async throws {
    let played = try await PlayedStore()
    let office = played.office
    let (first, second) = (played.first, played.second)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for user in ["a.one", "b.two"] {
        group.addTask {
          let own = try await played.location.open(keyFile: played.keyFile)
          for turn in 1...9 {
            let worker = try await Office(store: own, user: user, now: office.now)
            _ = try await worker.timeline(of: turn.isMultiple(of: 2) ? first : second)
            let seed = (user == "a.one" ? 10 : 20) + turn
            let referral = try SampleDossier(
              "referral/good/quliyev-coxarthrosis", seed: seed)
            _ = try await worker.receive(
              referral.referral(
                of: "5AB00\(seed)", writtenAt: Instant("2026-03-03T10:15:00Z")!),
              file: "\(seed).xml")
          }
        }
      }
      group.addTask {
        for _ in 1...5 {
          let keys = try await played.location.rotateKey(keyFile: played.keyFile)
          #expect(keys > 4)
        }
      }
      try await group.waitForAll()
    }
    let audit = try await office.office("r.huseynli").verifyAudit()
    #expect(audit.breaks.isEmpty, "\(audit.breaks)")
    let lines = try String(contentsOfFile: played.keyFile, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 6)
    // what was made with keys that are first no more opens with the file as it is now
    let reopened = try await played.location.open(keyFile: played.keyFile)
    let reader = try await Office(store: reopened, user: "r.huseynli", now: office.now)
    #expect(try await reader.verifyAudit().breaks.isEmpty)
  }

  // MARK: Tampering

  @Test(arguments: [
    (
      "two records change places",
      """
      DROP TRIGGER record_is_final;
      UPDATE record SET payload = (SELECT payload FROM record r WHERE r.stream = 'case/07-2026-000002' AND r.sequence = 1)
        WHERE stream = 'case/07-2026-000001' AND sequence = 1;
      """, "audit.hash"
    ),
    (
      "an older state",
      """
      UPDATE stream SET state = (SELECT state FROM stream s WHERE s.name = 'case/07-2026-000002')
        WHERE name = 'case/07-2026-000001';
      """, "audit.state"
    ),
    (
      "the key of a case is taken away",
      "DELETE FROM sealing_key WHERE name = 'case/07-2026-000002';", "audit.erased"
    ),
    (
      "a document of another case",
      """
      UPDATE document SET bytes = (SELECT bytes FROM document d WHERE d.owner = 'case/07-2026-000002' LIMIT 1)
        WHERE owner = 'case/07-2026-000001';
      """, "audit.document"
    ),
  ])
  func whatIsMovedIsFound(_ what: String, _ sql: String, _ problem: String) async throws {
    let played = try await PlayedStore()
    try tamper(played.path, sql)
    let store = try await played.location.open(keyFile: played.keyFile)
    let auditor = try await Office(store: store, user: "r.huseynli", now: played.office.now)
    let found = try await auditor.verifyAudit().breaks
    #expect(found.map(\.problem).contains(problem), "\(what): \(found)")
  }

  private static func wrappedKey(_ name: String, in path: String) throws -> String {
    try python(
      """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      print(store.execute("SELECT wrapped FROM sealing_key WHERE name = ?", sys.argv[2:]).fetchone()[0], end="")
      """, path, name)
  }
}
