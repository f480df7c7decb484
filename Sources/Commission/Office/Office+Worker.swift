internal import BPMN
public import Diagnostics
public import Dossier
internal import FEEL

/// Work that nobody types a command for; any number of workers can share it.
extension Office {
  /// What one round of a worker has done.
  public struct Round: Sendable {
    /// Cases in which a timer fired.
    public var cases = 0
    /// Messages that were handed over.
    public var messages = 0
    /// Processes that started by themselves.
    public var started = 0
    /// What could not be done now and is tried again later.
    public var problems: [Diagnostic] = []

    public init() {}

    public var isEmpty: Bool { cases == 0 && messages == 0 && started == 0 && problems.isEmpty }
  }

  /// Fires timers that are due, starts the processes whose time has come, and hands over messages that wait, each unless another worker has it.
  ///
  /// The first round of a day also makes the checkpoint of the day, signed when there is a key.
  ///
  /// What this worker leaves undone, because it vanishes or because of a problem, others get after a minute.
  /// - Parameter deliver: hands a message over; may get the same one again after a crash, and must then change nothing.
  ///   `nil`: messages stay where they are.
  /// - Parameter key: seals what leaves; `nil`: only a test office sends without a seal.
  public func work(
    deliver: (@Sendable (OutboxMessage, [UInt8]) throws -> Void)? = nil,
    sealingWith key: SealKey? = nil
  ) async throws -> Round {
    try await checkpointOfTheDay(signingWith: key)
    let due = try await store.lease(
      dueBy: now, messages: deliver != nil, seconds: 60, limit: 20)
    var round = Round()
    (round.started, round.problems) = try await startDue()
    for number in due.timers.map(\.caseNumber).removingRepeats() {
      do {
        _ = try await perform("clock.passed") { work in
          try await work.run(.tick, in: number)
          return number
        }
        round.cases += 1
      } catch let problem as Diagnostic {
        round.problems.append(problem)
      }
    }
    guard let deliver else { return round }
    for message in due.messages {
      do {
        try await hand(message, sealingWith: key, to: deliver)
        round.messages += 1
      } catch let problem as Diagnostic {
        round.problems.append(problem)
      }
    }
    return round
  }

  private func hand(
    _ message: OutboxMessage, sealingWith key: SealKey?,
    to deliver: (OutboxMessage, [UInt8]) throws -> Void
  ) async throws {
    var xml = try await bytes(ofMessage: message.document)
    // receipts are sealed when they are written
    if message.kind != DossierKind.receipt.rawValue {
      if let key {
        xml = try await sealed(xml, of: message, with: key)
      } else if !authority.isTest {
        throw Diagnostic("DOSS073")
      }
    }
    try deliver(message, xml)
    let sent = CommandID("sent/\(message.identifier)")
    _ = try await perform("dossier.sent", command: sent) { work in
      try await work.markSent(message)
      return message.identifier
    }
  }
}

extension Work {
  /// Records that a message has left; the store refuses to let it leave twice.
  fileprivate mutating func markSent(_ message: OutboxMessage) async throws {
    deliver(message)
    try await note(
      "dossier.sent", in: .interchange,
      Payload().text(["message": message.identifier, "document": message.document]))
  }
}
