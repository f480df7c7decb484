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
      /// `audit.definitions`, `audit.tree`, `audit.gone`, `audit.checkpoint`, `audit.outside`, `audit.erased`.
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
      try? Payload().value(TreeHead.self, from: $0.payload)
    }
    let sizes = Set(checkpoints.compactMap { $0?.size } + [outside?.size].compactMap { $0 })
    let tree = try await TreeReading(store, sizes: sizes)
    var counts = (streams: 0, records: 0, readings: 0, erased: 0)
    let erasures = try await erasedStreams()
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
        }
      }
    }
    breaks += tree.missing(in: Set(heads.map(\.stream))).map { Audit.Break("audit.gone", $0, 0) }
    if heads.allSatisfy({ $0.stream != .checkpoints }), tree.frontier.size > 0 {
      breaks.append(Audit.Break("audit.gone", .checkpoints, 0))
    }
    if let outside, !tree.had(outside.root, at: outside.size) {
      breaks.append(Audit.Break("audit.outside", .checkpoints, outside.size))
    }
    return Audit(
      streams: counts.streams, records: counts.records, readings: counts.readings,
      erased: counts.erased, breaks: breaks)
  }

  /// What two people have agreed to erase.
  private func erasedStreams() async throws -> Set<Stream> {
    try await store.records(of: .erasures, after: 0).filter { $0.kind == "erasure.done" }
      .reduce(into: []) { result, record in
        if let number = try ErasureList.number(in: record) { result.insert(.case(number)) }
        // number, perhaps the person, fingerprint of the state
        let words = try Payload().value([String].self, from: record.payload)
        if words.count == 3 { result.insert(.person(words[1])) }
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
  private func breaksOfTree(_ checkpoints: [TreeHead?], tree: TreeReading) async throws -> [Audit
    .Break]
  {
    for (index, head) in checkpoints.enumerated() {
      guard let head, tree.had(Digest(head.root), at: head.size) else {
        return [Audit.Break("audit.checkpoint", .checkpoints, index + 1)]
      }
    }
    // the state of the job must be the edge of the tree, or the next checkpoint would be wrong
    let state = try? await TreeState(store.state(of: .checkpoints)).frontier
    return state == tree.frontier && tree.isGapless
      ? [] : [Audit.Break("audit.checkpoint", .checkpoints, checkpoints.count)]
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
      // the links of a channel stand in its records; what its state adds is told by its messages
      case "checkpoints", "channel", "sent": true
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
    if try await !listsFit(loaded) { breaks.append(broken("audit.rows")) }
    return breaks
  }

  /// Due instants are left out: those of paused clocks move with the time.
  private func listsFit(_ loaded: LoadedCase) async throws -> Bool {
    let expected = try loaded.rows(now: now)
    let row = try await store.cases(CaseQuery(number: loaded.number)).first
    let tasks = try await store.tasks(TaskQuery(caseNumber: loaded.number))
    return row.map(ListedCase.init) == ListedCase(expected.row)
      && Set(tasks.map(ListedTask.init))
        == Set(expected.tasks.filter { $0.status == .open }.map(ListedTask.init))
  }
}

/// What must stand in the list of cases.
private struct ListedCase: Equatable {
  let words: [String]
  let birthYear: Int?
  let times: [Instant?]

  init(_ row: CaseRow) {
    words = [row.kind, row.profile, row.status, row.person, row.initials] + row.standsAt
    birthYear = row.birthYear
    times = [row.openedAt, row.closedAt]
  }
}

/// What must stand in the list of tasks.
private struct ListedTask: Hashable {
  let key: Int
  let words: [String]
  let assignee: String?
  let groups: Set<String>

  init(_ task: TaskRow) {
    key = task.key
    words = [task.element, task.name, task.form]
    assignee = task.assignee
    groups = Set(task.groups)
  }
}
