internal import BPMN
internal import Diagnostics
internal import FEEL

/// Whether a user may work on a task: by role, by name, or standing in for somebody (D10).
///
/// Candidate users stand among the groups of a row as `@name`.
struct TaskRights {
  let authority: Authority
  let today: Day

  /// Whom `user` acts for when working on `row`; `nil`: for themself.
  ///
  /// - Throws: `TASK004` when the task is not for the user.
  func principal(of user: Authority.User, on row: TaskRow) throws -> String? {
    if let assignee = row.assignee {
      if assignee == user.name { return nil }
      if authority.absent(standingIn: user.name, on: today).contains(assignee),
        row.roles.isEmpty || isCandidate(user, of: row)
      {
        return assignee
      }
    } else if isCandidate(user, of: row) {
      return nil
    }
    throw Diagnostic(
      "TASK004",
      [
        "task": "T-\(row.identifier ?? 0)",
        "roles": row.assignee ?? row.groups.joined(separator: ", "),
      ])
  }

  /// Whether the task is offered to the user, by role or by name.
  func isCandidate(_ user: Authority.User, of row: TaskRow) -> Bool {
    !Set(row.groups).isDisjoint(with: user.roles + ["@\(user.name)"])
  }
}

extension TaskRow {
  /// The groups without the candidate users among them.
  var roles: [String] { groups.filter { !$0.hasPrefix("@") } }
}

extension LoadedCase {
  /// Refuses to work on a case that stands still.
  ///
  /// - Throws: `CASE023`.
  func checkActive() throws {
    guard state.isSuspended else { return }
    throw Diagnostic("CASE023", ["number": number.description])
  }

  /// Refuses whoever has stepped down in this case, or did what another person must have done.
  ///
  /// - Parameter users: who acts, and whom they stand in for.
  /// - Throws: `TASK010` for a recused user; `TASK005` when `notSameAs` of the task names work of theirs.
  func checkPersons(_ users: [String], for task: UserTask) throws {
    if let user = users.first(where: state.recused.contains) {
      throw Diagnostic("TASK010", ["user": user])
    }
    let elements = (task.properties["notSameAs"] ?? "").split(separator: ",").map {
      $0.trimmingPrefix(while: \.isWhitespace)
    }
    let done = state.documents.first { document in
      elements.contains { $0 == document.element ?? "" }
        && users.contains { $0 == document.by || $0 == document.onBehalfOf }
    }
    if let done { throw Diagnostic("TASK005", ["task": task.name, "other": done.name]) }
  }

  /// Refuses to hand on the seat of a drawn panel: only recusal and a new draw fill it again.
  ///
  /// - Throws: `TASK011`.
  func checkSeat(of task: UserTask) throws {
    guard let assignee = task.assignee, state.panel.contains(where: { $0.user == assignee }) else {
      return
    }
    throw Diagnostic("TASK011", ["user": assignee])
  }
}
