public import FEEL

/// The stored form: lists in key order, so that the same state always gives the same JSON.
extension ProcessState: JSONRecord {
  public static func members(
    of value: ProcessState?, in json: inout JSONCoder
  ) throws -> ProcessState {
    let adHocs = try table("adHocs", value?.adHocs, &json)
    let compensationRuns = try table("compensationRuns", value?.compensationRuns, &json)
    let compensations = try json.list(
      "compensations", (value?.compensations.values.joined()).map(Array.init))
    let incidents = try json.list("incidents", value?.incidents)
    let instances = try json.list("instances", value?.instances.values)
    let jobs = try json.list("jobs", value?.jobRecords.values)
    let listenerRuns = try table("listenerRuns", value?.listenerRuns, &json)
    let messageStarts = try json.list("messageStarts", value?.messageStarts.values)
    let messages = try json.list("messages", value?.keptMessages.values)
    let multiInstances = try table("multiInstances", value?.multiInstances, &json)
    let nextKey = try json.member("nextKey", value?.nextKey)
    let subscriptions = try json.list("subscriptions", value?.subscriptions)
    let suspendedAt = try json.optional("suspendedAt", value?.suspendedAt)
    let tasks = try json.list("tasks", value?.taskRecords.values)
    let waitingTokens = try table("waitingTokens", value?.waitingTokens, &json)
    if let value { return value }

    var state = ProcessState()
    state.nextKey = nextKey
    state.instances = KeyTable(instances, by: { $0.key })
    for scope in state.instances.values.compactMap(\.scope) {
      state.instances.update(scope) { $0.children += 1 }
    }
    state.multiInstances = multiInstances
    state.waitingTokens = waitingTokens
    state.taskRecords = KeyTable(tasks, by: { $0.key })
    state.jobRecords = KeyTable(jobs, by: { $0.key })
    for subscription in subscriptions {
      state.subscriptionsByHolder[subscription.holder] =
        (state.subscriptionsByHolder[subscription.holder] ?? []) + [subscription]
    }
    state.keptMessages = KeyTable(messages, by: { $0.key })
    state.incidentsByKey = KeyTable(incidents, by: { $0.key })
    state.messageStarts = KeyTable(messageStarts, by: { $0.key })
    state.adHocs = adHocs
    for record in compensations {
      state.compensations[record.scope] = (state.compensations[record.scope] ?? []) + [record]
    }
    state.compensationRuns = compensationRuns
    state.listenerRuns = listenerRuns
    state.suspendedAt = suspendedAt
    return state
  }

  /// A table whose values do not hold their keys: a list of objects with both.
  private static func table<Value: StoredByKey>(
    _ name: String, _ table: KeyTable<Value>?, _ json: inout JSONCoder
  ) throws -> KeyTable<Value> {
    if let table, table.isEmpty { return table }
    let list = table.map { zip($0.keys, $0.values).map { Keyed(key: $0, value: $1) } }
    var result = KeyTable<Value>()
    for entry in try json.list(name, list) { result[entry.key] = entry.value }
    return result
  }

  private struct Keyed<Value: StoredByKey>: JSONRecord {
    let key: ElementKey
    let value: Value

    static func members(of entry: Keyed?, in json: inout JSONCoder) throws -> Keyed {
      try Keyed(
        key: json.member(Value.names.key, entry?.key),
        value: json.member(Value.names.value, entry?.value))
    }
  }
}

/// What a table holds by a key that it does not know itself.
private protocol StoredByKey: JSONStored {
  /// What key and value are called beside each other.
  static var names: (key: String, value: String) { get }
}

extension MultiInstanceProgress: StoredByKey {
  fileprivate static var names: (key: String, value: String) { ("body", "progress") }
}

extension [String: Int]: StoredByKey {
  fileprivate static var names: (key: String, value: String) { ("scope", "flows") }
}

extension AdHocProgress: StoredByKey {
  fileprivate static var names: (key: String, value: String) { ("scope", "progress") }
}

extension CompensationRun: StoredByKey {
  fileprivate static var names: (key: String, value: String) { ("holder", "run") }
}

extension ListenerRun: StoredByKey {
  fileprivate static var names: (key: String, value: String) { ("element", "run") }
}

extension KeyTable {
  /// Of two values with one key the last counts.
  fileprivate init(_ values: [Value], by key: (Value) -> ElementKey) {
    self.init()
    for value in values { self[key(value)] = value }
  }
}
