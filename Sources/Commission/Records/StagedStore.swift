internal import Diagnostics
internal import FEEL
internal import Synchronization

/// Another store, in front of which commits wait to be written together.
///
/// Whoever reads through it sees them at once; on disk they are when the task that writes them ends. For one caller that
/// carries out many commands in a row: what it has looked up stays as it was until the next writing begins, and the store
/// below checks for every commit whether it was so. A lookup that what waits cannot answer has it written first.
final class StagedStore: CaseStore {
  private let base: any CaseStore
  private let content = Mutex(Content())

  private struct Content {
    /// What came since the last writing began.
    var waiting = StagedChanges()
    /// What is being written, the oldest first.
    var writing: [StagedChanges] = []
    var writer: Task<Void, any Error>?
    /// What was looked up in the store below since the last writing began.
    var known = Known()
    /// Why nothing that waits is to be believed any more.
    var failure: (any Error)?

    /// What the newest of the changes that have it says.
    func staged<Value>(_ find: (StagedChanges) -> Value?) -> Value? {
      find(waiting) ?? writing.reversed().lazy.compactMap(find).first
    }
  }

  private struct Known {
    var answers: [CommandID: String?] = [:]
    var states: [Stream: StreamState?] = [:]
    var heads: [String: [StreamHead]] = [:]
  }

  init(_ base: any CaseStore) {
    self.base = base
  }

  func commit(_ batch: Batch) async throws -> CommitReceipt {
    try look { content in
      if let command = batch.command, let first = content.staged({ $0.answers[command] }) {
        return CommitReceipt(answer: first, wasRepeated: true)
      }
      content.waiting.add(batch)
      return CommitReceipt(answer: batch.answer, wasRepeated: false)
    }
  }

  func commit(together batches: [Batch]) async throws {
    for batch in batches {
      guard try await !commit(batch).wasRepeated else { throw Diagnostic("STORE001") }
    }
  }

  /// Begins to write what waits, in one transaction; more may be committed meanwhile. What was begun before is finished
  /// first.
  ///
  /// The task throws `STORE001` when another writer was first, or another code of the store. Then nothing of it is written,
  /// and whatever is asked of this store afterwards throws the same.
  func startWriting() -> Task<Void, any Error> {
    content.withLock { content in
      let (before, changes) = (content.writer, content.waiting)
      content.writing.append(changes)
      content.waiting = StagedChanges()
      content.known = Known()
      let task = Task {
        try await before?.value
        try await self.write(changes.batches)
      }
      content.writer = task
      return task
    }
  }

  private func write(_ batches: [Batch]) async throws {
    do {
      if !batches.isEmpty { try await base.commit(together: batches) }
    } catch {
      content.withLock { $0.failure = error }
      throw error
    }
    content.withLock { _ = $0.writing.removeFirst() }
  }

  // MARK: What waits

  private func look<Value>(_ body: (inout Content) throws -> Value) throws -> Value {
    try content.withLock { content in
      if let failure = content.failure { throw failure }
      return try body(&content)
    }
  }

  /// What waits under `key`, else what was looked up or is looked up now.
  private func find<Key: Hashable, Value>(
    _ key: Key, among part: KeyPath<StagedChanges, [Key: Value]>,
    known: WritableKeyPath<Known, [Key: Value?]>, below: () async throws -> Value?
  ) async throws -> Value? {
    let found: Value?? = try look { content in
      if let staged = content.staged({ $0[keyPath: part][key] }) { return staged }
      return content.known[keyPath: known][key]
    }
    if let found { return found }
    let value = try await below()
    try look { $0.known[keyPath: known][key] = .some(value) }
    return value
  }

  func answer(to command: CommandID) async throws -> String? {
    try await find(command, among: \.answers, known: \.answers) {
      try await base.answer(to: command)
    }
  }

  func state(of stream: Stream) async throws -> StreamState? {
    try await find(stream, among: \.states, known: \.states) { try await base.state(of: stream) }
  }

  func document(_ identifier: String) async throws -> StoredDocument? {
    if let staged = try look({ $0.staged { $0.documents[identifier] } }) { return staged }
    return try await base.document(identifier)
  }

  func heads(of prefix: String) async throws -> [StreamHead] {
    let (isWaited, known) = try look { content in
      let isWaited = content.staged { changes in
        changes.states.keys.contains { $0.description.hasPrefix(prefix) } ? true : nil
      }
      return (isWaited ?? false, content.known.heads[prefix])
    }
    if isWaited { return try await written().heads(of: prefix) }
    if let known { return known }
    let heads = try await base.heads(of: prefix)
    try look { $0.known.heads[prefix] = heads }
    return heads
  }

  func people(_ query: PersonQuery) async throws -> [PersonRow] {
    guard case .personalNumber(let number) = query else { return try await written().people(query) }
    let people = try changes(\.people)
    let stored = try await base.people(query)
    let rows = stored.filter { people[$0.identifier] == nil } + people.values
    return rows.filter { $0.personalNumber == number || people[$0.identifier] == nil }
      .sorted { ($0.search, $0.identifier) < ($1.search, $1.identifier) }
  }

  func subscriptions(to name: String, correlationKey: String) async throws -> [SubscriptionRow] {
    let cases = try changes(\.subscriptions)
    let stored = try await base.subscriptions(to: name, correlationKey: correlationKey)
    let rows = stored.filter { cases[$0.caseNumber] == nil } + cases.values.joined()
    return rows.filter { $0.message == name && $0.correlationKey == correlationKey }
      .sorted { ($0.caseNumber, $0.key) < ($1.caseNumber, $1.key) }
  }

  /// What waits of one kind, the newest of each.
  private func changes<Key, Value>(
    _ part: KeyPath<StagedChanges, [Key: Value]>
  ) throws -> [Key: Value] {
    try look { content in
      (content.writing + [content.waiting]).reduce(into: [:]) { all, changes in
        all.merge(changes[keyPath: part]) { $1 }
      }
    }
  }

  // MARK: What is only written

  /// The store below, when nothing waits any more.
  private func written() async throws -> any CaseStore {
    try await startWriting().value
    return base
  }

  func records(of stream: Stream, after sequence: Int) async throws -> [Record] {
    try await written().records(of: stream, after: sequence)
  }

  func cases(_ query: CaseQuery) async throws -> [CaseRow] { try await written().cases(query) }

  func tasks(_ query: TaskQuery) async throws -> [TaskRow] { try await written().tasks(query) }

  func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try await written().timers(dueBy: instant)
  }

  func lines(of number: CaseNumber) async throws -> CaseLines {
    try await written().lines(of: number)
  }

  func undelivered() async throws -> [String] { try await written().undelivered() }

  func definitions() async throws -> [StoredDefinition] { try await written().definitions() }

  func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try await written().definitions(of: kind)
  }

  func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    try await written().outbox(case: number)
  }

  func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    try await written().unanswered(dueBy: instant)
  }

  func lease(
    dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    try await written().lease(
      dueBy: instant, messages: messages, seconds: seconds, limit: limit)
  }

  func note(_ reading: RecordDraft, in stream: Stream) async throws {
    try await written().note(reading, in: stream)
  }

  func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    try await written().headsBeyondTree(limit: limit)
  }

  func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    try await written().leaves(from: position, limit: limit)
  }

  func waitForWork(seconds: Int) async throws { try await base.waitForWork(seconds: seconds) }

  var canErase: Bool { base.canErase }

  func scrub() async throws { try await written().scrub() }
}

/// What batches that wait have changed, as far as it is looked up by name.
private struct StagedChanges {
  private(set) var batches: [Batch] = []
  private(set) var answers: [CommandID: String] = [:]
  private(set) var states: [Stream: StreamState] = [:]
  private(set) var documents: [String: StoredDocument] = [:]
  /// By identifier.
  private(set) var people: [String: PersonRow] = [:]
  /// What each case that was changed waits for.
  private(set) var subscriptions: [CaseNumber: [SubscriptionRow]] = [:]

  mutating func add(_ batch: Batch) {
    batches.append(batch)
    if let command = batch.command { answers[command] = batch.answer }
    for append in batch.appends {
      states[append.stream] = StreamState(
        version: append.after + append.records.count, state: append.state)
    }
    for document in batch.documents { documents[document.identifier] = document }
    for person in batch.people { people[person.identifier] = person }
    for rows in batch.cases { subscriptions[rows.row.number] = rows.subscriptions }
  }
}
