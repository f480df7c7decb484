internal import BPMN
internal import Diagnostics
internal import FEEL

/// Checking the record.
extension Office {
  /// What `audit verify` found.
  public struct Audit: Hashable, Sendable, Codable {
    public struct Break: Hashable, Sendable, Codable {
      public let stream: Stream
      /// The first record that does not fit.
      public let sequence: Int
      /// A key of `Messages`: `audit.hash`, `audit.order`, `audit.head`, `audit.state`, `audit.document`, `audit.rows`.
      public let problem: String
      /// The document that was touched; empty for all other problems.
      public let document: String
    }

    public let streams: Int
    public let records: Int
    public let breaks: [Break]
  }

  /// Reads every chain from its first record to its head, and compares each case with the sum of its events, its
  /// documents with their fingerprints and its lines in the work lists with its state.
  public func verifyAudit() async throws -> Audit {
    var records = 0
    var breaks: [Audit.Break] = []
    let heads = try await store.heads(of: "")
    for head in heads {
      let chain = try await store.records(of: head.stream, after: 0)
      records += chain.count
      if let found = firstBreak(in: chain, head: head) {
        breaks.append(found)
      } else if head.stream.description.hasPrefix("case/") {
        let number = try CaseNumber(String(head.stream.description.dropFirst(5)))
        breaks += try await breaksBeyondChain(of: number).map {
          Audit.Break(
            stream: head.stream, sequence: head.version, problem: $0.problem, document: $0.document)
        }
      }
    }
    return Audit(streams: heads.count, records: records, breaks: breaks)
  }

  /// Refuses whoever may not take the whole store along.
  ///
  /// - Throws: `USER004` when the user does not look after the store.
  public func checkMayKeepStore() throws { try require(.keepStore) }

  private func firstBreak(in chain: [Record], head: StreamHead) -> Audit.Break? {
    var previous = Record.origin
    for (index, record) in chain.enumerated() {
      if record.sequence != index + 1 || record.previous != previous {
        return Audit.Break(
          stream: head.stream, sequence: index + 1, problem: "audit.order", document: "")
      }
      guard record.isIntact else {
        return Audit.Break(
          stream: head.stream, sequence: record.sequence, problem: "audit.hash", document: "")
      }
      previous = record.hash
    }
    guard chain.count == head.version, previous == head.hash else {
      return Audit.Break(
        stream: head.stream, sequence: chain.count, problem: "audit.head", document: "")
    }
    return nil
  }

  /// What was touched beside the records of a case.
  private func breaksBeyondChain(of number: CaseNumber) async throws -> [(
    problem: String, document: String
  )] {
    let loaded: LoadedCase
    do {
      let read = try await reading(number)
      guard
        try await CaseHistory(work: read.work, number: number).replayed() == read.loaded.state
      else { return [("audit.state", "")] }
      loaded = read.loaded
    } catch let problem as Diagnostic where problem.code == "STORE004" {
      return [("audit.document", String((problem.arguments["document"] ?? "").prefix(12)))]
    } catch is DecodingError {
      return [("audit.state", "")]
    }
    var breaks: [(String, String)] = []
    let drafts = loaded.state.drafts.values.map { (name: "draft", identifier: $0.document) }
    let documents = loaded.state.documents.map { (name: $0.name, identifier: $0.identifier) }
    for document in documents + drafts.sorted(by: { $0.identifier < $1.identifier }) {
      let stored = try await store.document(document.identifier)
      if stored.map({ fingerprint($0.bytes) }) != document.identifier {
        breaks.append(("audit.document", document.name))
      }
    }
    if try await !listsFit(loaded) { breaks.append(("audit.rows", "")) }
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
