internal import Commission
internal import Diagnostics
internal import FEEL

/// Brings the work-list rows of a case up to its state. What stands there already is not written again.
struct WorkListWriter<Session: SQLSession> {
  let session: Session

  func write(_ rows: CaseRows) throws {
    let number = rows.row.number
    let standing = try standing(number)
    try write(rows.row, over: standing)
    for task in rows.tasks { try write(task, isNewCase: standing == nil) }
    let hasLines = try standing?.integer("has_lines") == 1
    try write(rows, over: hasLines ? session.lines(of: number) : nil)
  }

  // MARK: The case

  /// What may change of its row, first what an index holds, and whether it has timers, subscriptions, incidents or clocks;
  /// `nil`: it is a new case.
  private func standing(_ number: CaseNumber) throws -> SQLRow? {
    try session.row(
      """
      SELECT status, person, due, closed_at, stands_at, initials, birth_year,
        EXISTS (SELECT 1 FROM clock WHERE case_number = number)
        OR EXISTS (SELECT 1 FROM timer WHERE case_number = number)
        OR EXISTS (SELECT 1 FROM subscription WHERE case_number = number)
        OR EXISTS (SELECT 1 FROM incident WHERE case_number = number) AS has_lines
      FROM case_row WHERE number = ?
      """, [number.description])
  }

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

  private func write(_ task: TaskRow, isNewCase: Bool) throws {
    let place: [(any SQLArgument)?] = [task.caseNumber.description, task.key]
    let content: [(any SQLArgument)?] = [
      task.element, task.name, task.form, task.assignee, task.due?.description,
      task.status.rawValue, try task.draft?.storedText(), task.outcome,
    ]
    let groups = task.status == .open ? Set(task.groups).sorted() : []
    if !isNewCase, try change(place, to: content, groups) { return }
    try session.execute(
      """
      INSERT INTO task (element, name, form, assignee, due, status, draft, outcome, case_number, key, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, content + place + [task.createdAt.description])
    try offer(place, to: groups)
  }

  /// Changes the task at `place`, unless it is so already: only one that is offered to groups is looked at first, since one
  /// that is closed is known to change.
  ///
  /// - Returns: whether there is such a task. An insert that only turns out to be an update would use up a number.
  private func change(
    _ place: [(any SQLArgument)?], to content: [(any SQLArgument)?], _ groups: [String]
  ) throws -> Bool {
    if !groups.isEmpty {
      let standing = try session.row(
        """
        SELECT element, name, form, assignee, due, status, draft, outcome, id FROM task
        WHERE case_number = ? AND key = ?
        """, place)
      guard let standing else { return false }
      let isSame = standing.holds(content, from: 0)
      if isSame, try self.groups(of: standing.integer("id")) == groups { return true }
    }
    let changed = try session.execute(
      """
      UPDATE task SET element = ?, name = ?, form = ?, assignee = ?, due = ?, status = ?, draft = ?, outcome = ?
      WHERE case_number = ? AND key = ?
      """, content + place)
    guard changed > 0 else { return false }
    try session.execute(
      "DELETE FROM task_group WHERE task = (SELECT id FROM task WHERE case_number = ? AND key = ?)",
      place)
    try offer(place, to: groups)
    return true
  }

  private func offer(_ place: [(any SQLArgument)?], to groups: [String]) throws {
    for group in groups {
      try session.execute(
        """
        INSERT INTO task_group (task, name)
        VALUES ((SELECT id FROM task WHERE case_number = ? AND key = ?), ?)
        """, place + [group])
    }
  }

  private func groups(of task: Int) throws -> [String] {
    try session.rows("SELECT name FROM task_group WHERE task = ?", [task]).map {
      try $0.text("name")
    }.sorted()
  }

  // MARK: What it waits for

  private func write(_ rows: CaseRows, over standing: CaseLines?) throws {
    let number = rows.row.number.description
    try replace(standing?.timers, by: rows.timers, of: number, in: "timer") { timer in
      try session.execute(
        "INSERT INTO timer (case_number, key, due) VALUES (?, ?, ?)",
        [number, timer.key, timer.due.description])
    }
    try replace(standing?.subscriptions, by: rows.subscriptions, of: number, in: "subscription") {
      subscription in
      try session.execute(
        "INSERT INTO subscription (case_number, key, message, correlation_key) VALUES (?, ?, ?, ?)",
        [number, subscription.key, subscription.message, subscription.correlationKey])
    }
    try replace(standing?.incidents, by: rows.incidents, of: number, in: "incident") { incident in
      try session.execute(
        "INSERT INTO incident (case_number, key, element, code) VALUES (?, ?, ?, ?)",
        [number, incident.key, incident.element, incident.code])
    }
    try replace(standing?.clocks, by: rows.clocks, of: number, in: "clock") { clock in
      try session.execute(
        "INSERT INTO clock (case_number, parameter, due, paused) VALUES (?, ?, ?, ?)",
        [number, clock.parameter, clock.due.description, clock.isPaused])
    }
  }

  private func replace<Row: Hashable>(
    _ standing: [Row]?, by rows: [Row], of number: String, in table: String,
    _ insert: (Row) throws -> Void
  ) throws {
    let standing = Set(standing ?? [])
    guard standing != Set(rows) else { return }
    if !standing.isEmpty {
      try session.execute("DELETE FROM \(table) WHERE case_number = ?", [number])
    }
    for row in rows { try insert(row) }
  }
}
