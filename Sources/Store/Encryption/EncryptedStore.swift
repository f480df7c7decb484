internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation

/// Another store, in which nothing about a person can be read without the key file.
///
/// What is sealed: records of cases, people and the exchange with their reasons, states, documents, answers, drafts,
/// names in lists. What stays readable: numbers, kinds, steps and times of cases, who acted, definitions, the access log.
/// People are found by keyed hashes. A case whose key was destroyed keeps its records, and its chain is still whole.
final class EncryptedStore: CaseStore {
  let base: any KeyedStore
  let keyring: Keyring

  /// Opens the encrypted store in `base`; makes one in an empty store.
  init(_ base: any KeyedStore, file: KeyFile) async throws {
    if try await base.key(Keyring.storeKey) == nil {
      var batch = Batch()
      batch.keys = [Keyring.new(Keyring.storeKey, wrappedBy: file.current).stored]
      // two that make the store at the same time use the key of the first
      do { _ = try await base.commit(batch) } catch let problem as Diagnostic
        where problem.code == "STORE001"
      {}
    }
    self.base = base
    keyring = try await Keyring(base, file: file)
  }

  func commit(_ batch: Batch) async throws -> CommitReceipt {
    var sealer = BatchSealer(store: self)
    let receipt = try await base.commit(sealer.seal(batch))
    if receipt.wasRepeated, let command = batch.command {
      let answer = try await text(receipt.answer, at: Place.answer(command))
      return CommitReceipt(answer: answer, wasRepeated: true)
    }
    keyring.remember(sealer.newKeys)
    try await forget(batch.erasures)
    return CommitReceipt(answer: batch.answer, wasRepeated: false)
  }

  func commit(together batches: [Batch]) async throws {
    var sealer = BatchSealer(store: self)
    var sealed: [Batch] = []
    for batch in batches { try await sealed.append(sealer.seal(batch)) }
    try await base.commit(together: sealed)
    // the new keys are left to be read when they are needed: of many cases at once few are looked at soon
    try await forget(batches.flatMap(\.erasures))
  }

  private func forget(_ erasures: [Commission.Stream]) async throws {
    guard !erasures.isEmpty else { return }
    keyring.forget(erasures.map(\.description))
    try await scrub()
  }

  func answer(to command: CommandID) async throws -> String? {
    guard let sealed = try await base.answer(to: command) else { return nil }
    return try await text(sealed, at: Place.answer(command))
  }

  func records(of stream: Commission.Stream, after sequence: Int) async throws -> [Commission
    .Record]
  {
    let records = try await base.records(of: stream, after: sequence)
    guard let name = stream.sealedWith else { return records }
    let key = try await keyring.holds(name) ? keyring.key(name) : nil
    return records.map { record in
      guard let key else { return record.opened(reason: nil, payload: "", .erased) }
      let place = Place.record(stream, record.sequence)
      guard let text = key.open(record.payload, at: place),
        let content = try? RecordContent(sealedText: text)
      else { return record.opened(reason: nil, payload: "", .altered) }
      return record.opened(reason: content.reason, payload: content.payload, .readable)
    }
  }

  func state(of stream: Commission.Stream) async throws -> StreamState? {
    guard let stored = try await base.state(of: stream) else { return nil }
    guard let name = stream.sealedWith else { return stored }
    // what was erased has no state any more, even when this process still knows its key
    guard !stored.state.isEmpty, let key = try await keyring.key(name) else {
      throw Diagnostic("STORE022", ["stream": stream.caseNumber?.description ?? name])
    }
    guard let state = key.open(stored.state, at: Place.state(stream, stored.version)) else {
      throw Diagnostic("STORE023", ["stream": stream.description])
    }
    return StreamState(version: stored.version, state: state)
  }

  /// What does not open comes back as a document that is not intact.
  func document(_ identifier: String) async throws -> StoredDocument? {
    let blind = blind(identifier)
    guard let stored = try await base.document(blind),
      let key = try await keyring.key(stored.owner)
    else { return nil }
    let place = Place.document(blind, stored.owner)
    let bytes = key.open(Data(stored.bytes), at: place)
    let context = stored.context.isEmpty ? "" : key.open(stored.context, at: place)
    return StoredDocument(
      identifier: identifier, mediaType: stored.mediaType, bytes: bytes.map { [UInt8]($0) } ?? [],
      context: context ?? "", owner: stored.owner)
  }

  /// The name of a document in the base: whoever guesses its content cannot check the guess.
  func blind(_ document: String) -> String { keyring.search.blind(document, for: "document") }

  /// Opens a text that says which key it is sealed with.
  ///
  /// - Throws: `STORE022` when its key was destroyed, `STORE023` when it was changed.
  private func text(_ sealed: String, at place: String) async throws -> String {
    let words = sealed.split(separator: " ", maxSplits: 1)
    let name = String(words.first ?? "")
    guard words.count == 2 else { throw Diagnostic("STORE023", ["stream": place]) }
    guard let key = try await keyring.key(name) else {
      throw Diagnostic("STORE022", ["stream": name])
    }
    guard let text = key.open(String(words[1]), at: place) else {
      throw Diagnostic("STORE023", ["stream": place])
    }
    return text
  }

  // MARK: Lists

  func cases(_ query: CaseQuery) async throws -> [CaseRow] {
    try await base.cases(query).map { row in
      guard !row.initials.isEmpty else { return row }
      let name: CaseName = try value(row.initials, at: Place.case(row.number))
      var row = row
      (row.initials, row.birthYear) = (name.initials, name.birthYear)
      return row
    }
  }

  func tasks(_ query: TaskQuery) async throws -> [TaskRow] {
    try await base.tasks(query).map { task in
      guard let draft = task.draft else { return task }
      var task = task
      task.draft?.document = try storeText(draft.document, at: Place.draft(task.caseNumber))
      return task
    }
  }

  func people(_ query: PersonQuery) async throws -> [PersonRow] {
    let sealed: PersonQuery =
      switch query {
      case .identifier: query
      case .personalNumber(let number):
        .personalNumber(keyring.search.blind(number, for: "personal number"))
      case .words(let words):
        .words(words.map { keyring.search.blind($0, for: "name") })
      }
    let rows = try await base.people(sealed).map { row -> PersonRow in
      let person: PersonIdentity = try value(row.search, at: Place.person(row.identifier))
      return person.row(row.identifier)
    }
    return rows.sorted { ($0.search, $0.identifier) < ($1.search, $1.identifier) }
  }

  func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    try await base.outbox(case: number).map(opened)
  }

  func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    try await base.unanswered(dueBy: instant).map(opened)
  }

  func lease(
    dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    let work = try await base.lease(
      dueBy: instant, messages: messages, seconds: seconds, limit: limit)
    return try DueWork(timers: work.timers, messages: work.messages.map(opened))
  }

  private func opened(_ message: OutboxMessage) throws -> OutboxMessage {
    var message = message
    message.document = try storeText(message.document, at: Place.message(message.identifier))
    return message
  }

  private func value<Value: JSONStored>(_ sealed: String, at place: String) throws -> Value {
    let text = try storeText(sealed, at: place)
    guard let value = try? Value(storedText: text) else {
      throw Diagnostic("STORE023", ["stream": place])
    }
    return value
  }

  private func storeText(_ sealed: String, at place: String) throws -> String {
    guard let text = keyring.store.open(sealed, at: place) else {
      throw Diagnostic("STORE023", ["stream": place])
    }
    return text
  }

  // MARK: What is not sealed

  func heads(of prefix: String) async throws -> [StreamHead] { try await base.heads(of: prefix) }

  func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try await base.timers(dueBy: instant)
  }

  func subscriptions(to name: String, correlationKey: String) async throws -> [SubscriptionRow] {
    try await base.subscriptions(to: name, correlationKey: correlationKey)
  }

  func lines(of number: CaseNumber) async throws -> CaseLines {
    try await base.lines(of: number)
  }

  func undelivered() async throws -> [String] { try await base.undelivered() }

  func definitions() async throws -> [StoredDefinition] { try await base.definitions() }

  func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try await base.definitions(of: kind)
  }

  func note(_ reading: RecordDraft, in stream: Commission.Stream) async throws {
    precondition(stream.sealedWith == nil, "an access log has no content to seal")
    try await base.note(reading, in: stream)
  }

  func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    try await base.headsBeyondTree(limit: limit)
  }

  func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    try await base.leaves(from: position, limit: limit)
  }

  var canErase: Bool { true }

  func scrub() async throws { try await base.scrub() }

  func waitForWork(seconds: Int) async throws { try await base.waitForWork(seconds: seconds) }
}

extension Commission.Stream {
  /// The name of the key that seals its records; `nil` for what holds nothing of a person and is to be checked by others.
  var sealedWith: String? {
    switch Substring(description.utf8.prefix { $0 != UInt8(ascii: "/") }) {
    case "case", "person": description
    case "access", "register", "definitions", "checkpoints", "keys": nil
    default: Keyring.storeKey
    }
  }
}
