internal import Commission
internal import Synchronization

/// Group commit: whoever comes while a commit is being synced waits, and all who wait share the next sync.
///
/// Who comes alone writes on the thread it is on: to wake another one costs more than all the rest.
final class CommitQueue: Sendable {
  private struct State {
    var waiting: [(batch: Batch, answer: CheckedContinuation<CommitReceipt, any Error>)] = []
    var isWriting = false

    /// Whether the caller is the one who writes from now on.
    mutating func begins() -> Bool {
      defer { isWriting = true }
      return !isWriting
    }
  }

  private let state = Mutex(State())
  private let writer: GroupWriter
  private static let largestGroup = 64

  init(_ writer: GroupWriter) {
    self.writer = writer
  }

  /// Returns when the batch is on disk.
  func commit(_ batch: Batch) async throws -> CommitReceipt {
    if state.withLock({ $0.begins() }) {
      defer { goOn() }
      return try writer.writeHere(batch)
    }
    return try await withCheckedThrowingContinuation { continuation in
      let begins = state.withLock { state in
        state.waiting.append((batch, continuation))
        return state.begins()
      }
      if begins { Task { await writeAll() } }
    }
  }

  /// Those who have come meanwhile do not wait for whoever has written before them.
  private func goOn() {
    let isOver = state.withLock { state in
      state.isWriting = !state.waiting.isEmpty
      return !state.isWriting
    }
    if !isOver { Task { await writeAll() } }
  }

  private func writeAll() async {
    while true {
      let group = state.withLock { state in
        let group = Array(state.waiting.prefix(CommitQueue.largestGroup))
        state.waiting.removeFirst(group.count)
        state.isWriting = !group.isEmpty
        return group
      }
      guard !group.isEmpty else { return }
      do {
        let results = try await writer.write(group.map(\.batch))
        for (entry, result) in zip(group, results) { entry.answer.resume(with: result) }
      } catch {
        for entry in group { entry.answer.resume(throwing: error) }
      }
    }
  }
}
