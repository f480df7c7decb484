public import Commission
internal import Diagnostics
public import FEEL
internal import Foundation
internal import GRDB

/// Where a transaction of a store stands; fault tests watch it.
public enum TransactionPhase: Sendable {
  case begun, committed, rolledBack
}

/// One file, no server: SQLite with a write-ahead log and a sync for every commit.
///
/// Any number of processes may read; writers take turns, and wait up to ten seconds for theirs. Commits that come at the
/// same time share one sync. After an input or output error nothing is written any more until the store is opened again:
/// what a failed sync has left on the disk is known only then.
public final class SQLiteStore: KeyedStore {
  let pool: DatabasePool
  private let readers: SQLiteReaders
  private let commits: CommitQueue
  private let writer: GroupWriter
  /// Whether the disk has failed once.
  private let hasFailed = Flag()

  /// Opens the store at `path`; a missing file is created only when `mayCreate`.
  ///
  /// - Parameter logPages: how long the log of writes gets before it is taken into the file, in pages of 4 KB. A page that
  ///   every step writes goes into the file once for all of them: a longer log makes steps cheaper.
  /// - Throws: `STORE005` when there is no such file, `STORE006` when it is no store or cannot be opened, `STORE007` when
  ///   a newer `mse` wrote it.
  public init(
    path: String, mayCreate: Bool = false, logPages: Int = 4000,
    watch: (@Sendable (TransactionPhase) -> Void)? = nil
  ) throws {
    guard mayCreate || FileManager.default.fileExists(atPath: path) else {
      throw Diagnostic("STORE005", ["store": path])
    }
    // an empty file would become a store by being looked at
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard mayCreate || size != 0 else { throw Diagnostic("STORE006", ["store": path]) }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase {
      // what is deleted is overwritten, in free pages too: a key that was destroyed must not lie in the file
      try $0.execute(sql: "PRAGMA secure_delete = ON")
      try $0.execute(sql: "PRAGMA wal_autocheckpoint = \(logPages)")
    }
    do {
      let pool = try DatabasePool(path: path, configuration: configuration)
      self.pool = pool
      readers = SQLiteReaders(path: path, configuration: configuration)
      writer = GroupWriter(pool: pool, watch: watch)
      commits = CommitQueue(writer)
      try SQLiteMigrations.run(on: pool)
      try syncEveryCommit()
    } catch let problem as Diagnostic {
      throw problem
    } catch {
      throw Diagnostic("STORE006", ["store": path])
    }
  }

  /// The connection that writes closes last: it takes what is still in the log of writes into the file.
  deinit { readers.close() }

  /// GRDB sets `synchronous = NORMAL` when it opens a pool, which can lose the last commits with the power.
  private func syncEveryCommit() throws {
    let level = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    precondition(level == 2, "a commit that is not synced is no commit")
  }

  public func commit(_ batch: Batch) async throws -> CommitReceipt {
    guard !hasFailed.isSet else { throw Diagnostic("STORE010") }
    return try await mapped { try await commits.commit(batch) }
  }

  public func commit(together batches: [Batch]) async throws {
    guard !hasFailed.isSet else { throw Diagnostic("STORE010") }
    try await mapped { try await writer.write(together: batches) }
  }

  public func answer(to command: CommandID) async throws -> String? {
    try read { try $0.answer(to: command) }
  }

  public func records(of stream: Commission.Stream, after sequence: Int) async throws -> [Commission
    .Record]
  {
    try read { try $0.records(of: stream, after: sequence) }
  }

  public func state(of stream: Commission.Stream) async throws -> StreamState? {
    try read { try $0.state(of: stream) }
  }

  public func heads(of prefix: String) async throws -> [StreamHead] {
    try read { try $0.heads(of: prefix) }
  }

  public func document(_ identifier: String) async throws -> StoredDocument? {
    try read { try $0.document(identifier) }
  }

  public func definitions() async throws -> [StoredDefinition] {
    try read { try $0.definitions() }
  }

  public func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try read { try $0.definitions(of: kind) }
  }

  public func cases(_ query: CaseQuery) async throws -> [CaseRow] {
    try read { try $0.cases(query) }
  }

  public func tasks(_ query: TaskQuery) async throws -> [TaskRow] {
    try read { try $0.tasks(query) }
  }

  public func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try read { try $0.timers(dueBy: instant) }
  }

  public func subscriptions(to name: String, correlationKey: String) async throws
    -> [SubscriptionRow]
  {
    try read { try $0.subscriptions(to: name, correlationKey: correlationKey) }
  }

  public func lines(of number: CaseNumber) async throws -> CaseLines {
    try read { try $0.lines(of: number) }
  }

  public func undelivered() async throws -> [String] {
    try read { try $0.undelivered() }
  }

  public func people(_ query: PersonQuery) async throws -> [PersonRow] {
    try read { try $0.people(query) }
  }

  public func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    try read { try $0.outbox(case: number) }
  }

  public func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    try read { try $0.unanswered(dueBy: instant) }
  }

  public func lease(
    dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    try await mapped {
      try await pool.write {
        try SQLiteSession(database: $0).lease(
          dueBy: instant, messages: messages, seconds: seconds, limit: limit)
      }
    }
  }

  public func note(_ reading: RecordDraft, in stream: Commission.Stream) async throws {
    guard !hasFailed.isSet else { throw Diagnostic("STORE010") }
    try await mapped {
      try await pool.write {
        try BatchWriter(session: SQLiteSession(database: $0)).note(reading, in: stream)
      }
    }
  }

  public func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    try read { try $0.headsBeyondTree(limit: limit) }
  }

  public func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    try read { try $0.leaves(from: position, limit: limit) }
  }

  // MARK: Keys

  func key(_ name: String) async throws -> StoredKey? { try read { try $0.key(name) } }

  func keys(notWrappedBy wrapping: String, limit: Int) async throws -> [StoredKey] {
    try read { try $0.keys(notWrappedBy: wrapping, limit: limit) }
  }

  func replace(_ keys: [StoredKey]) async throws {
    try await mapped {
      try await pool.write { try SQLiteSession(database: $0).replace(keys) }
    }
  }

  func holds(_ document: String, of owner: String) async throws -> Bool {
    try read { try $0.holds(document, of: owner) }
  }

  /// The log of writes still has what was erased until it is taken into the file and cut off.
  public func scrub() async throws {
    try await mapped {
      try await pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }
  }

  /// Another process cannot tell us anything: look again every second.
  public func waitForWork(seconds: Int) async throws {
    try await Task.sleep(for: .seconds(min(seconds, 1)))
  }

  // MARK: Help for all queries

  /// Reads by one query.
  func read<Value>(_ body: (SQLiteSession) throws -> Value) throws -> Value {
    try Self.mapped {
      try readers.read { reader in
        try reader.unsafeRead { try body(SQLiteSession(database: $0)) }
      }
    }
  }

  private func mapped<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_IOERR { hasFailed.set() }
      throw Self.problem(error)
    }
  }

  /// Runs `body`, with errors of SQLite in our words.
  static func mapped<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw problem(error)
    }
  }

  private static func problem(_ error: DatabaseError) -> Diagnostic {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: Diagnostic("STORE009")
    case .SQLITE_FULL, .SQLITE_IOERR: Diagnostic("STORE010")
    default: Diagnostic("STORE011", ["code": "\(error.extendedResultCode.rawValue)"])
    }
  }

  /// Asks SQLite whether every page and index of the file is sound.
  ///
  /// - Throws: `STORE018` when one is not.
  public func checkFile() async throws {
    let answer = try read { session in
      try session.row("PRAGMA integrity_check", [])?.text("integrity_check")
    }
    guard answer == "ok" else { throw Diagnostic("STORE018") }
  }
}
