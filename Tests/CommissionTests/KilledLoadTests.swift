import Commission
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// A busy office that is killed at random points and started again on the same store: what was acknowledged is there,
/// nothing is there twice or by halves, and every chain is whole.
struct KilledLoadTests {
  /// On each store; 1,000 in `make soak`.
  private static let kills =
    ProcessInfo.processInfo.environment["MSE_SOAK"] == nil ? 50 : 1000
  private static let clients = 4

  @Test(arguments: [StoreKind.sqlite, .postgresql])
  func whatWasAcknowledgedIsThereOnce(_ kind: StoreKind) async throws {
    guard let location = try kind.emptyLocation() else { return }
    let keyFile = NSTemporaryDirectory() + "load-\(UUID().uuidString).key"
    let office = try await TestOffice(location.open(mayCreate: true, keyFile: keyFile))
    for sample in ["quliyev-coxarthrosis", "huseynov-veteran", "salimova-inpatient"] {
      try await office.open(sample)
    }
    var history = LoadHistory(clients: Self.clients)
    var plan = SeededNumbers(seed: 7)
    var (kills, inside) = (0, 0)
    while kills < Self.kills {
      var run = try Self.start(
        on: location, keyFile: keyFile, at: office.now, from: history.next)
      try run.follow(until: Self.moment(&plan))
      try #require(run.wasKilled, "it ended by itself: \(run.errors)")
      kills += 1
      inside += run.wasKilledInTransaction ? 1 : 0
      let store = try await location.open(keyFile: keyFile)
      for command in try history.add(run.told) {
        let answer = try await store.answer(to: command)
        try #require(answer != nil, "\(command) was acknowledged after kill \(kills), and is gone")
      }
    }
    print("killed load on \(kind): \(kills) kills, \(inside) inside a transaction, \(history)")
    #expect(inside > 0, "no kill fell between begin and commit")
    try await check(history, in: office)
  }

  /// The program of `MSE_LOAD`, else the one that was built beside the tests that run now.
  private static let program: URL = {
    if let path = ProcessInfo.processInfo.environment["MSE_LOAD"] { return URL(filePath: path) }
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let candidates = [
      tests.deletingLastPathComponent(), Bundle.main.bundleURL,
      Bundle.main.bundleURL.deletingLastPathComponent(),
      Corpus.checkout.appending(path: ".build/debug"),
    ].map { $0.appending(path: "load") }
    let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else { fatalError("no load to kill: run swift build --build-tests") }
    return found
  }()

  private static func start(
    on location: StoreLocation, keyFile: String, at now: Instant, from next: [Int]
  ) throws -> WatchedProcess {
    let address =
      switch location {
      case .sqlite(let path): path
      case .postgresql(let address): address
      }
    let referral = Corpus.checkout
      .appending(path: "Samples/dossiers/referral/good/quliyev-coxarthrosis.xml")
    return try WatchedProcess(
      program, [address, now.description, referral.path] + next.map { "\($0)" },
      environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC", "MSE_KEY_FILE": keyFile],
      errors: URL(filePath: NSTemporaryDirectory() + "load-\(UUID().uuidString).log"))
  }

  /// Some while it starts, the others half by the clock and half inside a transaction.
  private static func moment(_ plan: inout SeededNumbers) -> KillMoment {
    switch plan.next(below: 20) {
    case 0: .after(milliseconds: plan.next(below: 600))
    case 1..<10: .afterReady(milliseconds: plan.next(below: 250))
    default:
      .inTransaction(
        1 + plan.next(below: 20), microseconds: UInt32(plan.next(below: 3000)))
    }
  }

  // MARK: What must be there at the end

  private func check(_ history: LoadHistory, in office: TestOffice) async throws {
    let store = office.store
    let audit = try await office.office("r.huseynli").verifyAudit()
    #expect(audit.breaks.isEmpty, "\(audit.breaks)")
    // what was under way when the kill came may be there too: one thing for each client
    let spare = Self.clients
    #expect(audit.readings >= history.count(.look) + history.count(.handedIn))
    let cases = try await store.cases(CaseQuery(limit: 100_000)).map(\.number)
    #expect(cases.map(\.serial).sorted() == Array(1...cases.count))
    #expect((0...spare).contains(cases.count - 3 - history.count(.opened)))
    var remarks: [String: Int] = [:]
    var handedIn = 0
    for number in cases {
      for record in try await store.records(of: .case(number), after: 0) {
        handedIn += record.kind == "task.completed" ? 1 : 0
        for remark in record.payload.matches(of: /remark ([0-9]+:[0-9]+)/) {
          remarks[String(remark.output.1), default: 0] += 1
        }
      }
    }
    #expect((0...spare).contains(handedIn - history.count(.handedIn)))
    #expect(remarks.values.allSatisfy { $0 == 1 })
    let acknowledged = history.remarks
    #expect(acknowledged.isSubset(of: remarks.keys))
    #expect(remarks.count - acknowledged.count <= spare)
  }
}

/// What all runs have acknowledged.
private struct LoadHistory: CustomStringConvertible {
  enum Kind: Int {
    case opened, remark, handedIn, taken, look, other
  }

  /// The number that each client goes on with.
  private(set) var next: [Int]
  /// `2:17`.
  private(set) var remarks: Set<String> = []
  private var counts: [Kind: Int] = [:]

  init(clients: Int) { next = Array(repeating: 0, count: clients) }

  /// Takes in what one run has told.
  ///
  /// - Returns: the commands that it has acknowledged.
  mutating func add(_ told: String) throws -> [CommandID] {
    var commands: [CommandID] = []
    for line in told.matches(of: /([sn])([0-9]):([0-9]+)(?::([0-9]))?\n/) {
      let client = try #require(Int(line.output.2))
      let number = try #require(Int(line.output.3))
      try #require(number == next[client], "client \(client) has left out something")
      next[client] += 1
      guard line.output.1 == "s", let kind = line.output.4.flatMap({ Int($0) }).flatMap(Kind.init)
      else { continue }
      counts[kind, default: 0] += 1
      switch kind {
      case .opened:
        let digits = 1_000_000_000 + client * 100_000_000 + number
        commands.append(CommandID("dossier/CLIN-12/00000000-0000-8000-a000-00\(digits)"))
      case .remark, .handedIn, .taken:
        commands.append(CommandID("load/\(client)/\(number)"))
      case .look, .other: break
      }
      if kind == .remark { remarks.insert("\(client):\(number)") }
    }
    return commands
  }

  func count(_ kind: Kind) -> Int { counts[kind] ?? 0 }

  var description: String {
    "\(count(.opened)) opened, \(count(.remark)) remarks, \(count(.handedIn)) handed in, \(count(.look)) looks"
  }
}
