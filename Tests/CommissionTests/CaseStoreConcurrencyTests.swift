import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// Many writers at once: each step is done once, the records of a case have no gaps, and nobody is disturbed.
struct CaseStoreConcurrencyTests {
  private static let workers = 16
  /// 200 every day, 1,000 in `make soak`.
  private static let cases =
    ProcessInfo.processInfo.environment["MSE_SOAK"] == nil ? 200 : 1000
  private static let stepsPerCase = 5

  /// Workers add the next step to cases, and read again when another was first.
  @Test(arguments: StoreKind.allCases)
  func sixteenWorkersDoEachStepOnce(_ kind: StoreKind) async throws {
    let stores = try await openedTwice(kind)
    guard let first = stores.first else { return }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<Self.workers {
        let store = stores[worker % stores.count]
        group.addTask { try await Self.run(worker, on: store) }
      }
      try await group.waitForAll()
    }
    let heads = try await first.heads(of: "case/")
    #expect(heads.count == Self.cases)
    let isComplete = heads.allSatisfy { $0.version == Self.stepsPerCase }
    #expect(isComplete)
    var done: Set<String> = []
    for head in heads {
      let records = try await first.records(of: head.stream, after: 0)
      #expect(records.map(\.sequence) == Array(1...Self.stepsPerCase))
      #expect(records.last?.hash == head.hash)
      for (record, previous) in zip(records, [Record.origin] + records.map(\.hash)) {
        #expect(record.isIntact && record.previous == previous)
        #expect(done.insert("\(head.stream) \(record.payload)").inserted)
      }
    }
    #expect(done.count == Self.cases * Self.stepsPerCase)
    let register = Stream.register("test", commission: "07", year: 2026)
    #expect(try await first.state(of: register)?.version == Self.cases)
  }

  /// Two connections to the same store, as two processes have; memory has only one.
  private func openedTwice(_ kind: StoreKind) async throws -> [any CaseStore] {
    guard kind != .memory else { return [MemoryStore()] }
    guard let location = try kind.emptyLocation() else { return [] }
    let keyFile = kind.newKeyFile
    return [
      try await location.open(mayCreate: true, keyFile: keyFile),
      try await location.open(keyFile: keyFile),
    ]
  }

  /// All workers go the same way, so that four of them meet at each case again and again.
  private static func run(_ worker: Int, on store: any CaseStore) async throws {
    for _ in 0..<stepsPerCase {
      for serial in 1...cases where (serial + worker).isMultiple(of: 4) {
        try await add(to: CaseNumber(commission: "07", year: 2026, serial: serial), in: store)
      }
    }
  }

  /// Adds the next step of a case, unless it has all of them; the first takes a number of the register.
  private static func add(to number: CaseNumber, in store: any CaseStore) async throws {
    while true {
      let version = try await store.state(of: .case(number))?.version ?? 0
      guard version < stepsPerCase else { return }
      var batch = Batch()
      batch.appends = [
        Batch.Append(
          to: .case(number), after: version, records: [draft("step \(version + 1)")],
          state: "\(version + 1)")
      ]
      if version == 0 {
        let register = Stream.register("test", commission: "07", year: 2026)
        let last = try await store.state(of: register)?.version ?? 0
        batch.appends.append(
          Batch.Append(
            to: register, after: last, records: [draft("\(number)")], state: "\(last + 1)"))
      }
      do {
        _ = try await store.commit(batch)
        return
      } catch let problem as Diagnostic where problem.code == "STORE001" {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...5)))
      }
    }
  }

  private static func draft(_ payload: String) -> RecordDraft {
    RecordDraft(at: Instant(seconds: 1_800_000_000), actor: "w", kind: "test", payload: payload)
  }

  /// The same command from many sides at once: one of them does it, all get its answer.
  @Test(arguments: StoreKind.allCases)
  func aCommandThatComesFromManySidesIsDoneOnce(_ kind: StoreKind) async throws {
    let stores = try await openedTwice(kind)
    guard let first = stores.first else { return }
    let receipts = try await withThrowingTaskGroup(of: CommitReceipt?.self) { group in
      for worker in 0..<Self.workers {
        let store = stores[worker % stores.count]
        group.addTask {
          var batch = Batch(command: CommandID("the-command"), answer: "answer \(worker)")
          batch.appends = [
            Batch.Append(to: .interchange, after: 0, records: [Self.draft("x")], state: "1")
          ]
          return try await store.commit(batch)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(receipts.count { $0?.wasRepeated == false } == 1)
    #expect(Set(receipts.map { $0?.answer }).count == 1)
    #expect(try await first.records(of: .interchange, after: 0).count == 1)
  }

  /// What one worker has taken on, no other gets, until the lease is over.
  @Test(arguments: StoreKind.allCases)
  func dueWorkIsLeasedOnce(_ kind: StoreKind) async throws {
    let stores = try await openedTwice(kind)
    guard let first = stores.first, let last = stores.last else { return }
    let due = Instant(seconds: 1_800_000_000)
    // longer than any test run, however busy the machine
    let day = 86_400
    var batch = Batch()
    for serial in 1...50 {
      let number = CaseNumber(commission: "07", year: 2026, serial: serial)
      let timer = TimerRow(caseNumber: number, key: 4, due: due)
      batch.cases.append(CaseStoreTests.rows(number, timers: [timer]))
      batch.outbox.append(
        OutboxMessage(
          identifier: "m-\(serial)", caseNumber: number, kind: "decision", receiver: "CLIN-12",
          at: due, document: "0"))
    }
    _ = try await first.commit(batch)
    let work = try await withThrowingTaskGroup(of: DueWork.self) { group in
      for worker in 0..<10 {
        let store = stores[worker % stores.count]
        group.addTask {
          try await store.lease(dueBy: due, messages: true, seconds: day, limit: 5)
        }
      }
      return try await group.reduce(into: [DueWork]()) { $0.append($1) }
    }
    let timers = work.flatMap(\.timers).map(\.caseNumber)
    #expect(Set(timers).count == timers.count)
    let messages = work.flatMap(\.messages).map(\.identifier)
    #expect(Set(messages).count == messages.count)
    // a round may find the rows it wanted locked, and leave them for the next
    let rest = try await first.lease(dueBy: due, messages: true, seconds: day, limit: 50)
    #expect(timers.count + rest.timers.count == 50)
    #expect(messages.count + rest.messages.count == 50)
    let none = try await last.lease(dueBy: due, messages: true, seconds: day, limit: 50)
    #expect(none == DueWork(timers: [], messages: []))
  }

  /// Answers are waited for until they are there; those whose messages are to be repeated are found by their time.
  @Test(arguments: StoreKind.allCases)
  func answersAreWaitedFor(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let now = Instant(seconds: 1_800_000_000)
    let later = Instant(seconds: 1_800_000_060)
    func commit(_ answers: [Batch.Awaiting], sending names: [String] = []) async throws {
      var batch = Batch()
      batch.outbox = names.map {
        OutboxMessage(
          identifier: $0, caseNumber: nil, kind: "notice", receiver: "CLIN-12", at: now,
          document: "0")
      }
      batch.answers = answers
      _ = try await store.commit(batch)
    }
    func names(dueBy instant: Instant?) async throws -> [String] {
      try await store.unanswered(dueBy: instant).map(\.identifier)
    }
    try await commit([], sending: ["m-1", "m-2", "m-3"])
    #expect(try await names(dueBy: nil).isEmpty)
    try await commit([
      Batch.Awaiting(message: "m-2", isOpen: true, next: later),
      Batch.Awaiting(message: "m-1", isOpen: true, next: nil),
    ])
    #expect(try await names(dueBy: nil) == ["m-1", "m-2"])
    #expect(try await names(dueBy: now) == [])
    #expect(try await names(dueBy: later) == ["m-2"])
    try await commit([Batch.Awaiting(message: "m-2", isOpen: false, next: nil)])
    #expect(try await names(dueBy: nil) == ["m-1"])
    #expect(try await names(dueBy: later) == [])
  }

  /// A worker that vanishes does not take its work with it, and a message leaves once.
  @Test(arguments: StoreKind.allCases)
  func aLeaseEndsAndADeliveryDoesNot(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let number = CaseNumber(commission: "07", year: 2026, serial: 1)
    let now = Instant(seconds: 1_800_000_000)
    var batch = Batch()
    for name in ["m-1", "m-2"] {
      batch.outbox.append(
        OutboxMessage(
          identifier: name, caseNumber: number, kind: "decision", receiver: "CLIN-12", at: now,
          document: "0"))
    }
    _ = try await store.commit(batch)
    let taken = try await store.lease(dueBy: now, messages: true, seconds: 1, limit: 10)
    #expect(taken.messages.map(\.identifier) == ["m-1", "m-2"])
    batch = Batch()
    batch.deliveries = [Batch.Delivery(message: "m-1", at: now)]
    let delivery = batch
    _ = try await store.commit(delivery)
    await #expect(throws: Diagnostic("STORE001")) { try await store.commit(delivery) }
    try await Task.sleep(for: .milliseconds(2100))
    let again = try await store.lease(dueBy: now, messages: true, seconds: 60, limit: 10)
    #expect(again.messages.map(\.identifier) == ["m-2"])
    #expect(try await store.outbox(case: number).count == 2)
  }
}
