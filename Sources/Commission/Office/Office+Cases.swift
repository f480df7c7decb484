public import BPMN
internal import Diagnostics
public import FEEL

/// Looking at cases and moving time.
extension Office {
  /// One case, as the people at the desk ask for it.
  public struct Overview: Sendable {
    public let opening: CaseOpening
    public let status: CaseStatus
    /// The full name; the pseudonym for users who must not know it.
    public let name: String
    /// The day of the person's death, once it is entered.
    public let diedOn: Day?
    public let tasks: [TaskRow]
    public let clocks: [ClockRow]
    public let documents: [CaseDocument]
    public let incidents: [Incident]
    public let links: [CaseLink]
    public let last: [Record]
    public let closedAt: Instant?
  }

  /// The case with that number.
  ///
  /// - Throws: `CASE011` when there is none.
  public func overview(of number: CaseNumber) async throws -> Overview {
    let (work, loaded) = try await reading(number, for: .overview)
    let person = try await person(of: loaded, work: work)
    let rows = try loaded.rows(now: now)
    let records = try await store.records(of: .case(number), after: max(0, loaded.version - 3))
    return try await Overview(
      opening: loaded.state.opening, status: loaded.state.status,
      name: name(of: person, in: loaded.state), diedOn: person?.diedOn,
      tasks: store.tasks(TaskQuery(caseNumber: number)), clocks: rows.clocks,
      documents: loaded.state.documents, incidents: loaded.state.process.incidents,
      links: loaded.state.links, last: records.reversed(), closedAt: loaded.state.closedAt)
  }

  /// The cases whose content was erased.
  public func erasedCases() async throws -> Set<CaseNumber> {
    try await Set(ErasureList.read(in: store).0.done)
  }

  /// Experts work on a pseudonym (domain.md 4.1); everybody else sees the name.
  private func name(of person: Person?, in state: CaseState) -> String {
    guard let person else { return state.opening.initials }
    return seesIdentity ? person.identity.fullName : state.pseudonym ?? "–"
  }

  /// The person of a case; `nil` when it is about nobody.
  private func person(of loaded: LoadedCase, work: Work) async throws -> Person? {
    var work = work
    let identifier = loaded.state.opening.person
    return identifier.isEmpty ? nil : try await work.person(identifier)
  }

  /// Whether the user's roles let them know who a case is about.
  public var seesIdentity: Bool {
    !Set(user.roles).isDisjoint(with: [
      "secretary", "session-secretary", "irp-coordinator", "appeal-secretary", "head",
      "pmpc-secretary", "pmpc-member", "social-intake",
    ])
  }

  /// Fires every timer that is due, case by case.
  ///
  /// - Returns: how many cases moved.
  @discardableResult public func passTime() async throws -> Int {
    let numbers = try await store.timers(dueBy: now).map(\.caseNumber).removingRepeats()
    for number in numbers {
      _ = try await perform("clock.passed") { work in
        if try await work.loaded(number).state.clocks.values.contains(where: \.isPaused) {
          try await work.followClocks(of: number)
        }
        try await work.run(.tick, in: number)
        return number
      }
    }
    return numbers.count
  }

  /// What waits, for the first screen.
  public struct Status: Sendable {
    public let overdue: [TaskRow]
    public let dueToday: Int
    public let mine: Int
    public let openCases: Int
    public let incidents: Int
  }

  /// Overdue and waiting work of the user.
  public func status() async throws -> Status {
    let mine = try await tasks(mine: true)
    let cases = try await store.cases(CaseQuery(isOpen: true, limit: 1_000_000))
    return Status(
      overdue: mine.filter { $0.due.map { $0 < now } ?? false },
      dueToday: mine.count { $0.due.map { DateTime($0, in: .office)?.day == today } ?? false },
      mine: mine.count, openCases: cases.count,
      incidents: try await incidents().count)
  }

  /// Open tasks, due first: all, or those the user has or may take, also standing in for others.
  public func tasks(mine: Bool, caseNumber: CaseNumber? = nil) async throws -> [TaskRow] {
    var query = TaskQuery(caseNumber: caseNumber)
    guard mine else { return try await store.tasks(query) }
    query.assignee = user.name
    query.groups = user.roles + ["@\(user.name)"]
    var rows = try await store.tasks(query)
    let rights = TaskRights(authority: authority, today: today)
    for absent in authority.absent(standingIn: user.name, on: today) {
      rows += try await store.tasks(TaskQuery(caseNumber: caseNumber, assignee: absent))
        .filter { (try? rights.principal(of: user, on: $0)) != nil }
    }
    return rows.sorted { left, right in
      switch (left.due, right.due) {
      case (let one?, let other?) where one != other: one < other
      case (_?, nil): true
      case (nil, _?): false
      default: (left.identifier ?? 0) < (right.identifier ?? 0)
      }
    }
  }
}
