internal import BPMN
internal import Diagnostics
internal import FEEL
internal import Foundation

/// A case in memory while one command works on it.
struct LoadedCase {
  /// The number of records it was read with.
  let version: Int
  private(set) var state: CaseState
  private(set) var set: DefinitionSet
  /// What the command has made happen so far.
  private(set) var events: [CaseEvent] = []
  /// The completed forms, so that they are stored once and referred to.
  private(set) var payload: Payload
  /// Tasks that the command closed, as the work list remembers them.
  private(set) var closedTasks: [TaskRow] = []

  /// A new case.
  init(opening: CaseOpening, set: DefinitionSet) {
    version = 0
    state = CaseState(opening)
    self.set = set
    payload = Payload()
    events = [.opened(opening)]
  }

  /// A case as it was stored.
  init(version: Int, state: CaseState, set: DefinitionSet, payload: Payload) {
    self.version = version
    self.state = state
    self.set = set
    self.payload = payload
  }

  var number: CaseNumber { state.number }

  mutating func record(_ event: CaseEvent) {
    if case .process(.taskCompleted(let key, let outcome)) = event {
      close(key, as: .completed, outcome: outcome)
    } else if case .process(.terminated(let key)) = event {
      close(key, as: .cancelled, outcome: nil)
    }
    state.apply(event)
    events.append(event)
  }

  /// Goes on with other definitions; the event that says so is recorded with it.
  mutating func use(_ set: DefinitionSet, because cause: DefinitionChange.Cause) {
    let change = DefinitionChange(cause, from: state.definitions, to: set.references)
    self.set = set
    record(.definitionsChanged(change))
  }

  /// Lets answers be referred to instead of repeated.
  mutating func know(_ context: FEELContext, as document: String) {
    payload.know(context, as: document)
  }

  private mutating func close(_ key: ElementKey, as status: TaskRow.Status, outcome: String?) {
    guard let task = openTask(key) else { return }
    closedTasks.append(row(of: task, status: status, outcome: outcome))
  }

  func openTask(_ key: ElementKey) -> UserTask? {
    set.engine.userTask(key, in: state.process)
  }

  /// The work-list rows that follow from the state.
  func rows(now: Instant) throws -> CaseRows {
    let tasks = set.engine.userTasks(in: state.process)
    var clocks: [ClockRow] = []
    for clock in state.clocks.values where clock.closedAt == nil {
      try clocks.append(
        ClockRow(
          caseNumber: number, parameter: clock.parameter.identifier,
          due: clock.due(in: set.calendar, now: now), isPaused: clock.isPaused))
    }
    let opening = state.opening
    let row = CaseRow(
      number: number, kind: opening.kind.rawValue, profile: opening.profile,
      status: state.status.rawValue,
      standsAt: tasks.map { "\($0.process)/\($0.element)" }.removingRepeats(),
      person: opening.person, initials: opening.initials, birthYear: opening.birthYear,
      openedAt: opening.openedAt, due: clocks.filter { !$0.isPaused }.map(\.due).min(),
      closedAt: state.closedAt)
    return CaseRows(
      row: row,
      tasks: tasks.map { self.row(of: $0, status: .open, outcome: nil) } + closedTasks,
      timers: state.isSuspended ? [] : state.process.subscriptions.compactMap(timerRow),
      subscriptions: state.process.subscriptions.compactMap(subscriptionRow),
      incidents: state.process.incidents.map {
        IncidentRow(
          caseNumber: number, key: $0.key.value,
          element: state.process.instances[$0.element]?.element ?? "", code: $0.problem.code)
      },
      clocks: clocks.sorted { $0.parameter < $1.parameter })
  }

  private func timerRow(of subscription: Subscription) -> TimerRow? {
    subscription.due.map { TimerRow(caseNumber: number, key: subscription.key.value, due: $0) }
  }

  private func subscriptionRow(of subscription: Subscription) -> SubscriptionRow? {
    guard case .message(let name, let correlationKey) = subscription.trigger else { return nil }
    return SubscriptionRow(
      caseNumber: number, key: subscription.key.value, message: name,
      correlationKey: correlationKey)
  }

  private func row(of task: UserTask, status: TaskRow.Status, outcome: String?) -> TaskRow {
    TaskRow(
      caseNumber: number, key: task.key.value, element: task.element, name: task.name,
      form: task.form ?? "",
      groups: task.candidateGroups + task.candidateUsers.map { "@\($0)" }, assignee: task.assignee,
      due: task.due,
      createdAt: task.createdAt, status: status,
      draft: status == .open ? state.drafts[task.key] : nil, outcome: outcome)
  }

  /// The record and the state to store; `nil` when nothing happened.
  func append(_ draft: (String) throws -> RecordDraft) throws -> Batch.Append? {
    guard !events.isEmpty else { return nil }
    return try Batch.Append(
      to: .case(number), after: version, records: [draft(payload.text(events))],
      state: payload.text(state))
  }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  func removingRepeats() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
