internal import Diagnostics
internal import Dossier
public import FEEL

/// Answers that are waited for, on both sides.
extension Office {
  /// A sealed answer to a message that came.
  public struct Answer: Hashable, Sendable, Codable {
    /// The id of the answer itself.
    public let message: String
    public let receiver: String
    /// The stored document with its bytes.
    public let document: String

    func outgoing(at now: Instant) -> OutboxMessage {
      OutboxMessage(
        identifier: message, caseNumber: nil, kind: DossierKind.receipt.rawValue,
        receiver: receiver, at: now, document: document)
    }
  }

  /// What is open with other agencies.
  public struct OpenExchange: Sendable {
    /// Ours that they have not answered for good, the oldest first.
    public let awaited: [AwaitedAnswer]
    /// Theirs that wait for the messages before them.
    public let held: [HeldMessage]
  }

  public func openExchange() async throws -> OpenExchange {
    var held: [HeldMessage] = []
    for head in try await store.heads(of: Stream.partner("").description) {
      guard let stored = try await store.state(of: head.stream) else { continue }
      held += try Payload().value(Partner.self, from: stored.state).held
    }
    return OpenExchange(
      awaited: try await unanswered(dueBy: nil).sorted {
        ($0.sentAt, $0.message) < ($1.sentAt, $1.message)
      },
      held: held.sorted { ($0.since, $0.message) < ($1.since, $1.message) })
  }

  /// Messages of ours that are not answered for good: all, or those to be handed over again at `instant`.
  private func unanswered(dueBy instant: Instant?) async throws -> [AwaitedAnswer] {
    var result: [AwaitedAnswer] = []
    for message in try await store.unanswered(dueBy: instant) {
      guard let (awaited, _) = try await AwaitedAnswer.read(message.identifier, in: store) else {
        throw Diagnostic("STORE004", ["document": message.identifier])
      }
      if !awaited.isSettled { result.append(awaited) }
    }
    return result
  }

  /// Hands messages over again whose receivers have not said a word, each with the same bytes.
  ///
  /// - Returns: how many.
  public func repeatUnanswered(
    deliver: @Sendable (OutboxMessage, [UInt8]) throws -> Void
  ) async throws -> Int {
    var count = 0
    let moment = now
    for due in try await unanswered(dueBy: moment) {
      let isMine = try await perform("dossier.repeated") { work in
        try await work.changeAwaited(due.message, "dossier.repeated") { awaited in
          guard awaited == due else { return false }
          awaited.repeated(at: moment)
          return true
        }
      }
      // another worker was first, or the answer came
      guard isMine else { continue }
      let bytes = try await bytes(ofMessage: due.digest)
      try deliver(
        OutboxMessage(
          identifier: due.message, caseNumber: due.caseNumber, kind: due.kind,
          receiver: due.receiver, at: due.sentAt, document: due.digest), bytes)
      count += 1
    }
    return count
  }

  /// Has a message handed over again that was refused or not answered; the worker does it in its next round.
  ///
  /// - Throws: `DOSS068` when no answer to it is waited for.
  public func resend(_ message: String, command: CommandID? = nil) async throws -> AwaitedAnswer {
    try await changeAwaited(message, "dossier.resent", command: command) { awaited, now in
      awaited.restart(at: Instant(seconds: now.seconds - AwaitedAnswer.waits[0]))
    }
  }

  /// Stops waiting for an answer: a person has settled the matter.
  ///
  /// - Throws: `DOSS068` when no answer to it is waited for.
  public func settle(
    _ message: String, reason: String, command: CommandID? = nil
  ) async throws -> AwaitedAnswer {
    try await changeAwaited(message, "dossier.settled", reason: reason, command: command) {
      awaited, _ in awaited.settle()
    }
  }

  private func changeAwaited(
    _ message: String, _ kind: String, reason: String? = nil, command: CommandID?,
    _ change: @Sendable (inout AwaitedAnswer, Instant) -> Void
  ) async throws -> AwaitedAnswer {
    let found = try await openExchange().awaited.filter { $0.message.hasPrefix(message) }
    guard let known = found.first, found.count == 1 else {
      throw Diagnostic("DOSS068", ["message": String(message.prefix(40))])
    }
    let moment = now
    return try await perform(kind, command: command, reason: reason) { work in
      try await work.changeAwaited(known.message, kind) { awaited in
        guard !awaited.isSettled else {
          throw Diagnostic("DOSS068", ["message": known.message])
        }
        change(&awaited, moment)
        return awaited
      }
    }
  }

  /// The bytes of an answer, to be given once more.
  public func message(of answer: Answer) async throws -> (OutboxMessage, [UInt8]) {
    (answer.outgoing(at: now), try await bytes(ofMessage: answer.document))
  }

  // MARK: Papers of others

  /// A message that is kept for people to read.
  public struct FiledMessage: Hashable, Sendable, Codable {
    public let message: String
    public let kind: String
    public let sender: String
    /// The case it is about, by whoever numbered it.
    public let assigner: String?
    public let number: String?
    /// SHA-256 of the bytes, which are kept under it.
    public let document: String
    /// The message that this one takes back.
    public let cancels: String?
  }

  /// What other agencies sent that belongs to no case of this office, the oldest first.
  public func filed() async throws -> [(at: Instant, message: FiledMessage)] {
    try await store.records(of: .filed, after: 0).map {
      ($0.at, try Payload().value(FiledMessage.self, from: $0.payload))
    }
  }

  /// The bytes of a message that was kept, by their SHA-256.
  public func bytes(ofMessage document: String) async throws -> [UInt8] {
    guard let stored = try await store.document(document) else {
      throw Diagnostic("STORE004", ["document": document])
    }
    return stored.bytes
  }
}
