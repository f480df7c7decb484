import Commission
import Diagnostics
import Simulation
import Synchronization
import TestSupport

/// The crashes of one process: before a transaction is durable, or after it and before anybody was told.
final class Crashes: Sendable {
  private let state: Mutex<(numbers: SeededNumbers, percent: Int, count: Int)>

  init(seed: UInt64, percent: Int = 0) {
    state = Mutex((SeededNumbers(seed: seed), percent, 0))
  }

  /// How many there were.
  var count: Int { state.withLock { $0.count } }

  /// How many of a hundred commits fail from now on.
  func fail(_ percent: Int) { state.withLock { $0.percent = percent } }

  /// `store` in a process that crashes so.
  func store(_ store: any CaseStore) -> any CaseStore {
    ObservedStore(store) { batch, inner in
      let (isDead, isLate) = self.state.withLock { state in
        let isDead = Int.random(in: 0..<100, using: &state.numbers) < state.percent
        if isDead { state.count += 1 }
        return (isDead, Bool.random(using: &state.numbers))
      }
      guard isDead else { return try await inner.commit(batch) }
      if isLate { _ = try await inner.commit(batch) }
      throw Diagnostic("STORE006")
    }
  }
}
