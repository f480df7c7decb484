public import Diagnostics
public import Dossier
internal import FEEL

/// Taking in what other agencies send.
///
/// What the format layers refuse (bytes, schema, seal, manifest, envelope, place in the thread) was never part of its
/// thread: its number stays free. What has its place is kept, and its number is taken even when its content is refused.
extension Office {
  /// What became of a received file.
  public struct Reception: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable {
      case opened, continued, already
      /// Kept until the messages before it are here.
      case held
      /// Kept for people to read: it belongs to no case of this office.
      case filed
      /// An answer to a message of ours.
      case noted
      /// Refused when it first came; the same answer stands.
      case rejected
    }

    public let outcome: Outcome
    public let kind: String
    /// `nil`: it belongs to no case, or nothing is decided yet.
    public let number: CaseNumber?
    public let sha256: String
    /// The sealed answers to it; none without a key.
    public var answers: [Answer]?

    init(
      outcome: Outcome, kind: String, number: CaseNumber?, sha256: String, answers: [Answer]? = nil
    ) {
      self.outcome = outcome
      self.kind = kind
      self.number = number
      self.sha256 = sha256
      self.answers = answers
    }
  }

  /// What was done with a file that came in.
  public struct Handling: Sendable {
    /// `nil`: it was refused.
    public let reception: Reception?
    public let refusal: Diagnostic?
    /// Answers that were given before and are to be given again; new ones are in the outbox.
    public let repeated: [Answer]
  }

  /// Takes a file in: opens a case or goes on with one. The same message again gives the first answer.
  ///
  /// - Throws: the refusal; then nothing of the file is stored but that it was refused, and why.
  public func receive(_ bytes: [UInt8], file: String) async throws -> Reception {
    let handling = try await handle(bytes, file: file, answeringWith: nil)
    if let refusal = handling.refusal { throw refusal }
    guard let reception = handling.reception else { throw Diagnostic("STORE001") }
    return reception
  }

  /// Takes a file in and answers its sender.
  ///
  /// - Parameter key: seals the answers; `nil`: there are none.
  /// - Throws: the codes of the store; a refusal is a result.
  public func handle(
    _ bytes: [UInt8], file: String, answeringWith key: SealKey?
  ) async throws -> Handling {
    var attempt = 1
    while true {
      do {
        let file = try await OpenedFile(bytes: bytes, name: file, by: receiver(), at: now)
        return try await handle(file, answeringWith: key)
      } catch let problem as Diagnostic where problem.code == "STORE001" && attempt < 20 {
        // another worker took a message of this thread in between
        attempt += 1
      }
    }
  }

  /// The same for a file that was opened before.
  ///
  /// - Throws: `STORE001` when another worker took a message of its thread meanwhile: open it again.
  func handle(_ file: OpenedFile, answeringWith key: SealKey?) async throws -> Handling {
    let received: DossierReceiver.Received
    switch file.content {
    case .success(let content): received = content
    case .failure(let problem): return try await refused(file.bytes, problem, key: key)
    }
    let incoming = Incoming(received: received, bytes: file.bytes, forms: file.forms, key: key)
    if let text = try await store.answer(to: incoming.command) {
      let first = try Payload().value(Reception.self, from: text)
      return try await again(first, incoming)
    }
    do {
      guard let link = received.link else { return try await takeAlone(incoming) }
      let thread = ChannelThread(of: received.message)
      switch try await thread.ledger(in: store).ledger.placement(of: link) {
      case .held: return try await hold(incoming, link, in: thread)
      case .next: return try await takeInTurn(incoming, link, in: thread)
      // it was taken since we looked for its answer
      case .repeated: throw Diagnostic("STORE001")
      }
    } catch let problem as Diagnostic where !problem.isOfTheStore {
      return try await refused(file.bytes, problem, key: key)
    }
  }

  /// The first answer once more.
  private func again(_ first: Reception, _ incoming: Incoming) async throws -> Handling {
    guard first.sha256 == incoming.digest.description else {
      let message = incoming.message.envelope.messageID
      return try await refused(
        incoming.bytes, Diagnostic("DOSS020", ["message": message]), key: incoming.key)
    }
    if incoming.received.link != nil {
      try await takeDue(in: ChannelThread(of: incoming.message), key: incoming.key)
    }
    let reception = Reception(
      outcome: first.outcome == .rejected ? .rejected : .already, kind: first.kind,
      number: first.number, sha256: first.sha256, answers: first.answers)
    return Handling(reception: reception, refusal: nil, repeated: first.answers ?? [])
  }

  /// Notes that a file was refused, and tells its sender where one can be told and is known here.
  private func refused(
    _ bytes: [UInt8], _ problem: Diagnostic, key: SealKey?
  ) async throws -> Handling {
    let digest = Digest(of: bytes)
    let codes = ([problem] + problem.causes).map(\.code).removingRepeats()
    var address = key == nil ? nil : ReturnAddress(claimedIn: bytes)
    if let sender = address?.sender {
      let isKnown = try await keys().entries.contains { $0.owner == sender }
      if !isKnown || address?.receiver != authority.commission { address = nil }
    }
    let command = address.map { _ in
      CommandID("refused/\(digest)/\(codes.joined(separator: "/"))")
    }
    if let command, let answers = try await store.answer(to: command) {
      return Handling(
        reception: nil, refusal: problem,
        repeated: try Payload().value([Answer].self, from: answers))
    }
    _ = try await perform("dossier.refused", command: command) { [address] work in
      let note = Refusal(sha256: digest.description, size: bytes.count, codes: codes)
      try await work.note("dossier.refused", in: .interchange, Payload().text(note))
      guard let address else { return [Answer]() }
      return try work.answer(
        address, digest, [.rejected], problems: Receipt.Problem.all(of: problem), with: key)
    }
    return Handling(reception: nil, refusal: problem, repeated: [])
  }

  /// Takes a message that has no place in a thread.
  private func takeAlone(_ incoming: Incoming) async throws -> Handling {
    let reception = try await perform("dossier.received", command: incoming.command) { work in
      try await work.take(incoming, statuses: [.received, .accepted])
    }
    return Handling(reception: reception, refusal: nil, repeated: [])
  }

  /// Takes the message that is next in its thread, and those that waited for it.
  private func takeInTurn(
    _ incoming: Incoming, _ link: ChannelLedger.Link, in thread: ChannelThread
  ) async throws -> Handling {
    let handling: Handling
    do {
      let reception = try await perform("dossier.received", command: incoming.command) { work in
        let wasHeld = try await work.enter(incoming, link, in: thread)
        return try await work.take(
          incoming, statuses: wasHeld ? [.accepted] : [.received, .accepted])
      }
      handling = Handling(reception: reception, refusal: nil, repeated: [])
    } catch let problem as Diagnostic where !problem.isOfTheStore {
      _ = try await perform("dossier.rejected", command: incoming.command) { work in
        let wasHeld = try await work.enter(incoming, link, in: thread)
        return try await work.reject(
          incoming, problem, statuses: wasHeld ? [.rejected] : [.received, .rejected])
      }
      handling = Handling(reception: nil, refusal: problem, repeated: [])
    }
    try await takeDue(in: thread, key: incoming.key)
    return handling
  }

  /// Keeps a message until the ones before it are here.
  private func hold(
    _ incoming: Incoming, _ link: ChannelLedger.Link, in thread: ChannelThread
  ) async throws -> Handling {
    if let text = try await store.answer(to: incoming.holding) {
      let first = try Payload().value(Reception.self, from: text)
      return Handling(reception: first, refusal: nil, repeated: first.answers ?? [])
    }
    let reception = try await perform("dossier.held", command: incoming.holding) { work in
      try await work.hold(incoming, link, in: thread)
    }
    return Handling(reception: reception, refusal: nil, repeated: [])
  }

  /// Takes the messages that waited for the one that came. One that turns out not to follow it is let go: its number is
  /// free again.
  private func takeDue(in thread: ChannelThread, key: SealKey?) async throws {
    guard let due = try await thread.ledger(in: store).ledger.due else { return }
    guard let document = try await store.document(due.digest.description) else {
      throw Diagnostic("STORE004", ["document": due.digest.description])
    }
    _ = try await handle(document.bytes, file: due.messageID, answeringWith: key)
    guard try await thread.ledger(in: store).ledger.due == due else { return }
    _ = try await perform("dossier.dropped") { work in
      var (ledger, version) = try await thread.ledger(in: work.store)
      ledger.drop(due)
      try await work.note(
        "dossier.dropped", in: thread.stream, Payload().text(due), state: Payload().text(ledger),
        after: version)
      _ = try await work.changePartner(thread.sender, "dossier.dropped", due.messageID) {
        $0.held.removeAll { $0.message == due.messageID }
      }
      return 0
    }
  }
}

/// A file with what the format layers have found in it.
struct OpenedFile: Sendable {
  let name: String
  let bytes: [UInt8]
  /// The message, or the refusal.
  let content: Result<DossierReceiver.Received, Diagnostic>
  /// Its forms, where they were read already.
  private(set) var forms: FilledForms?

  init(bytes: [UInt8], name: String, by receiver: DossierReceiver, at now: Instant) throws {
    self.bytes = bytes
    self.name = name
    do {
      content = .success(try receiver.receive(bytes, file: name, receivedAt: now.utcTime))
    } catch let problem as Diagnostic {
      content = .failure(problem)
    }
  }

  /// Reads the forms of the message, when they are for this office to check.
  mutating func fillForms(for office: Office) async {
    guard case .success(let received) = content, !received.message.envelope.kind.isFiled,
      let set = try? await office.currentDefinitions(for: received.message.envelope.profile)
    else { return }
    forms = FilledForms(of: received.message, in: set, language: office.language)
  }
}

/// A file that the format layers have found to be right.
struct Incoming {
  let received: DossierReceiver.Received
  let bytes: [UInt8]
  let forms: FilledForms?
  /// Seals the answers.
  let key: SealKey?

  var message: DossierMessage { received.message }
  var digest: Digest { received.digest }
  /// Ids are unique for each sender: nobody can use up those of another.
  var command: CommandID { Self.command(for: message.envelope.messageID, from: sender) }
  var holding: CommandID { CommandID("held/\(sender)/\(message.envelope.messageID)") }

  private var sender: String { message.envelope.sender }

  static func command(for message: String, from sender: String) -> CommandID {
    CommandID("dossier/\(sender)/\(message)")
  }
}

/// What is kept of a refused file: nothing of its content.
private struct Refusal: Codable {
  let sha256: String
  let size: Int
  let codes: [String]
}

/// One thread of messages from one agency, as it is kept.
struct ChannelThread {
  let sender: String
  let stream: Stream

  init(of message: DossierMessage) {
    sender = message.envelope.sender
    stream = .channel(from: sender, thread: message.envelope.thread ?? "")
  }

  /// What came so far, and the version of the stream that says so.
  func ledger(in store: any CaseStore) async throws -> (ledger: ChannelLedger, version: Int) {
    guard let stored = try await store.state(of: stream) else { return (ChannelLedger(), 0) }
    return (try Payload().value(ChannelLedger.self, from: stored.state), stored.version)
  }
}

extension Diagnostic {
  /// Whether it is about the store, not about what was asked of it.
  var isOfTheStore: Bool { code.hasPrefix("STORE") }
}
