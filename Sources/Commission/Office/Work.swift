internal import BPMN
internal import Diagnostics
internal import FEEL
internal import Foundation

/// One command at work: what it has read, and what it will write in one transaction.
///
/// Streams are read when they are first needed. Nothing is written before the batch is committed.
struct Work {
  let store: any CaseStore
  let definitions: DefinitionCache
  let actor: String
  let now: Instant
  /// The language of the rules that a form names.
  let language: Language
  var reason: String?
  /// Whom the actor stands in for.
  var onBehalfOf: String?
  private(set) var authority: Authority
  private(set) var batch = Batch()
  private var cases: [CaseNumber: LoadedCase] = [:]
  private var people: [String: (version: Int, person: Person)] = [:]
  private var registers: [Stream: (version: Int, drafts: [RecordDraft])] = [:]
  private var partners: [String: (version: Int, partner: Partner, drafts: [RecordDraft])] = [:]
  /// The case that the command is about; the first one it touches.
  private(set) var order: [CaseNumber] = []

  init(
    store: any CaseStore, definitions: DefinitionCache, authority: Authority, actor: String,
    now: Instant, language: Language
  ) {
    self.store = store
    self.definitions = definitions
    self.authority = authority
    self.actor = actor
    self.now = now
    self.language = language
  }

  // MARK: Cases

  /// The case as this command has left it so far.
  ///
  /// - Throws: `CASE011` when there is none.
  mutating func loaded(_ number: CaseNumber) async throws -> LoadedCase {
    if let loaded = cases[number] { return loaded }
    guard let stored = try await store.state(of: .case(number)) else {
      throw Diagnostic("CASE011", ["number": number.description])
    }
    let payload = try await CaseReader(store: store).payload(for: [stored.state])
    let state = try payload.value(CaseState.self, from: stored.state)
    let set = try await definitions.set(state.definitions, in: store)
    let loaded = LoadedCase(version: stored.version, state: state, set: set, payload: payload)
    put(loaded)
    return loaded
  }

  mutating func put(_ loaded: LoadedCase) {
    if cases[loaded.number] == nil { order.append(loaded.number) }
    cases[loaded.number] = loaded
  }

  /// Changes a case that was loaded or opened before.
  mutating func change(_ number: CaseNumber, _ body: (inout LoadedCase) throws -> Void) async throws
  {
    var loaded = try await loaded(number)
    // the only copy is changed in its place
    cases[number] = nil
    defer { cases[number] = loaded }
    try body(&loaded)
  }

  mutating func record(_ event: CaseEvent, in number: CaseNumber) async throws {
    try await change(number) { $0.record(event) }
  }

  // MARK: Documents, messages, people

  /// A document that a case owns goes with it when it is erased.
  mutating func store(_ document: StoredDocument) {
    let copies = batch.documents.filter { $0.identifier == document.identifier }
    guard !copies.contains(where: { $0.owner == document.owner || document.owner.isEmpty }) else {
      return
    }
    batch.documents.removeAll { $0.identifier == document.identifier && $0.owner.isEmpty }
    batch.documents.append(document)
  }

  /// Makes the content of a case or person, read at `version`, unreadable for ever; a change in between is noticed.
  mutating func erase(_ stream: Stream, after version: Int) {
    batch.erasures.append(stream)
    batch.appends.append(
      Batch.Append(
        to: stream, after: version, records: [draft(kind: ErasureList.mark, payload: "")],
        state: ""))
  }

  mutating func send(_ message: OutboxMessage) { batch.outbox.append(message) }

  mutating func deliver(_ message: OutboxMessage) {
    batch.deliveries.append(Batch.Delivery(message: message.identifier, at: now))
  }

  /// The person of that identifier.
  mutating func person(_ identifier: String) async throws -> Person {
    try await readPerson(identifier).person
  }

  /// The person of that identifier, with the number of records they were read with.
  mutating func readPerson(_ identifier: String) async throws -> (version: Int, person: Person) {
    if let entry = people[identifier] { return entry }
    guard !identifier.isEmpty else { throw Diagnostic("TASK510") }
    guard let stored = try await store.state(of: .person(identifier)) else {
      throw Diagnostic("CASE021", ["person": identifier])
    }
    let person = try Payload().value(Person.self, from: stored.state)
    people[identifier] = (stored.version, person)
    return (stored.version, person)
  }

  mutating func put(_ person: Person) {
    people[person.identifier] = (people[person.identifier]?.version ?? 0, person)
    changedPeople.insert(person.identifier)
  }
  private var changedPeople: Set<String> = []

  // MARK: Registers

  /// The next number of a gapless register; two writers cannot get the same one.
  mutating func nextNumber(
    in register: String, commission: String, year: Int, for subject: String
  ) async throws -> Int {
    try await add(
      Payload().text([subject]), kind: "register.\(register)",
      to: .register(register, commission: commission, year: year))
  }

  /// Adds one entry to a register and gives its number.
  mutating func add(_ payload: String, kind: String, to stream: Stream) async throws -> Int {
    if registers[stream] == nil { registers[stream] = try await (version(of: stream), []) }
    guard var entry = registers[stream] else { throw Diagnostic("STORE003") }
    entry.drafts.append(draft(kind: kind, payload: payload))
    registers[stream] = entry
    return entry.version + entry.drafts.count
  }

  // MARK: Partners

  /// Changes what is open with another agency; nothing is recorded when nothing changed.
  mutating func changePartner<Value>(
    _ code: String, _ kind: String, _ message: String, _ body: (inout Partner) throws -> Value
  ) async throws -> Value {
    if partners[code] == nil {
      let (partner, version) = try await Partner.read(code, in: store)
      partners[code] = (version, partner, [])
    }
    guard var entry = partners[code] else { throw Diagnostic("STORE003") }
    let before = entry.partner
    let value = try body(&entry.partner)
    if entry.partner != before {
      let state = try Payload().text(entry.partner)
      entry.drafts.append(draft(kind: kind, payload: try Work.payload([message], of: state)))
    }
    partners[code] = entry
    return value
  }

  // MARK: Answers that are waited for

  /// From now on the answer to a message is waited for.
  mutating func expectAnswer(_ awaited: AwaitedAnswer) throws {
    try write(awaited, after: 0, "dossier.sealed")
  }

  /// Changes what is known of the answer to a message; nothing is recorded when nothing changed.
  ///
  /// - Throws: `DOSS068` when no such message left.
  mutating func changeAwaited<Value>(
    _ message: String, _ kind: String, _ body: (inout AwaitedAnswer) throws -> Value
  ) async throws -> Value {
    guard let (before, version) = try await AwaitedAnswer.read(message, in: store) else {
      throw Diagnostic("DOSS068", ["message": message])
    }
    var awaited = before
    let value = try body(&awaited)
    if awaited != before { try write(awaited, after: version, kind) }
    return value
  }

  private mutating func write(
    _ awaited: AwaitedAnswer, after version: Int, _ kind: String
  ) throws {
    try replace(
      .awaited(awaited.message), after: version, kind: kind, payload: [awaited.message],
      state: awaited)
    batch.answers.append(
      Batch.Awaiting(
        message: awaited.message, isOpen: !awaited.isSettled, next: awaited.next))
  }

  private func version(of stream: Stream) async throws -> Int {
    try await store.state(of: stream)?.version ?? 0
  }

  // MARK: The batch

  private func draft(kind: String, payload: String) -> RecordDraft {
    RecordDraft(
      at: now, actor: actor, onBehalfOf: onBehalfOf, reason: reason, kind: kind, payload: payload)
  }

  /// Everything the command writes; `answer` is what it says now and whenever it is repeated.
  func finished(kind: String, command: CommandID?, answer: String) throws -> Batch {
    var batch = batch
    batch.command = command
    batch.answer = answer
    for number in order {
      guard let loaded = cases[number],
        let append = try loaded.append({ draft(kind: kind, payload: $0) })
      else { continue }
      batch.appends.append(append)
      try batch.cases.append(loaded.rows(now: now))
    }
    for identifier in changedPeople.sorted() {
      guard let (version, person) = people[identifier] else { continue }
      let state = try Payload().text(person)
      batch.appends.append(
        Batch.Append(
          to: .person(identifier), after: version, records: [draft(kind: kind, payload: state)],
          state: state))
      batch.people.append(PersonRow(person))
    }
    for (stream, entry) in registers.sorted(by: { $0.key < $1.key }) {
      batch.appends.append(
        Batch.Append(
          to: stream, after: entry.version, records: entry.drafts,
          state: String(entry.version + entry.drafts.count)))
    }
    for (code, entry) in partners.sorted(by: { $0.key < $1.key }) where !entry.drafts.isEmpty {
      batch.appends.append(
        Batch.Append(
          to: .partner(code), after: entry.version, records: entry.drafts,
          state: try Payload().text(entry.partner)))
    }
    return batch
  }

  /// Adds one record to a stream that has no state of its own.
  ///
  /// - Parameter after: the version the caller stepped from; `nil`: the newest one.
  mutating func note(
    _ kind: String, in stream: Stream, _ payload: String, state: String = "0",
    after known: Int? = nil
  ) async throws {
    let newest = try await self.version(of: stream)
    let version = known ?? newest
    batch.appends.append(
      Batch.Append(
        to: stream, after: version, records: [draft(kind: kind, payload: payload)], state: state))
  }

  /// Adds one record to a stream that was read at `version`, with its new state; another writer in between is noticed.
  mutating func replace(
    _ stream: Stream, after version: Int, kind: String, payload: [String], state: some Encodable
  ) throws {
    let text = try Payload().text(state)
    batch.appends.append(
      Batch.Append(
        to: stream, after: version,
        records: [draft(kind: kind, payload: try Work.payload(payload, of: text))], state: text))
  }

  /// The payload of a record that leads to `state`: its words, then the fingerprint of the state, so that the chain
  /// vouches for it.
  private static func payload(_ words: [String], of state: String) throws -> String {
    try Payload().text(words + [fingerprint(Array(state.utf8))])
  }

  /// Whether a record that was made so leads to `state`.
  static func vouches(_ record: Record, for state: String?) throws -> Bool {
    guard let state else { return false }
    let words = try Payload().value([String].self, from: record.payload)
    return words.last == fingerprint(Array(state.utf8))
  }

  /// Replaces the tables of the authority.
  mutating func replaceAuthority(_ authority: Authority) async throws {
    self.authority = authority
    let state = try Payload().text(authority)
    try await note("authority.changed", in: .authority, state, state: state)
  }

  mutating func deploy(_ definitions: [StoredDefinition]) async throws {
    batch.definitions = definitions
    let list = definitions.map { "\($0.reference) \($0.hash)" }
    try await note("definitions.deployed", in: .definitions, Payload().text(list))
  }
}

/// Reads what refers to documents.
struct CaseReader {
  let store: any CaseStore

  /// A payload that knows all documents that `texts` refer to.
  func payload(for texts: [String]) async throws -> Payload {
    var payload = Payload()
    let references = texts.reduce(into: Set<String>()) { $0.formUnion(Payload.references(in: $1)) }
    for identifier in references.sorted() {
      let document = try await store.intact(identifier)
      let context = try Payload().value(FEELContext.self, from: document.context)
      payload.know(context, as: identifier)
    }
    return payload
  }
}
