internal import Commission

/// Group commit: whoever comes while a commit is being synced waits, and all who wait share the next sync.
actor CommitQueue {
  /// Writes several batches in one transaction; a batch that is refused leaves nothing and does not disturb the others.
  typealias Writer = @Sendable ([Batch]) async throws -> [Result<CommitReceipt, any Error>]

  private let write: Writer
  private var waiting: [(batch: Batch, answer: CheckedContinuation<CommitReceipt, any Error>)] = []
  private var isWriting = false
  private static let largestGroup = 64

  init(_ write: @escaping Writer) {
    self.write = write
  }

  /// Returns when the batch is on disk.
  func commit(_ batch: Batch) async throws -> CommitReceipt {
    try await withCheckedThrowingContinuation { continuation in
      waiting.append((batch, continuation))
      guard !isWriting else { return }
      isWriting = true
      Task { await writeAll() }
    }
  }

  private func writeAll() async {
    while !waiting.isEmpty {
      let group = Array(waiting.prefix(CommitQueue.largestGroup))
      waiting.removeFirst(group.count)
      do {
        let results = try await write(group.map(\.batch))
        for (entry, result) in zip(group, results) { entry.answer.resume(with: result) }
      } catch {
        for entry in group { entry.answer.resume(throwing: error) }
      }
    }
    isWriting = false
  }
}
