internal import Diagnostics
public import Dossier
internal import FEEL

/// The Merkle tree of the authority over the heads of all streams (RFC 6962): whoever holds one of its checkpoints notices
/// when anything before it is changed or cut off.
extension Office {
  /// The proof that a case stands in the tree as it does.
  public struct CaseProof: Hashable, Sendable {
    public let checkpoint: Checkpoint
    /// The head that became the leaf.
    public let head: StreamHead
    public let leaf: Digest
    public let inclusion: InclusionProof
  }

  /// How many heads become leaves in one transaction.
  private static let leavesAtOnce = 10_000

  /// Takes every head that has moved on into the tree.
  ///
  /// - Parameter key: signs it; `nil`: nobody does.
  /// - Returns: the newest checkpoint; the last one again when nothing has moved on.
  /// - Throws: what `check` throws when `key` is not a key of this office that is in force; `AUDIT005` when its name cannot
  ///   stand below a checkpoint.
  public func checkpoint(signingWith key: SealKey? = nil) async throws -> Checkpoint {
    if let key { try await check(key) }
    var attempt = 1
    while true {
      let stored = try await store.state(of: .checkpoints)
      let state = try TreeState(stored)
      let heads = try await store.headsBeyondTree(limit: Office.leavesAtOnce)
      let frontier = try frontier(of: state)
      do {
        if heads.isEmpty, try await isSigned(by: key, at: stored?.version ?? 0) {
          return checkpoint(size: frontier.size, root: frontier.root)
        }
        let grown = try await grow(
          frontier, state, by: heads, signingWith: key, after: stored?.version ?? 0)
        if heads.count < Office.leavesAtOnce {
          return checkpoint(size: grown.size, root: grown.root)
        }
      } catch let problem as Diagnostic where problem.code == "STORE001" && attempt < 100 {
        // another node does the same at this moment
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...min(10 * attempt, 500))))
        attempt += 1
      }
    }
  }

  /// A checkpoint a day, whoever works first; signed by whoever has a key.
  func checkpointOfTheDay(signingWith key: SealKey?) async throws {
    let state = try await TreeState(store.state(of: .checkpoints))
    if let last = state.at?.officeDay, last >= today { return }
    _ = try await checkpoint(signingWith: key)
  }

  /// The newest checkpoint with its signature, and the key that it is checked with.
  ///
  /// - Throws: `AUDIT004` when the newest one is not signed.
  public func signedCheckpoint() async throws -> (note: SignedNote, key: PublicSealKey) {
    let newest = try await store.records(of: .checkpoints, after: 0).last
    let head = try newest.map { try Payload().value(TreeHead.self, from: $0.payload) }
    let keys = try await keys()
    let owner = authority.commission
    guard let note = head?.note(of: origin, keys: keys, owner: owner),
      let key = head?.key.flatMap({ keys.entry($0, owner: owner) })?.publicKey
    else { throw Diagnostic("AUDIT004") }
    return (note, key)
  }

  /// A checkpoint that was kept elsewhere; what our keys have signed must be what was signed.
  ///
  /// - Throws: `AUDIT002` when it is no checkpoint; `AUDIT006` when a signature is said to be of our key, and is not.
  public func keptCheckpoint(parsing bytes: [UInt8], file: String) async throws -> Checkpoint {
    let checkpoint = try Checkpoint(parsing: bytes, file: file)
    guard let note = SignedNote(parsing: bytes) else { return checkpoint }
    let keys = try await keys()
    for signature in note.signatures {
      // others may have signed below us
      guard let key = keys.entry(signature.name, owner: authority.commission)?.publicKey else {
        continue
      }
      guard note.holds(signature, by: key) else {
        throw Diagnostic("AUDIT006", ["file": file, "key": signature.name])
      }
    }
    return checkpoint
  }

  /// Whether there is nothing left to sign: no key, or the newest of `version` checkpoints has its signature.
  private func isSigned(by key: SealKey?, at version: Int) async throws -> Bool {
    guard let key, version > 0 else { return true }
    let newest = try await store.records(of: .checkpoints, after: version - 1).first
    let head = try newest.map { try Payload().value(TreeHead.self, from: $0.payload) }
    return head?.key == key.name
  }

  /// Whose tree it is.
  var origin: String { "mse/\(authority.commission)" }

  private func frontier(of state: TreeState) throws -> MerkleFrontier {
    guard let frontier = state.frontier else {
      throw Diagnostic("STORE012", ["column": "stream.state"])
    }
    return frontier
  }

  private func checkpoint(size: Int, root: Digest) -> Checkpoint {
    Checkpoint(origin: origin, size: size, root: root)
  }

  private func grow(
    _ frontier: MerkleFrontier, _ state: TreeState, by heads: [StreamHead],
    signingWith key: SealKey?, after version: Int
  ) async throws -> MerkleFrontier {
    var (frontier, state) = (frontier, state)
    var batch = Batch()
    for head in heads {
      batch.leaves.append(TreeLeaf(position: frontier.size, head: head))
      frontier.append(head.leafEntry)
    }
    state.grow(to: frontier, at: now)
    let note = try key.map {
      try SignedNote(
        checkpoint(size: frontier.size, root: frontier.root).description, signedWith: $0)
    }
    let signature = note?.signatures.first
    let head = TreeHead(
      root: frontier.root.description, size: frontier.size, key: signature?.name,
      signature: signature.map { Base64.encode($0.value) })
    batch.appends = [
      Batch.Append(
        to: .checkpoints, after: version,
        records: [
          RecordDraft(
            at: now, actor: user.name, kind: "checkpoint", payload: try Payload().text(head))
        ],
        state: try Payload().text(state))
    ]
    _ = try await store.commit(batch)
    return frontier
  }

  // MARK: Proofs

  /// Proves that a case is in the tree; its records after the newest checkpoint are not proved.
  ///
  /// - Throws: `CASE011` when there is no such case; `AUDIT001` when it came after the newest checkpoint.
  public func proof(of number: CaseNumber) async throws -> CaseProof {
    let heads = try await store.heads(of: Stream.case(number).description)
    guard heads.contains(where: { $0.stream == .case(number) }) else {
      throw Diagnostic("CASE011", ["number": number.description])
    }
    let (tree, leaves) = try await wholeTree()
    guard let place = leaves.lastIndex(where: { $0.stream == .case(number) }),
      let inclusion = tree.inclusionProof(of: place, at: tree.size)
    else { throw Diagnostic("AUDIT001", ["number": number.description]) }
    return CaseProof(
      checkpoint: checkpoint(size: tree.size, root: tree.root),
      head: leaves[place], leaf: tree.leaves[place], inclusion: inclusion)
  }

  /// Proves that the tree of `size` leaves is the beginning of the newest one.
  ///
  /// - Throws: `AUDIT003` when the tree never had so many leaves.
  public func growth(since size: Int) async throws -> (
    from: Checkpoint, to: Checkpoint, proof: ConsistencyProof
  ) {
    let tree = try await wholeTree().tree
    guard let proof = tree.consistencyProof(from: size, to: tree.size),
      let old = tree.root(at: size)
    else { throw Diagnostic("AUDIT003", ["size": "\(size)"]) }
    return (
      checkpoint(size: size, root: old), checkpoint(size: tree.size, root: tree.root), proof
    )
  }

  private func wholeTree() async throws -> (tree: MerkleTree, leaves: [StreamHead]) {
    var tree = MerkleTree()
    var leaves: [StreamHead] = []
    while true {
      let page = try await store.leaves(from: leaves.count, limit: Office.leavesAtOnce)
      for leaf in page {
        tree.append(leaf.head.leafEntry)
        leaves.append(leaf.head)
      }
      if page.count < Office.leavesAtOnce { return (tree, leaves) }
    }
  }
}
