public import Commission
internal import Diagnostics
public import FEEL

/// A store whose commits somebody else makes: to see what they change, or to let the process die before or after them.
public struct ObservedStore: CaseStore {
  private let inner: any CaseStore
  private let commit: @Sendable (Batch, any CaseStore) async throws -> CommitReceipt

  /// - Parameter commit: commits the batch to the store it is given, or does not.
  public init(
    _ inner: any CaseStore,
    commit: @escaping @Sendable (Batch, any CaseStore) async throws -> CommitReceipt
  ) {
    self.inner = inner
    self.commit = commit
  }

  public func commit(_ batch: Batch) async throws -> CommitReceipt {
    try await commit(batch, inner)
  }

  public func commit(together batches: [Batch]) async throws {
    for batch in batches {
      guard try await !commit(batch).wasRepeated else { throw Diagnostic("STORE001") }
    }
  }

  public func answer(to command: CommandID) async throws -> String? {
    try await inner.answer(to: command)
  }
  public func records(of stream: Stream, after sequence: Int) async throws -> [Record] {
    try await inner.records(of: stream, after: sequence)
  }
  public func state(of stream: Stream) async throws -> StreamState? {
    try await inner.state(of: stream)
  }
  public func heads(of prefix: String) async throws -> [StreamHead] {
    try await inner.heads(of: prefix)
  }
  public func document(_ identifier: String) async throws -> StoredDocument? {
    try await inner.document(identifier)
  }
  public func cases(_ query: CaseQuery) async throws -> [CaseRow] { try await inner.cases(query) }
  public func tasks(_ query: TaskQuery) async throws -> [TaskRow] { try await inner.tasks(query) }
  public func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try await inner.timers(dueBy: instant)
  }
  public func subscriptions(to name: String, correlationKey: String) async throws
    -> [SubscriptionRow]
  {
    try await inner.subscriptions(to: name, correlationKey: correlationKey)
  }
  public func lines(of number: CaseNumber) async throws -> CaseLines {
    try await inner.lines(of: number)
  }
  public func undelivered() async throws -> [String] { try await inner.undelivered() }
  public func definitions() async throws -> [StoredDefinition] { try await inner.definitions() }
  public func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try await inner.definitions(of: kind)
  }
  public func people(_ query: PersonQuery) async throws -> [PersonRow] {
    try await inner.people(query)
  }
  public func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    try await inner.outbox(case: number)
  }
  /// The lease of a process that died is over at once.
  public func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    try await inner.unanswered(dueBy: instant)
  }
  public func lease(
    dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    try await inner.lease(dueBy: instant, messages: messages, seconds: 0, limit: limit)
  }
  public func note(_ reading: RecordDraft, in stream: Stream) async throws {
    try await inner.note(reading, in: stream)
  }
  public func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    try await inner.headsBeyondTree(limit: limit)
  }
  public func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    try await inner.leaves(from: position, limit: limit)
  }
  public func waitForWork(seconds: Int) async throws {
    try await inner.waitForWork(seconds: seconds)
  }
}
