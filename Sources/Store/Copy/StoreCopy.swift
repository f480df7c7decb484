internal import Commission
internal import Diagnostics
internal import Foundation
internal import GRDB

/// Moves a whole store: from a file to another, from a file to a database and back.
public enum StoreCopy {
  /// Copies the store at `source` to `target`, where none may be yet, and compares every table afterwards.
  ///
  /// Others can read and write `source` meanwhile; the copy is what it was at one moment.
  /// - Returns: how many rows were copied.
  /// - Throws: `STORE015` when there is a store at `target` already; `STORE016` naming a table that is not the same;
  ///   `STORE017` between two databases, which have their own tools; what opening a store throws.
  @discardableResult
  public static func copy(from source: StoreLocation, to target: StoreLocation) async throws -> Int
  {
    switch (source, target) {
    case (.sqlite(let from), .sqlite(let to)): try fileToFile(from, to)
    case (.sqlite(let from), .postgresql(let address)):
      try await fileToDatabase(from, address)
    case (.postgresql(let address), .sqlite(let to)): try await databaseToFile(address, to)
    case (.postgresql, .postgresql): throw Diagnostic("STORE017")
    }
  }

  // MARK: The three ways

  private static func fileToFile(_ from: String, _ to: String) throws -> Int {
    let source = try SQLiteStore(path: from)
    return try creating(to) { pool in
      try SQLiteStore.mapped { try source.pool.backup(to: pool) }
      return try SQLiteStore.mapped {
        try pool.read { database in
          let session = SQLiteSession(database: database)
          return try StoreTable.all(in: session).reduce(0) {
            try $0 + $1.fingerprint(in: session).rows
          }
        }
      }
    }
  }

  private static func fileToDatabase(_ from: String, _ address: String) async throws -> Int {
    let source = try SQLiteStore(path: from)
    let target = try await PostgreSQLStore(address: address, mayCreate: true)
    return try await target.transaction { connection in
      try connection.run("LOCK TABLE stream IN ACCESS EXCLUSIVE MODE")
      guard try connection.heads(of: "").isEmpty else {
        throw Diagnostic("STORE015", ["store": StoreLocation(address).description])
      }
      return try SQLiteStore.mapped {
        try source.pool.read { database in
          let session = SQLiteSession(database: database)
          let tables = try StoreTable.all(in: session)
          let rows = try copy(tables, from: session, to: connection)
          for table in tables { try connection.continueNumbers(of: table) }
          return rows
        }
      }
    }
  }

  private static func databaseToFile(_ address: String, _ to: String) async throws -> Int {
    let source = try await PostgreSQLStore(address: address)
    // the thread of the connection does all of it: the file is written where the database is read
    return try await source.transaction { connection in
      try connection.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
      return try creating(to) { pool in
        try SQLiteStore.mapped {
          try pool.write { database in
            let session = SQLiteSession(database: database)
            return try copy(StoreTable.all(in: session), from: connection, to: session)
          }
        }
      }
    }
  }

  /// - Throws: `STORE016` naming the first table that is not the same.
  private static func copy(
    _ tables: [StoreTable], from source: some SQLSession, to target: some SQLSession
  ) throws -> Int {
    try tables.reduce(0) { sum, table in
      let read = try table.copy(from: source, to: target)
      guard try table.fingerprint(in: target) == read else {
        throw Diagnostic("STORE016", ["table": table.name])
      }
      return sum + read.rows
    }
  }

  /// Makes a new store file; a file that could not be finished is removed again.
  private static func creating(_ path: String, _ body: (DatabasePool) throws -> Int) throws -> Int {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Diagnostic("STORE015", ["store": path])
    }
    do {
      let store = try SQLiteStore(path: path, mayCreate: true)
      let rows = try body(store.pool)
      try SQLiteStore.mapped {
        try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      }
      return rows
    } catch {
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
      throw error
    }
  }
}

extension PostgreSQLConnection {
  /// Numbers that the database gives go on after the greatest one that was copied.
  fileprivate func continueNumbers(of table: StoreTable) throws {
    for column in table.key {
      let found = try row(
        "SELECT pg_get_serial_sequence(?, ?) AS sequence", [table.name, column])
      guard let sequence = try found?.optionalText("sequence") else { continue }
      _ = try rows(
        """
        SELECT setval(CAST(CAST(? AS text) AS regclass), coalesce(max(\(column)), 1), count(*) > 0) FROM \(table.name)
        """, [sequence])
    }
  }
}
