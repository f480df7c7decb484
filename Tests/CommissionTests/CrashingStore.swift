import Commission
import Diagnostics
import FEEL
import Synchronization
import TestSupport

/// A store whose process dies now and then: before a transaction is durable, or after it and before anybody was told.
struct CrashingStore: CaseStore {
  let inner: any CaseStore
  private let numbers: Box

  private final class Box: Sendable {
    let state: Mutex<(numbers: SeededNumbers, percent: Int)>
    init(_ seed: UInt64) { state = Mutex((SeededNumbers(seed: seed), 0)) }
  }

  init(_ inner: any CaseStore, seed: UInt64) {
    self.inner = inner
    numbers = Box(seed)
  }

  /// How many of a hundred commits fail from now on.
  func fail(_ percent: Int) { numbers.state.withLock { $0.percent = percent } }

  func commit(_ batch: Batch) async throws -> CommitReceipt {
    let (isDead, isLate) = numbers.state.withLock { state in
      (
        Int.random(in: 0..<100, using: &state.numbers) < state.percent,
        Bool.random(using: &state.numbers)
      )
    }
    guard isDead else { return try await inner.commit(batch) }
    if isLate { _ = try await inner.commit(batch) }
    throw Diagnostic("STORE006")
  }

  func answer(to command: CommandID) async throws -> String? {
    try await inner.answer(to: command)
  }
  func records(of stream: Stream, after sequence: Int) async throws -> [Record] {
    try await inner.records(of: stream, after: sequence)
  }
  func state(of stream: Stream) async throws -> StreamState? { try await inner.state(of: stream) }
  func heads(of prefix: String) async throws -> [StreamHead] { try await inner.heads(of: prefix) }
  func document(_ identifier: String) async throws -> StoredDocument? {
    try await inner.document(identifier)
  }
  func cases(_ query: CaseQuery) async throws -> [CaseRow] { try await inner.cases(query) }
  func tasks(_ query: TaskQuery) async throws -> [TaskRow] { try await inner.tasks(query) }
  func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try await inner.timers(dueBy: instant)
  }
  func subscriptions(to name: String, correlationKey: String) async throws -> [SubscriptionRow] {
    try await inner.subscriptions(to: name, correlationKey: correlationKey)
  }
  func definitions() async throws -> [StoredDefinition] { try await inner.definitions() }
  func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try await inner.definitions(of: kind)
  }
  func people(_ query: PersonQuery) async throws -> [PersonRow] { try await inner.people(query) }
  func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    try await inner.outbox(case: number)
  }
  func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    try await inner.unanswered(dueBy: instant)
  }
  func lease(
    dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    // the lease of a process that died is over at once
    try await inner.lease(dueBy: instant, messages: messages, seconds: 0, limit: limit)
  }
  func note(_ reading: RecordDraft, in stream: Stream) async throws {
    try await inner.note(reading, in: stream)
  }
  func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    try await inner.headsBeyondTree(limit: limit)
  }
  func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    try await inner.leaves(from: position, limit: limit)
  }
  func waitForWork(seconds: Int) async throws { try await inner.waitForWork(seconds: seconds) }
}
