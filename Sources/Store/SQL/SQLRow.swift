internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation

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
