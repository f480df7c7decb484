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
      /// A key of `Messages`: `audit.hash`, `audit.order`, `audit.head`, `audit.state`.
      public let problem: String
    }

    public let streams: Int
    public let records: Int
    public let breaks: [Break]
  }

  /// Reads every chain from its first record to its head, and compares each case with the sum of its events.
  public func verifyAudit() async throws -> Audit {
    var records = 0
    var breaks: [Audit.Break] = []
    let heads = try await store.heads(of: "")
    for head in heads {
      let chain = try await store.records(of: head.stream, after: 0)
      records += chain.count
      if let found = firstBreak(in: chain, head: head) {
        breaks.append(found)
      } else if head.stream.description.hasPrefix("case/"),
        try await !stateFits(String(head.stream.description.dropFirst(5)))
      {
        breaks.append(
          Audit.Break(stream: head.stream, sequence: head.version, problem: "audit.state"))
      }
    }
    return Audit(streams: heads.count, records: records, breaks: breaks)
  }

  private func firstBreak(in chain: [Record], head: StreamHead) -> Audit.Break? {
    var previous = Record.origin
    for (index, record) in chain.enumerated() {
      if record.sequence != index + 1 || record.previous != previous {
        return Audit.Break(
          stream: head.stream, sequence: index + 1, problem: "audit.order")
      }
      guard record.isIntact else {
        return Audit.Break(
          stream: head.stream, sequence: record.sequence, problem: "audit.hash")
      }
      previous = record.hash
    }
    guard chain.count == head.version, previous == head.hash else {
      return Audit.Break(stream: head.stream, sequence: chain.count, problem: "audit.head")
    }
    return nil
  }

  private func stateFits(_ number: String) async throws -> Bool {
    let (work, loaded) = try await reading(CaseNumber(number))
    return try await CaseHistory(work: work, number: loaded.number).replayed() == loaded.state
  }
}
