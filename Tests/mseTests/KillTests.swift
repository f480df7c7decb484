import Foundation
import TestSupport
import Testing

/// Killed 50 times at any moment, half of them inside a transaction, and started again with the same folder: the demo
/// ends as if nothing had happened.
struct KillTests {
  /// In each of the two rows of kills, which run side by side. A run that ends before its moment is no kill.
  private static let kills = 25
  /// More runs than this mean that the moments of the plan miss the runs.
  private static let mostRuns = 4 * kills

  @Test(arguments: UInt64(1)...2)
  func aKilledDemoGoesOnWhereItWas(_ seed: UInt64) async throws {
    let undisturbed = try Program.counts(in: await PlayedStories.shared.folder(after: 14))
    try inFreshFolder { parent in
      var plan = KillPlan(seed: seed)
      var stories = 1
      var history = DemoHistory()
      var tally = KillTally()
      while tally.kills < KillTests.kills {
        try #require(tally.runs < KillTests.mostRuns, "\(tally)")
        let folder = parent.appending(path: "\(stories)")
        var run = try DemoRun(in: folder)
        try run.follow(until: plan.next())
        try history.add(run.told)
        try tally.add(run)
        if run.code != nil {
          try check(folder, run, against: undisturbed)
          stories += 1
          history = DemoHistory()
        }
      }
      let folder = parent.appending(path: "\(stories)")
      var run = try DemoRun(in: folder)
      try run.follow(until: .never)
      try history.add(run.told)
      try check(folder, run, against: undisturbed)
      print("killed demo, seed \(seed): \(tally)")
      #expect(tally.inside > 0, "no kill fell between begin and commit")
    }
  }

  private func check(
    _ folder: URL, _ run: DemoRun, against undisturbed: (cases: Int, records: Int)
  ) throws {
    try #require(run.code == 0, "\(run.errors)")
    let counts = try Program.counts(in: folder)
    #expect(counts == undisturbed)
  }
}

/// What became of the runs of one row.
private struct KillTally: CustomStringConvertible {
  private(set) var runs = 0
  private(set) var kills = 0
  /// Kills between begin and commit.
  private(set) var inside = 0

  /// - Throws: when the run ended by a signal that nobody sent.
  mutating func add(_ run: DemoRun) throws {
    runs += 1
    guard run.code == nil else { return }
    try #require(run.wasKilled, "it crashed: \(run.errors)")
    kills += 1
    inside += run.wasKilledInTransaction ? 1 : 0
  }

  var description: String { "\(kills) kills in \(runs) runs, \(inside) inside a transaction" }
}

/// When a run of the demo is killed.
private enum KillMoment {
  case never
  case after(milliseconds: Int)
  /// As soon as this transaction of the run has begun.
  case inTransaction(Int)
}

/// Half of the kills by the clock, half inside a transaction; the same ones for the same seed.
private struct KillPlan {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> KillMoment {
    number(below: 2) == 0
      ? .after(milliseconds: number(below: 4000)) : .inTransaction(1 + number(below: 6))
  }

  /// SplitMix64.
  private mutating func number(below limit: UInt64) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % limit)
  }
}

/// What all runs in one folder have told: which steps are done, and that none of them was done again.
private struct DemoHistory {
  private var acknowledged: Set<Int> = []

  mutating func add(_ told: String) throws {
    var commits = 0
    var before = acknowledged
    for mark in told.matches(of: /b|c|s([0-9]+)\n/) {
      if mark.output.0 == "c" { commits += 1 }
      guard let step = mark.output.1.flatMap({ Int($0) }) else { continue }
      if before.remove(step) != nil {
        #expect(commits == 0, "step \(step) was done and acknowledged, and is done again")
      }
      acknowledged.insert(step)
      commits = 0
    }
  }
}

/// One run of `mse demo` in a process that can be killed.
private struct DemoRun {
  struct NotStarted: Error {
    let code: Int32
  }

  /// `b` and `c` for every transaction begun and committed, `s4` and a line end for every finished step.
  private(set) var told = ""
  /// `nil` while it runs and when a signal ended it.
  private(set) var code: Int32?
  /// Whether it ended by our signal, and not before that came.
  private(set) var wasKilled = false
  private static let starting = NSLock()
  private let process: pid_t
  private let reader: Int32
  private let log: URL

  init(in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    log = folder.appending(path: "errors.log")
    let channel: Int32 = 9
    let environment = Program.environment.merging(["MSE_ACKNOWLEDGE": "\(channel)"]) { $1 }
    let words = copies([Program.url.path, "demo", "--keep", folder.path])
    let settings = copies(environment.map { name, value in "\(name)=\(value)" })
    defer { for text in words + settings { free(text) } }
    // one at a time: a pipe that another program holds open too does not end with this one
    DemoRun.starting.lock()
    defer { DemoRun.starting.unlock() }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw NotStarted(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], channel)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 2, log.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var process: pid_t = 0
    let failure = posix_spawn(
      &process, Program.url.path, &actions, nil, words, settings)
    guard failure == 0 else { throw NotStarted(code: failure) }
    self.process = process
    reader = ends[0]
  }

  /// What it said about its problems.
  var errors: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  var wasKilledInTransaction: Bool { wasKilled && told.last == "b" }

  /// Listens until the program has ended or was killed at `moment`.
  mutating func follow(until moment: KillMoment) throws {
    defer { close(reader) }
    let start = ContinuousClock.now
    var isKilled = false
    func killNow() {
      kill(process, SIGKILL)
      isKilled = true
    }
    listening: while true {
      var wait: Int32 = -1
      if case .after(let milliseconds) = moment, !isKilled {
        let rest = start.advanced(by: .milliseconds(milliseconds)) - ContinuousClock.now
        wait = Int32(max(0, rest / .milliseconds(1)))
      }
      var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, wait) > 0 else {
        killNow()
        continue
      }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(reader, &bytes, bytes.count)
      guard count > 0 else { break listening }
      told += String(decoding: bytes[..<count], as: UTF8.self)
      if case .inTransaction(let number) = moment, !isKilled,
        told.count(where: { $0 == "b" }) >= number, told.last == "b"
      {
        killNow()
      }
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    if status & 0x7F == 0 { code = status >> 8 & 0xFF }
    wasKilled = isKilled && status & 0x7F == SIGKILL
  }
}

/// What C takes for a list of texts: the caller frees them.
private func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
  var result: [UnsafeMutablePointer<CChar>?] = []
  for text in texts { result.append(strdup(text)) }
  return result + [nil]
}
