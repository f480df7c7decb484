/// The proof that an entry is in a log (RFC 9162, 2.1.3).
public struct InclusionProof: Hashable, Sendable {
  /// Counted from 0.
  public let index: Int
  /// How many leaves the tree has.
  public let size: Int
  /// Sibling digests, from the leaf up.
  public let path: [Digest]

  public init(index: Int, size: Int, path: [Digest]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// The root that follows from `leaf`; `nil`: the path has another length than such a tree gives it.
  public func root(of leaf: Digest) -> Digest? {
    guard index >= 0, index < size else { return nil }
    var place = index
    var last = size - 1
    var digest = leaf
    for sibling in path {
      guard last > 0 else { return nil }
      if place % 2 == 1 || place == last {
        digest = MerkleTree.nodeHash(sibling, digest)
        while place % 2 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        digest = MerkleTree.nodeHash(digest, sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 ? digest : nil
  }

  /// Whether `leaf` stands at `index` of the tree with this `root`.
  public func proves(_ leaf: Digest, under root: Digest) -> Bool { self.root(of: leaf) == root }
}

/// The proof that one tree is the beginning of another: nothing was changed or taken away since (RFC 9162, 2.1.4).
public struct ConsistencyProof: Hashable, Sendable {
  public let firstSize: Int
  public let secondSize: Int
  public let path: [Digest]

  public init(firstSize: Int, secondSize: Int, path: [Digest]) {
    self.firstSize = firstSize
    self.secondSize = secondSize
    self.path = path
  }

  /// Whether the tree with root `first` grew into the one with root `second`. From an empty tree nothing can be proved.
  public func proves(_ first: Digest, grewInto second: Digest) -> Bool {
    guard firstSize > 0, firstSize <= secondSize else { return false }
    guard firstSize < secondSize else { return path.isEmpty && first == second }
    let isComplete = firstSize.nonzeroBitCount == 1
    var rest = path[...]
    guard let start = isComplete ? first : rest.popFirst() else { return false }
    let shift = (~(firstSize - 1)).trailingZeroBitCount
    var place = (firstSize - 1) >> shift
    var last = (secondSize - 1) >> shift
    var old = start
    var new = start
    for sibling in rest {
      guard last > 0 else { return false }
      if place % 2 == 1 || place == last {
        old = MerkleTree.nodeHash(sibling, old)
        new = MerkleTree.nodeHash(sibling, new)
        while place % 2 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        new = MerkleTree.nodeHash(new, sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && old == first && new == second
  }
}
