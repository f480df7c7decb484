internal import Commission
internal import Diagnostics
internal import FEEL

/// Brings the work-list rows of a case up to its state.
struct WorkListWriter<Session: SQLSession> {
  let session: Session

  func write(_ rows: CaseRows) throws {
    let number = rows.row.number.description
    try write(rows.row)
    for table in ["timer", "subscription", "incident", "clock"] {
      try session.execute("DELETE FROM \(table) WHERE case_number = ?", [number])
    }
    for task in rows.tasks { try write(task) }
    for timer in rows.timers {
      try session.execute(
        "INSERT INTO timer (case_number, key, due) VALUES (?, ?, ?)",
        [number, timer.key, timer.due.description])
    }
    for subscription in rows.subscriptions {
      try session.execute(
        "INSERT INTO subscription (case_number, key, message, correlation_key) VALUES (?, ?, ?, ?)",
        [number, subscription.key, subscription.message, subscription.correlationKey])
    }
    for incident in rows.incidents {
      try session.execute(
        "INSERT INTO incident (case_number, key, element, code) VALUES (?, ?, ?, ?)",
        [number, incident.key, incident.element, incident.code])
    }
    for clock in rows.clocks {
      try session.execute(
        "INSERT INTO clock (case_number, parameter, due, paused) VALUES (?, ?, ?, ?)",
        [number, clock.parameter, clock.due.description, clock.isPaused])
    }
  }

  private func write(_ row: CaseRow) throws {
    try session.execute(
      """
      INSERT INTO case_row (number, kind, profile, status, stands_at, person, initials, birth_year, opened_at, due,
        closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (number) DO UPDATE SET status = excluded.status, stands_at = excluded.stands_at,
        person = excluded.person, initials = excluded.initials, birth_year = excluded.birth_year,
        due = excluded.due, closed_at = excluded.closed_at
      """,
      [
        row.number.description, row.kind, row.profile, row.status,
        row.standsAt.joined(separator: "\n"), row.person, row.initials, row.birthYear,
        row.openedAt.description, row.due?.description, row.closedAt?.description,
      ])
  }

  /// An insert that only turns out to be an update would use up a task number.
  private func write(_ task: TaskRow) throws {
    let draft = try task.draft?.storedText()
    let number = task.caseNumber.description
    let known = try session.row(
      """
      UPDATE task SET element = ?, name = ?, form = ?, assignee = ?, due = ?, status = ?, draft = ?, outcome = ?
        WHERE case_number = ? AND key = ? RETURNING id
      """,
      [
        task.element, task.name, task.form, task.assignee, task.due?.description,
        task.status.rawValue, draft, task.outcome, number, task.key,
      ])
    if let identifier = try known?.integer("id") {
      try session.execute("DELETE FROM task_group WHERE task = ?", [identifier])
      try write(task.groups, of: identifier, task.status)
      return
    }
    let new = try session.row(
      """
      INSERT INTO task (case_number, key, element, name, form, assignee, due, created_at, status, draft, outcome)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """,
      [
        number, task.key, task.element, task.name, task.form, task.assignee,
        task.due?.description, task.createdAt.description, task.status.rawValue, draft,
        task.outcome,
      ])
    guard let identifier = try new?.integer("id") else { return }
    try write(task.groups, of: identifier, task.status)
  }

  private func write(_ groups: [String], of task: Int, _ status: TaskRow.Status) throws {
    guard status == .open else { return }
    for group in Set(groups).sorted() {
      try session.execute("INSERT INTO task_group (task, name) VALUES (?, ?)", [task, group])
    }
  }
}
