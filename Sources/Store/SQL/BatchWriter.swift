internal import Commission
internal import Diagnostics
internal import FEEL

/// What became of a batch.
struct WrittenBatch {
  let receipt: CommitReceipt
  /// Whether it has brought messages or timers, for which workers may be waiting.
  let bringsWork: Bool
}

/// Writes one batch inside the transaction that `session` has begun.
struct BatchWriter<Session: SQLSession> {
  let session: Session

  /// - Throws: `STORE001` when a stream has moved on since it was read.
  func write(_ batch: Batch) throws -> WrittenBatch {
    let standing = try Standing(before: batch, in: session)
    if standing.isRepeated, let command = batch.command, let first = try session.answer(to: command)
    {
      let receipt = CommitReceipt(answer: first, wasRepeated: true)
      return WrittenBatch(receipt: receipt, bringsWork: false)
    }
    try write(batch.appends, after: standing.heads)
    for key in batch.keys { try write(key) }
    for document in batch.documents.sorted(by: { $0.identifier < $1.identifier }) {
      try write(document)
    }
    for definition in batch.definitions { try write(definition) }
    let rows = WorkListWriter(session: session)
    for (changed, standing) in zip(batch.cases, standing.cases) {
      try rows.write(changed, over: standing)
    }
    for person in batch.people { try write(person) }
    for message in batch.outbox { try write(message) }
    for delivery in batch.deliveries { try write(delivery) }
    for answer in batch.answers { try write(answer) }
    for leaf in batch.leaves { try write(leaf) }
    for stream in batch.erasures { try session.erase(stream) }
    let bringsTimers = zip(batch.cases, standing.cases).contains { rows, standing in
      !Set(rows.timers).isSubset(of: standing.lines.timers)
    }
    return WrittenBatch(
      receipt: CommitReceipt(answer: batch.answer, wasRepeated: false),
      bringsWork: bringsTimers || !batch.outbox.isEmpty)
  }

  /// Writes batches one after the other.
  ///
  /// - Throws: `STORE001` also when a command was carried out before: those after it cannot count on what it brings.
  func write(together batches: [Batch]) throws -> WrittenBatch {
    var bringsWork = false
    for batch in batches {
      let written = try write(batch)
      guard !written.receipt.wasRepeated else { throw Diagnostic("STORE001") }
      bringsWork = bringsWork || written.bringsWork
    }
    return WrittenBatch(
      receipt: CommitReceipt(answer: "", wasRepeated: false), bringsWork: bringsWork)
  }

  /// Adds one record to an access log, after whatever stands there.
  ///
  /// - Throws: `STORE001` when another writer has begun the same log at this moment.
  func note(_ reading: RecordDraft, in stream: Commission.Stream) throws {
    let head = try Standing.head(of: stream, in: session)
    _ = try write(
      Batch.Append(to: stream, after: head?.version ?? 0, records: [reading], state: "0"), to: head)
  }

  // MARK: Streams

  private func write(
    _ appends: [Batch.Append], after standing: [Commission.Stream: StreamHead]
  ) throws {
    var heads = standing
    for append in appends.sorted(by: { $0.stream < $1.stream }) {
      let head = heads[append.stream]
      guard head?.version ?? 0 == append.after else { throw Diagnostic("STORE001") }
      heads[append.stream] = try write(append, to: head)
    }
  }

  private func write(_ append: Batch.Append, to head: StreamHead?) throws -> StreamHead {
    let name = append.stream.description
    var records: [Commission.Record] = []
    for draft in append.records {
      records.append(
        Commission.Record(
          draft, in: append.stream, sequence: append.after + records.count + 1,
          previous: records.last?.hash ?? head?.hash ?? Commission.Record.origin))
    }
    let new = StreamHead(
      stream: append.stream, version: append.after + records.count,
      hash: records.last?.hash ?? head?.hash ?? Commission.Record.origin)
    if head == nil {
      try session.change(
        """
        INSERT INTO stream (name, version, hash, state) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING
        """, [name, new.version, SQLValue.hash(new.hash), append.state])
    } else {
      try session.execute(
        "UPDATE stream SET version = ?, hash = ?, state = ? WHERE name = ?",
        [new.version, SQLValue.hash(new.hash), append.state, name])
    }
    for record in records { try write(record) }
    return new
  }

  private func write(_ record: Commission.Record) throws {
    try session.execute(
      """
      INSERT INTO record (stream, sequence, at, actor, on_behalf_of, reason, kind, payload, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        record.stream.description, record.sequence, record.at.description, record.actor,
        record.onBehalfOf, record.reason, record.kind, record.payload,
        SQLValue.hash(record.previous), SQLValue.hash(record.hash),
      ])
  }

  // MARK: What streams refer to

  private func write(_ document: StoredDocument) throws {
    try session.execute(
      """
      INSERT INTO document (id, owner, media_type, bytes, context) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id, owner) DO NOTHING
      """,
      [
        document.identifier, document.owner, document.mediaType, document.bytes, document.context,
      ])
  }

  private func write(_ definition: StoredDefinition) throws {
    try session.execute(
      """
      INSERT INTO definition (kind, identifier, version, profile, effective_from, effective_to, file, bytes, hash,
        deployed_by, deployed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        definition.kind.rawValue, definition.identifier, definition.version, definition.profile,
        definition.effectiveFrom?.description, definition.effectiveTo?.description,
        definition.file, definition.bytes, definition.hash, definition.deployedBy,
        definition.deployedAt.description,
      ])
  }

  private func write(_ person: PersonRow) throws {
    try session.execute(
      """
      INSERT INTO person (id, personal_number, birth_date, search) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET personal_number = excluded.personal_number,
        birth_date = excluded.birth_date, search = excluded.search
      """,
      [person.identifier, person.personalNumber, person.birthDate, person.search])
    try session.execute("DELETE FROM person_word WHERE person = ?", [person.identifier])
    for word in person.words {
      try session.execute(
        "INSERT INTO person_word (word, person) VALUES (?, ?)", [word, person.identifier])
    }
  }

  /// - Throws: `STORE001` when another writer has made the same key at this moment.
  private func write(_ key: StoredKey) throws {
    try session.change(
      "INSERT INTO sealing_key (name, wrapping, wrapped) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
      [key.name, key.wrapping, key.wrapped])
  }

  private func write(_ message: OutboxMessage) throws {
    try session.execute(
      "INSERT INTO outbox (id, case_number, kind, receiver, at, document) VALUES (?, ?, ?, ?, ?, ?)",
      [
        message.identifier, message.caseNumber?.description ?? "", message.kind, message.receiver,
        message.at.description, message.document,
      ])
  }

  private func write(_ leaf: TreeLeaf) throws {
    try session.execute(
      "INSERT INTO tree_leaf (position, stream, version, hash) VALUES (?, ?, ?, ?)",
      [
        leaf.position, leaf.head.stream.description, leaf.head.version,
        SQLValue.hash(leaf.head.hash),
      ])
  }

  private func write(_ answer: Batch.Awaiting) throws {
    try session.execute(
      "UPDATE outbox SET awaited = ?, repeat_at = ? WHERE id = ?",
      [answer.isOpen ? 1 : 0, answer.next.map { Int($0.seconds) }, answer.message])
  }

  private func write(_ delivery: Batch.Delivery) throws {
    try session.change(
      "UPDATE outbox SET delivered_at = ? WHERE id = ? AND delivered_at IS NULL",
      [delivery.at.description, delivery.message])
  }
}
