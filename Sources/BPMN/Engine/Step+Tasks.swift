import Diagnostics
import FEEL

extension Step {
  /// Opens a user task; `false` with an incident when its assignment or dates cannot be told.
  mutating func createTask(
    _ task: UserTaskDefinition, for key: ElementKey, at place: Place
  ) -> Bool {
    guard let assignee = assigned(task.assignee, "assignee", key, at: place, as: Self.name),
      let groups = assigned(
        task.candidateGroups, "candidateGroups", key, at: place, as: Self.names),
      let users = assigned(task.candidateUsers, "candidateUsers", key, at: place, as: Self.names),
      let due = assigned(task.due, "dueDate", key, at: place, as: instant),
      let followUp = assigned(task.followUp, "followUpDate", key, at: place, as: instant),
      let priority = assigned(task.priority, "priority", key, at: place, as: Self.integer)
    else { return false }
    let laneGroup = task.candidateGroups == nil ? self[place].laneGroup : nil
    let isHeard = self[place].listens(to: .creating) || self[place].listens(to: .assigning)
    emit(
      .taskCreated(
        TaskRecord(
          key: key, process: processes[place.process].id, element: self[place].id,
          assignee: isHeard ? nil : assignee,
          candidateGroups: groups ?? (laneGroup.map { [$0] } ?? []),
          candidateUsers: users ?? [], due: due, followUp: followUp, priority: priority ?? 50,
          createdAt: now)))
    return true
  }

  /// Opens a job; `false` with an incident when its type or number of tries cannot be told.
  mutating func createJob(
    _ job: JobDefinition, for key: ElementKey, at place: Place, listener: ListenerEvent? = nil
  ) -> Bool {
    let type = evaluate(job.type, from: key)
    guard let type = type.value.string else {
      raise(.expression, on: key, .unusable("BPMN215", "type", self[place], type.notes))
      return false
    }
    guard let retries = assigned(job.retries, "retries", key, at: place, as: Self.integer) else {
      return false
    }
    emit(
      .jobCreated(
        JobRecord(
          key: key, process: processes[place.process].id, element: self[place].id, type: type,
          retries: retries ?? 3, listener: listener)))
    return true
  }

  /// A property of a task: the inner `nil` is "not set", the outer one an incident.
  private mutating func assigned<Value>(
    _ expression: ModelExpression?, _ what: String, _ key: ElementKey, at place: Place,
    as read: (FEELValue) -> Value?
  ) -> Value?? {
    guard let expression else { return .some(nil) }
    let result = evaluate(expression, from: key)
    if result.value.isNull, result.notes.isEmpty { return .some(nil) }
    guard let value = read(result.value) else {
      raise(.assignment, on: key, .unusable("BPMN214", what, self[place], result.notes))
      return nil
    }
    note(result.notes, on: key)
    return .some(value)
  }

  private static func name(_ value: FEELValue) -> String? { value.string }

  /// A list of names, or one text with commas.
  private static func names(_ value: FEELValue) -> [String]? {
    if let text = value.string {
      return text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }
    guard let list = value.list else { return nil }
    let names = list.compactMap(\.string)
    return names.count == list.count ? names : nil
  }

  private static func integer(_ value: FEELValue) -> Int? {
    value.integer ?? value.string.flatMap { Int($0) }
  }
}
