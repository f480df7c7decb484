import Commission
import Foundation
import Store
import TestSupport

/// The same steps on a PostgreSQL server that syncs every commit, beside `pgbench` with the least that a step is: one
/// instance updated and one event written. Both in turn, the median of the ratios counts.
enum PostgreSQLBenchmark {
  static func run() -> [Figure] {
    guard let server = try? PostgreSQLServer(ofItsOwn: true, isDurable: true) else {
      print("skipped: no PostgreSQL; install it to run approval-postgresql")
      return []
    }
    return DurableBenchmark.wait {
      let limit = try Limit(server)
      var figures: [Figure] = []
      for clients in [1, 8] { figures += try await steps(of: clients, on: server, limit) }
      return figures
    }
  }

  private static let rounds = 3
  private static let seconds = 3

  private static func steps(
    of clients: Int, on server: PostgreSQLServer, _ limit: Limit
  ) async throws -> [Figure] {
    let keyFile = NSTemporaryDirectory() + "benchmark-\(UUID().uuidString).key"
    defer { try? FileManager.default.removeItem(atPath: keyFile) }
    let store = try await StoreLocation(server.database()).open(mayCreate: true, keyFile: keyFile)
    let office = DurableApproval(store)
    var ours: [Double] = []
    var theirs: [Double] = []
    for round in 1...rounds {
      theirs.append(try limit.rate(clients: clients, seconds: seconds))
      ours.append(try await rate(office, clients: clients, round: round))
    }
    let ratios = zip(ours, theirs).map { $0 / $1 }
    return [
      Figure(
        name: "approval-postgresql step, \(clients) clients", value: DurableBenchmark.median(ours),
        unit: "steps/s"),
      Figure(
        name: "pgbench step, \(clients) clients", value: DurableBenchmark.median(theirs),
        unit: "transactions/s"),
      Figure(
        name: "approval-postgresql of pgbench, \(clients) clients",
        value: DurableBenchmark.median(ratios) * 100, unit: "%"),
    ]
  }

  /// Steps a second of so many clients at once.
  private static func rate(_ office: DurableApproval, clients: Int, round: Int) async throws
    -> Double
  {
    let clock = ContinuousClock()
    let start = clock.now
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for client in 1...clients {
        group.addTask {
          var played = 0
          while clock.now - start < .seconds(seconds) {
            played += 1
            try await office.play(round * 1_000_000 + played * clients + client)
          }
          return played
        }
      }
      return try await group.reduce(0, +)
    }
    return Double(count * DurableApproval.commits) / ((clock.now - start) / .seconds(1))
  }

  /// `pgbench` on the same server.
  private struct Limit {
    private let server: PostgreSQLServer
    private let address: String
    private let script: URL

    init(_ server: PostgreSQLServer) throws {
      self.server = server
      address = try server.database()
      try server.run(
        """
        CREATE TABLE instance(id bigint PRIMARY KEY, version int NOT NULL, data text NOT NULL);
        CREATE TABLE event(instance bigint, seq bigint GENERATED ALWAYS AS IDENTITY, kind int, data text,
          PRIMARY KEY (instance, seq));
        INSERT INTO instance SELECT i, 0, repeat('x', 400) FROM generate_series(1, 10000) i;
        """, in: address)
      script = URL(filePath: NSTemporaryDirectory() + "step-\(UUID().uuidString).sql")
      try """
      \\set id random(1, 10000)
      BEGIN;
      UPDATE instance SET version = version + 1, data = repeat('z', 400) WHERE id = :id;
      INSERT INTO event(instance, kind, data) VALUES (:id, 2, repeat('y', 60));
      COMMIT;
      """.write(to: script, atomically: true, encoding: .utf8)
    }

    /// Transactions a second.
    func rate(clients: Int, seconds: Int) throws -> Double {
      let process = Process()
      let output = Pipe()
      process.executableURL = server.program("pgbench")
      process.arguments = [
        "-n", "-M", "prepared", "-f", script.path, "-c", "\(clients)", "-j", "1", "-T",
        "\(seconds)", address,
      ]
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try runHearingSignals(process)
      let text = String(
        decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let line = text.split(separator: "\n").first { $0.hasPrefix("tps = ") }
      guard let rate = line?.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) }) else {
        fatalError("pgbench says no rate: \(text)")
      }
      return rate
    }

    /// Starts `process` with no signal blocked: threads of tasks block them, a process inherits that, and `pgbench` ends by
    /// an alarm.
    private func runHearingSignals(_ process: Process) throws {
      var none = sigset_t()
      var blocked = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, &blocked)
      defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
      try process.run()
    }
  }
}
