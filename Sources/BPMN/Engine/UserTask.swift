public import FEEL

/// What the case remembers of an open user task: everything that can change while it is open.
public struct TaskRecord: Hashable, Sendable {
  /// The key of the task's element instance.
  public let key: ElementKey
  public internal(set) var process: String
  public internal(set) var element: String
  public internal(set) var assignee: String?
  public internal(set) var candidateGroups: [String]
  public internal(set) var candidateUsers: [String]
  public internal(set) var due: Instant?
  public internal(set) var followUp: Instant?
  /// 0 to 100; 50 when the model does not say.
  public internal(set) var priority: Int
  public let createdAt: Instant
}

/// A change of an open task; `nil` leaves a property as it is.
public struct TaskChange: Hashable, Sendable {
  public var candidateGroups: [String]?
  public var candidateUsers: [String]?
  public var due: Instant?
  public var followUp: Instant?
  public var priority: Int?

  public init(
    candidateGroups: [String]? = nil, candidateUsers: [String]? = nil, due: Instant? = nil,
    followUp: Instant? = nil, priority: Int? = nil
  ) {
    self.candidateGroups = candidateGroups
    self.candidateUsers = candidateUsers
    self.due = due
    self.followUp = followUp
    self.priority = priority
  }
}

/// An open user task, ready to be shown: the record of the case and what the model says about it.
public struct UserTask: Hashable, Sendable {
  public let record: TaskRecord
  public let name: String
  /// The id of the form that is filled (`zeebe:formDefinition`).
  public let form: String?
  /// The lane the task is drawn in.
  public let lane: String?
  /// `zeebe:properties` by name.
  public let properties: [String: String]
  /// The help text of the model (`documentation`).
  public let documentation: String?
  /// The variables of the task itself, made by its input mappings.
  public let variables: [String: FEELValue]

  public var key: ElementKey { record.key }
  public var process: String { record.process }
  public var element: String { record.element }
  public var assignee: String? { record.assignee }
  public var candidateGroups: [String] { record.candidateGroups }
  public var candidateUsers: [String] { record.candidateUsers }
  public var due: Instant? { record.due }
  public var followUp: Instant? { record.followUp }
  public var priority: Int { record.priority }
  public var createdAt: Instant { record.createdAt }
}

extension TaskRecord: JSONRecord {
  public static func members(of value: TaskRecord?, in json: inout JSONCoder) throws -> TaskRecord {
    try TaskRecord(
      key: json.member("key", value?.key),
      process: json.member("process", value?.process),
      element: json.member("element", value?.element),
      assignee: json.optional("assignee", value?.assignee),
      candidateGroups: json.member("candidateGroups", value?.candidateGroups),
      candidateUsers: json.member("candidateUsers", value?.candidateUsers),
      due: json.optional("due", value?.due),
      followUp: json.optional("followUp", value?.followUp),
      priority: json.member("priority", value?.priority),
      createdAt: json.member("createdAt", value?.createdAt))
  }
}

extension TaskChange: JSONRecord {
  public static func members(of value: TaskChange?, in json: inout JSONCoder) throws -> TaskChange {
    try TaskChange(
      candidateGroups: json.optional("candidateGroups", value?.candidateGroups),
      candidateUsers: json.optional("candidateUsers", value?.candidateUsers),
      due: json.optional("due", value?.due),
      followUp: json.optional("followUp", value?.followUp),
      priority: json.optional("priority", value?.priority))
  }
}
