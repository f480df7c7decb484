public import Foundation

/// A PostgreSQL server for tests: `MSE_TEST_PG` (settings of libpq, `host=… user=…`), or one of our own, started where
/// PostgreSQL is installed and gone with this process.
public final class PostgreSQLServer: @unchecked Sendable {  // every access holds `lock`
  private let lock = NSLock()
  private let psql: String
  private let settings: [(name: String, value: String)]
  private let process: Process?
  private let input = Pipe()
  private let output = Pipe()

  /// The one server that most tests share; `nil`, with a message, where there is none.
  ///
  /// - Throws: `PostgreSQLMissing` instead of a skip when `MSE_REQUIRE` names `postgresql`.
  public static func available() throws -> PostgreSQLServer? {
    if let shared { return shared }
    let required = ProcessInfo.processInfo.environment["MSE_REQUIRE"] ?? ""
    guard !required.split(separator: ",").contains("postgresql") else { throw PostgreSQLMissing() }
    return nil
  }

  private static let shared: PostgreSQLServer? = {
    do {
      return try PostgreSQLServer()
    } catch {
      print("skipped: no PostgreSQL; install it or set MSE_TEST_PG to run these cases")
      return nil
    }
  }()

  /// Starts a server; where `MSE_TEST_PG` names one, that is used, and cannot be restarted.
  ///
  /// - Parameter isDurable: it syncs every commit, as a server in use does; the others do not.
  public init(ofItsOwn: Bool = false, isDurable: Bool = false) throws {
    if !ofItsOwn, let given = ProcessInfo.processInfo.environment["MSE_TEST_PG"] {
      process = nil
      psql = "/usr/bin/psql"
      settings = PostgreSQLServer.settings(in: given)
      return
    }
    let process = Process()
    process.executableURL = Corpus.checkout.appending(path: "Tests/Scripts/postgresql.sh")
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["MSE_PG_FSYNC": isDurable ? "on" : "off"]) { $1 }
    try process.run()
    self.process = process
    let line = PostgreSQLServer.line(from: output.fileHandleForReading)
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { throw PostgreSQLMissing() }
    psql = words[0]
    settings = PostgreSQLServer.settings(in: words[1])
  }

  deinit { try? input.fileHandleForWriting.close() }

  /// A new database, empty or a copy of `other`; its address as `MSE_STORE` takes it.
  public func database(copying other: String? = nil) throws -> String {
    let name = "t" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    let source = other.map { $0.dropFirst("postgresql:///".count).prefix { $0 != "?" } }
    try run("CREATE DATABASE \(name) TEMPLATE \(source ?? "template0")", in: address("postgres"))
    return address(name)
  }

  /// Runs statements in the database at `address`.
  ///
  /// - Returns: the first column of what they select, without blanks.
  @discardableResult
  public func run(_ sql: String, in address: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: psql)
    process.arguments = ["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", sql, address]
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw PostgreSQLMissing() }
    return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Another program that came with the server: `pgbench`.
  public func program(_ name: String) -> URL {
    URL(filePath: psql).deletingLastPathComponent().appending(path: name)
  }

  /// Stops the server without a farewell, as a crash does, and starts it again.
  public func restart() throws {
    lock.lock()
    defer { lock.unlock() }
    guard process != nil else { throw PostgreSQLMissing() }
    try input.fileHandleForWriting.write(contentsOf: Data("restart\n".utf8))
    guard PostgreSQLServer.line(from: output.fileHandleForReading) == "restarted" else {
      throw PostgreSQLMissing()
    }
  }

  private func address(_ database: String) -> String {
    let parameters = settings.filter { $0.name != "dbname" }.map { "\($0.name)=\($0.value)" }
    return "postgresql:///\(database)?\(parameters.joined(separator: "&"))"
  }

  private static func settings(in text: String) -> [(name: String, value: String)] {
    text.split(separator: " ").compactMap { part in
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      return pair.count == 2 ? (pair[0], pair[1]) : nil
    }
  }

  private static func line(from handle: FileHandle) -> String {
    var bytes: [UInt8] = []
    while let byte = try? handle.read(upToCount: 1)?.first, byte != 10 { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

public struct PostgreSQLMissing: Error, CustomStringConvertible {
  public var description: String { "a PostgreSQL server is needed, and there is none that works" }
}
