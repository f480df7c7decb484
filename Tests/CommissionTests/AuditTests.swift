import Commission
import Diagnostics
import Dossier
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// The access log, the checkpoints and what the audit says when anything was touched.
struct AuditTests {
  // MARK: The access log

  @Test(arguments: StoreKind.allCases)
  func everyLookIsOnRecord(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let office = try await TestOffice(store)
    let number = try await office.open()
    let secretary = try await office.office("a.one")
    _ = try await secretary.overview(of: number)
    _ = try await secretary.timeline(of: number)
    _ = try await secretary.form(of: office.identifier("prepare"))
    let stranger = try await office.office("n.quliyeva")
    let task = try await office.identifier("prepare")
    #expect(try await office.refusal { _ = try await stranger.form(of: task) } == "TASK004")
    let head = try await office.office("r.huseynli")
    let log = try await head.accessLog(case: number)
    let readings = log.filter(\.isReading)
    #expect(readings.map(\.kind) == ["read.overview", "read.timeline", "read.form", "read.form"])
    #expect(readings.map(\.actor) == ["a.one", "a.one", "a.one", "n.quliyeva"])
    #expect(readings.map(\.refusal) == [nil, nil, nil, "TASK004"])
    #expect(log.contains { $0.kind == "dossier.received" && !$0.isReading })
    #expect(try await head.accessLog(user: "n.quliyeva").map(\.refusal) == ["TASK004"])
    #expect(try await office.refusal { _ = try await secretary.accessLog() } == "USER004")
    let audit = try await head.verifyAudit()
    #expect(audit.readings == 4 && audit.breaks.isEmpty)
  }

  /// Lists and the clock show nothing of a case, and leave no trace.
  @Test func listsAreNoLook() async throws {
    let office = try await TestOffice()
    let number = try await office.open()
    let secretary = try await office.office("a.one")
    _ = try await secretary.tasks(mine: true)
    _ = try await secretary.status()
    _ = try await secretary.clocks(of: number)
    _ = try await secretary.verifyAudit()
    #expect(try await office.store.heads(of: "access/").isEmpty)
  }

  /// Many who look at the same case at once: each look is a record, none is lost.
  @Test(arguments: StoreKind.allCases)
  func looksAtOnceAreAllOnRecord(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let stream = Stream.access(TestOffice.number)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for reader in 1...20 {
        group.addTask {
          try await store.note(
            RecordDraft(
              at: Instant(seconds: 1_800_000_000), actor: "u-\(reader)", kind: "read.overview",
              payload: "{}"), in: stream)
        }
      }
      try await group.waitForAll()
    }
    let records = try await store.records(of: stream, after: 0)
    #expect(records.map(\.sequence) == Array(1...20))
    #expect(Set(records.map(\.actor)).count == 20)
    for (record, previous) in zip(records, [Record.origin] + records.map(\.hash)) {
      #expect(record.isIntact && record.previous == previous)
    }
  }

  // MARK: Checkpoints

  @Test(arguments: StoreKind.allCases)
  func theTreeGrowsByWhatHasMovedOn(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let office = try await TestOffice(store)
    let number = try await office.open()
    let secretary = try await office.office("a.one")
    #expect(try await office.refusal { _ = try await secretary.proof(of: number) } == "AUDIT001")
    let first = try await secretary.checkpoint()
    #expect(try await first.size == store.heads(of: "").count - 1)
    #expect(try await secretary.checkpoint() == first)
    _ = try await secretary.overview(of: number)
    try await office.complete("prepare", by: "a.one")
    let second = try await secretary.checkpoint()
    // the case, its access log and the stream of its person or register; never one that stood still
    #expect(second.size > first.size && second.size <= first.size + 4)
    let proof = try await secretary.proof(of: number)
    #expect(proof.checkpoint == second)
    let entry = "\(proof.head.stream)\n\(proof.head.version)\n\(proof.head.hash)\n"
    #expect(proof.leaf == MerkleTree.leafHash(Array(entry.utf8)))
    #expect(proof.inclusion.proves(proof.leaf, under: second.root))
    #expect(!proof.inclusion.proves(proof.leaf, under: first.root))
    let growth = try await secretary.growth(since: first.size)
    #expect(growth.from == first && growth.to == second)
    #expect(growth.proof.proves(first.root, grewInto: second.root))
    #expect(try await office.refusal { _ = try await secretary.growth(since: 1000) } == "AUDIT003")
    #expect(try await secretary.verifyAudit(against: first).breaks.isEmpty)
    let other = Checkpoint(origin: first.origin, size: first.size, root: second.root)
    #expect(
      try await secretary.verifyAudit(against: other).breaks.map(\.problem) == ["audit.outside"])
  }

  /// Several nodes that make the checkpoint of the day: one of them does it, and the tree is right.
  @Test(arguments: StoreKind.allCases)
  func theWorkersMakeOneCheckpointADay(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    var office = try await TestOffice(store)
    try await office.open()
    let worker = try await office.office("a.one")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...4 { group.addTask { _ = try await worker.work() } }
      try await group.waitForAll()
    }
    #expect(try await store.records(of: .checkpoints, after: 0).count == 1)
    #expect(try await store.headsBeyondTree(limit: 10).isEmpty)
    _ = try await worker.overview(of: TestOffice.number)
    _ = try await worker.work()
    #expect(try await store.records(of: .checkpoints, after: 0).count == 1)
    try await office.wait(until: "2026-03-05T09:00")
    _ = try await office.office("a.one").work()
    #expect(try await store.records(of: .checkpoints, after: 0).count == 2)
    #expect(try await worker.verifyAudit().breaks.isEmpty)
  }

  @Test func aCheckpointIsThreeLines() throws {
    let text = "mse/07\n12\n3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    let checkpoint = try Checkpoint(parsing: Array(text.utf8), file: "head.txt")
    #expect(checkpoint.size == 12 && checkpoint.description == text)
    let signed = text + "\n— mse/07 c2lnbmF0dXJl\n"
    #expect(try Checkpoint(parsing: Array(signed.utf8), file: "head.txt") == checkpoint)
    for bad in [
      "", "mse/07\n12\n", "mse/07\n012\n3q2+7w==\n", "mse/07\n-1\n\(text.suffix(45))",
      "\n" + text, text + "more\n",
    ] {
      #expect(throws: Diagnostic("AUDIT002", ["file": "head.txt"])) {
        try Checkpoint(parsing: Array(bad.utf8), file: "head.txt")
      }
    }
  }

  // MARK: Signatures

  /// An office that can sign.
  private func signingOffice(_ store: any CaseStore) async throws -> (TestOffice, SealKey) {
    let office = try await TestOffice(store)
    let key = SealKey(name: "07/2026")
    let entry = try KeyEntry(
      name: key.name, owner: "07", use: .seal, from: #require(UTCTime("2026-01-01T00:00:00Z")),
      until: #require(UTCTime("2026-12-31T00:00:00Z")), publicKey: key.publicKey)
    try await office.office("r.huseynli").addKeys([entry])
    return (office, key)
  }

  @Test(arguments: StoreKind.allCases)
  func aCheckpointIsSignedAndCheckedWithoutUs(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let (office, key) = try await signingOffice(store)
    try await office.open()
    let auditor = try await office.office("r.huseynli")
    let first = try await auditor.checkpoint()
    #expect(try await office.refusal { _ = try await auditor.signedCheckpoint() } == "AUDIT004")
    // nothing has moved on, but now it is signed, once
    #expect(try await auditor.checkpoint(signingWith: key) == first)
    #expect(try await auditor.checkpoint(signingWith: key) == first)
    #expect(try await store.records(of: .checkpoints, after: 0).count == 2)
    let (note, publicKey) = try await auditor.signedCheckpoint()
    #expect(note.text == first.description && publicKey == key.publicKey)
    #expect(SignedNote(parsing: Array(note.description.utf8)) == note)
    #expect(try openssl(note, publicKey) == 0)
    #expect(try openssl(SignedNote("other\n", signedWith: SealKey(name: "x")), publicKey) != 0)
    #expect(try await auditor.verifyAudit(against: first).breaks.isEmpty)
    let kept = Array(note.description.utf8)
    #expect(try await auditor.keptCheckpoint(parsing: kept, file: "head.txt") == first)
    let forged = note.description.replacingOccurrences(of: "\n\(first.size)\n", with: "\n3\n")
    #expect(
      try await office.refusal {
        _ = try await auditor.keptCheckpoint(parsing: Array(forged.utf8), file: "head.txt")
      } == "AUDIT006")
    let stranger = SealKey(name: "07/2026")
    #expect(
      try await office.refusal { _ = try await auditor.checkpoint(signingWith: stranger) }
        == "DOSS084")
  }

  /// The exit code of `openssl`, which knows nothing of us.
  private func openssl(_ note: SignedNote, _ key: PublicSealKey) throws -> Int32 {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(note.text.utf8).write(to: folder.appending(path: "text"))
    try Data(note.signatures[0].value).write(to: folder.appending(path: "sig"))
    try Data(key.pem.utf8).write(to: folder.appending(path: "key.pem"))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.arguments = [
      "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "sig", "text",
    ]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Whoever rewrites the checkpoints without the key, chain and all, is found out.
  @Test func aCheckpointThatWasRewrittenDoesNotFitItsSignature() async throws {
    let path = NSTemporaryDirectory() + "audit-\(UUID().uuidString).sqlite"
    let store = try SQLiteStore(path: path, mayCreate: true)
    let (office, key) = try await signingOffice(store)
    try await office.open()
    let auditor = try await office.office("r.huseynli")
    _ = try await auditor.checkpoint(signingWith: key)
    _ = try await auditor.overview(of: TestOffice.number)
    _ = try await auditor.checkpoint(signingWith: key)
    #expect(try await auditor.verifyAudit().breaks.isEmpty)
    let records = try await store.records(of: .checkpoints, after: 0)
    let (one, two) = (records[0].payload, records[1].payload)
    func signature(_ payload: String) throws -> String {
      let words = try JSONDecoder().decode([String: JSONWord].self, from: Data(payload.utf8))
      return words["signature"]?.text ?? ""
    }
    let payload = try two.replacingOccurrences(of: signature(two), with: signature(one))
    let forged = RecordDraft(
      at: records[1].at, actor: records[1].actor, kind: records[1].kind, payload: payload)
    let record = Record(forged, in: .checkpoints, sequence: 2, previous: records[0].hash)
    try tamper(
      path,
      """
      DROP TRIGGER record_is_final;
      UPDATE record SET payload = '\(record.payload)', hash = '\(record.hash)'
        WHERE stream = 'checkpoints' AND sequence = 2;
      UPDATE stream SET hash = '\(record.hash)' WHERE name = 'checkpoints';
      """)
    let breaks = try await auditor.verifyAudit().breaks
    #expect(breaks.map(\.problem) == ["audit.signature"] && breaks.map(\.sequence) == [2])
  }

  /// A number or a text of a payload.
  private struct JSONWord: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }

  // MARK: Tampering

  /// A store of a few days with a checkpoint and two messages, one of which has left, in a file of its own.
  private func playedStore() async throws -> (path: String, office: TestOffice, seen: Checkpoint) {
    let path = NSTemporaryDirectory() + "audit-\(UUID().uuidString).sqlite"
    let (office, key) = try await signingOffice(SQLiteStore(path: path, mayCreate: true))
    let number = try await office.open()
    for serial in 1...2 {
      let sender = try await office.office("a.one")
      if serial == 2 { _ = try await sender.work(deliver: { _, _ in }, sealingWith: key) }
      _ = try await sender.send(letter(serial), file: "letter.xml")
    }
    let secretary = try await office.office("a.one")
    _ = try await secretary.overview(of: number)
    _ = try await secretary.timeline(of: number)
    try await office.complete("prepare", by: "a.one")
    // its timers still run
    try await office.open("huseynov-veteran")
    return (path, office, try await secretary.checkpoint())
  }

  /// A message of the office to a clinic.
  private func letter(_ serial: Int) throws -> [UInt8] {
    let sample = "Samples/dossiers/information-request/good/documents.xml"
    var text = try String(contentsOf: Corpus.checkout.appending(path: sample), encoding: .utf8)
    for (old, new) in [
      ("code=\"CLIN-12\" system=\"his/4.2\"", "code=\"00\""),
      ("code=\"07\"/>", "code=\"CLIN-12\"/>"),
      ("code=\"00\"", "code=\"07\""), ("587356e23da1", "587356e23da\(serial)"),
    ] {
      text = text.replacingOccurrences(of: old, with: new)
    }
    return Array(text.utf8)
  }

  /// Cuts the last record of a stream off so that what is left fits together.
  static let cut = """
    DROP TRIGGER record_stays;
    DELETE FROM record WHERE stream LIKE 'access/%' AND sequence = 3;
    UPDATE stream SET version = 2, hash = (SELECT hash FROM record WHERE stream = name AND sequence = 2)
      WHERE name LIKE 'access/%';
    """

  /// What the chains alone do not show, the tree does.
  @Test(arguments: [
    (AuditTests.cut, "audit.tree"),
    (
      """
      DROP TRIGGER record_stays; DELETE FROM record WHERE stream LIKE 'access/%';
      DELETE FROM stream WHERE name LIKE 'access/%';
      """, "audit.gone"
    ),
    (
      "DELETE FROM tree_leaf WHERE position = (SELECT max(position) FROM tree_leaf)",
      "audit.checkpoint"
    ),
    (
      """
      DROP TRIGGER record_stays; DELETE FROM record WHERE stream = 'checkpoints';
      DELETE FROM stream WHERE name = 'checkpoints';
      """, "audit.gone"
    ),
    (
      "UPDATE stream SET state = replace(state, 'size\":', 'size\":1') WHERE name = 'checkpoints'",
      "audit.checkpoint"
    ),
    ("UPDATE person SET search = 'somebody else'", "audit.rows"),
    ("UPDATE timer SET due = '2099-01-01T00:00:00Z'", "audit.timers"),
    ("DELETE FROM timer", "audit.timers"),
    (
      "INSERT INTO timer (case_number, key, due) VALUES ('07-2026-000077', 1, '2026-01-01T00:00:00Z')",
      "audit.timers"
    ),
    (
      """
      INSERT INTO subscription (case_number, key, message, correlation_key)
        VALUES ('07-2026-000001', 4, 'M-DEATH', 'x')
      """, "audit.subscriptions"
    ),
    (
      "INSERT INTO incident (case_number, key, element, code) VALUES ('07-2026-000001', 4, 'x', 'y')",
      "audit.incidents"
    ),
    ("UPDATE clock SET due = '2099-01-01T00:00:00Z'", "audit.clocks"),
    ("UPDATE clock SET paused = 1 - paused", "audit.clocks"),
    ("UPDATE outbox SET receiver = 'CLIN-03'", "audit.outbox"),
    ("UPDATE outbox SET case_number = '07-2026-000001'", "audit.outbox"),
    ("DELETE FROM outbox", "audit.outbox"),
    ("UPDATE outbox SET delivered_at = '2026-03-04T09:00:00Z'", "audit.delivery"),
    ("UPDATE outbox SET awaited = 1 - awaited", "audit.answer"),
    ("UPDATE outbox SET repeat_at = NULL", "audit.answer"),
    ("UPDATE outbox SET repeat_at = repeat_at - 1", "audit.answer"),
    ("UPDATE outbox SET repeat_at = repeat_at + 1", "audit.answer"),
    (
      "UPDATE stream SET state = replace(state, 'messageID', 'messageId') WHERE name LIKE 'sent/%'",
      "audit.state"
    ),
    (
      "UPDATE stream SET state = replace(state, 'secretary', 'head') WHERE name = 'authority'",
      "audit.state"
    ),
    ("UPDATE stream SET state = '7' WHERE name LIKE 'register/%'", "audit.state"),
    (
      "UPDATE stream SET state = replace(state, ':00Z', ':01Z') WHERE name = 'checkpoints'",
      "audit.checkpoint"
    ),
    (
      "UPDATE definition SET bytes = CAST(bytes || ' ' AS BLOB) WHERE position = 3",
      "audit.definitions"
    ),
    (
      "UPDATE document SET context = replace(context, 'a', 'b') WHERE context <> ''",
      "audit.document"
    ),
  ])
  func theAuditNamesWhatTheChainsDoNotShow(_ touch: (sql: String, problem: String))
    async throws
  {
    let (path, office, _) = try await playedStore()
    let auditor = try await office.office("r.huseynli")
    #expect(try await auditor.verifyAudit().breaks.isEmpty)
    try tamper(path, touch.sql)
    let problems = try await auditor.verifyAudit().breaks.map(\.problem)
    #expect(Set(problems) == [touch.problem])
  }

  /// Whoever also rewrites the tree is found out by a checkpoint that was kept elsewhere.
  @Test func aRewrittenTreeDoesNotFitACheckpointKeptElsewhere() async throws {
    let (path, office, seen) = try await playedStore()
    let auditor = try await office.office("r.huseynli")
    try tamper(
      path,
      Self.cut + """
        DELETE FROM record WHERE stream = 'checkpoints';
        DELETE FROM stream WHERE name = 'checkpoints';
        DELETE FROM tree_leaf;
        """)
    _ = try await auditor.checkpoint()
    #expect(try await auditor.verifyAudit().breaks.isEmpty)
    let found = try await auditor.verifyAudit(against: seen).breaks
    #expect(found.map(\.problem) == ["audit.outside"])
    #expect(found.map(\.sequence) == [seen.size])
  }

  /// One letter or number changed anywhere in the chains, the heads, the tree or the documents: found, or not even read.
  /// 60 places every day, 10,000 in `make soak`.
  @Test func whateverIsFlippedIsFound() async throws {
    let isSoak = ProcessInfo.processInfo.environment["MSE_SOAK"] != nil
    let (path, office, _) = try await playedStore()
    let base = path + ".base"
    try await StoreCopy.copy(from: .sqlite(path: path), to: .sqlite(path: base))
    var numbers = SeededNumbers(seed: 20_260_304)
    let cache = DefinitionCache()
    func finds(in file: String) async throws -> Bool {
      do {
        let store = try SQLiteStore(path: file)
        let auditor = try await Office(
          store: store, user: "r.huseynli", now: office.now, definitions: cache)
        return try await !auditor.verifyAudit().breaks.isEmpty
      } catch is Diagnostic {
        return true
      } catch is DecodingError {
        return true
      }
    }
    #expect(try await !finds(in: base))
    for turn in 1...(isSoak ? 10_000 : 60) {
      let file = "\(path).\(turn)"
      try FileManager.default.copyItem(atPath: base, toPath: file)
      defer {
        for ending in ["", "-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: file + ending)
        }
      }
      let flip = Flip(&numbers)
      // the database itself refuses to have an identifier twice
      guard try flip.isDone(in: file) else { continue }
      let isFound = try await finds(in: file)
      #expect(isFound, "\(flip.sql)")
    }
  }
}

/// One change of one value, by chance.
private struct Flip {
  let sql: String

  private static let columns: [(table: String, key: String, column: String, isNumber: Bool)] = [
    ("record", "rowid", "stream", false), ("record", "rowid", "sequence", true),
    ("record", "rowid", "at", false), ("record", "rowid", "actor", false),
    ("record", "rowid", "kind", false), ("record", "rowid", "payload", false),
    ("record", "rowid", "payload", false), ("record", "rowid", "previous", false),
    ("record", "rowid", "hash", false), ("stream", "name", "name", false),
    ("stream", "name", "version", true), ("stream", "name", "hash", false),
    ("stream", "name", "state", false), ("tree_leaf", "position", "stream", false),
    ("tree_leaf", "position", "version", true), ("tree_leaf", "position", "hash", false),
    ("tree_leaf", "position", "position", true), ("timer", "case_number || key", "due", false),
    ("timer", "case_number || key", "key", true), ("clock", "parameter", "due", false),
    ("clock", "parameter", "parameter", false), ("outbox", "id", "receiver", false),
    ("outbox", "id", "kind", false), ("outbox", "id", "document", false),
    ("outbox", "id", "id", false),
  ]

  init(_ numbers: inout SeededNumbers) {
    let (table, key, column, isNumber) = Flip.columns[numbers.next(below: Flip.columns.count)]
    let row = """
      \(key) = (SELECT \(key) FROM \(table) ORDER BY \(key)
        LIMIT 1 OFFSET \(numbers.next(below: 1 << 30)) % (SELECT count(*) FROM \(table)))
      """
    let place = "(1 + \(numbers.next(below: 1 << 30)) % length(\(column)))"
    let letter = "CASE substr(\(column), \(place), 1) WHEN '1' THEN '2' ELSE '1' END"
    let value =
      isNumber
      ? "\(column) + 100"
      : "substr(\(column), 1, \(place) - 1) || \(letter) || substr(\(column), \(place) + 1)"
    sql = """
      UPDATE OR IGNORE \(table) SET \(column) = \(value) WHERE \(row);
      """
  }

  /// Makes the change.
  ///
  /// - Returns: whether the database let it happen.
  func isDone(in file: String) throws -> Bool {
    let script = """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      store.execute('DROP TRIGGER record_is_final')
      changed = store.execute(sys.argv[2]).rowcount
      store.commit()
      print(changed)
      """
    return try python(script, file, sql) != "0\n"
  }
}
