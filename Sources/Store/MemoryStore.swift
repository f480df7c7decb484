public import Commission
internal import Diagnostics
public import FEEL

/// Everything in memory, for tests and simulation: the plain model that the other stores must agree with.
public actor MemoryStore: KeyedStore {
  private var answers: [CommandID: String] = [:]
  private var streams: [Stream: (records: [Record], state: String)] = [:]
  /// By identifier, then by owner.
  private var documents: [String: [String: StoredDocument]] = [:]
  private var keys: [String: StoredKey] = [:]
  private var deployed: [StoredDefinition] = []
  private var caseRows: [CaseNumber: CaseRows] = [:]
  private var taskRows: [TaskRow] = []
  private var personRows: [String: PersonRow] = [:]
  private var messages: [OutboxMessage] = []
  private var delivered: Set<String> = []
  /// Messages whose answer is waited for, by their identifier.
  private var awaited: [String: Batch.Awaiting] = [:]
  private var tree: [TreeLeaf] = []
  /// Until when work is taken, by the clock of the machine.
  private var leases: [Lease: ContinuousClock.Instant] = [:]

  private enum Lease: Hashable {
    case timer(TimerRow)
    case message(String)
  }

  public init() {}

  public func commit(_ batch: Batch) async throws -> CommitReceipt {
    if let command = batch.command, let first = answers[command] {
      return CommitReceipt(answer: first, wasRepeated: true)
    }
    try check([batch])
    add(batch)
    return CommitReceipt(answer: batch.answer, wasRepeated: false)
  }

  public func commit(together batches: [Batch]) async throws {
    let commands = batches.compactMap(\.command)
    guard Set(commands).count == commands.count, commands.allSatisfy({ answers[$0] == nil }) else {
      throw Diagnostic("STORE001")
    }
    try check(batches)
    for batch in batches { add(batch) }
  }

  /// - Throws: `STORE001` when one of them does not fit what is here and what the ones before it add.
  private func check(_ batches: [Batch]) throws {
    var versions: [Stream: Int] = [:]
    var gone = delivered
    var new: Set<String> = []
    for batch in batches {
      for append in batch.appends {
        let version = versions[append.stream] ?? streams[append.stream]?.records.count ?? 0
        guard version == append.after else { throw Diagnostic("STORE001") }
        versions[append.stream] = version + append.records.count
      }
      for delivery in batch.deliveries where !gone.insert(delivery.message).inserted {
        throw Diagnostic("STORE001")
      }
      for key in batch.keys where keys[key.name] != nil || !new.insert(key.name).inserted {
        throw Diagnostic("STORE001")
      }
    }
  }

  private func add(_ batch: Batch) {
    if let command = batch.command { answers[command] = batch.answer }
    for append in batch.appends { add(append) }
    for key in batch.keys { keys[key.name] = key }
    for document in batch.documents
    where documents[document.identifier]?[document.owner] == nil {
      documents[document.identifier, default: [:]][document.owner] = document
    }
    deployed += batch.definitions
    for rows in batch.cases { replace(rows) }
    for person in batch.people { personRows[person.identifier] = person }
    messages += batch.outbox
    delivered.formUnion(batch.deliveries.map(\.message))
    for answer in batch.answers { awaited[answer.message] = answer.isOpen ? answer : nil }
    tree += batch.leaves
    for stream in batch.erasures { erase(stream) }
  }

  private func add(_ append: Batch.Append) {
    var records = streams[append.stream]?.records ?? []
    for draft in append.records {
      records.append(
        Record(
          draft, in: append.stream, sequence: records.count + 1,
          previous: records.last?.hash ?? Record.origin))
    }
    streams[append.stream] = (records, append.state)
  }

  private func replace(_ rows: CaseRows) {
    caseRows[rows.row.number] = rows
    for var task in rows.tasks {
      let place = taskRows.firstIndex { $0.caseNumber == task.caseNumber && $0.key == task.key }
      if let place {
        task.identifier = taskRows[place].identifier
        taskRows[place] = task
      } else {
        task.identifier = (taskRows.last?.identifier ?? 0) + 1
        taskRows.append(task)
      }
    }
  }

  public func answer(to command: CommandID) async throws -> String? { answers[command] }

  public func records(of stream: Stream, after sequence: Int) async throws -> [Record] {
    Array((streams[stream]?.records ?? []).dropFirst(sequence))
  }

  public func state(of stream: Stream) async throws -> StreamState? {
    streams[stream].map { StreamState(version: $0.records.count, state: $0.state) }
  }

  public func heads(of prefix: String) async throws -> [StreamHead] {
    streams.filter { $0.key.description.hasPrefix(prefix) }.sorted { $0.key < $1.key }.map {
      StreamHead(
        stream: $0.key, version: $0.value.records.count,
        hash: $0.value.records.last?.hash ?? Record.origin)
    }
  }

  public func document(_ identifier: String) async throws -> StoredDocument? {
    documents[identifier]?.min { $0.key < $1.key }?.value
  }

  public func cases(_ query: CaseQuery) async throws -> [CaseRow] {
    let rows = caseRows.values.filter { !query.hasIncidents || !$0.incidents.isEmpty }.map(\.row)
    let found = rows.filter { row in
      (query.number.map { $0 == row.number } ?? true)
        && (query.status.map { $0 == row.status } ?? true)
        && (query.person.map { $0 == row.person } ?? true)
        && (query.kind.map { $0 == row.kind } ?? true)
        && (query.isOpen.map { $0 == (row.closedAt == nil) } ?? true)
        && (query.dueBy.map { limit in row.due.map { $0 <= limit } ?? false } ?? true)
    }
    let sorted = found.sorted { left, right in
      isEarlier(left.due, right.due) ?? (left.number.description < right.number.description)
    }
    return Array(sorted.prefix(query.limit))
  }

  public func tasks(_ query: TaskQuery) async throws -> [TaskRow] {
    let found = taskRows.filter { task in
      (query.identifier.map { $0 == task.identifier } ?? true)
        && (query.caseNumber.map { $0 == task.caseNumber } ?? true)
        && (query.status.map { $0 == task.status } ?? true)
        && (query.dueBy.map { limit in task.due.map { $0 <= limit } ?? false } ?? true)
        && isFor(query, task)
    }
    let sorted = found.sorted { left, right in
      isEarlier(left.due, right.due) ?? ((left.identifier ?? 0) < (right.identifier ?? 0))
    }
    return sorted.prefix(query.limit).map { $0.asListed }
  }

  private func isFor(_ query: TaskQuery, _ task: TaskRow) -> Bool {
    guard let groups = query.groups else {
      return query.assignee.map { $0 == task.assignee } ?? true
    }
    return task.assignee == (query.assignee ?? "")
      || (task.assignee == nil && task.status == .open
        && !Set(groups).isDisjoint(with: task.groups))
  }

  /// `nil`: at the same time; what is never due comes last.
  private func isEarlier(_ left: Instant?, _ right: Instant?) -> Bool? {
    switch (left, right) {
    case (let left?, let right?): left == right ? nil : left < right
    case (nil, nil): nil
    case (_?, nil): true
    case (nil, _?): false
    }
  }

  public func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    caseRows.values.flatMap(\.timers).filter { $0.due <= instant }.sorted {
      ($0.due, $0.caseNumber) < ($1.due, $1.caseNumber)
    }
  }

  public func subscriptions(to name: String, correlationKey: String) async throws
    -> [SubscriptionRow]
  {
    caseRows.values.flatMap(\.subscriptions)
      .filter { $0.message == name && $0.correlationKey == correlationKey }
      .sorted { ($0.caseNumber, $0.key) < ($1.caseNumber, $1.key) }
  }

  public func lines(of number: CaseNumber) async throws -> CaseLines {
    let rows = caseRows[number]
    return CaseLines(
      timers: rows?.timers ?? [], subscriptions: rows?.subscriptions ?? [],
      incidents: rows?.incidents ?? [], clocks: rows?.clocks ?? [])
  }

  public func undelivered() async throws -> [String] {
    messages.map(\.identifier).filter { !delivered.contains($0) }
  }

  public func definitions() async throws -> [StoredDefinition] { deployed }

  public func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    deployed.filter { $0.kind == kind }
  }

  public func people(_ query: PersonQuery) async throws -> [PersonRow] {
    personRows.values.filter { person in
      switch query {
      case .identifier(let identifier): person.identifier == identifier
      case .personalNumber(let number): person.personalNumber == number
      case .words(let words): words.allSatisfy { person.words.contains($0) }
      }
    }.sorted { ($0.search, $0.identifier) < ($1.search, $1.identifier) }
  }

  public func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    messages.filter { message in number.map { $0 == message.caseNumber } ?? true }
  }

  public func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage] {
    messages.filter { message in
      guard let awaiting = awaited[message.identifier] else { return false }
      return instant.map { limit in awaiting.next.map { $0 <= limit } ?? false } ?? true
    }
  }

  public func lease(
    dueBy instant: Instant, messages wanted: Bool, seconds: Int, limit: Int
  ) async throws -> DueWork {
    let now = ContinuousClock.now
    leases = leases.filter { $0.value > now }
    let due = try await timers(dueBy: instant).filter { leases[.timer($0)] == nil }.prefix(limit)
    let waiting = messages.filter {
      !delivered.contains($0.identifier) && leases[.message($0.identifier)] == nil
    }.prefix(wanted ? limit : 0)
    for timer in due { leases[.timer(timer)] = now + .seconds(seconds) }
    for message in waiting { leases[.message(message.identifier)] = now + .seconds(seconds) }
    return DueWork(timers: Array(due), messages: Array(waiting))
  }

  public func note(_ reading: RecordDraft, in stream: Stream) async throws {
    add(
      Batch.Append(
        to: stream, after: streams[stream]?.records.count ?? 0, records: [reading], state: "0"))
  }

  public func headsBeyondTree(limit: Int) async throws -> [StreamHead] {
    let taken = Dictionary(
      tree.map { ($0.head.stream, $0.head.version) }, uniquingKeysWith: { max($0, $1) })
    return try await Array(
      heads(of: "").filter { $0.stream != .checkpoints && $0.version > taken[$0.stream] ?? 0 }
        .prefix(limit))
  }

  public func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf] {
    Array(tree.dropFirst(position).prefix(limit))
  }

  // MARK: Keys

  func key(_ name: String) async throws -> StoredKey? { keys[name] }

  func keys(notWrappedBy wrapping: String, limit: Int) async throws -> [StoredKey] {
    Array(
      keys.values.filter { $0.wrapping != wrapping }.sorted { $0.name < $1.name }.prefix(limit))
  }

  func replace(_ new: [StoredKey]) async throws {
    for key in new where keys[key.name] != nil { keys[key.name] = key }
  }

  func holds(_ document: String, of owner: String) async throws -> Bool {
    documents[document]?[owner] != nil
  }

  private func erase(_ stream: Stream) {
    let name = stream.description
    streams[stream]?.state = ""
    keys[name] = nil
    for (identifier, copies) in documents where copies[name] != nil {
      documents[identifier] = copies.filter { $0.key != name && $0.key != Keyring.storeKey }
    }
    if let number = stream.caseNumber {
      taskRows.removeAll { $0.caseNumber == number }
      messages.removeAll { $0.caseNumber == number }
      caseRows[number] = caseRows[number]?.erased
    }
    if let person = stream.person { personRows[person] = nil }
  }

  public func waitForWork(seconds: Int) async throws {
    try await Task.sleep(for: .seconds(min(seconds, 1)))
  }
}

extension CaseRows {
  /// That there was a case, of which kind and when; nothing of whom.
  fileprivate var erased: CaseRows {
    var row = row
    (row.standsAt, row.person, row.initials, row.birthYear) = ([], "", "", nil)
    return CaseRows(
      row: row, tasks: [], timers: [], subscriptions: [], incidents: [], clocks: [])
  }
}

extension TaskRow {
  /// Groups in order; a closed task is offered to nobody.
  fileprivate var asListed: TaskRow {
    TaskRow(
      identifier: identifier, caseNumber: caseNumber, key: key, element: element, name: name,
      form: form, groups: status == .open ? groups.sorted() : [], assignee: assignee, due: due,
      createdAt: createdAt, status: status,
      draft: draft, outcome: outcome)
  }
}
