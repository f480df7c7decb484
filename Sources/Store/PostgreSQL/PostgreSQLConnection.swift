internal import Diagnostics
internal import Foundation

/// Why a database did not do what it was asked; callers see only `Diagnostic`s.
enum PostgreSQLFailure: Error {
  /// The connection is gone, and with it everything that was not committed.
  case disconnected
  /// Two transactions waited for each other, or a row moved: nothing was written, and the same may be tried again.
  case retry
  /// The connection went away during COMMIT: only the database knows what became of the transaction.
  case inDoubt
}

/// One connection: a session of the shared queries. Lives on one thread and never leaves it.
final class PostgreSQLConnection: SQLSession {
  let dialect = SQLDialect.postgresql
  let library: LibPQ
  let handle: LibPQ.Connection?
  /// Statements that the database has parsed, by their text.
  private var prepared: [String: String] = [:]
  /// What was sent and not answered yet: the database is waited for only where an answer is needed.
  private var awaited: [Awaited] = []

  private enum Awaited {
    case success, change, answer
  }

  /// More is not left unanswered, so that neither side has to keep much.
  private static let mostAwaited = 256

  /// - Throws: `STORE013` without libpq, `PostgreSQLFailure.disconnected` when the server does not take us.
  init(to address: String) throws {
    library = try LibPQ.shared()
    handle = library.connect(address)
    guard library.status(handle) == LibPQ.isConnected else {
      throw PostgreSQLFailure.disconnected
    }
    _ = library.silence(handle, { _, _ in }, nil)
    try run("SET synchronous_commit = on")
    try run("SET client_encoding = 'UTF8'")
  }

  deinit { library.finish(handle) }

  // MARK: Statements

  /// Several statements without parameters.
  func run(_ sql: String) throws {
    _ = try settle()
    let result = library.execute(handle, sql)
    defer { library.clear(result) }
    try check(result)
  }

  func answers(to statements: [SQLStatement]) throws -> [SQLAnswer] {
    let names = try statements.map { try prepare($0.sql) }
    for (name, statement) in zip(names, statements) {
      try send(name, statement.arguments, .answer)
    }
    return try settle()
  }

  func execute(_ sql: String, _ arguments: [(any SQLArgument)?]) throws {
    try send(prepare(sql), arguments, .success)
    if awaited.count >= Self.mostAwaited { _ = try settle() }
  }

  func change(_ sql: String, _ arguments: [(any SQLArgument)?]) throws {
    try send(prepare(sql), arguments, .change)
  }

  private func send(_ name: String, _ arguments: [(any SQLArgument)?], _ awaited: Awaited) throws {
    if self.awaited.isEmpty, library.enterPipeline(handle) != 1 {
      throw PostgreSQLFailure.disconnected
    }
    let parameters = Parameters(arguments)
    let sent = parameters.bytes.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let values = parameters.places.map { place -> UnsafePointer<CChar>? in
        place.flatMap { start?.advanced(by: $0) }
      }
      return library.sendPrepared(
        handle, name, Int32(values.count), values, parameters.lengths, parameters.formats, 1)
    }
    guard sent == 1 else { throw PostgreSQLFailure.disconnected }
    self.awaited.append(awaited)
  }

  /// Waits for everything that was sent.
  ///
  /// - Returns: the answers that were asked for.
  /// - Throws: the first error; the database has skipped what came after it.
  private func settle() throws -> [SQLAnswer] {
    guard !awaited.isEmpty else { return [] }
    defer { awaited = [] }
    guard library.endPipeline(handle) == 1 else { throw PostgreSQLFailure.disconnected }
    var answers: [SQLAnswer] = []
    var problem: (any Error)?
    for awaited in awaited {
      let result = try next()
      defer { library.clear(result) }
      do {
        guard library.resultStatus(result) != LibPQ.isSkipped else { continue }
        try check(result)
        let changed = library.changedRows(result).flatMap { Int(String(cString: $0)) } ?? 0
        if case .answer = awaited {
          answers.append(SQLAnswer(rows: rows(of: result), changed: changed))
        } else if case .change = awaited, changed != 1 {
          throw Diagnostic("STORE001")
        }
      } catch {
        problem = problem ?? error
      }
    }
    // the mark of the end has no other after it
    library.clear(library.nextResult(handle))
    guard library.leavePipeline(handle) == 1 else { throw PostgreSQLFailure.disconnected }
    if let problem { throw problem }
    return answers
  }

  /// What the next statement has come to; nothing comes after it.
  private func next() throws -> LibPQ.Result? {
    let result = library.nextResult(handle)
    guard let result, library.nextResult(handle) == nil else {
      library.clear(result)
      throw PostgreSQLFailure.disconnected
    }
    return result
  }

  private func rows(of result: LibPQ.Result?) -> [SQLRow] {
    let columns = 0..<library.columnCount(result)
    let names = SQLColumns(
      columns.map { column in
        library.columnName(result, column).map { String(cString: $0) } ?? ""
      })
    return (0..<library.rowCount(result)).map { row in
      SQLRow(columns: names, values: columns.map { value(of: result, row, $0) })
    }
  }

  private func prepare(_ sql: String) throws -> String {
    if let name = prepared[sql] { return name }
    _ = try settle()
    let name = "s\(prepared.count + 1)"
    let result = library.prepare(handle, name, Self.numbered(sql), 0, nil)
    defer { library.clear(result) }
    try check(result)
    prepared[sql] = name
    return name
  }

  /// `?` becomes `$1`, `$2`, …; no text constant of ours holds a question mark.
  private static func numbered(_ sql: String) -> String {
    var result = ""
    var number = 0
    for letter in sql {
      if letter == "?" {
        number += 1
        result += "$\(number)"
      } else {
        result.append(letter)
      }
    }
    return result
  }

  // MARK: Values

  /// Binary results: text and bytes as they are, numbers with the highest byte first.
  private func value(of result: LibPQ.Result?, _ row: Int32, _ column: Int32) -> SQLValue {
    guard library.isNull(result, row, column) == 0,
      let start = library.value(result, row, column)
    else { return .null }
    let bytes = UnsafeBufferPointer(start: start, count: Int(library.length(result, row, column)))
    switch library.columnType(result, column) {
    case ColumnType.bytea: return .blob(Array(bytes))
    case ColumnType.bool: return .integer(Int(bytes.first ?? 0))
    case ColumnType.int4: return .integer(Int(bytes.reduce(Int32(0)) { $0 << 8 | Int32($1) }))
    case ColumnType.int8: return .integer(Int(bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) }))
    default: return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// `pg_type.oid` of the types that our queries select.
  private enum ColumnType {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int4: UInt32 = 23
  }

  /// All parameters in one piece of memory: numbers as text, everything else as it is.
  private struct Parameters {
    private(set) var bytes: [UInt8] = []
    private(set) var places: [Int?] = []
    private(set) var lengths: [Int32] = []
    private(set) var formats: [Int32] = []

    init(_ arguments: [(any SQLArgument)?]) {
      for argument in arguments {
        switch argument?.sqlValue ?? .null {
        case .null: add(nil, isBinary: false)
        case .integer(let number): add(Array(String(number).utf8), isBinary: false)
        case .text(let text): add(Array(text.utf8), isBinary: true)
        case .blob(let bytes): add(bytes, isBinary: true)
        }
      }
      bytes.append(0)
    }

    private mutating func add(_ value: [UInt8]?, isBinary: Bool) {
      places.append(value == nil ? nil : bytes.count)
      lengths.append(Int32(value?.count ?? 0))
      formats.append(isBinary ? 1 : 0)
      bytes += (value ?? []) + [0]
    }
  }

  // MARK: Errors

  /// - Throws: `PostgreSQLFailure`, or `STORE010` for a full disk and `STORE011` with the SQLSTATE.
  private func check(_ result: LibPQ.Result?) throws {
    let status = library.resultStatus(result)
    guard status != LibPQ.isDone, status != LibPQ.hasRows else { return }
    let state = library.errorField(result, LibPQ.stateField).map { String(cString: $0) } ?? ""
    let isGone = library.status(handle) != LibPQ.isConnected
    switch state {
    // class 08: connection; 57P01-57P03: the server stops or starts; none: libpq itself lost the server, which
    // never leaves the state out
    case _ where isGone || state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P"):
      throw PostgreSQLFailure.disconnected
    case "40001", "40P01": throw PostgreSQLFailure.retry
    case _ where state.hasPrefix("53"), "58030": throw Diagnostic("STORE010")
    default: throw Diagnostic("STORE011", ["code": state])
    }
  }

  // MARK: Transactions

  /// - Parameter afterwards: a statement that is carried out once the transaction is committed. A signal belongs there: whoever
  ///   signals inside keeps all others who do so from committing meanwhile.
  /// - Throws: `PostgreSQLFailure.inDoubt` when the connection is lost while the transaction is being committed.
  func transaction<Value>(
    watch: (@Sendable (TransactionPhase) -> Void)? = nil,
    afterwards: (Value) -> String? = { _ in nil }, _ body: () throws -> Value
  ) throws -> Value {
    try execute("BEGIN", [])
    watch?(.begun)
    let value = try orRolledBack(watch) {
      let value = try body()
      // whether a row was there to be changed must be known before the end
      if awaited.contains(.change) { _ = try settle() }
      return value
    }
    try orRolledBack(watch) {
      do {
        try execute("COMMIT", [])
        if let signal = afterwards(value) { try execute(signal, []) }
        _ = try settle()
      } catch PostgreSQLFailure.disconnected {
        throw PostgreSQLFailure.inDoubt
      }
    }
    watch?(.committed)
    return value
  }

  private func orRolledBack<Value>(
    _ watch: (@Sendable (TransactionPhase) -> Void)?, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch PostgreSQLFailure.inDoubt {
      throw PostgreSQLFailure.inDoubt
    } catch {
      watch?(.rolledBack)
      if case PostgreSQLFailure.disconnected = error { throw error }
      // what else was sent is undone as well, whatever became of it
      _ = try? settle()
      try run("ROLLBACK")
      throw error
    }
  }

  // MARK: Notifications

  /// Returns when something arrives on a channel that this connection listens to, or after `seconds`.
  func waitForNotification(seconds: Int) throws {
    var entry = pollfd(fd: library.socket(handle), events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, Int32(seconds * 1000))
    guard library.consumeInput(handle) == 1 else { throw PostgreSQLFailure.disconnected }
    while let notification = library.notification(handle) { library.freeMemory(notification) }
  }
}
