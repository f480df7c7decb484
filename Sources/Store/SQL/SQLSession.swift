internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation

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

/// The names of the columns of a result, shared by all of its rows.
final class SQLColumns: Sendable {
  private let names: [UInt8]
  private let ends: [Int]

  init(_ names: [String]) {
    var bytes: [UInt8] = []
    ends = names.map {
      bytes += $0.utf8
      return bytes.count
    }
    self.names = bytes
  }

  func index(of name: StaticString) -> Int {
    var start = 0
    for (index, end) in ends.enumerated() {
      if end - start == name.utf8CodeUnitCount,
        names.withUnsafeBytes({ memcmp($0.baseAddress! + start, name.utf8Start, end - start) }) == 0
      {
        return index
      }
      start = end
    }
    fatalError("the query selects no \(name)")
  }
}

/// One row of a result.
struct SQLRow: Sendable {
  let columns: SQLColumns
  let values: [SQLValue]

  private func value(_ column: StaticString) -> SQLValue { values[columns.index(of: column)] }

  /// Whether the columns from number `start` on (from 0) hold `arguments`.
  func holds(_ arguments: [(any SQLArgument)?], from start: Int) -> Bool {
    values[start...].prefix(arguments.count).elementsEqual(arguments) { value, argument in
      value == argument?.sqlValue ?? .null
    }
  }

  /// - Throws: `STORE012` when it is no text: the store was changed by other hands. So do all that follow.
  func text(_ column: StaticString) throws -> String {
    guard case .text(let text) = value(column) else { throw SQLRow.foreign(column) }
    return text
  }

  func optionalText(_ column: StaticString) throws -> String? {
    switch value(column) {
    case .null: nil
    case .text(let text): text
    case .integer, .blob: throw SQLRow.foreign(column)
    }
  }

  func integer(_ column: StaticString) throws -> Int {
    guard case .integer(let number) = value(column) else { throw SQLRow.foreign(column) }
    return number
  }

  func optionalInteger(_ column: StaticString) throws -> Int? {
    value(column) == .null ? nil : try integer(column)
  }

  func bytes(_ column: StaticString) throws -> [UInt8] {
    guard case .blob(let bytes) = value(column) else { throw SQLRow.foreign(column) }
    return bytes
  }

  /// A hash as 64 hex digits. One that other hands wrote is answered as it is, and fits nothing.
  func hash(_ column: StaticString) throws -> String {
    if case .blob(let bytes) = value(column) { return bytes.hex }
    return try text(column)
  }

  func instant(_ column: StaticString) throws -> Instant {
    guard let instant = Instant(try text(column)) else { throw SQLRow.foreign(column) }
    return instant
  }

  func optionalInstant(_ column: StaticString) throws -> Instant? {
    value(column) == .null ? nil : try instant(column)
  }

  func optionalDay(_ column: StaticString) throws -> Day? {
    guard let text = try optionalText(column) else { return nil }
    guard let day = Day(text) else { throw SQLRow.foreign(column) }
    return day
  }

  func caseNumber(_ column: StaticString) throws -> CaseNumber {
    guard let number = try? CaseNumber(text(column)) else { throw SQLRow.foreign(column) }
    return number
  }

  /// The groups of a task, sorted.
  func groups(_ column: StaticString) throws -> [String] {
    try text(column).utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }.sorted()
  }

  static func foreign(_ column: StaticString) -> Diagnostic {
    Diagnostic("STORE012", ["column": "\(column)"])
  }
}
