/// An append-only Merkle tree (RFC 6962 and RFC 9162, section 2.1): one short root speaks for every entry of a log.
///
/// Every complete subtree is kept, so adding costs about two digests and a proof a few, whatever the size.
public struct MerkleTree: Hashable, Sendable {
  /// `levels[k][i]` is the digest of the leaves `i << k` up to `(i + 1) << k`.
  private var levels: [[Digest]] = [[]]

  public init() {}

  /// The tree over `leaves`, which are leaf digests as `leafHash` gives them.
  public init(leaves: some Sequence<Digest>) {
    for leaf in leaves { append(leaf: leaf) }
  }

  /// How many leaves there are.
  public var size: Int { levels[0].count }

  /// The leaf digests in their order.
  public var leaves: [Digest] { levels[0] }

  /// The head of the whole tree; of an empty one, SHA-256 of nothing.
  public var root: Digest { subtree(0..<size) }

  /// Adds an entry.
  public mutating func append(_ entry: [UInt8]) { append(leaf: Self.leafHash(entry)) }

  /// Adds an entry of which only the leaf digest is known.
  public mutating func append(leaf: Digest) {
    var digest = leaf
    var level = 0
    while true {
      if levels.count == level { levels.append([]) }
      levels[level].append(digest)
      guard levels[level].count % 2 == 0 else { return }
      digest = Self.nodeHash(levels[level][levels[level].count - 2], digest)
      level += 1
    }
  }

  /// The root that the tree had when it held `size` leaves; `nil`: it never had so many.
  public func root(at size: Int) -> Digest? {
    guard (0...self.size).contains(size) else { return nil }
    return subtree(0..<size)
  }

  /// The proof that leaf `index` is in the tree of `size` leaves (RFC 9162, 2.1.3.1); `nil`: it is not.
  public func inclusionProof(of index: Int, at size: Int) -> InclusionProof? {
    guard (0...self.size).contains(size), (0..<size).contains(index) else { return nil }
    return InclusionProof(index: index, size: size, path: path(to: index, in: 0..<size))
  }

  /// The proof that the tree of `first` leaves is the beginning of that of `second` (RFC 9162, 2.1.4.1); `nil`: there is
  /// none, because the sizes do not follow each other or the first is 0.
  public func consistencyProof(from first: Int, to second: Int) -> ConsistencyProof? {
    guard first > 0, first <= second, second <= size else { return nil }
    let path = first == second ? [] : growth(to: first, in: 0..<second, isComplete: true)
    return ConsistencyProof(firstSize: first, secondSize: second, path: path)
  }

  /// SHA-256 of 0x00 and the entry.
  public static func leafHash(_ entry: [UInt8]) -> Digest { Digest(of: [0] + entry) }

  /// SHA-256 of 0x01 and both children.
  public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
    Digest(of: [1] + left.bytes + right.bytes)
  }

  private func subtree(_ range: Range<Int>) -> Digest {
    guard !range.isEmpty else { return Digest(of: []) }
    let level = range.count.trailingZeroBitCount
    if range.count == 1 << level, range.lowerBound % range.count == 0 {
      return levels[level][range.lowerBound >> level]
    }
    let middle = split(range)
    return Self.nodeHash(
      subtree(range.lowerBound..<middle), subtree(middle..<range.upperBound))
  }

  /// The sibling digests from the leaf up to the root.
  private func path(to index: Int, in range: Range<Int>) -> [Digest] {
    guard range.count > 1 else { return [] }
    let middle = split(range)
    return index < middle
      ? path(to: index, in: range.lowerBound..<middle) + [subtree(middle..<range.upperBound)]
      : path(to: index, in: middle..<range.upperBound) + [subtree(range.lowerBound..<middle)]
  }

  /// SUBPROOF of RFC 9162, 2.1.4.1.
  private func growth(to end: Int, in range: Range<Int>, isComplete: Bool) -> [Digest] {
    guard end < range.upperBound else { return isComplete ? [] : [subtree(range)] }
    let middle = split(range)
    return end <= middle
      ? growth(to: end, in: range.lowerBound..<middle, isComplete: isComplete)
        + [subtree(middle..<range.upperBound)]
      : growth(to: end, in: middle..<range.upperBound, isComplete: false)
        + [subtree(range.lowerBound..<middle)]
  }

  /// Where the left subtree ends: the largest power of two smaller than the size.
  private func split(_ range: Range<Int>) -> Int {
    range.lowerBound + 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
  }
}
