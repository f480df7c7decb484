public import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation
internal import GRDB

/// One file, no server: SQLite with a write-ahead log and a sync for every commit.
///
/// Any number of processes may read; writers take turns, and wait up to ten seconds for theirs.
public final class SQLiteStore: CaseStore {
  /// Where a transaction stands; fault tests watch it.
  public enum Phase: Sendable {
    case begun, committed
  }

  let pool: DatabasePool
  private let watch: (@Sendable (Phase) -> Void)?

  /// Opens the store at `path`; a missing file is created only when `mayCreate`.
  ///
  /// - Throws: `STORE005` when there is no such file, `STORE006` when it is no store or cannot be opened, `STORE007` when
  ///   a newer `mse` wrote it.
  public init(
    path: String, mayCreate: Bool = false, watch: (@Sendable (Phase) -> Void)? = nil
  ) throws {
    guard mayCreate || FileManager.default.fileExists(atPath: path) else {
      throw Diagnostic("STORE005", ["store": path])
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = false
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      self.watch = watch
      try Migrations.run(on: pool)
      try syncEveryCommit()
    } catch let problem as Diagnostic {
      throw problem
    } catch {
      throw Diagnostic("STORE006", ["store": path])
    }
  }

  /// GRDB sets `synchronous = NORMAL` when it opens a pool, which can lose the last commits with the power.
  private func syncEveryCommit() throws {
    let level = try pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
      return try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
    precondition(level == 2, "a commit that is not synced is no commit")
  }

  public func commit(_ batch: Batch) async throws -> CommitReceipt {
    try await mapped {
      let receipt = try await pool.write { [watch] database in
        watch?(.begun)
        return try BatchWriter(database: database).write(batch)
      }
      watch?(.committed)
      return receipt
    }
  }

  public func answer(to command: CommandID) async throws -> String? {
    try await read { database in
      try String.fetchOne(
        database, sql: "SELECT answer FROM command WHERE id = ?",
        arguments: [command.description])
    }
  }

  public func records(of stream: Commission.Stream, after sequence: Int) async throws -> [Commission
    .Record]
  {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT sequence, at, actor, on_behalf_of, reason, kind, payload, previous, hash
          FROM record WHERE stream = ? AND sequence > ? ORDER BY sequence
          """, arguments: [stream.description, sequence]
      ).map { row in
        let draft = RecordDraft(
          at: try Self.instant(row["at"]), actor: row["actor"], onBehalfOf: row["on_behalf_of"],
          reason: row["reason"], kind: row["kind"], payload: row["payload"])
        return Commission.Record(
          stored: draft, in: stream, sequence: row["sequence"], previous: row["previous"],
          hash: row["hash"])
      }
    }
  }

  public func state(of stream: Commission.Stream) async throws -> StreamState? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT version, state FROM stream WHERE name = ?",
        arguments: [stream.description]
      ).map { StreamState(version: $0["version"], state: $0["state"]) }
    }
  }

  public func heads(of prefix: String) async throws -> [StreamHead] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, version, hash FROM stream WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name
          """, arguments: [prefix]
      ).map {
        StreamHead(
          stream: Commission.Stream($0["name"]), version: $0["version"], hash: $0["hash"])
      }
    }
  }

  public func document(_ identifier: String) async throws -> StoredDocument? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT media_type, bytes, context FROM document WHERE id = ?",
        arguments: [identifier]
      ).map { row in
        let bytes: Data = row["bytes"]
        return StoredDocument(
          identifier: identifier, mediaType: row["media_type"], bytes: Array(bytes),
          context: row["context"])
      }
    }
  }

  public func definitions() async throws -> [StoredDefinition] {
    try await read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM definition ORDER BY position").map { row in
        let bytes: Data = row["bytes"]
        return StoredDefinition(
          kind: try Self.value(StoredDefinition.Kind(rawValue: row["kind"]), of: "definition.kind"),
          identifier: row["identifier"], version: row["version"], profile: row["profile"],
          effectiveFrom: (row["effective_from"] as String?).flatMap { Day($0) },
          effectiveTo: (row["effective_to"] as String?).flatMap { Day($0) }, file: row["file"],
          bytes: Array(bytes), deployedBy: row["deployed_by"],
          deployedAt: try Self.instant(row["deployed_at"]))
      }
    }
  }

  // MARK: Help for all queries

  func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws
    -> Value
  {
    try await mapped { try await pool.read(body) }
  }

  /// Errors of SQLite in our words.
  private func mapped<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw Diagnostic("STORE009")
      case .SQLITE_FULL, .SQLITE_IOERR: throw Diagnostic("STORE010")
      default: throw Diagnostic("STORE011", ["code": "\(error.extendedResultCode.rawValue)"])
      }
    }
  }

  /// - Throws: `STORE012` when the text is no instant: the store was changed by other hands.
  static func instant(_ text: String) throws -> Instant {
    try value(Instant(text), of: "instant")
  }

  static func value<Value>(_ value: Value?, of column: String) throws -> Value {
    guard let value else { throw Diagnostic("STORE012", ["column": column]) }
    return value
  }
}
