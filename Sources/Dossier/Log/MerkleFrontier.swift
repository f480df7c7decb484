/// The right edge of a Merkle tree: enough to add entries and to know the root, a few digests however long the log is.
///
/// For a writer of checkpoints, who keeps this and never reads the old entries again.
public struct MerkleFrontier: Hashable, Sendable {
  /// How many leaves there are.
  public private(set) var size: Int
  /// The complete subtrees from the left, the largest first: one for each bit that is set in `size`.
  public private(set) var peaks: [Digest]

  public init() {
    size = 0
    peaks = []
  }

  /// What was kept of an earlier one; `nil`: so many subtrees do not belong to a tree of that size.
  public init?(size: Int, peaks: [Digest]) {
    guard size >= 0, peaks.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.peaks = peaks
  }

  /// Adds an entry.
  public mutating func append(_ entry: [UInt8]) { append(leaf: MerkleTree.leafHash(entry)) }

  /// Adds an entry of which only the leaf digest is known.
  public mutating func append(leaf: Digest) {
    var digest = leaf
    for _ in 0..<(~size).trailingZeroBitCount {
      digest = MerkleTree.nodeHash(peaks.removeLast(), digest)
    }
    peaks.append(digest)
    size += 1
  }

  /// The head of the tree; of an empty one, SHA-256 of nothing.
  public var root: Digest {
    guard var digest = peaks.last else { return Digest(of: []) }
    for peak in peaks.dropLast().reversed() { digest = MerkleTree.nodeHash(peak, digest) }
    return digest
  }
}
