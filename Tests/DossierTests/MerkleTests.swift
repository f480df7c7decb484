import Dossier
import TestSupport
import Testing

/// Roots of RFC 6962's reference implementation for these entries (certificate-transparency, `merkle_tree_test`).
private let entries: [[UInt8]] = [
  [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
  Array(0x50...0x57), Array(0x60...0x6f),
]

@Test(arguments: [
  (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
  (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
  (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
  (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
])
func merkleRoots(_ size: Int, _ root: String) {
  var tree = MerkleTree()
  var frontier = MerkleFrontier()
  for entry in entries.prefix(size) {
    tree.append(entry)
    frontier.append(entry)
  }
  #expect(tree.root.description == root)
  #expect(frontier.root.description == root)
}

/// Every proof between all trees of up to 40 leaves holds, and none of a neighbour's does.
@Test func everyMerkleProofHolds() throws {
  let leaves = (0..<40).map { MerkleTree.leafHash([UInt8($0)]) }
  let tree = MerkleTree(leaves: leaves)
  for size in 1...40 {
    let root = try #require(tree.root(at: size))
    #expect(root == MerkleTree(leaves: leaves.prefix(size)).root)
    for index in 0..<size {
      let proof = try #require(tree.inclusionProof(of: index, at: size))
      #expect(proof.proves(leaves[index], under: root))
      #expect(!proof.proves(leaves[(index + 1) % 40], under: root))
      #expect(
        !InclusionProof(index: index, size: size, path: proof.path + [root])
          .proves(leaves[index], under: root))
    }
    for first in 1...size {
      let proof = try #require(tree.consistencyProof(from: first, to: size))
      let old = try #require(tree.root(at: first))
      #expect(proof.proves(old, grewInto: root))
      #expect(!proof.proves(leaves[0], grewInto: root) || size == 1 || first == 1)
      #expect(!proof.proves(old, grewInto: leaves[39]))
    }
  }
  #expect(tree.inclusionProof(of: 40, at: 40) == nil)
  #expect(tree.consistencyProof(from: 0, to: 40) == nil)
}

@Test func aFrontierGoesOnWhereItWasKept() throws {
  var tree = MerkleTree()
  var frontier = MerkleFrontier()
  for number in UInt8(0)..<100 {
    tree.append([number])
    frontier.append([number])
    frontier = try #require(MerkleFrontier(size: frontier.size, peaks: frontier.peaks))
    #expect(frontier.root == tree.root)
  }
  #expect(MerkleFrontier(size: 3, peaks: []) == nil)
}
