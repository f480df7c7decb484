import CLimits
import Commission
import Foundation
import Store

/// Steps that are on the disk before anybody hears of them, beside what SQLite itself can do at most.
///
/// The disk of a shared machine drifts by ten times within minutes: the limit and ours are measured in turn, in slices of
/// 50 ms, and the median of the ratios counts.
enum DurableBenchmark {
  static func run() -> [Figure] {
    wait {
      try await oneClient() + [manyClients(64)] + [processorTime()]
    }
  }

  private static let slices = 40
  private static let slice = Duration.milliseconds(50)

  /// Runs `body` to its end.
  static func wait<Value: Sendable>(_ body: @Sendable @escaping () async throws -> Value) -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Answer<Value>()
    Task.detached {
      do {
        result.value = try await body()
      } catch {
        fatalError("\(error)")
      }
      done.signal()
    }
    done.wait()
    guard let value = result.value else { fatalError("it has ended with an answer") }
    return value
  }

  // written before the signal, read after it
  private final class Answer<Value>: @unchecked Sendable {
    var value: Value?
  }

  static func inFolder<Value>(
    _ parent: String = NSTemporaryDirectory(), _ body: (String) async throws -> Value
  ) async throws -> Value {
    let folder = "\(parent)/durable-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
  }

  /// A store as `mse init` makes it: encrypted.
  static func newStore(in folder: String) async throws -> any CaseStore {
    try await StoreLocation(folder + "/mse.sqlite").open(
      mayCreate: true, keyFile: folder + "/mse.key")
  }

  /// How often `work` is done in a second.
  private static func rate(_ work: () async throws -> Void) async throws -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0.0
    repeat {
      try await work()
      count += 1
    } while clock.now - start < slice
    return count / ((clock.now - start) / .seconds(1))
  }

  private static func oneClient() async throws -> [Figure] {
    try await inFolder { folder in
      let office = DurableApproval(try await newStore(in: folder))
      guard let raw = limits_create(folder + "/raw.sqlite") else { fatalError("no raw store") }
      defer { limits_close(raw) }
      var serial = 0
      var step = 0
      func one() async throws {
        if step == 0 { serial += 1 }
        try await office.step(
          step, of: CaseNumber(commission: "07", year: 2026, serial: serial))
        step = (step + 1) % DurableApproval.commits
      }
      for _ in 1...200 { try await one() }
      var ours: [Double] = []
      var theirs: [Double] = []
      for _ in 1...slices {
        theirs.append(
          try await rate { precondition(limits_commit(raw) == 0, "a raw commit has failed") })
        ours.append(try await rate(one))
      }
      let size = try await bytes(folder + "/mse.sqlite", of: office.store)
      let ratios = zip(ours, theirs).map { $0 / $1 }
      return [
        Figure(
          name: "approval-durable", value: median(ours) / Double(DurableApproval.commits),
          unit: "instances/s"),
        Figure(name: "approval-durable step", value: median(ours), unit: "steps/s"),
        Figure(name: "raw commit of 4 rows", value: median(theirs), unit: "commits/s"),
        Figure(name: "approval-durable of raw", value: median(ratios) * 100, unit: "%"),
        // start, three tasks, a decision, two gateways, join, two scripts, end
        Figure(
          name: "bytes per element", value: Double(size) / Double(serial) / 11, unit: "bytes"),
      ]
    }
  }

  private static func bytes(_ path: String, of store: any CaseStore) async throws -> Int {
    let copy = path + ".copy"
    try await StoreCopy.copy(from: .sqlite(path: path), to: .sqlite(path: copy))
    let attributes = try FileManager.default.attributesOfItem(atPath: copy)
    return (attributes[.size] as? Int) ?? 0
  }

  private static func manyClients(_ clients: Int) async throws -> Figure {
    try await inFolder { folder in
      let office = DurableApproval(try await newStore(in: folder))
      let clock = ContinuousClock()
      let start = clock.now
      let count = try await withThrowingTaskGroup(of: Int.self) { group in
        for client in 0..<clients {
          group.addTask {
            var played = 0
            while clock.now - start < .seconds(4) {
              played += 1
              try await office.play(played * clients + client)
            }
            return played
          }
        }
        return try await group.reduce(0, +)
      }
      return Figure(
        name: "approval-durable-\(clients)",
        value: Double(count) / ((clock.now - start) / .seconds(1)), unit: "instances/s")
    }
  }

  /// What a step costs where the disk costs nothing.
  private static func processorTime() async throws -> Figure {
    try await inFolder("/dev/shm") { folder in
      let office = DurableApproval(try await newStore(in: folder))
      for serial in 1...100 { try await office.play(serial) }
      let start = processTime()
      for serial in 101...1100 { try await office.play(serial) }
      let used = processTime() - start
      return Figure(
        name: "step on tmpfs", value: used * 1e6 / Double(1000 * DurableApproval.commits),
        unit: "us of processor time")
    }
  }

  /// Seconds of processor time of all threads.
  private static func processTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
