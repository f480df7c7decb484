internal import Commission
internal import Diagnostics
internal import FEEL

/// The work lists: short queries, each answered by an index.
extension SQLSession {
  func cases(_ query: CaseQuery) throws -> [CaseRow] {
    var filter = SQLFilter()
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
    return try rows(
      """
      SELECT number, kind, profile, status, stands_at, person, initials, birth_year, opened_at, due, closed_at
      FROM case_row\(filter.sql) ORDER BY due NULLS LAST, number LIMIT \(query.limit)
      """, filter.arguments
    ).map { row in
      try CaseRow(
        number: row.caseNumber("number"), kind: row.text("kind"), profile: row.text("profile"),
        status: row.text("status"),
        standsAt: row.text("stands_at").split(separator: "\n").map(String.init),
        person: row.text("person"), initials: row.text("initials"),
        birthYear: row.optionalInteger("birth_year"), openedAt: row.instant("opened_at"),
        due: row.optionalInstant("due"), closedAt: row.optionalInstant("closed_at"))
    }
  }

  func tasks(_ query: TaskQuery) throws -> [TaskRow] {
    var filter = SQLFilter()
    filter.add("id = ?", query.identifier)
    filter.add("case_number = ?", query.caseNumber?.description)
    // written out: an index of the open tasks is used only for a status that is known when the query is planned
    if let status = query.status { filter.add("status = '\(status.rawValue)'") }
    filter.add("due <= ?", query.dueBy?.description)
    if let groups = query.groups {
      let offered = groups.map { _ in
        " OR (assignee IS NULL AND \(dialect.contains("' ' || offered_to || ' '", "?")))"
      }.joined()
      filter.add(
        "(assignee = ?\(offered))", all: [query.assignee ?? ""] + groups.map { " \($0) " })
    } else {
      filter.add("assignee = ?", query.assignee)
    }
    return try rows(
      """
      SELECT id, case_number, key, element, name, form, assignee, due, created_at, status, draft, outcome, offered_to
      FROM task\(filter.sql) ORDER BY due NULLS LAST, id LIMIT \(query.limit)
      """, filter.arguments
    ).map(task)
  }

  private func task(_ row: SQLRow) throws -> TaskRow {
    let draft = try row.optionalText("draft").map {
      guard let draft = try? TaskDraft(storedText: $0) else {
        throw SQLRow.foreign("task.draft")
      }
      return draft
    }
    guard let status = TaskRow.Status(rawValue: try row.text("status")) else {
      throw SQLRow.foreign("task.status")
    }
    return try TaskRow(
      identifier: row.integer("id"), caseNumber: row.caseNumber("case_number"),
      key: row.integer("key"), element: row.text("element"), name: row.text("name"),
      form: row.text("form"), groups: row.groups("offered_to"),
      assignee: row.optionalText("assignee"), due: row.optionalInstant("due"),
      createdAt: row.instant("created_at"), status: status, draft: draft,
      outcome: row.optionalText("outcome"))
  }

  func timers(dueBy instant: Instant) throws -> [TimerRow] {
    try rows(
      "SELECT case_number, key, due FROM timer WHERE due <= ? ORDER BY due, case_number",
      [instant.description]
    ).map {
      try TimerRow(
        caseNumber: $0.caseNumber("case_number"), key: $0.integer("key"), due: $0.instant("due"))
    }
  }

  func subscriptions(to name: String, correlationKey: String) throws -> [SubscriptionRow] {
    try rows(
      """
      SELECT case_number, key FROM subscription WHERE message = ? AND correlation_key = ?
      ORDER BY case_number, key
      """, [name, correlationKey]
    ).map {
      try SubscriptionRow(
        caseNumber: $0.caseNumber("case_number"), key: $0.integer("key"), message: name,
        correlationKey: correlationKey)
    }
  }

  func lines(of number: CaseNumber) throws -> CaseLines {
    try CaseLines(of: number, answers(to: [CaseLines.question(about: number)])[0].rows)
  }

  func undelivered() throws -> [String] {
    try rows("SELECT id FROM outbox WHERE delivered_at IS NULL ORDER BY position")
      .map { try $0.text("id") }
  }
}
