internal import Diagnostics
internal import Dossier
internal import FEEL

/// Sealed answers to what other agencies send: `received`, then `accepted` or `rejected`; `held` in between.
extension Work {
  /// Writes one answer of each of `statuses` and puts them into the outbox. Without a key there is none, and a receipt
  /// is never answered.
  mutating func answer(
    _ address: ReturnAddress, _ digest: Digest, _ statuses: [Receipt.Status],
    problems: [Receipt.Problem] = [], head: Receipt.Head? = nil, with key: SealKey?
  ) throws -> [Office.Answer] {
    guard let key, address.kind != .receipt else { return [] }
    return try statuses.map { status in
      let receipt = Receipt(
        status: status, of: address.messageID, digest: digest, receivedAt: now.utcTime, log: head,
        problems: status == .rejected ? problems : [])
      let codes = receipt.problems.map(\.code).joined(separator: " ")
      let name = identifier(from: "receipt|\(status)|\(address.messageID)|\(digest)|\(codes)")
      let message = DossierMessage(
        envelope: DossierEnvelope(
          messageID: name, kind: .receipt, sender: authority.commission, receiver: address.sender,
          caseReference: nil, inReplyTo: address.messageID, created: now.description,
          profile: address.profile, isTest: authority.isTest), receipt: receipt)
      let document = StoredDocument(
        mediaType: "application/xml", bytes: try key.sealing(message.xml(), file: name))
      store(document)
      let answer = Office.Answer(
        message: name, receiver: address.sender, document: document.identifier)
      send(answer.outgoing(at: now))
      return answer
    }
  }
}

extension Receipt.Problem {
  /// The problems of a refusal in the three languages.
  static func all(of refusal: Diagnostic) -> [Receipt.Problem] {
    let catalogues = Language.allCases.map { Messages($0) }
    return all(of: refusal) { problem in
      Dictionary(
        uniqueKeysWithValues: catalogues.map { ($0.language.rawValue, $0.sentence(problem)) })
    }
  }
}
