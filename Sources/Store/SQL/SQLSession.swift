internal import Commission
internal import Diagnostics
internal import FEEL

/// One open connection to a database that speaks SQL. Every query of the stores is written once, over this.
///
/// Parameters are written `?`. Errors are `Diagnostic`s.
protocol SQLSession {
  var dialect: SQLDialect { get }

  /// The rows that `sql` selects.
  func rows(_ sql: String, _ arguments: [(any SQLArgument)?]) throws -> [SQLRow]

  /// - Returns: how many rows were changed.
  @discardableResult
  func execute(_ sql: String, _ arguments: [(any SQLArgument)?]) throws -> Int
}

extension SQLSession {
  func rows(_ sql: String) throws -> [SQLRow] { try rows(sql, []) }

  func row(_ sql: String, _ arguments: [(any SQLArgument)?]) throws -> SQLRow? {
    try rows(sql, arguments).first
  }
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

  /// All values of `column` in one text, with blanks between.
  func joined(_ column: String) -> String {
    switch self {
    case .sqlite: "group_concat(\(column), ' ')"
    case .postgresql: "string_agg(\(column), ' ')"
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

/// One row of a result.
struct SQLRow: Sendable {
  /// The names of the columns, shared by all rows of a result.
  let columns: [String]
  let values: [SQLValue]

  private func value(_ column: String) -> SQLValue {
    guard let place = columns.firstIndex(of: column) else {
      fatalError("the query selects no \(column)")
    }
    return values[place]
  }

  /// Whether the columns from number `start` on (from 0) hold `arguments`.
  func holds(_ arguments: [(any SQLArgument)?], from start: Int) -> Bool {
    values[start...].prefix(arguments.count).elementsEqual(arguments) { value, argument in
      value == argument?.sqlValue ?? .null
    }
  }

  /// - Throws: `STORE012` when it is no text: the store was changed by other hands. So do all that follow.
  func text(_ column: String) throws -> String {
    guard case .text(let text) = value(column) else { throw SQLRow.foreign(column) }
    return text
  }

  func optionalText(_ column: String) throws -> String? {
    switch value(column) {
    case .null: nil
    case .text(let text): text
    case .integer, .blob: throw SQLRow.foreign(column)
    }
  }

  func integer(_ column: String) throws -> Int {
    guard case .integer(let number) = value(column) else { throw SQLRow.foreign(column) }
    return number
  }

  func optionalInteger(_ column: String) throws -> Int? {
    value(column) == .null ? nil : try integer(column)
  }

  func bytes(_ column: String) throws -> [UInt8] {
    guard case .blob(let bytes) = value(column) else { throw SQLRow.foreign(column) }
    return bytes
  }

  func instant(_ column: String) throws -> Instant {
    guard let instant = Instant(try text(column)) else { throw SQLRow.foreign(column) }
    return instant
  }

  func optionalInstant(_ column: String) throws -> Instant? {
    value(column) == .null ? nil : try instant(column)
  }

  func optionalDay(_ column: String) throws -> Day? {
    guard let text = try optionalText(column) else { return nil }
    guard let day = Day(text) else { throw SQLRow.foreign(column) }
    return day
  }

  func caseNumber(_ column: String) throws -> CaseNumber {
    guard let number = try? CaseNumber(text(column)) else { throw SQLRow.foreign(column) }
    return number
  }

  static func foreign(_ column: String) -> Diagnostic {
    Diagnostic("STORE012", ["column": column])
  }
}
