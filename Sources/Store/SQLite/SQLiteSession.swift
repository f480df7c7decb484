internal import Diagnostics
internal import GRDB
internal import GRDBSQLite

/// SQLite as the shared queries see it: statements of GRDB, given their parameters and read without its wrappers.
struct SQLiteSession: SQLSession {
  let database: Database
  let dialect = SQLDialect.sqlite

  func answers(to statements: [SQLStatement]) throws -> [SQLAnswer] {
    try statements.map { asked in
      let statement = try database.cachedStatement(sql: asked.sql)
      let columns = SQLColumns(statement.columnNames)
      let places = 0..<Int32(statement.columnCount)
      var rows: [SQLRow] = []
      try run(statement, asked.arguments) { statement in
        let values = places.map { SQLValue(statement, column: $0) }
        rows.append(SQLRow(columns: columns, values: values))
      }
      return SQLAnswer(rows: rows, changed: changed)
    }
  }

  func execute(_ sql: String, _ arguments: [(any SQLArgument)?]) throws {
    try run(database.cachedStatement(sql: sql), arguments) { _ in }
  }

  func change(_ sql: String, _ arguments: [(any SQLArgument)?]) throws {
    try execute(sql, arguments)
    guard changed == 1 else { throw Diagnostic("STORE001") }
  }

  /// How many rows the last statement that changes any has changed.
  private var changed: Int { Int(sqlite3_changes(database.sqliteConnection)) }

  /// Runs `body` in a transaction that may write, all or nothing.
  func inTransaction<Value>(_ body: () throws -> Value) throws -> Value {
    try execute("BEGIN IMMEDIATE", [])
    return try finished(body, success: ["COMMIT"], failure: ["ROLLBACK"])
  }

  /// Runs `body` inside a transaction, all of it or nothing.
  func inSavepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try execute("SAVEPOINT batch", [])
    return try finished(
      body, success: ["RELEASE batch"], failure: ["ROLLBACK TO batch", "RELEASE batch"])
  }

  private func finished<Value>(
    _ body: () throws -> Value, success: [String], failure: [String]
  ) throws -> Value {
    do {
      let value = try body()
      for sql in success { try execute(sql, []) }
      return value
    } catch {
      // an error of the disk may have ended the transaction already; the first error is the one that counts
      if database.isInsideTransaction { for sql in failure { _ = try? execute(sql, []) } }
      throw error
    }
  }

  private func run(
    _ statement: Statement, _ arguments: [(any SQLArgument)?], _ row: (OpaquePointer) -> Void
  ) throws {
    let handle = statement.sqliteStatement
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    precondition(sqlite3_bind_parameter_count(handle) == arguments.count, "a value for each ?")
    for index in arguments.indices {
      let value = arguments[index]?.sqlValue ?? .null
      try check(value.bind(to: handle, at: Int32(index + 1)), SQLITE_OK)
    }
    while true {
      let code = sqlite3_step(handle)
      guard code == SQLITE_ROW else { return try check(code, SQLITE_DONE) }
      row(handle)
    }
  }

  private func check(_ code: Int32, _ expected: Int32) throws {
    guard code != expected else { return }
    throw DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) })
  }
}

extension SQLValue {
  /// SQLite copies texts and bytes.
  fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch self {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, Int64(number))
    case .text(var text):
      // no bytes at all would be null
      guard !text.isEmpty else { return sqlite3_bind_text(statement, index, "", 0, copied) }
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copied)
        }
      }
    case .blob(let bytes):
      return bytes.isEmpty
        ? sqlite3_bind_zeroblob(statement, index, 0)
        : sqlite3_bind_blob(statement, index, bytes, Int32(bytes.count), copied)
    }
  }

  fileprivate init(_ statement: OpaquePointer, column: Int32) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(Int(sqlite3_column_int64(statement, column)))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
    // no column of ours holds a fraction; what is not text, number or bytes is refused by whoever reads it
    default: self = .null
    }
  }
}
