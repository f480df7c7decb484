internal import Diagnostics
internal import Foundation
internal import GRDB

/// SQLite as the shared queries see it.
struct SQLiteSession: SQLSession {
  let database: Database
  let dialect = SQLDialect.sqlite

  func rows(_ sql: String, _ arguments: [(any SQLArgument)?]) throws -> [SQLRow] {
    let statement = try database.cachedStatement(sql: sql)
    let names = statement.columnNames
    let places = Dictionary(
      names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var result: [SQLRow] = []
    let cursor = try Row.fetchCursor(statement, arguments: parameters(arguments))
    while let row = try cursor.next() {
      result.append(
        SQLRow(places: places, values: names.indices.map { SQLValue(row.stored(at: $0)) }))
    }
    return result
  }

  @discardableResult
  func execute(_ sql: String, _ arguments: [(any SQLArgument)?]) throws -> Int {
    let before = database.totalChangesCount
    try database.cachedStatement(sql: sql).execute(arguments: parameters(arguments))
    return database.totalChangesCount - before
  }

  private func parameters(_ arguments: [(any SQLArgument)?]) -> StatementArguments {
    StatementArguments(
      arguments.map { argument -> DatabaseValue in
        switch argument?.sqlValue ?? .null {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
      })
  }
}

extension Row {
  fileprivate func stored(at index: Int) -> DatabaseValue { self[index] }
}

extension SQLValue {
  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(Int(number))
    // no column of ours holds one; what is not text, number or bytes is refused by whoever reads it
    case .double: self = .null
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob(Array(data))
    }
  }
}
