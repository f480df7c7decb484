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
        var run = try demoRun(in: folder)
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
      var run = try demoRun(in: folder)
      try run.follow(until: .never)
      try history.add(run.told)
      try check(folder, run, against: undisturbed)
      print("killed demo, seed \(seed): \(tally)")
      #expect(tally.inside > 0, "no kill fell between begin and commit")
    }
  }

  private func check(
    _ folder: URL, _ run: WatchedProcess, against undisturbed: (cases: Int, records: Int)
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
  mutating func add(_ run: WatchedProcess) throws {
    runs += 1
    guard run.code == nil else { return }
    try #require(run.wasKilled, "it crashed: \(run.errors)")
    kills += 1
    inside += run.wasKilledInTransaction ? 1 : 0
  }

  var description: String { "\(kills) kills in \(runs) runs, \(inside) inside a transaction" }
}

/// Half of the kills by the clock, half inside a transaction; the same ones for the same seed.
private struct KillPlan {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> KillMoment {
    number(below: 2) == 0
      ? .after(milliseconds: number(below: 4000))
      : .inTransaction(1 + number(below: 6), microseconds: 0)
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
private func demoRun(in folder: URL) throws -> WatchedProcess {
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return try WatchedProcess(
    Program.url, ["demo", "--keep", folder.path], environment: Program.environment,
    errors: folder.appending(path: "errors.log"))
}
