public import Commission
public import FEEL
internal import Foundation
internal import GRDB

/// The work lists: short queries, each answered by an index.
extension SQLiteStore {
  public func cases(_ query: CaseQuery) async throws -> [CaseRow] {
    var filter = Filter()
    filter.add("number = ?", query.number?.description)
    filter.add("status = ?", query.status)
    filter.add("person = ?", query.person)
    filter.add("kind = ?", query.kind)
    filter.add("due <= ?", query.dueBy?.description)
    if query.hasIncidents {
      filter.add("EXISTS (SELECT 1 FROM incident WHERE case_number = case_row.number)")
    }
    if let isOpen = query.isOpen {
      filter.add(isOpen ? "closed_at IS NULL" : "closed_at IS NOT NULL")
    }
    let (sql, arguments) = (filter.sql, filter.arguments)
    return try await read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM case_row\(sql) ORDER BY due IS NULL, due, number LIMIT \(query.limit)",
        arguments: arguments
      ).map { row in
        let standsAt: String = row["stands_at"]
        return CaseRow(
          number: try CaseNumber(row["number"] as String), kind: row["kind"],
          profile: row["profile"], status: row["status"],
          standsAt: standsAt.split(separator: "\n").map(String.init), person: row["person"],
          initials: row["initials"], birthYear: row["birth_year"],
          openedAt: try Self.instant(row["opened_at"]),
          due: try (row["due"] as String?).map(Self.instant),
          closedAt: try (row["closed_at"] as String?).map(Self.instant))
      }
    }
  }

  public func tasks(_ query: TaskQuery) async throws -> [TaskRow] {
    var filter = Filter()
    filter.add("task.id = ?", query.identifier)
    filter.add("case_number = ?", query.caseNumber?.description)
    filter.add("status = ?", query.status?.rawValue)
    filter.add("due <= ?", query.dueBy?.description)
    if let groups = query.groups {
      let marks = groups.map { _ in "?" }.joined(separator: ", ")
      filter.add(
        """
        (assignee = ? OR (assignee IS NULL
          AND EXISTS (SELECT 1 FROM task_group WHERE task = task.id AND name IN (\(marks)))))
        """, [query.assignee ?? ""] + groups)
    } else {
      filter.add("assignee = ?", query.assignee)
    }
    let (sql, arguments) = (filter.sql, filter.arguments)
    return try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT task.*, (SELECT group_concat(name, ' ') FROM task_group WHERE task = task.id) AS groups
          FROM task\(sql) ORDER BY due IS NULL, due, task.id LIMIT \(query.limit)
          """, arguments: arguments
      ).map(Self.task)
    }
  }

  private static func task(_ row: Row) throws -> TaskRow {
    let groups: String? = row["groups"]
    let draft = try (row["draft"] as String?).map {
      try JSONDecoder().decode(TaskDraft.self, from: Data($0.utf8))
    }
    return TaskRow(
      identifier: row["id"], caseNumber: try CaseNumber(row["case_number"] as String),
      key: row["key"], element: row["element"], name: row["name"], form: row["form"],
      groups: (groups ?? "").split(separator: " ").map(String.init).sorted(),
      assignee: row["assignee"], due: try (row["due"] as String?).map(instant),
      createdAt: try instant(row["created_at"]),
      status: try value(TaskRow.Status(rawValue: row["status"]), of: "task.status"), draft: draft,
      outcome: row["outcome"])
  }

  public func timers(dueBy instant: Instant) async throws -> [TimerRow] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT case_number, key, due FROM timer WHERE due <= ? ORDER BY due, case_number",
        arguments: [instant.description]
      ).map {
        TimerRow(
          caseNumber: try CaseNumber($0["case_number"] as String), key: $0["key"],
          due: try Self.instant($0["due"]))
      }
    }
  }

  public func subscriptions(to name: String, correlationKey: String) async throws
    -> [SubscriptionRow]
  {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT case_number, key FROM subscription WHERE message = ? AND correlation_key = ?
          ORDER BY case_number, key
          """, arguments: [name, correlationKey]
      ).map {
        SubscriptionRow(
          caseNumber: try CaseNumber($0["case_number"] as String), key: $0["key"], message: name,
          correlationKey: correlationKey)
      }
    }
  }

  public func people(_ query: PersonQuery) async throws -> [PersonRow] {
    var filter = Filter()
    switch query {
    case .identifier(let identifier): filter.add("id = ?", identifier)
    case .personalNumber(let number): filter.add("personal_number = ?", number)
    case .words(let words): for word in words { filter.add("instr(search, ?) > 0", word) }
    }
    let (sql, arguments) = (filter.sql, filter.arguments)
    return try await read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM person\(sql) ORDER BY search, id", arguments: arguments
      ).map {
        PersonRow(
          identifier: $0["id"], personalNumber: $0["personal_number"],
          birthDate: $0["birth_date"], search: $0["search"])
      }
    }
  }

  public func outbox(case number: CaseNumber?) async throws -> [OutboxMessage] {
    var filter = Filter()
    filter.add("case_number = ?", number?.description)
    let (sql, arguments) = (filter.sql, filter.arguments)
    return try await read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM outbox\(sql) ORDER BY position", arguments: arguments
      ).map {
        OutboxMessage(
          identifier: $0["id"], caseNumber: try CaseNumber($0["case_number"] as String),
          kind: $0["kind"], receiver: $0["receiver"], at: try Self.instant($0["at"]),
          document: $0["document"])
      }
    }
  }
}

/// The conditions of a query; what is not asked for does not filter.
private struct Filter {
  private var conditions: [String] = []
  private(set) var arguments = StatementArguments()

  var sql: String { conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ") }

  mutating func add(_ condition: String) { conditions.append(condition) }

  mutating func add(_ condition: String, _ value: (some DatabaseValueConvertible)?) {
    guard let value else { return }
    conditions.append(condition)
    arguments += [value]
  }

  mutating func add(_ condition: String, _ values: [String]) {
    conditions.append(condition)
    arguments += StatementArguments(values)
  }
}
