import Dossier
import Foundation

/// The proof vectors of `transparency-dev/merkle`, one JSON object a line: proofs that hold, and those that must be refused.
enum MerkleSuite {
  static func run(_ path: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let lines = try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n"))
    let cases = try lines.map { try JSONDecoder().decode(Vector.self, from: $0) }
    let failures = cases.filter { $0.holds == $0.wantErr }.map {
      "\($0.file): expected \($0.wantErr ? "refused" : "proved") got \($0.holds ? "proved" : "refused")"
    }
    return (cases.count - failures.count, cases.count, failures)
  }
}

/// One case: an inclusion proof when it names a leaf, else a consistency proof.
private struct Vector: Decodable {
  let file: String
  let wantErr: Bool
  let proof: [Data]?
  let leafIdx: UInt64?
  let treeSize: UInt64?
  let root: Data?
  let leafHash: Data?
  let size1: UInt64?
  let size2: UInt64?
  let root1: Data?
  let root2: Data?

  var holds: Bool {
    let path = (proof ?? []).map { Digest(bytes: Array($0)) }
    guard !path.contains(nil) else { return false }
    let digests = path.compactMap { $0 }
    if let index = leafIdx.flatMap(Int.init(exactly:)),
      let size = treeSize.flatMap(Int.init(exactly:))
    {
      guard let leaf = digest(leafHash), let root = digest(root) else { return false }
      return InclusionProof(index: index, size: size, path: digests).proves(leaf, under: root)
    }
    guard let first = size1.flatMap(Int.init(exactly:)),
      let second = size2.flatMap(Int.init(exactly:)), let old = root1.map(head),
      let new = root2.map(head)
    else { return false }
    return ConsistencyProof(firstSize: first, secondSize: second, path: digests)
      .proves(old, grewInto: new)
  }

  /// Heads are only compared: one of another length than a digest equals nothing but itself.
  private func head(_ data: Data) -> Digest { digest(data) ?? Digest(of: Array(data)) }

  private func digest(_ data: Data?) -> Digest? { data.flatMap { Digest(bytes: Array($0)) } }
}
