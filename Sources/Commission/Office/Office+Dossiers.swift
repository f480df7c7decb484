internal import BPMN
internal import Diagnostics
public import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Files from and for other agencies.
extension Office {
  /// What became of a received file.
  public struct Reception: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable {
      case opened, continued, already
      /// Kept until the messages before it are here.
      case held
    }

    public let outcome: Outcome
    public let kind: String
    /// `nil`: it is held, so that nothing is decided yet.
    public let number: CaseNumber?
    public let sha256: String
  }

  /// Reads and checks a file without storing anything.
  ///
  /// - Throws: the refusal, with every problem of the first layer that finds any.
  public func validate(_ bytes: [UInt8], file: String) async throws -> DossierMessage {
    try await open(bytes, file: file).message
  }

  private func open(_ bytes: [UInt8], file: String) async throws -> DossierReceiver.Received {
    let received = try await receiver().receive(bytes, file: file, receivedAt: now.utcTime)
    let set = try await currentDefinitions(for: received.message.envelope.profile)
    for document in received.message.documents {
      _ = try Commission.answers(of: document, in: set)
    }
    return received
  }

  /// Takes a file in: opens a case or goes on with one. The same message again gives the first answer.
  ///
  /// - Throws: the refusal; then nothing of the file is stored but that it was refused, and why.
  public func receive(_ bytes: [UInt8], file: String) async throws -> Reception {
    do {
      return try await accept(bytes, file: file)
    } catch let problem as Diagnostic where !problem.code.hasPrefix("STORE") {
      let codes = ([problem] + problem.causes).map(\.code).removingRepeats()
      _ = try await perform("dossier.refused") { work in
        let note = Refusal(sha256: fingerprint(bytes), size: bytes.count, codes: codes)
        try await work.note("dossier.refused", in: .interchange, Payload().text(note))
        return 0
      }
      throw problem
    }
  }

  private func accept(_ bytes: [UInt8], file: String) async throws -> Reception {
    let received = try await open(bytes, file: file)
    let message = received.message
    let digest = received.digest.description
    let command = CommandID("dossier/\(message.envelope.messageID)")
    if let text = try await store.answer(to: command) {
      let first = try Payload().value(Reception.self, from: text)
      guard first.sha256 == digest else {
        throw Diagnostic("DOSS020", ["message": message.envelope.messageID])
      }
      if received.link != nil { try await takeDue(in: ChannelThread(of: message)) }
      return Reception(
        outcome: .already, kind: first.kind, number: first.number, sha256: digest)
    }
    if received.link != nil {
      return try await takeInTurn(received, bytes: bytes, command: command)
    }
    return try await perform("dossier.received", command: command) { work in
      var intake = Intake(work: work, message: message, digest: digest, raw: bytes)
      let reception = try await intake.take()
      work = intake.work
      return reception
    }
  }

  /// Takes a message that has its place in a thread: now, or when the ones before it are here.
  private func takeInTurn(
    _ received: DossierReceiver.Received, bytes: [UInt8], command: CommandID
  ) async throws -> Reception {
    let message = received.message
    let thread = ChannelThread(of: message)
    let link = try received.placed()
    guard try await thread.ledger(in: store).ledger.placement(of: link) == .next else {
      return try await hold(received, link, bytes: bytes, in: thread)
    }
    let reception = try await perform("dossier.received", command: command) { work in
      var (ledger, version) = try await thread.ledger(in: work.store)
      guard try ledger.placement(of: link) == .next else { throw Diagnostic("STORE001") }
      ledger.apply(link)
      var intake = Intake(
        work: work, message: message, digest: received.digest.description, raw: bytes)
      let reception = try await intake.take()
      work = intake.work
      try await work.note(
        "dossier.received", in: thread.stream, Payload().text(link), state: Payload().text(ledger),
        after: version)
      return reception
    }
    try await takeDue(in: thread)
    return reception
  }

  /// Keeps a message until the ones before it are here.
  private func hold(
    _ received: DossierReceiver.Received, _ link: ChannelLedger.Link, bytes: [UInt8],
    in thread: ChannelThread
  ) async throws -> Reception {
    _ = try await perform("dossier.held") { work in
      var (ledger, version) = try await thread.ledger(in: work.store)
      guard try ledger.placement(of: link) == .held else { throw Diagnostic("STORE001") }
      ledger.hold(link)
      work.store(StoredDocument(mediaType: "application/xml", bytes: bytes))
      try await work.note(
        "dossier.held", in: thread.stream, Payload().text(link), state: Payload().text(ledger),
        after: version)
      return 0
    }
    return Reception(
      outcome: .held, kind: received.message.envelope.kind.rawValue, number: nil,
      sha256: received.digest.description)
  }

  /// Takes the messages that waited for the one that came. One that is refused now gives its number free.
  private func takeDue(in thread: ChannelThread) async throws {
    guard let due = try await thread.ledger(in: store).ledger.due else { return }
    guard let document = try await store.document(due.digest.description) else {
      throw Diagnostic("STORE004", ["document": due.digest.description])
    }
    do {
      _ = try await receive(document.bytes, file: due.messageID)
    } catch let problem as Diagnostic where !problem.code.hasPrefix("STORE") {
      _ = try await perform("dossier.dropped") { work in
        var (ledger, version) = try await thread.ledger(in: work.store)
        ledger.drop(due)
        try await work.note(
          "dossier.dropped", in: thread.stream, Payload().text(due), state: Payload().text(ledger),
          after: version)
        return 0
      }
    }
  }

  /// The messages that were sent for a case.
  ///
  /// - Throws: `CASE022` when nothing was sent yet.
  public func exported(_ number: CaseNumber) async throws -> [(
    message: OutboxMessage, xml: [UInt8]
  )] {
    var result: [(OutboxMessage, [UInt8])] = []
    for message in try await store.outbox(case: number) {
      guard let document = try await store.document(message.document) else {
        throw Diagnostic("STORE004", ["document": message.document])
      }
      result.append((message, document.bytes))
    }
    guard !result.isEmpty else { throw Diagnostic("CASE022", ["number": number.description]) }
    return result
  }

  /// Who reads the files: knows the schemas of all forms that are in force.
  private func receiver() async throws -> DossierReceiver {
    let deployed = try await store.heads(of: Stream.definitions.description).first?.hash ?? ""
    let known = try await store.heads(of: Stream.keys.description).first?.hash ?? ""
    let day = DateTime(now, in: Zone(named: "Asia/Baku") ?? .utc)?.day.description ?? ""
    let key = "\(authority.commission) \(authority.isTest) \(day) \(deployed) \(known)"
    return try await definitions.receiver(key) { try await newReceiver() }
  }

  private func newReceiver() async throws -> DossierReceiver {
    let definitions = try await store.definitions()
    var schemas: [String: [UInt8]] = [:]
    for profile in Set(definitions.map(\.profile)).subtracting(["any"]).sorted() {
      let set = try await currentDefinitions(for: profile)
      for identifier in set.formIdentifiers {
        let form = try set.form(identifier)
        schemas[form.namespace] = form.schema()
      }
    }
    return try DossierReceiver(
      receiver: authority.commission,
      envelopeSchema: Resources.bytes("Schemas/dossier-1.0.xsd") ?? [],
      sealSchema: Resources.bytes("Schemas/seal-1.0.xsd") ?? [], formSchemas: schemas,
      acceptsTest: authority.isTest,
      seals: authority.isTest ? .optional(try await keys()) : .required(try await keys()))
  }
}

/// What is kept of a refused file: nothing of its content.
private struct Refusal: Codable {
  let sha256: String
  let size: Int
  let codes: [String]
}

/// The answers in a document of a dossier, checked by its form.
///
/// - Throws: `DOSS021` when the form is not known; `FORM012` with every problem.
func answers(of document: DossierDocument, in set: DefinitionSet) throws -> Answers {
  guard let form = try? set.form(document.form) else {
    throw Diagnostic("DOSS021", ["form": document.form], at: document.content.location)
  }
  let issued = Instant(document.issuedAt) ?? Instant(seconds: 0)
  let (answers, problems) = try Answers.read(
    document.content, of: form, now: set.calendar.wallTime(at: issued))
  guard problems.isEmpty else {
    throw Diagnostic("FORM012", ["count": "\(problems.count)"], causes: problems)
  }
  return answers
}

/// One thread of messages from one agency, as it is kept.
private struct ChannelThread {
  let stream: Stream

  init(of message: DossierMessage) {
    stream = .channel(
      from: message.envelope.sender, thread: message.envelope.thread ?? "")
  }

  /// What came so far, and the version of the stream that says so.
  func ledger(in store: any CaseStore) async throws -> (ledger: ChannelLedger, version: Int) {
    guard let stored = try await store.state(of: stream) else { return (ChannelLedger(), 0) }
    return (try Payload().value(ChannelLedger.self, from: stored.state), stored.version)
  }
}

extension DossierReceiver.Received {
  /// The place in the thread, which is known to be there.
  ///
  /// - Throws: `DOSS055` when it is not.
  fileprivate func placed() throws -> ChannelLedger.Link {
    guard let link else { throw Diagnostic("DOSS055") }
    return link
  }
}
