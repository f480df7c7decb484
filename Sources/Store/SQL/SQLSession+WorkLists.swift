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
      FROM case_row\(filter.sql) ORDER BY due IS NULL, due, number LIMIT \(query.limit)
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
    filter.add("task.id = ?", query.identifier)
    filter.add("case_number = ?", query.caseNumber?.description)
    filter.add("status = ?", query.status?.rawValue)
    filter.add("due <= ?", query.dueBy?.description)
    if let groups = query.groups {
      let marks = groups.map { _ in "?" }.joined(separator: ", ")
      let offered =
        groups.isEmpty
        ? ""
        : """
         OR (assignee IS NULL
            AND EXISTS (SELECT 1 FROM task_group WHERE task = task.id AND name IN (\(marks))))
        """
      filter.add("(assignee = ?\(offered))", all: [query.assignee ?? ""] + groups)
    } else {
      filter.add("assignee = ?", query.assignee)
    }
    return try rows(
      """
      SELECT task.id, case_number, key, element, task.name, form, assignee, due, created_at, status, draft, outcome,
        (SELECT \(dialect.joined("task_group.name")) FROM task_group WHERE task = task.id) AS offered_to
      FROM task\(filter.sql) ORDER BY due IS NULL, due, task.id LIMIT \(query.limit)
      """, filter.arguments
    ).map(task)
  }

  private func task(_ row: SQLRow) throws -> TaskRow {
    let groups = try row.optionalText("offered_to") ?? ""
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
      form: row.text("form"), groups: groups.split(separator: " ").map(String.init).sorted(),
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
    func all<Row>(_ sql: String, _ read: (SQLRow) throws -> Row) throws -> [Row] {
      try rows("\(sql) WHERE case_number = ?", [number.description]).map(read)
    }
    return try CaseLines(
      timers: all("SELECT key, due FROM timer") {
        try TimerRow(caseNumber: number, key: $0.integer("key"), due: $0.instant("due"))
      },
      subscriptions: all("SELECT key, message, correlation_key FROM subscription") {
        try SubscriptionRow(
          caseNumber: number, key: $0.integer("key"), message: $0.text("message"),
          correlationKey: $0.text("correlation_key"))
      },
      incidents: all("SELECT key, element, code FROM incident") {
        try IncidentRow(
          caseNumber: number, key: $0.integer("key"), element: $0.text("element"),
          code: $0.text("code"))
      },
      clocks: all("SELECT parameter, due, paused FROM clock") {
        try ClockRow(
          caseNumber: number, parameter: $0.text("parameter"), due: $0.instant("due"),
          isPaused: $0.integer("paused") == 1)
      })
  }

  func undelivered() throws -> [String] {
    try rows("SELECT id FROM outbox WHERE delivered_at IS NULL ORDER BY position")
      .map { try $0.text("id") }
  }
}
