internal import Dossier

/// The Merkle tree as its leaves make it, to be compared with the checkpoints and with the streams.
struct TreeReading {
  private(set) var frontier = MerkleFrontier()
  /// The hashes that became leaves, by the number of the record.
  private var leaves: [Stream: [Int: String]] = [:]
  /// The roots at the sizes that are asked for.
  private var roots: [Int: Digest] = [:]

  /// Reads all leaves of `store`.
  ///
  /// - Parameter sizes: where the root is wanted.
  init(_ store: any CaseStore, sizes: Set<Int>) async throws {
    var position = 0
    while true {
      let page = try await store.leaves(from: position, limit: 10_000)
      for leaf in page {
        frontier.append(leaf.head.leafEntry)
        leaves[leaf.head.stream, default: [:]][leaf.head.version] = leaf.head.hash
        if sizes.contains(frontier.size) { roots[frontier.size] = frontier.root }
      }
      guard let last = page.last else { return }
      position = last.position + 1
    }
  }

  /// Whether the tree had this root when it had so many leaves.
  func had(_ root: Digest?, at size: Int) -> Bool { root != nil && roots[size] == root }

  /// The first record of a stream that is not the one the tree knows.
  func firstBreak(in chain: [Record], of stream: Stream) -> Int? {
    (leaves[stream] ?? [:]).filter { version, hash in
      !(1...max(1, chain.count)).contains(version) || chain.isEmpty
        || chain[version - 1].hash != hash
    }.keys.min()
  }

  /// Streams that the tree knows and the store does not.
  func missing(in streams: Set<Stream>) -> [Stream] {
    leaves.keys.filter { !streams.contains($0) }.sorted()
  }
}
