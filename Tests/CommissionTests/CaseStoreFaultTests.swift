import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// Servers that fail: what was acknowledged is there, and nothing is there by halves.
struct CaseStoreFaultTests {
  /// A database server that crashes again and again under writers: nobody sees an error, no step is lost or done twice.
  @Test func aServerThatCrashesLosesNothing() async throws {
    guard try PostgreSQLServer.available() != nil else { return }
    guard ProcessInfo.processInfo.environment["MSE_TEST_PG"] == nil else {
      print("skipped: a server that is given by MSE_TEST_PG is not crashed")
      return
    }
    let server = try PostgreSQLServer(ofItsOwn: true)
    let store = try await StoreLocation(server.database()).open(mayCreate: true)
    let crashes = Crashes(server: server, count: 3, writers: 4)
    let acknowledged = try await withThrowingTaskGroup(of: (Commission.Stream, Int)?.self) {
      group in
      for writer in 1...4 {
        group.addTask { try await Self.write(as: writer, to: store, until: crashes) }
      }
      group.addTask {
        try await crashes.run()
        return nil
      }
      return try await group.reduce(into: [Commission.Stream: Int]()) { counts, answer in
        if let (stream, count) = answer { counts[stream] = count }
      }
    }
    #expect(acknowledged.count == 4)
    for (stream, count) in acknowledged {
      let records = try await store.records(of: stream, after: 0)
      #expect(records.map(\.payload) == (0..<count).map { "step \($0)" })
      let isIntact = records.allSatisfy { $0.isIntact }
      #expect(isIntact && count > 0)
    }
  }

  /// Crashes a server a few times, each time while all writers are at work.
  private actor Crashes {
    private let server: PostgreSQLServer
    private let count: Int
    private let writers: Int
    private var atWork: Set<Int> = []
    private(set) var areOver = false

    init(server: PostgreSQLServer, count: Int, writers: Int) {
      self.server = server
      self.count = count
      self.writers = writers
    }

    func run() async throws {
      for _ in 0..<count {
        try await writingOfAll()
        try server.restart()
      }
      try await writingOfAll()
      areOver = true
    }

    func wrote(_ writer: Int) { atWork.insert(writer) }

    /// Until every writer has had an answer once more.
    private func writingOfAll() async throws {
      atWork = []
      while atWork.count < writers { try await Task.sleep(for: .milliseconds(20)) }
    }
  }

  private static func write(as writer: Int, to store: any CaseStore, until crashes: Crashes)
    async throws -> (Commission.Stream, Int)
  {
    let stream = Stream.case(CaseNumber(commission: "07", year: 2026, serial: writer))
    var version = 0
    while await !crashes.areOver {
      var batch = Batch()
      batch.appends = [
        Batch.Append(
          to: stream, after: version, records: [draft("step \(version)")], state: "\(version)")
      ]
      _ = try await store.commit(batch)
      version += 1
      await crashes.wrote(writer)
    }
    return (stream, version)
  }

  private static func draft(_ payload: String) -> RecordDraft {
    RecordDraft(at: Instant(seconds: 1_800_000_000), actor: "w", kind: "test", payload: payload)
  }

  /// A store that a newer program wrote is left alone.
  @Test(arguments: [StoreKind.sqlite, .postgresql])
  func aStoreOfANewerProgramIsRefused(_ kind: StoreKind) async throws {
    guard let location = try kind.emptyLocation() else { return }
    _ = try await location.open(mayCreate: true)
    switch location {
    case .sqlite(let path):
      try tamper(path, "INSERT INTO grdb_migrations VALUES ('9999-of-tomorrow');")
    case .postgresql(let address):
      try PostgreSQLServer.available()?.run(
        "INSERT INTO migration VALUES ('9999-of-tomorrow')", in: address)
    }
    await #expect(throws: Diagnostic("STORE007")) { try await location.open() }
  }

  @Test(arguments: [StoreKind.sqlite, .postgresql])
  func aStoreThatIsNotThereIsNotMade(_ kind: StoreKind) async throws {
    guard let location = try kind.emptyLocation() else { return }
    let missing = Diagnostic("STORE005", ["store": location.description])
    await #expect(throws: missing) { try await location.open() }
    await #expect(throws: missing) { try await location.open() }
  }
}

/// SQL by other hands, in a store file.
func tamper(_ path: String, _ sql: String) throws {
  _ = try python(
    "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);c.executescript(sys.argv[2])", path, sql)
}

/// What a script of Python prints.
func python(_ script: String, _ words: String...) throws -> String {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script] + words
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0)
  return String(decoding: data, as: UTF8.self)
}
