internal import Commission
internal import Diagnostics
internal import FEEL

/// Brings the work-list rows of a case up to its state. What stands there already is not written again.
struct WorkListWriter<Session: SQLSession> {
  let session: Session

  func write(_ rows: CaseRows, over standing: StandingCase) throws {
    try write(rows.row, over: standing.row)
    for task in rows.tasks { try write(task, over: standing.tasks[task.key]) }
    try write(rows, over: standing.lines)
  }

  // MARK: The case

  private func write(_ row: CaseRow, over standing: SQLRow?) throws {
    let number = row.number.description
    let indexed: [(any SQLArgument)?] = [
      row.status, row.person, row.due?.description, row.closedAt?.description,
    ]
    let others: [(any SQLArgument)?] = [
      row.standsAt.joined(separator: "\n"), row.initials, row.birthYear,
    ]
    if let standing, standing.holds(indexed, from: 0) {
      guard !standing.holds(others, from: indexed.count) else { return }
      try session.execute(
        "UPDATE case_row SET stands_at = ?, initials = ?, birth_year = ? WHERE number = ?",
        others + [number])
    } else {
      try session.execute(
        """
        INSERT INTO case_row (status, person, due, closed_at, stands_at, initials, birth_year, number, kind, profile,
          opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET status = excluded.status, stands_at = excluded.stands_at,
          person = excluded.person, initials = excluded.initials, birth_year = excluded.birth_year,
          due = excluded.due, closed_at = excluded.closed_at
        """,
        indexed + others + [number, row.kind, row.profile, row.openedAt.description])
    }
  }

  // MARK: Tasks

  private func write(_ task: TaskRow, over standing: SQLRow?) throws {
    let groups = task.status == .open ? Set(task.groups).sorted() : []
    let content: [(any SQLArgument)?] = [
      task.element, task.name, task.form, task.assignee, task.due?.description,
      task.status.rawValue, try task.draft?.storedText(), task.outcome,
      groups.joined(separator: " "),
    ]
    guard let standing else {
      return try session.execute(
        """
        INSERT INTO task (element, name, form, assignee, due, status, draft, outcome, offered_to, case_number, key,
          created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, content + [task.caseNumber.description, task.key, task.createdAt.description])
    }
    guard !standing.holds(content, from: 0) else { return }
    try session.execute(
      """
      UPDATE task SET element = ?, name = ?, form = ?, assignee = ?, due = ?, status = ?, draft = ?, outcome = ?,
        offered_to = ? WHERE id = ?
      """, content + [standing.integer("id")])
  }

  // MARK: What it waits for

  private func write(_ rows: CaseRows, over standing: CaseLines) throws {
    let number = rows.row.number.description
    try replace(standing.timers, by: rows.timers, of: number, in: "timer") { timer in
      try session.execute(
        "INSERT INTO timer (case_number, key, due) VALUES (?, ?, ?)",
        [number, timer.key, timer.due.description])
    }
    try replace(standing.subscriptions, by: rows.subscriptions, of: number, in: "subscription") {
      subscription in
      try session.execute(
        "INSERT INTO subscription (case_number, key, message, correlation_key) VALUES (?, ?, ?, ?)",
        [number, subscription.key, subscription.message, subscription.correlationKey])
    }
    try replace(standing.incidents, by: rows.incidents, of: number, in: "incident") { incident in
      try session.execute(
        "INSERT INTO incident (case_number, key, element, code) VALUES (?, ?, ?, ?)",
        [number, incident.key, incident.element, incident.code])
    }
    try replace(standing.clocks, by: rows.clocks, of: number, in: "clock") { clock in
      try session.execute(
        "INSERT INTO clock (case_number, parameter, due, paused) VALUES (?, ?, ?, ?)",
        [number, clock.parameter, clock.due.description, clock.isPaused])
    }
  }

  private func replace<Row: Hashable>(
    _ standing: [Row], by rows: [Row], of number: String, in table: String,
    _ insert: (Row) throws -> Void
  ) throws {
    guard Set(standing) != Set(rows) else { return }
    if !standing.isEmpty {
      try session.execute("DELETE FROM \(table) WHERE case_number = ?", [number])
    }
    for row in rows { try insert(row) }
  }
}
