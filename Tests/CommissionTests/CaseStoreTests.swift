import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// The stores that must agree.
enum StoreKind: CaseIterable, Sendable {
  case memory, sqlite, postgresql
  /// SQLite again, with everything about a person sealed.
  case encrypted

  /// `nil`, with a message, where the machine has no PostgreSQL.
  func openEmpty() async throws -> (any CaseStore)? {
    switch self {
    case .memory: return MemoryStore()
    case .sqlite, .postgresql, .encrypted:
      return try await emptyLocation()?.open(mayCreate: true, keyFile: newKeyFile)
    }
  }

  /// The key file of a new store; `nil` for those that are not encrypted.
  var newKeyFile: String? {
    self == .encrypted ? NSTemporaryDirectory() + "store-\(UUID().uuidString).key" : nil
  }

  /// Where a new store can be created; `nil` where nothing is kept, or without PostgreSQL.
  func emptyLocation() throws -> StoreLocation? {
    switch self {
    case .memory: nil
    case .sqlite, .encrypted:
      .sqlite(path: NSTemporaryDirectory() + "store-\(UUID().uuidString).sqlite")
    case .postgresql:
      try PostgreSQLServer.available().map { try StoreLocation($0.database()) }
    }
  }
}

/// What every store promises (`CaseStore`).
struct CaseStoreTests {
  private let stream = Stream("register/07/test/2026")

  private func draft(_ payload: String) -> RecordDraft {
    RecordDraft(
      at: Instant(seconds: 1_800_000_000), actor: "l.aliyeva", reason: "because", kind: "test",
      payload: payload)
  }

  private func batch(
    after version: Int, _ payloads: [String], command: String? = nil, answer: String = ""
  ) -> Batch {
    var batch = Batch(command: command.map { CommandID($0) }, answer: answer)
    batch.appends.append(
      Batch.Append(
        to: stream, after: version, records: payloads.map { draft($0) },
        state: "state \(version + payloads.count)"))
    return batch
  }

  @Test(arguments: StoreKind.allCases)
  func recordsAreChained(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    _ = try await store.commit(batch(after: 0, ["one", "two ə ğ ı ş İ"]))
    _ = try await store.commit(batch(after: 2, ["three"]))
    let records = try await store.records(of: stream, after: 0)
    #expect(records.map(\.sequence) == [1, 2, 3])
    #expect(records.map(\.payload) == ["one", "two ə ğ ı ş İ", "three"])
    let isIntact = records.allSatisfy { $0.isIntact }
    #expect(isIntact)
    #expect(records[0].previous == Record.origin)
    #expect(records[1].previous == records[0].hash)
    #expect(records[0].reason == "because")
    #expect(try await store.state(of: stream) == StreamState(version: 3, state: "state 3"))
    let heads = try await store.heads(of: "register/")
    #expect(heads == [StreamHead(stream: stream, version: 3, hash: records[2].hash)])
    #expect(try await store.records(of: stream, after: 2).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func theChainIsTheSameInEveryStore(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let model = MemoryStore()
    for target in [store, model] as [any CaseStore] {
      _ = try await target.commit(batch(after: 0, ["one", "two"]))
    }
    let records = try await store.records(of: stream, after: 0)
    let expected = try await model.records(of: stream, after: 0)
    #expect(records == expected)
  }

  @Test(arguments: StoreKind.allCases)
  func theSecondWriterIsRefusedAndLeavesNothing(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    _ = try await store.commit(batch(after: 0, ["one"]))
    var second = batch(after: 0, ["other"])
    let document = StoredDocument(mediaType: "text/plain", bytes: Array("late".utf8))
    second.documents.append(document)
    let refused = second
    await #expect(throws: Diagnostic("STORE001")) { try await store.commit(refused) }
    #expect(try await store.records(of: stream, after: 0).map(\.payload) == ["one"])
    #expect(try await store.document(document.identifier) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func aRepeatedCommandGetsItsFirstAnswer(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let first = try await store.commit(
      batch(after: 0, ["one"], command: "c-1", answer: "first"))
    let again = try await store.commit(
      batch(after: 1, ["two"], command: "c-1", answer: "second"))
    #expect(first == CommitReceipt(answer: "first", wasRepeated: false))
    #expect(again == CommitReceipt(answer: "first", wasRepeated: true))
    #expect(try await store.answer(to: CommandID("c-1")) == "first")
    #expect(try await store.answer(to: CommandID("c-2")) == nil)
    #expect(try await store.records(of: stream, after: 0).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func batchesTogetherAreWrittenInTheirOrderOrNotAtAll(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    try await store.commit(together: [
      batch(after: 0, ["one"], command: "c-1", answer: "first"),
      batch(after: 1, ["two", "three"], command: "c-2", answer: "second"),
    ])
    #expect(
      try await store.records(of: stream, after: 0).map(\.payload) == ["one", "two", "three"])
    #expect(try await store.state(of: stream) == StreamState(version: 3, state: "state 3"))
    #expect(try await store.answer(to: CommandID("c-2")) == "second")
    // the second steps from a version that is not there, the third is there already
    for bad in [batch(after: 9, ["x"]), batch(after: 4, ["x"], command: "c-1", answer: "again")] {
      await #expect(throws: Diagnostic("STORE001")) {
        try await store.commit(together: [batch(after: 3, ["four"], command: "c-3"), bad])
      }
    }
    #expect(try await store.state(of: stream)?.version == 3)
    #expect(try await store.answer(to: CommandID("c-3")) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func tasksKeepTheirNumberAndLeaveTheListWhenDone(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let number = CaseNumber(commission: "07", year: 2026, serial: 1)
    var batch = Batch()
    batch.cases.append(rows(number, tasks: [task(number, 5, .open), task(number, 6, .open)]))
    _ = try await store.commit(batch)
    let first = try await store.tasks(TaskQuery(caseNumber: number))
    #expect(first.map(\.identifier) == [1, 2])
    #expect(first[0].groups == ["expert", "secretary"])
    batch = Batch()
    batch.cases.append(
      rows(
        number,
        tasks: [task(number, 5, .completed), task(number, 6, .open), task(number, 9, .open)]))
    _ = try await store.commit(batch)
    #expect(try await store.tasks(TaskQuery(caseNumber: number)).map(\.identifier) == [2, 3])
    let mine = TaskQuery(assignee: "x", groups: ["secretary"])
    #expect(try await store.tasks(mine).map(\.identifier) == [2, 3])
    #expect(try await store.tasks(TaskQuery(assignee: "x", groups: ["head"])).isEmpty)
    let done = try await store.tasks(TaskQuery(identifier: 1, status: nil))
    #expect(done.map(\.status) == [.completed])
  }

  /// What a step leaves as it was keeps its number and its lease; what it changes is found as it is now.
  @Test(arguments: StoreKind.allCases)
  func linesAreFoundAsTheLastStepHasLeftThem(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let number = CaseNumber(commission: "07", year: 2026, serial: 1)
    let now = Instant(seconds: 1_800_000_000)
    func commit(_ due: Instant?, _ groups: [String], _ timers: [Instant]) async throws {
      var batch = Batch()
      var rows = Self.rows(
        number, tasks: [task(number, 5, .open, groups)],
        timers: timers.enumerated().map { TimerRow(caseNumber: number, key: $0, due: $1) }, due: due
      )
      rows.row.standsAt = groups
      batch.cases = [rows]
      _ = try await store.commit(batch)
    }
    func found(_ group: String) async throws -> [Int?] {
      try await store.tasks(TaskQuery(assignee: "x", groups: [group])).map(\.identifier)
    }
    func leased() async throws -> [Instant] {
      try await store.lease(dueBy: now, messages: false, seconds: 600, limit: 9).timers.map(\.due)
    }
    let first = Instant(seconds: 1_700_000_000)
    try await commit(nil, ["secretary"], [first])
    #expect(try await leased() == [first])
    try await commit(now, ["expert"], [first])
    #expect(try await found("secretary").isEmpty)
    #expect(try await found("expert") == [1])
    #expect(try await leased().isEmpty)
    let row = try await store.cases(CaseQuery(dueBy: now)).first
    #expect(row?.standsAt == ["expert"])
    try await commit(now, ["expert"], [now])
    #expect(try await leased() == [now])
    try await commit(nil, [], [])
    #expect(try await found("expert").isEmpty)
    #expect(try await store.timers(dueBy: now).isEmpty)
    #expect(try await store.cases(CaseQuery(dueBy: now)).isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func whatIsDueFirstComesFirst(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    var batch = Batch()
    for (serial, due) in [(1, nil), (2, 300), (3, 100)] as [(Int, Int?)] {
      let number = CaseNumber(commission: "07", year: 2026, serial: serial)
      batch.cases.append(rows(number, due: due.map { Instant(seconds: $0) }))
    }
    _ = try await store.commit(batch)
    let serials = try await store.cases(CaseQuery()).map(\.number.serial)
    #expect(serials == [3, 2, 1])
    let soon = CaseQuery(dueBy: Instant(seconds: 200))
    #expect(try await store.cases(soon).map(\.number.serial) == [3])
  }

  @Test(arguments: StoreKind.allCases)
  func peopleAreFoundByNumberAndByFoldedName(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let person = Person(identifier: "p-1", identity: ["surname": .string("Məmmədova")])
    var batch = Batch()
    batch.people = [
      PersonRow(
        identifier: "p-1", personalNumber: "94FMDDD", birthDate: "1974-05-18",
        search: "memmedova aysel")
    ]
    _ = try await store.commit(batch)
    #expect(try await store.people(.personalNumber("94FMDDD")).map(\.identifier) == ["p-1"])
    #expect(try await store.people(.words(["aysel", "memmedova"])).count == 1)
    #expect(try await store.people(.words(["aysel", "quliyev"])).isEmpty)
    #expect(PersonRow(person).search == "memmedova")
  }

  private func task(
    _ number: CaseNumber, _ key: Int, _ status: TaskRow.Status,
    _ groups: [String] = ["secretary", "expert"]
  ) -> TaskRow {
    TaskRow(
      caseNumber: number, key: key, element: "check", name: "Check", form: "completeness",
      groups: groups, assignee: nil, due: nil,
      createdAt: Instant(seconds: key), status: status, draft: nil, outcome: nil)
  }

  private func rows(_ number: CaseNumber, tasks: [TaskRow] = [], due: Instant? = nil) -> CaseRows {
    Self.rows(number, tasks: tasks, due: due)
  }

  static func rows(
    _ number: CaseNumber, tasks: [TaskRow] = [], timers: [TimerRow] = [], due: Instant? = nil
  ) -> CaseRows {
    CaseRows(
      row: CaseRow(
        number: number, kind: "initial", profile: "AZ-2022", status: "submitted", standsAt: ["a/b"],
        person: "p-1", initials: "Quliyev R.", birthYear: 1974, openedAt: Instant(seconds: 1),
        due: due, closedAt: nil),
      tasks: tasks, timers: timers, subscriptions: [], incidents: [], clocks: [])
  }
}
