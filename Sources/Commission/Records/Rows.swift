public import FEEL

/// The work-list rows of one case, written in the transaction of the step they follow from.
public struct CaseRows: Hashable, Sendable {
  public var row: CaseRow
  /// All tasks of the case that are open, and those that this step closed.
  public var tasks: [TaskRow]
  public var timers: [TimerRow]
  public var subscriptions: [SubscriptionRow]
  public var incidents: [IncidentRow]
  public var clocks: [ClockRow]

  public init(
    row: CaseRow, tasks: [TaskRow], timers: [TimerRow], subscriptions: [SubscriptionRow],
    incidents: [IncidentRow], clocks: [ClockRow]
  ) {
    self.row = row
    self.tasks = tasks
    self.timers = timers
    self.subscriptions = subscriptions
    self.incidents = incidents
    self.clocks = clocks
  }
}

/// What stands of one case in the lists of what it waits for.
public struct CaseLines: Hashable, Sendable {
  public let timers: [TimerRow]
  public let subscriptions: [SubscriptionRow]
  public let incidents: [IncidentRow]
  public let clocks: [ClockRow]

  public init(
    timers: [TimerRow], subscriptions: [SubscriptionRow], incidents: [IncidentRow],
    clocks: [ClockRow]
  ) {
    self.timers = timers
    self.subscriptions = subscriptions
    self.incidents = incidents
    self.clocks = clocks
  }
}

/// One line of the list of cases.
public struct CaseRow: Hashable, Sendable {
  public let number: CaseNumber
  public let kind: String
  public let profile: String
  public let status: String
  /// The names of the steps it stands at, in the order of the diagram.
  public var standsAt: [String]
  public var person: String
  /// Surname and initials, as lists show people.
  public var initials: String
  public var birthYear: Int?
  public let openedAt: Instant
  /// The earliest statutory clock that is running.
  public let due: Instant?
  public let closedAt: Instant?

  public init(
    number: CaseNumber, kind: String, profile: String, status: String, standsAt: [String],
    person: String, initials: String, birthYear: Int?, openedAt: Instant, due: Instant?,
    closedAt: Instant?
  ) {
    self.number = number
    self.kind = kind
    self.profile = profile
    self.status = status
    self.standsAt = standsAt
    self.person = person
    self.initials = initials
    self.birthYear = birthYear
    self.openedAt = openedAt
    self.due = due
    self.closedAt = closedAt
  }
}

/// One line of the list of tasks.
public struct TaskRow: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable, Codable {
    case open, completed, cancelled
  }

  /// Given by the store when the task is first written; people say `T-451`.
  public var identifier: Int?
  public let caseNumber: CaseNumber
  /// The key of the element instance in the case's process.
  public let key: Int
  public let element: String
  public let name: String
  public let form: String
  public let groups: [String]
  public let assignee: String?
  public let due: Instant?
  public let createdAt: Instant
  public let status: Status
  /// Answered and asked questions of the saved draft, who saved it and when.
  public var draft: TaskDraft?
  /// The chosen result of a completed task, as reports count it.
  public let outcome: String?

  public init(
    identifier: Int? = nil, caseNumber: CaseNumber, key: Int, element: String, name: String,
    form: String, groups: [String], assignee: String?, due: Instant?, createdAt: Instant,
    status: Status, draft: TaskDraft?, outcome: String?
  ) {
    self.identifier = identifier
    self.caseNumber = caseNumber
    self.key = key
    self.element = element
    self.name = name
    self.form = form
    self.groups = groups
    self.assignee = assignee
    self.due = due
    self.createdAt = createdAt
    self.status = status
    self.draft = draft
    self.outcome = outcome
  }
}

/// Answers that were saved but not handed in.
public struct TaskDraft: Hashable, Sendable {
  public let answered: Int
  public let of: Int
  public let by: String
  public let at: Instant
  /// The stored document with the answers so far.
  public var document: String

  public init(answered: Int, of: Int, by: String, at: Instant, document: String) {
    self.answered = answered
    self.of = of
    self.by = by
    self.at = at
    self.document = document
  }
}

extension TaskDraft: JSONRecord {
  public static func members(of value: TaskDraft?, in json: inout JSONCoder) throws -> TaskDraft {
    try TaskDraft(
      answered: json.member("answered", value?.answered),
      of: json.member("of", value?.of),
      by: json.member("by", value?.by),
      at: json.member("at", value?.at),
      document: json.member("document", value?.document))
  }
}

/// A timer of a case's process.
public struct TimerRow: Hashable, Sendable {
  public let caseNumber: CaseNumber
  public let key: Int
  public let due: Instant

  public init(caseNumber: CaseNumber, key: Int, due: Instant) {
    self.caseNumber = caseNumber
    self.key = key
    self.due = due
  }
}

/// A case that waits for a message.
public struct SubscriptionRow: Hashable, Sendable {
  public let caseNumber: CaseNumber
  public let key: Int
  public let message: String
  public let correlationKey: String

  public init(caseNumber: CaseNumber, key: Int, message: String, correlationKey: String) {
    self.caseNumber = caseNumber
    self.key = key
    self.message = message
    self.correlationKey = correlationKey
  }
}

/// A step that could not go on.
public struct IncidentRow: Hashable, Sendable {
  public let caseNumber: CaseNumber
  public let key: Int
  public let element: String
  public let code: String

  public init(caseNumber: CaseNumber, key: Int, element: String, code: String) {
    self.caseNumber = caseNumber
    self.key = key
    self.element = element
    self.code = code
  }
}

/// A statutory clock of a case.
public struct ClockRow: Hashable, Sendable {
  public let caseNumber: CaseNumber
  public let parameter: String
  public let due: Instant
  public let isPaused: Bool

  public init(caseNumber: CaseNumber, parameter: String, due: Instant, isPaused: Bool) {
    self.caseNumber = caseNumber
    self.parameter = parameter
    self.due = due
    self.isPaused = isPaused
  }
}

/// A person of the register, as far as people are found by it.
public struct PersonRow: Hashable, Sendable {
  public let identifier: String
  public let personalNumber: String?
  public let birthDate: String
  /// Surname, given name and patronymic, folded for search.
  public let search: String
  /// What `PersonQuery.words` finds the person by: the names, each once.
  public let words: [String]

  public init(identifier: String, personalNumber: String?, birthDate: String, search: String) {
    self.init(
      identifier: identifier, personalNumber: personalNumber, birthDate: birthDate, search: search,
      words: search.split(separator: " ").map(String.init).removingRepeats())
  }

  /// A row whose words are not those of `search`, because both are sealed.
  public init(
    identifier: String, personalNumber: String?, birthDate: String, search: String,
    words: [String]
  ) {
    self.identifier = identifier
    self.personalNumber = personalNumber
    self.birthDate = birthDate
    self.search = search
    self.words = words
  }
}

/// Which cases; unset parts do not filter.
public struct CaseQuery: Hashable, Sendable {
  public var number: CaseNumber?
  public var status: String?
  public var person: String?
  public var kind: String?
  public var isOpen: Bool?
  /// Only cases in which a step waits to be mended.
  public var hasIncidents: Bool
  public var dueBy: Instant?
  public var limit: Int

  public init(
    number: CaseNumber? = nil, status: String? = nil, person: String? = nil, kind: String? = nil,
    isOpen: Bool? = nil, hasIncidents: Bool = false, dueBy: Instant? = nil, limit: Int = 1000
  ) {
    self.hasIncidents = hasIncidents
    self.number = number
    self.status = status
    self.person = person
    self.kind = kind
    self.isOpen = isOpen
    self.dueBy = dueBy
    self.limit = limit
  }
}

/// Which tasks; unset parts do not filter.
public struct TaskQuery: Hashable, Sendable {
  public var identifier: Int?
  public var caseNumber: CaseNumber?
  public var assignee: String?
  /// Tasks offered to any of these groups and not taken by anybody, or assigned to `assignee`.
  public var groups: [String]?
  public var dueBy: Instant?
  public var status: TaskRow.Status?
  public var limit: Int

  public init(
    identifier: Int? = nil, caseNumber: CaseNumber? = nil, assignee: String? = nil,
    groups: [String]? = nil, dueBy: Instant? = nil, status: TaskRow.Status? = .open,
    limit: Int = 1000
  ) {
    self.identifier = identifier
    self.caseNumber = caseNumber
    self.assignee = assignee
    self.groups = groups
    self.dueBy = dueBy
    self.status = status
    self.limit = limit
  }
}

/// Which people.
public enum PersonQuery: Hashable, Sendable {
  case identifier(String)
  case personalNumber(String)
  /// Folded names that must all occur.
  case words([String])
}
