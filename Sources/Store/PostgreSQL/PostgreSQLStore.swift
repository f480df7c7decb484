public import Commission
internal import Diagnostics
public import FEEL
internal import Foundation

/// A database that several offices or nodes share: PostgreSQL 14 or newer, by libpq.
///
/// Any number of processes may read and write. When the server restarts, calls wait for it, at most half a minute, and no
/// commit is lost or done twice: a commit whose answer was lost is tried again, and finds what it has written before.
public final class PostgreSQLStore: KeyedStore {
  private let address: String
  private let pool: ConnectionPool
  private let listener = DatabaseThread()
  private let watch: (@Sendable (TransactionPhase) -> Void)?
  /// How long calls wait for a server that does not answer.
  private static let patience = Duration.seconds(30)
  /// On a machine that is too busy to try, time alone says nothing about the server.
  private static let leastTries = 50

  /// Opens the store at `address`; an empty database becomes one only when `mayCreate`.
  ///
  /// - Parameters:
  ///   - address: a URI or a list of settings, as libpq takes it.
  ///   - connections: how many calls can be under way at once.
  /// - Throws: `STORE005` when the database holds no store, `STORE006` when it cannot be reached, `STORE007` when a newer
  ///   `mse` wrote it, `STORE013` when libpq is not installed.
  public init(
    address: String, mayCreate: Bool = false, connections: Int = 8,
    watch: (@Sendable (TransactionPhase) -> Void)? = nil
  ) async throws {
    self.address = address
    self.watch = watch
    pool = ConnectionPool(limit: connections)
    do {
      try await once { try PostgreSQLMigrations.run(on: $0, mayCreate: mayCreate) }
    } catch is PostgreSQLFailure {
      throw Diagnostic("STORE006", ["store": StoreLocation(address).description])
    } catch let problem as Diagnostic where problem.code == "STORE005" {
      throw Diagnostic("STORE005", ["store": StoreLocation(address).description])
    }
  }

  public func commit(_ batch: Batch) async throws -> CommitReceipt {
    try await commit([batch]) { try $0.write(batch) }
  }

  public func commit(together batches: [Batch]) async throws {
    _ = try await commit(batches) { try $0.write(together: batches) }
  }

  private func commit(
    _ batches: [Batch],
    write: @escaping @Sendable (BatchWriter<PostgreSQLConnection>) throws -> WrittenBatch
  ) async throws -> CommitReceipt {
    let doubt = Flag()
    return try await persistently {
      do {
        return try await self.once { [watch] connection in
          try connection.transaction(
            watch: watch, afterwards: { $0.bringsWork ? "NOTIFY mse_work" : nil }
          ) { try write(BatchWriter(session: connection)) }.receipt
        }
      } catch PostgreSQLFailure.inDoubt {
        doubt.set()
        throw PostgreSQLFailure.inDoubt
      } catch let problem as Diagnostic where problem.code == "STORE001" && doubt.isSet {
        // the second try meets what the first one has written, or another writer's
        guard let batch = batches.first, try await self.holds(batch) else { throw problem }
        return CommitReceipt(answer: batch.answer, wasRepeated: false)
      }
    }
  }

  /// Whether the first record of `batch` stands where it was to be written.
  private func holds(_ batch: Batch) async throws -> Bool {
    guard let append = batch.appends.first, let draft = append.records.first else { return false }
    let stored = try await records(of: append.stream, after: append.after).first
    return stored?.draft == draft
  }

  public func answer(to command: CommandID) async throws -> String? {
    try await read { try $0.answer(to: command) }
  }

  public func records(of stream: Commission.Stream, after sequence: Int) async throws -> [Commission
    .Record]
  {
    try await read { try $0.records(of: stream, after: sequence) }
  }

  public func state(of stream: Commission.Stream) async throws -> StreamState? {
    try await read { try $0.state(of: stream) }
  }

  public func heads(of prefix: String) async throws -> [StreamHead] {
    try await read { try $0.heads(of: prefix) }
  }

  public func document(_ identifier: String) async throws -> StoredDocument? {
    try await read { try $0.document(identifier) }
  }

  public func definitions() async throws -> [StoredDefinition] {
    try await read { try $0.definitions() }
  }

  public func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try await read { try $0.definitions(of: kind) }
  }

  public func cases(_ query: CaseQuery) async throws -> [CaseRow] {
    try await read { try $0.cases(query) }
  }

  public func tasks(_ query: TaskQuery) async throws -> [TaskRow] {
    try await read { try $0.tasks(query) }
  }

  public func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try await read { try $0.timers(dueBy: instant) }
  }

  public func subscriptions(to name: String, correlationKey: String) async throws
    -> [SubscriptionRow]
  {
    try await read { try $0.subscriptions(to: name, correlationKey: correlationKey) }
  }

  public func lines(of number: CaseNumber) async throws -> CaseLines {
    try await read { try $0.lines(of: number) }
  }

  public func undelivered() async throws -> [String] {
    try await read { try $0.undelivered() }
  }

  public func people(_ query: PersonQuery) async throws -> [PersonRow] {
    try await read { try $0.people(query) }
  }

  public func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    try await read { try $0.outbox(case: number) }
  }

  public func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    try await read { try $0.unanswered(dueBy: instant) }
  }

  public func lease(
    dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    try await read { connection in
      try connection.transaction {
        try connection.lease(
          dueBy: instant, messages: messages, seconds: seconds, limit: limit)
      }
    }
  }

  public func note(_ reading: RecordDraft, in stream: Commission.Stream) async throws {
    try await persistently {
      do {
        try await self.once { connection in
          try connection.transaction {
            try BatchWriter(session: connection).note(reading, in: stream)
          }
        }
      } catch let problem as Diagnostic where problem.code == "STORE001" {
        throw PostgreSQLFailure.retry
      }
    }
  }

  public func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    try await read { try $0.headsBeyondTree(limit: limit) }
  }

  public func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    try await read { try $0.leaves(from: position, limit: limit) }
  }

  // MARK: Keys

  func key(_ name: String) async throws -> StoredKey? { try await read { try $0.key(name) } }

  func keys(notWrappedBy wrapping: String, limit: Int) async throws -> [StoredKey] {
    try await read { try $0.keys(notWrappedBy: wrapping, limit: limit) }
  }

  func replace(_ keys: [StoredKey]) async throws {
    try await read { connection in try connection.transaction { try connection.replace(keys) } }
  }

  func holds(_ document: String, of owner: String) async throws -> Bool {
    try await read { try $0.holds(document, of: owner) }
  }

  /// Rows that were deleted stay in the files of the server until their tables are written anew.
  public func scrub() async throws {
    try await read { connection in
      for table in ["sealing_key", "document", "person", "person_word", "case_row", "stream"] {
        try connection.run("VACUUM (FULL) \(table)")
      }
    }
  }

  /// Every commit that brings a timer or a message wakes all who wait here, on whatever node.
  public func waitForWork(seconds: Int) async throws {
    try await persistently { [address, listener] in
      try await listener.run { connection in
        do {
          if connection == nil {
            connection = try PostgreSQLConnection(to: address)
            try connection?.run("LISTEN mse_work")
          }
          try connection?.waitForNotification(seconds: seconds)
        } catch {
          connection = nil
          throw error
        }
      }
    }
  }

  /// One transaction that is not tried again: for work that others must not see half-done.
  ///
  /// - Throws: `STORE014` when the server goes away.
  func transaction<Value: Sendable>(
    _ body: @Sendable @escaping (PostgreSQLConnection) throws -> Value
  ) async throws -> Value {
    do {
      return try await once { connection in try connection.transaction { try body(connection) } }
    } catch is PostgreSQLFailure {
      throw Diagnostic("STORE014")
    }
  }

  // MARK: Connections

  private func read<Value: Sendable>(
    _ body: @Sendable @escaping (PostgreSQLConnection) throws -> Value
  ) async throws -> Value {
    try await persistently { try await self.once(body) }
  }

  /// One try on one connection; a connection that is lost is opened again by the next one.
  private func once<Value: Sendable>(
    _ body: @Sendable @escaping (PostgreSQLConnection) throws -> Value
  ) async throws -> Value {
    let thread = await pool.take()
    let result: Result<Value, any Error>
    do {
      let value = try await thread.run { [address] connection in
        do {
          let open = try connection ?? PostgreSQLConnection(to: address)
          connection = open
          return try body(open)
        } catch let failure as PostgreSQLFailure {
          if case .retry = failure {} else { connection = nil }
          throw failure
        }
      }
      result = .success(value)
    } catch {
      result = .failure(error)
    }
    await pool.giveBack(thread)
    return try result.get()
  }

  /// Tries again until the server answers.
  ///
  /// - Throws: `STORE014` when it does not in time.
  private func persistently<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    let end = ContinuousClock.now + PostgreSQLStore.patience
    var tries = 0
    while true {
      do {
        return try await body()
      } catch let failure as PostgreSQLFailure {
        tries += 1
        guard tries < PostgreSQLStore.leastTries || ContinuousClock.now < end else {
          throw Diagnostic("STORE014")
        }
        let pause = if case .retry = failure { 1...20 } else { 100...300 }
        try await Task.sleep(for: .milliseconds(Int.random(in: pause)))
      }
    }
  }
}
