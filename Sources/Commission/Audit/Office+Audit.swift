internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL

/// Checking the record.
extension Office {
  /// What `audit verify` found.
  public struct Audit: Hashable, Sendable, Codable {
    public struct Break: Hashable, Sendable, Codable {
      public let stream: Stream
      /// The first record that does not fit.
      public let sequence: Int
      /// A key of `Messages`: `audit.hash`, `audit.order`, `audit.head`, `audit.state`, `audit.document`, `audit.rows`,
      /// `audit.definitions`, `audit.tree`, `audit.gone`, `audit.checkpoint`,
      /// `audit.signature`, `audit.timers`, `audit.subscriptions`, `audit.incidents`, `audit.clocks`, `audit.outbox`,
      /// `audit.delivery`, `audit.answer`, `audit.outside`, `audit.erased`.
      public let problem: String
      /// The document that was touched; empty for all other problems.
      public let document: String

      init(_ problem: String, _ stream: Stream, _ sequence: Int, document: String = "") {
        self.stream = stream
        self.sequence = sequence
        self.problem = problem
        self.document = document
      }
    }

    /// How many chains there are, and how many records in them; access logs are counted apart.
    public let streams: Int
    public let records: Int
    /// How many times somebody looked at a case.
    public let readings: Int
    /// Chains of cases and people whose content was erased.
    public let erased: Int
    public let breaks: [Break]
  }

  /// Reads every chain from its first record to its head, and compares each case with the sum of its events, its
  /// documents with their fingerprints, its lines in the work lists with its state, and all of it with the Merkle tree
  /// of the checkpoints.
  ///
  /// Others may go on working: what moves while it is looked at is looked at again.
  /// - Parameter outside: a checkpoint that was kept elsewhere: whatever was cut off since is noticed.
  public func verifyAudit(against outside: Checkpoint? = nil) async throws -> Audit {
    var heads = try await store.heads(of: "")
    for _ in 1...10 {
      let audit = try await audit(heads, against: outside)
      let current = try await store.heads(of: "")
      let moved = Set(current).symmetricDifference(heads).map(\.stream)
      if Set(audit.breaks.map(\.stream)).isDisjoint(with: moved) { return audit }
      heads = current
    }
    return try await audit(heads, against: outside)
  }

  private func audit(_ heads: [StreamHead], against outside: Checkpoint?) async throws -> Audit {
    let checkpoints = try await store.records(of: .checkpoints, after: 0).map {
      (at: $0.at, head: try? Payload().value(TreeHead.self, from: $0.payload))
    }
    let sizes = Set(checkpoints.compactMap { $0.head?.size } + [outside?.size].compactMap { $0 })
    let tree = try await TreeReading(store, sizes: sizes)
    var counts = (streams: 0, records: 0, readings: 0, erased: 0)
    // what two people have agreed to erase; a list that does not open is itself a break
    let list = (try? await ErasureList.read(in: store))?.0 ?? ErasureList()
    let erasures = Set(list.done.map { Stream.case($0) } + list.people.map { Stream.person($0) })
    var breaks: [Audit.Break] = []
    for head in heads {
      let chain = try await store.records(of: head.stream, after: 0)
      if head.stream.accessedCase != nil {
        counts.readings += chain.count
      } else {
        counts.streams += 1
        counts.records += chain.count
      }
      if let found = firstBreak(in: chain, head: head, tree: tree) {
        breaks.append(found)
      } else if chain.contains(where: { $0.content == .erased }) {
        counts.erased += 1
        // nobody has agreed to it: the key is lost, or was taken away
        if !erasures.contains(head.stream) {
          breaks.append(Audit.Break("audit.erased", head.stream, head.version))
        }
      } else {
        breaks += try await breaksBehind(chain, head: head)
        if head.stream == .checkpoints {
          breaks += try await breaksOfTree(checkpoints, tree: tree)
          breaks += try await breaksOfSignatures(checkpoints)
        }
      }
    }
    breaks += try await breaksBesideStreams(heads, without: breaks, erasures)
    breaks += whatIsGone(heads, tree: tree, outside: outside)
    return Audit(
      streams: counts.streams, records: counts.records, readings: counts.readings,
      erased: counts.erased, breaks: breaks)
  }

  /// Streams that the tree has and the store has not, and checkpoints that the tree never had.
  private func whatIsGone(
    _ heads: [StreamHead], tree: TreeReading, outside: Checkpoint?
  ) -> [Audit.Break] {
    let streams = Set(heads.map(\.stream))
    var gone = tree.missing(in: streams).map { Audit.Break("audit.gone", $0, 0) }
    if !streams.contains(.checkpoints), tree.frontier.size > 0 {
      gone.append(Audit.Break("audit.gone", .checkpoints, 0))
    }
    if let outside, !tree.had(outside.root, at: outside.size) {
      gone.append(Audit.Break("audit.outside", .checkpoints, outside.size))
    }
    return gone
  }

  /// What was touched in lists that belong to no stream alone; cases that are broken or erased say nothing about them.
  private func breaksBesideStreams(
    _ heads: [StreamHead], without breaks: [Audit.Break], _ erasures: Set<Stream>
  ) async throws -> [Audit.Break] {
    let cases = heads.map(\.stream).filter { $0.caseNumber != nil && !erasures.contains($0) }
    let broken = Set(breaks.map(\.stream))
    let all = Set(cases.compactMap(\.caseNumber))
    let foreign = try await breaksOfForeignTimers(all)
    guard broken.isDisjoint(with: cases), !broken.contains(.interchange) else { return foreign }
    do {
      return try await foreign + breaksOfOutbox(all)
    } catch let problem as Diagnostic where problem.code == "STORE023" {
      return foreign + [Audit.Break("audit.outbox", .interchange, 0)]
    }
  }

  /// Refuses whoever may not take the whole store along.
  ///
  /// - Throws: `USER004` when the user does not look after the store.
  public func checkMayKeepStore() throws { try require(.keepStore) }

  // MARK: Chains and tree

  private func firstBreak(
    in chain: [Record], head: StreamHead, tree: TreeReading
  ) -> Audit.Break? {
    var previous = Record.origin
    for (index, record) in chain.enumerated() {
      if record.sequence != index + 1 || record.previous != previous {
        return Audit.Break("audit.order", head.stream, index + 1)
      }
      guard record.isIntact else {
        return Audit.Break("audit.hash", head.stream, record.sequence)
      }
      previous = record.hash
    }
    guard chain.count == head.version, previous == head.hash else {
      return Audit.Break("audit.head", head.stream, chain.count)
    }
    return tree.firstBreak(in: chain, of: head.stream).map {
      Audit.Break("audit.tree", head.stream, $0)
    }
  }

  /// Checkpoints whose root is not the one that the leaves add up to.
  private func breaksOfTree(
    _ checkpoints: [(at: Instant, head: TreeHead?)], tree: TreeReading
  ) async throws -> [Audit.Break] {
    for (index, checkpoint) in checkpoints.enumerated() {
      guard let head = checkpoint.head, tree.had(Digest(head.root), at: head.size) else {
        return [Audit.Break("audit.checkpoint", .checkpoints, index + 1)]
      }
    }
    // the state of the job must be the edge of the tree, or the next checkpoint would be wrong or come at another time
    let state = try? await TreeState(store.state(of: .checkpoints))
    let fits = state?.frontier == tree.frontier && state?.at == checkpoints.last?.at
    return fits && tree.isGapless
      ? [] : [Audit.Break("audit.checkpoint", .checkpoints, checkpoints.count)]
  }

  /// Checkpoints whose signature is not of what they say, or not of a key of ours that was good at that time.
  private func breaksOfSignatures(
    _ checkpoints: [(at: Instant, head: TreeHead?)]
  ) async throws -> [Audit.Break] {
    let keys: KeyDirectory
    do {
      keys = try await self.keys()
    } catch is DecodingError {
      return []  // the stream of the keys is named by itself
    }
    return checkpoints.enumerated().compactMap { index, checkpoint in
      guard let head = checkpoint.head, head.key != nil || head.signature != nil else { return nil }
      return isSigned(head, at: checkpoint.at, keys: keys)
        ? nil : Audit.Break("audit.signature", .checkpoints, index + 1)
    }
  }

  private func isSigned(_ head: TreeHead, at instant: Instant, keys: KeyDirectory) -> Bool {
    let owner = authority.commission
    let moment = instant.utcTime
    guard let name = head.key, let entry = keys.entry(name, owner: owner),
      let note = head.note(of: origin, keys: keys, owner: owner)
    else { return false }
    let standing = keys.standing(
      of: name, owner: owner, use: .seal, created: moment, receivedAt: moment)
    return standing == .good && note.signatures.allSatisfy { note.holds($0, by: entry.publicKey) }
  }

  // MARK: Beside the chains

  /// What was touched beside the records of a stream.
  private func breaksBehind(_ chain: [Record], head: StreamHead) async throws -> [Audit.Break] {
    do {
      guard let number = head.stream.caseNumber else {
        return try await breaksBeside(chain, head: head)
      }
      return try await breaksBeyondChain(of: number, head: head)
    } catch let problem as Diagnostic where problem.code == "STORE023" {
      return [Audit.Break("audit.state", head.stream, head.version)]
    }
  }

  /// What was touched beside the records of a stream that is no case.
  private func breaksBeside(_ chain: [Record], head: StreamHead) async throws -> [Audit.Break] {
    let stream = head.stream
    let state = try await store.state(of: stream)?.state
    let words = stream.description.split(separator: "/")
    let isKept =
      switch words.first {
      case "authority", "person", "referral", "paper", "keys": state == chain.last?.payload
      case "partner", "awaited", "starts", "erasures":
        try chain.last.map { try Work.vouches($0, for: state) } ?? false
      case "register", "paper-register": state == "\(chain.count)"
      case "channel", "sent": (try? threadFits(chain, state: state)) ?? false
      case "checkpoints": true
      default: state == "0"
      }
    guard isKept else { return [Audit.Break("audit.state", stream, head.version)] }
    if stream == .definitions, try await !definitionsFit(chain) {
      return [Audit.Break("audit.definitions", stream, head.version)]
    }
    if words.first == "person", let state {
      let person = try? Payload().value(Person.self, from: state)
      let rows = try await store.people(.identifier(String(words.last ?? "")))
      guard rows == person.map({ [PersonRow($0)] }) else {
        return [Audit.Break("audit.rows", stream, head.version)]
      }
    }
    return []
  }

  /// Whether the definitions are those that were deployed.
  private func definitionsFit(_ chain: [Record]) async throws -> Bool {
    let deployed = try chain.flatMap { try Payload().value([String].self, from: $0.payload) }
    let stored = try await store.definitions().map { "\($0.reference) \($0.hash)" }
    return deployed == stored
  }

  /// What was touched beside the records of a case.
  private func breaksBeyondChain(of number: CaseNumber, head: StreamHead) async throws
    -> [Audit.Break]
  {
    func broken(_ problem: String, document: String = "") -> Audit.Break {
      Audit.Break(problem, head.stream, head.version, document: document)
    }
    let loaded: LoadedCase
    do {
      let read = try await reading(number, for: nil)
      guard
        try await CaseHistory(work: read.work, number: number).replayed() == read.loaded.state
      else { return [broken("audit.state")] }
      loaded = read.loaded
    } catch let problem as Diagnostic where problem.code == "STORE004" {
      let missing = String((problem.arguments["document"] ?? "").prefix(12))
      return [broken("audit.document", document: missing)]
    } catch is DecodingError {
      return [broken("audit.state")]
    }
    var breaks: [Audit.Break] = []
    let drafts = loaded.state.drafts.values.map { (name: "draft", identifier: $0.document) }
    let documents = loaded.state.documents.map { (name: $0.name, identifier: $0.identifier) }
    for document in documents + drafts.sorted(by: { $0.identifier < $1.identifier }) {
      let stored = try await store.document(document.identifier)
      if stored?.isIntact != true {
        breaks.append(broken("audit.document", document: document.name))
      }
    }
    return try await breaks + breaksOfLists(loaded, head: head)
  }
}
