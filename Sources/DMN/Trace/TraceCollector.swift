internal import Synchronization

/// Carries the traces of functions that FEEL calls back to the decision that made the call.
///
/// A class, because FEEL keeps functions as values and returns from them only a value and notes.
final class TraceCollector: Sendable {
  private let traces = Mutex<[DecisionTrace]>([])

  func add(_ more: [DecisionTrace]) {
    guard !more.isEmpty else { return }
    traces.withLock { $0 += more }
  }

  /// What was added since the last call.
  func take() -> [DecisionTrace] {
    traces.withLock { traces in
      defer { traces = [] }
      return traces
    }
  }
}
