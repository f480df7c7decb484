internal import Commission
internal import Diagnostics
internal import FEEL

/// Streams, their records, and what they refer to.
extension SQLSession {
  func answer(to command: CommandID) throws -> String? {
    try row("SELECT answer FROM command WHERE id = ?", [command.description])?.text("answer")
  }

  func records(of stream: Stream, after sequence: Int) throws -> [Record] {
    try rows(
      """
      SELECT sequence, at, actor, on_behalf_of, reason, kind, payload, previous, hash
      FROM record WHERE stream = ? AND sequence > ? ORDER BY sequence
      """, [stream.description, sequence]
    ).map { row in
      let draft = try RecordDraft(
        at: row.instant("at"), actor: row.text("actor"),
        onBehalfOf: row.optionalText("on_behalf_of"), reason: row.optionalText("reason"),
        kind: row.text("kind"), payload: row.text("payload"))
      return try Record(
        stored: draft, in: stream, sequence: row.integer("sequence"),
        previous: row.hash("previous"), hash: row.hash("hash"))
    }
  }

  func state(of stream: Stream) throws -> StreamState? {
    try row("SELECT version, state FROM stream WHERE name = ?", [stream.description]).map {
      try StreamState(version: $0.integer("version"), state: $0.text("state"))
    }
  }

  /// Names are compared byte by byte, so that one range of the index has them all.
  func heads(of prefix: String) throws -> [StreamHead] {
    try rows(
      "SELECT name, version, hash FROM stream WHERE name >= ? AND name < ? ORDER BY name",
      [prefix, prefix + "\u{10FFFF}"]
    ).map { try StreamHead(Stream($0.text("name")), $0) }
  }

  func document(_ identifier: String) throws -> StoredDocument? {
    try row(
      "SELECT owner, media_type, bytes, context FROM document WHERE id = ? ORDER BY owner LIMIT 1",
      [identifier]
    ).map {
      try StoredDocument(
        identifier: identifier, mediaType: $0.text("media_type"), bytes: $0.bytes("bytes"),
        context: $0.text("context"), owner: $0.text("owner"))
    }
  }

  /// Of all kinds where none is given.
  func definitions(of kind: StoredDefinition.Kind? = nil) throws -> [StoredDefinition] {
    try rows(
      """
      SELECT kind, identifier, version, profile, effective_from, effective_to, file, bytes, deployed_by, deployed_at
      FROM definition\(kind == nil ? "" : " WHERE kind = ?") ORDER BY position
      """,
      kind.map { [$0.rawValue] } ?? []
    ).map { row in
      guard let kind = StoredDefinition.Kind(rawValue: try row.text("kind")) else {
        throw SQLRow.foreign("definition.kind")
      }
      return try StoredDefinition(
        kind: kind, identifier: row.text("identifier"), version: row.integer("version"),
        profile: row.text("profile"), effectiveFrom: row.optionalDay("effective_from"),
        effectiveTo: row.optionalDay("effective_to"), file: row.text("file"),
        bytes: row.bytes("bytes"), deployedBy: row.text("deployed_by"),
        deployedAt: row.instant("deployed_at"))
    }
  }

  func people(_ query: PersonQuery) throws -> [PersonRow] {
    var filter = SQLFilter()
    switch query {
    case .identifier(let identifier): filter.add("id = ?", identifier)
    case .personalNumber(let number): filter.add("personal_number = ?", number)
    case .words(let words):
      for word in words {
        filter.add("id IN (SELECT person FROM person_word WHERE word = ?)", word)
      }
    }
    return try rows(
      "SELECT id, personal_number, birth_date, search FROM person\(filter.sql) ORDER BY search, id",
      filter.arguments
    ).map {
      try PersonRow(
        identifier: $0.text("id"), personalNumber: $0.optionalText("personal_number"),
        birthDate: $0.text("birth_date"), search: $0.text("search"))
    }
  }

  func outbox(case number: CaseNumber?) throws -> [OutboxMessage] {
    var filter = SQLFilter()
    filter.add("case_number = ?", number?.description)
    return try rows(
      """
      SELECT id, case_number, kind, receiver, at, document FROM outbox\(filter.sql) ORDER BY position
      """, filter.arguments
    ).map(message)
  }

  func unanswered(dueBy instant: Instant?) throws -> [OutboxMessage] {
    let filter = instant.map { "repeat_at <= \($0.seconds)" } ?? "awaited = 1"
    return try rows(
      """
      SELECT id, case_number, kind, receiver, at, document FROM outbox WHERE \(filter) ORDER BY position
      """
    ).map(message)
  }

  func message(_ row: SQLRow) throws -> OutboxMessage {
    // the column is older than messages without a case: they have an empty one
    try OutboxMessage(
      identifier: row.text("id"),
      caseNumber: row.text("case_number").isEmpty ? nil : row.caseNumber("case_number"),
      kind: row.text("kind"), receiver: row.text("receiver"), at: row.instant("at"),
      document: row.text("document"))
  }
}

/// The conditions of a query; what is not asked for does not filter.
struct SQLFilter {
  private var conditions: [String] = []
  private(set) var arguments: [(any SQLArgument)?] = []

  var sql: String { conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ") }

  mutating func add(_ condition: String) { conditions.append(condition) }

  mutating func add(_ condition: String, _ value: (any SQLArgument)?) {
    guard let value else { return }
    conditions.append(condition)
    arguments.append(value)
  }

  mutating func add(_ condition: String, all values: [String]) {
    conditions.append(condition)
    for value in values { arguments.append(value) }
  }
}
