internal import GRDB
internal import Synchronization

/// Connections that only read, each for one caller at a time.
///
/// The readers of a pool ask for the version of the schema first, which takes longer than one of our short queries: these
/// do not. SQLite itself prepares a statement again when the schema has changed.
final class SQLiteReaders: Sendable {
  private let path: String
  private let configuration: Configuration
  private let idle = Mutex<[DatabaseQueue]>([])

  /// Readers at the same time are seldom more: what goes beyond is closed after use.
  private static let mostIdle = 8

  init(path: String, configuration: Configuration) {
    self.path = path
    var configuration = configuration
    configuration.readonly = true
    self.configuration = configuration
  }

  /// Reads on the thread of the caller: nobody makes a reader wait, and another thread would take longer to wake.
  func read<Value>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
    let connection =
      try idle.withLock { $0.popLast() } ?? DatabaseQueue(path: path, configuration: configuration)
    defer {
      idle.withLock { if $0.count < SQLiteReaders.mostIdle { $0.append(connection) } }
    }
    return try body(connection)
  }

  /// Closes the connections that nobody uses.
  func close() { idle.withLock { $0 = [] } }
}
