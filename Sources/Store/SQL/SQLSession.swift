/// One open connection to a database that speaks SQL. Every query of the stores is written once, over this.
///
/// Parameters are written `?`. Errors are `Diagnostic`s.
protocol SQLSession {
  var dialect: SQLDialect { get }

  /// What each of `statements` comes back with, asked one after the other and, of a server, on one way.
  func answers(to statements: [SQLStatement]) throws -> [SQLAnswer]

  /// Carries out a statement inside a transaction. A server may hear of it only with the next question or the end of the
  /// transaction; then its errors come out there.
  func execute(_ sql: String, _ arguments: [(any SQLArgument)?]) throws

  /// The same for a statement that changes one row.
  ///
  /// - Throws: `STORE001` when there was none to change, at the latest before the transaction is committed.
  func change(_ sql: String, _ arguments: [(any SQLArgument)?]) throws
}

extension SQLSession {
  /// The rows that `sql` selects.
  func rows(_ sql: String, _ arguments: [(any SQLArgument)?] = []) throws -> [SQLRow] {
    try answers(to: [SQLStatement(sql, arguments)])[0].rows
  }

  func row(_ sql: String, _ arguments: [(any SQLArgument)?]) throws -> SQLRow? {
    try rows(sql, arguments).first
  }
}

/// What a session is asked, and the parameters of it.
struct SQLStatement {
  let sql: String
  let arguments: [(any SQLArgument)?]

  init(_ sql: String, _ arguments: [(any SQLArgument)?]) {
    self.sql = sql
    self.arguments = arguments
  }
}

/// What a statement comes back with.
struct SQLAnswer {
  let rows: [SQLRow]
  /// How many rows it has changed; of a statement that changes none, anything.
  let changed: Int
}

/// The few places where the two databases differ.
enum SQLDialect: String, Sendable {
  case sqlite, postgresql

  /// Locks the selected rows until the transaction ends; SQLite has one writer at a time anyway.
  var forUpdate: String {
    switch self {
    case .sqlite: ""
    case .postgresql: " FOR UPDATE"
    }
  }

  /// The same, but rows that another transaction has locked are left out.
  var forUpdateSkippingLocked: String {
    switch self {
    case .sqlite: ""
    case .postgresql: " FOR UPDATE SKIP LOCKED"
    }
  }

  /// The clock of the database, in whole seconds since 1970.
  var secondsNow: String {
    switch self {
    case .sqlite: "unixepoch()"
    case .postgresql: "CAST(extract(epoch FROM clock_timestamp()) AS bigint)"
    }
  }

  /// Whether `text` has `part` in it.
  func contains(_ text: String, _ part: String) -> String {
    switch self {
    case .sqlite: "instr(\(text), \(part)) > 0"
    case .postgresql: "strpos(\(text), \(part)) > 0"
    }
  }
}

/// What a parameter or a column holds.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case text(String)
  case blob([UInt8])
}

/// What can be given as a parameter.
protocol SQLArgument: Sendable {
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLArgument {
  var sqlValue: SQLValue { self }
}

extension String: SQLArgument {
  var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLArgument {
  var sqlValue: SQLValue { .integer(self) }
}

/// Kept as 0 and 1, alike in both databases.
extension Bool: SQLArgument {
  var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension [UInt8]: SQLArgument {
  var sqlValue: SQLValue { .blob(self) }
}

extension SQLValue {
  /// A hash of 64 hex digits, kept as 32 bytes; what is none stays a text.
  static func hash(_ digits: String) -> SQLValue {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for letter in digits.utf8 {
      let value: UInt8
      switch letter {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = letter - UInt8(ascii: "a") + 10
      default: return .text(digits)
      }
      if let first = high { bytes.append(first << 4 | value) }
      high = high == nil ? value : nil
    }
    return bytes.count == 32 && high == nil ? .blob(bytes) : .text(digits)
  }
}
