internal import Diagnostics

/// What is done beside the work on a task, and which roles may do it (domain.md 4.1).
enum Duty {
  /// Giving tasks to others and saying who may take them.
  case assignTasks
  /// Priority and follow-up of tasks.
  case rankTasks
  /// Sending a case back to a step that was done.
  case returnTasks
  /// Ordering who stands in for whom.
  case orderSubstitutes
  case pauseClocks
  /// Extending and correcting clocks.
  case changeClocks
  /// Suspending, resuming, reopening and cancelling cases.
  case steerCases
  /// Ending a case because the person asks for it.
  case withdrawCases
  /// Sending papers of a case to other agencies.
  case forwardPapers
  /// Moving cases to other definitions, changing timers.
  case migrateCases
  case mendIncidents
  /// Adding, changing and disabling users.
  case keepUsers
  /// Deploying new versions of workflows, decisions, forms and lists.
  case deployDefinitions
  /// Backups, copies and restores: whoever makes them takes everything along.
  case keepStore
  /// Making closed cases unreadable for ever.
  case eraseCases
  /// Seeing who looked at which case.
  case readAccessLog
  /// Reading and printing registers.
  case readRegisters
  /// Taking over registers that were kept on paper.
  case keepRegisters
  /// Printing papers and letters, which name the person.
  case readPapers

  var roles: [String] {
    switch self {
    case .assignTasks:
      ["head", "secretary", "session-secretary", "appeal-secretary", "irp-coordinator"]
    case .rankTasks:
      ["head", "chair", "secretary", "session-secretary", "appeal-secretary", "irp-coordinator"]
    case .returnTasks: ["head", "chair", "secretary", "session-secretary", "appeal-secretary"]
    case .orderSubstitutes: ["head"]
    case .pauseClocks: ["head", "chair", "secretary", "session-secretary", "appeal-secretary"]
    case .changeClocks: ["head", "chair"]
    case .steerCases: ["head"]
    case .forwardPapers:
      ["head", "chair", "secretary", "session-secretary", "appeal-secretary", "irp-coordinator"]
    case .withdrawCases:
      ["head", "secretary", "session-secretary", "irp-coordinator", "social-intake"]
    case .migrateCases, .mendIncidents, .readAccessLog, .eraseCases:
      ["head", Authority.administrator]
    case .keepRegisters: ["head", "secretary"]
    case .readPapers, .readRegisters:
      [
        "head", "chair", "secretary", "session-secretary", "appeal-secretary", "irp-coordinator",
        "pmpc-secretary", "social-intake",
      ]
    case .keepUsers, .deployDefinitions, .keepStore: [Authority.administrator]
    }
  }
}

extension Office {
  /// - Throws: `USER004` naming the roles when the user has none of them.
  func require(_ duty: Duty) throws {
    guard Set(duty.roles).isDisjoint(with: user.roles) else { return }
    throw Diagnostic("USER004", ["roles": duty.roles.joined(separator: ", ")])
  }
}
