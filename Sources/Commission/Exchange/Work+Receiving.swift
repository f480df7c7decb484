internal import Diagnostics
internal import Dossier
internal import FEEL
internal import XForms

/// What taking a message changes, in one transaction with its answers.
extension Work {
  /// Matches the message with its case and answers it.
  mutating func take(
    _ incoming: Incoming, statuses: [Receipt.Status]
  ) async throws -> Office.Reception {
    var intake = Intake(
      work: self, message: incoming.message, digest: incoming.digest.description,
      forms: incoming.forms)
    var reception = try await intake.take()
    self = intake.work
    var owner = reception.number
    if owner == nil { owner = try await ownCase(of: incoming.message) }
    store(StoredDocument(mediaType: "application/xml", bytes: incoming.bytes, of: owner))
    reception.answers = try await answer(incoming, statuses)
    return reception
  }

  /// The case of ours that the message names; `nil` also when it was erased.
  private func ownCase(of message: DossierMessage) async throws -> CaseNumber? {
    guard let reference = message.envelope.caseReference,
      reference.assigner == authority.commission, let number = try? CaseNumber(reference.number)
    else { return nil }
    do {
      return try await store.state(of: .case(number)) == nil ? nil : number
    } catch let problem as Diagnostic where problem.code == "STORE022" {
      return nil
    }
  }

  /// Keeps a message whose content is refused.
  mutating func reject(
    _ incoming: Incoming, _ problem: Diagnostic, statuses: [Receipt.Status]
  ) async throws -> Office.Reception {
    store(StoredDocument(mediaType: "application/xml", bytes: incoming.bytes))
    return Office.Reception(
      outcome: .rejected, kind: incoming.message.envelope.kind.rawValue, number: nil,
      sha256: incoming.digest.description,
      answers: try await answer(incoming, statuses, problems: Receipt.Problem.all(of: problem)))
  }

  /// Gives the message its number in the thread.
  ///
  /// - Returns: whether it was held before.
  /// - Throws: `STORE001` when another worker was first.
  mutating func enter(
    _ incoming: Incoming, _ link: ChannelLedger.Link, in thread: ChannelThread
  ) async throws -> Bool {
    var (ledger, version) = try await thread.ledger(in: store)
    guard try ledger.placement(of: link) == .next else { throw Diagnostic("STORE001") }
    let wasHeld = ledger.held.contains(link)
    ledger.apply(link)
    try await note(
      "dossier.received", in: thread.stream, Payload().text(link), state: Payload().text(ledger),
      after: version)
    if wasHeld {
      _ = try await changePartner(thread.sender, "dossier.received", link.messageID) {
        $0.held.removeAll { $0.message == link.messageID }
      }
    }
    return wasHeld
  }

  /// Keeps the message until the ones before it are here.
  mutating func hold(
    _ incoming: Incoming, _ link: ChannelLedger.Link, in thread: ChannelThread
  ) async throws -> Office.Reception {
    let envelope = incoming.message.envelope
    var (ledger, version) = try await thread.ledger(in: store)
    guard try ledger.placement(of: link) == .held else { throw Diagnostic("STORE001") }
    ledger.hold(link)
    store(StoredDocument(mediaType: "application/xml", bytes: incoming.bytes))
    try await note(
      "dossier.held", in: thread.stream, Payload().text(link), state: Payload().text(ledger),
      after: version)
    let held = HeldMessage(
      message: envelope.messageID, kind: envelope.kind.rawValue, sender: envelope.sender,
      since: now, replyBy: envelope.replyBy.flatMap { Instant($0) })
    _ = try await changePartner(thread.sender, "dossier.held", envelope.messageID) {
      $0.held.append(held)
    }
    return Office.Reception(
      outcome: .held, kind: envelope.kind.rawValue, number: nil,
      sha256: incoming.digest.description, answers: try await answer(incoming, [.received, .held]))
  }

  /// Enters the message in the log of its sender and answers it.
  private mutating func answer(
    _ incoming: Incoming, _ statuses: [Receipt.Status], problems: [Receipt.Problem] = []
  ) async throws -> [Office.Answer]? {
    guard incoming.key != nil, incoming.message.envelope.kind != .receipt else { return nil }
    let sender = incoming.message.envelope.sender
    let digest = incoming.digest
    let head = try await changePartner(
      sender, "dossier.received", incoming.message.envelope.messageID
    ) { partner in
      if statuses.contains(.received) { partner.enter(digest) }
      return partner.head
    }
    return try answer(
      ReturnAddress(of: incoming.message), digest, statuses, problems: problems, head: head,
      with: incoming.key)
  }
}
