internal import Diagnostics
public import Dossier
internal import FEEL

/// Messages that leave: numbered, chained and sealed.
extension Office {
  /// The messages that were sent for a case, sealed with `key`; each is sealed once and then always the same bytes.
  ///
  /// One thread for each case and receiver: a receiver sees when one is missing.
  /// - Throws: `CASE022` when nothing was sent yet; `DOSS045` when `key` is not a key of this office that is in force.
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

  private func sealed(
    _ xml: [UInt8], of message: OutboxMessage, with key: SealKey
  ) async throws -> [UInt8] {
    let stream = Stream.channel(to: message.receiver, of: message.caseNumber)
    let digest = try await perform("dossier.sealed") { work in
      let stored = try await work.store.state(of: stream)
      var sent =
        try stored.map { try Payload().value(ChannelLedger.self, from: $0.state) }
        ?? ChannelLedger()
      if let known = sent.applied.first(where: { $0.messageID == message.identifier }) {
        return known.digest.description
      }
      let previous = sent.applied.last?.digest
      let placed = try DossierMessage.placing(
        xml, thread: work.identifier(from: "thread|\(message.caseNumber)|\(message.receiver)"),
        sequence: sent.nextSequence, previous: previous, file: message.identifier)
      let sealed = try key.sealing(placed, file: message.identifier)
      let link = ChannelLedger.Link(
        messageID: message.identifier, sequence: sent.nextSequence, previous: previous,
        digest: Digest(of: sealed))
      sent.apply(link)
      work.store(StoredDocument(mediaType: "application/xml", bytes: sealed))
      try await work.note(
        "dossier.sealed", in: stream, Payload().text(link), state: Payload().text(sent),
        after: stored?.version ?? 0)
      return link.digest.description
    }
    guard let document = try await store.document(digest) else {
      throw Diagnostic("STORE004", ["document": digest])
    }
    return document.bytes
  }

  private func check(_ key: SealKey) async throws {
    let keys = try await keys()
    let owner = authority.commission
    let moment = now.utcTime
    let standing = keys.standing(
      of: key.name, owner: owner, use: .seal, created: moment, receivedAt: moment)
    guard standing == .good, keys.entry(key.name, owner: owner)?.publicKey == key.publicKey else {
      throw Diagnostic("DOSS045", ["key": key.name, "sender": owner])
    }
  }
}
