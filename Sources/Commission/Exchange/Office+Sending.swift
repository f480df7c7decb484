internal import Diagnostics
public import Dossier
internal import FEEL
internal import XML

/// Messages that leave: written by hand or by a case, numbered, chained and sealed.
extension Office {
  /// Takes a message that another program wrote for another agency; the worker numbers, seals and hands it over.
  ///
  /// - Throws: the refusal its receiver would give; `DOSS071` when it is not from this office or carries what only the
  ///   sending office may give: seal, thread, number, answer.
  public func send(_ bytes: [UInt8], file: String) async throws -> OutboxMessage {
    let root = try Element(parsing: bytes, file: file, limits: .message)
    let receiver = root.child("Envelope")?.child("Receiver")?["code"] ?? ""
    let message = try await self.receiver(reading: receiver)
      .receive(bytes, file: file, receivedAt: now.utcTime).message
    let envelope = message.envelope
    guard envelope.sender == authority.commission, envelope.kind != .receipt,
      envelope.thread == nil, envelope.sequence == nil, envelope.previous == nil,
      root.child("Signature", in: SealProfile.namespace) == nil
    else {
      throw Diagnostic(
        "DOSS071", ["us": authority.commission], at: root.child("Envelope")?.location)
    }
    let document = StoredDocument(mediaType: "application/xml", bytes: bytes)
    let outgoing = OutboxMessage(
      identifier: envelope.messageID, caseNumber: nil, kind: envelope.kind.rawValue,
      receiver: receiver, at: now, document: document.identifier)
    let command = CommandID("send/\(envelope.messageID)")
    let first = try await perform("dossier.queued", command: command) { work in
      work.store(document)
      work.send(outgoing)
      try await work.note(
        "dossier.queued", in: .interchange,
        Payload().text(["message": outgoing.identifier, "document": outgoing.document]))
      return outgoing.document
    }
    guard first == outgoing.document else {
      throw Diagnostic("DOSS020", ["message": outgoing.identifier])
    }
    return outgoing
  }

  /// Sends a paper of a case to another agency; the worker numbers, seals and hands it over.
  ///
  /// - Parameters:
  ///   - name: of a document that was issued or filled at a task; the newest of that name.
  ///   - kind: one that its receiver keeps for people to read.
  ///   - receiver: the code of an agency that this office knows.
  /// - Throws: `USER004`; `DOSS081` for another kind; `DOSS083` for another receiver; `TASK509` when there is no such
  ///   document; `DOSS037` when messages of that kind do not bring it.
  public func forward(
    _ name: String, of number: CaseNumber, as kind: DossierKind, to receiver: String,
    command: CommandID? = nil
  ) async throws -> OutboxMessage {
    try require(.forwardPapers)
    guard kind.isFiled, kind != .correction else {
      let known = DossierKind.allCases.filter { $0.isFiled && $0 != .correction }.map(\.rawValue)
      throw Diagnostic(
        "DOSS081", ["kind": kind.rawValue, "known": known.sorted().joined(separator: ", ")])
    }
    try await checkKnown(receiver)
    let identifier = try await perform("dossier.forwarded", command: command) { work in
      let document = try await work.loaded(number).state.document(name)
      guard let form = document?.form ?? document?.name else {
        throw Diagnostic("TASK509", ["document": name])
      }
      guard kind.allowedForms.contains(form), form != "identity" else {
        throw Diagnostic("DOSS037", ["form": form, "kind": kind.rawValue])
      }
      return try await work.sendDossier(
        kind, about: name, of: [.issued, .answers], to: receiver, in: number
      ).identifier
    }
    guard
      let sent = try await store.outbox(case: number).first(where: { $0.identifier == identifier })
    else { throw Diagnostic("STORE004", ["document": identifier]) }
    return sent
  }

  /// An agency is known by the tables of the office, by its key, or because messages came from it.
  ///
  /// - Throws: `DOSS083` for any other.
  private func checkKnown(_ agency: String) async throws {
    let owners = try await keys().entries.filter { $0.use == .seal }.map(\.owner)
    let known = Set(authority.agencies + owners)
    guard !known.contains(agency), try await store.state(of: .partner(agency)) == nil else {
      return
    }
    let others = known.subtracting([authority.commission]).sorted()
    throw Diagnostic(
      "DOSS083",
      [
        "agency": String(agency.prefix(60)),
        "known": others.isEmpty ? "–" : others.joined(separator: ", "),
      ])
  }

  /// The messages that were sent for a case, sealed with `key`; each is sealed once and then always the same bytes.
  ///
  /// One thread for each case and receiver: a receiver sees when one is missing.
  /// - Throws: `CASE022` when nothing was sent yet; what `check` throws.
  public func sealed(
    _ number: CaseNumber, with key: SealKey
  ) async throws -> [(message: OutboxMessage, xml: [UInt8])] {
    try await check(key)
    var result: [(message: OutboxMessage, xml: [UInt8])] = []
    for (message, xml) in try await exported(number) {
      result.append((message, try await sealed(xml, of: message, with: key)))
    }
    return result
  }

  /// The sealed bytes of a message; from its first sealing on its answer is waited for.
  func sealed(
    _ xml: [UInt8], of message: OutboxMessage, with key: SealKey
  ) async throws -> [UInt8] {
    let subject = try Self.subject(of: message, xml)
    let digest = try await perform("dossier.sealed") { work in
      let thread = work.identifier(from: "thread|\(subject)|\(message.receiver)")
      let stream = Stream.channel(to: message.receiver, thread: thread)
      let stored = try await work.store.state(of: stream)
      var sent =
        try stored.map { try Payload().value(ChannelLedger.self, from: $0.state) }
        ?? ChannelLedger()
      if let known = sent.applied.first(where: { $0.messageID == message.identifier }) {
        return known.digest.description
      }
      let previous = sent.applied.last?.digest
      let replyBy = Instant(seconds: work.now.seconds + AwaitedAnswer.term)
      let placed = try DossierMessage.placing(
        xml, thread: thread, sequence: sent.nextSequence, previous: previous,
        created: work.now.utcTime, replyBy: replyBy.utcTime, file: message.identifier)
      let sealed = try key.sealing(placed, file: message.identifier)
      let link = ChannelLedger.Link(
        messageID: message.identifier, sequence: sent.nextSequence, previous: previous,
        digest: Digest(of: sealed))
      sent.apply(link)
      work.store(
        StoredDocument(mediaType: "application/xml", bytes: sealed, of: message.caseNumber))
      try await work.note(
        "dossier.sealed", in: stream, Payload().text(link), state: Payload().text(sent),
        after: stored?.version ?? 0)
      let awaited = AwaitedAnswer(
        message: message.identifier, kind: message.kind, receiver: message.receiver,
        caseNumber: message.caseNumber, digest: link.digest.description, sentAt: work.now)
      try work.expectAnswer(awaited)
      return link.digest.description
    }
    guard let document = try await store.document(digest) else {
      throw Diagnostic("STORE004", ["document": digest])
    }
    return document.bytes
  }

  /// What the messages of one thread are about: a case by whoever numbered it, else the message itself.
  private static func subject(of message: OutboxMessage, _ xml: [UInt8]) throws -> String {
    let envelope = try Element(parsing: xml, file: message.identifier, limits: .message)
      .child("Envelope")
    guard let reference = envelope?.child("CaseRef"), let assigner = reference["assigner"] else {
      return message.identifier
    }
    return "\(assigner)/\(reference.text)"
  }

  /// - Throws: `DOSS045`, `DOSS084` to `DOSS087` when `key` is not a key of this office that is in force.
  public func check(_ key: SealKey) async throws {
    let moment = now.utcTime
    try await keys().check(key, of: authority.commission, created: moment, now: moment)
  }
}
