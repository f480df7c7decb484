internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation
internal import GRDB

/// Writes one batch inside one transaction.
struct BatchWriter {
  let database: Database

  /// - Throws: `STORE001` when a stream has moved on since it was read.
  func write(_ batch: Batch) throws -> CommitReceipt {
    if let command = batch.command {
      let first = try String.fetchOne(
        database, sql: "SELECT answer FROM command WHERE id = ?", arguments: [command.description])
      if let first { return CommitReceipt(answer: first, wasRepeated: true) }
      try database.execute(
        sql: "INSERT INTO command (id, answer) VALUES (?, ?)",
        arguments: [command.description, batch.answer])
    }
    for append in batch.appends { try write(append) }
    for document in batch.documents { try write(document) }
    for definition in batch.definitions { try write(definition) }
    for rows in batch.cases { try write(rows) }
    for person in batch.people { try write(person) }
    for message in batch.outbox { try write(message) }
    return CommitReceipt(answer: batch.answer, wasRepeated: false)
  }

  private func write(_ append: Batch.Append) throws {
    let name = append.stream.description
    let head = try Row.fetchOne(
      database, sql: "SELECT version, hash FROM stream WHERE name = ?", arguments: [name])
    let version: Int = head?["version"] ?? 0
    var hash: String = head?["hash"] ?? Commission.Record.origin
    guard version == append.after else { throw Diagnostic("STORE001") }
    for (index, draft) in append.records.enumerated() {
      let record = Commission.Record(
        draft, in: append.stream, sequence: version + index + 1, previous: hash)
      try database.execute(
        sql: """
          INSERT INTO record (stream, sequence, at, actor, on_behalf_of, reason, kind, payload, previous, hash)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          name, record.sequence, record.at.description, record.actor, record.onBehalfOf,
          record.reason, record.kind, record.payload, record.previous, record.hash,
        ])
      hash = record.hash
    }
    try database.execute(
      sql: """
        INSERT INTO stream (name, version, hash, state) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET version = excluded.version, hash = excluded.hash, state = excluded.state
        """, arguments: [name, version + append.records.count, hash, append.state])
  }

  private func write(_ document: StoredDocument) throws {
    try database.execute(
      sql: """
        INSERT INTO document (id, media_type, bytes, context) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET context = CASE document.context WHEN '' THEN excluded.context ELSE document.context END
        """,
      arguments: [
        document.identifier, document.mediaType, Data(document.bytes), document.context,
      ])
  }

  private func write(_ definition: StoredDefinition) throws {
    try database.execute(
      sql: """
        INSERT INTO definition (kind, identifier, version, profile, effective_from, effective_to, file, bytes, hash,
          deployed_by, deployed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        definition.kind.rawValue, definition.identifier, definition.version, definition.profile,
        definition.effectiveFrom?.description, definition.effectiveTo?.description,
        definition.file, Data(definition.bytes), definition.hash, definition.deployedBy,
        definition.deployedAt.description,
      ])
  }

  private func write(_ rows: CaseRows) throws {
    let number = rows.row.number.description
    try write(rows.row)
    for table in ["timer", "subscription", "incident", "clock"] {
      try database.execute(
        sql: "DELETE FROM \(table) WHERE case_number = ?", arguments: [number])
    }
    for task in rows.tasks { try write(task) }
    for timer in rows.timers {
      try database.execute(
        sql: "INSERT INTO timer (case_number, key, due) VALUES (?, ?, ?)",
        arguments: [number, timer.key, timer.due.description])
    }
    for subscription in rows.subscriptions {
      try database.execute(
        sql: """
          INSERT INTO subscription (case_number, key, message, correlation_key) VALUES (?, ?, ?, ?)
          """,
        arguments: [number, subscription.key, subscription.message, subscription.correlationKey])
    }
    for incident in rows.incidents {
      try database.execute(
        sql: "INSERT INTO incident (case_number, key, element, code) VALUES (?, ?, ?, ?)",
        arguments: [number, incident.key, incident.element, incident.code])
    }
    for clock in rows.clocks {
      try database.execute(
        sql: "INSERT INTO clock (case_number, parameter, due, paused) VALUES (?, ?, ?, ?)",
        arguments: [number, clock.parameter, clock.due.description, clock.isPaused])
    }
  }

  private func write(_ row: CaseRow) throws {
    try database.execute(
      sql: """
        INSERT INTO case_row (number, kind, profile, status, stands_at, person, initials, birth_year, opened_at, due,
          closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET status = excluded.status, stands_at = excluded.stands_at,
          person = excluded.person, initials = excluded.initials, birth_year = excluded.birth_year,
          due = excluded.due, closed_at = excluded.closed_at
        """,
      arguments: [
        row.number.description, row.kind, row.profile, row.status,
        row.standsAt.joined(separator: "\n"), row.person, row.initials, row.birthYear,
        row.openedAt.description, row.due?.description, row.closedAt?.description,
      ])
  }

  private func write(_ task: TaskRow) throws {
    let draft = try task.draft.map {
      try String(decoding: JSONEncoder().encode($0), as: UTF8.self)
    }
    try database.execute(
      sql: """
        UPDATE task SET assignee = ?, due = ?, status = ?, draft = ?, outcome = ?
        WHERE case_number = ? AND key = ?
        """,
      arguments: [
        task.assignee, task.due?.description, task.status.rawValue, draft, task.outcome,
        task.caseNumber.description, task.key,
      ])
    if database.changesCount == 0 { try insert(task, draft: draft) }
    let identifier = try Int.fetchOne(
      database, sql: "SELECT id FROM task WHERE case_number = ? AND key = ?",
      arguments: [task.caseNumber.description, task.key])
    try database.execute(sql: "DELETE FROM task_group WHERE task = ?", arguments: [identifier])
    guard task.status == .open else { return }
    for group in Set(task.groups).sorted() {
      try database.execute(
        sql: "INSERT INTO task_group (task, name) VALUES (?, ?)", arguments: [identifier, group])
    }
  }

  /// An insert that only turns out to be an update would use up a task number.
  private func insert(_ task: TaskRow, draft: String?) throws {
    try database.execute(
      sql: """
        INSERT INTO task (case_number, key, element, name, form, assignee, due, created_at, status, draft, outcome)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        task.caseNumber.description, task.key, task.element, task.name, task.form, task.assignee,
        task.due?.description, task.createdAt.description, task.status.rawValue, draft,
        task.outcome,
      ])
  }

  private func write(_ person: PersonRow) throws {
    try database.execute(
      sql: """
        INSERT INTO person (id, personal_number, birth_date, search) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET personal_number = excluded.personal_number,
          birth_date = excluded.birth_date, search = excluded.search
        """,
      arguments: [person.identifier, person.personalNumber, person.birthDate, person.search])
  }

  private func write(_ message: OutboxMessage) throws {
    try database.execute(
      sql: """
        INSERT INTO outbox (id, case_number, kind, receiver, at, document) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        message.identifier, message.caseNumber.description, message.kind, message.receiver,
        message.at.description, message.document,
      ])
  }
}
