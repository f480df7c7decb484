public import FEEL

/// The stored form: lists in key order, so that the same state always gives the same JSON.
extension ProcessState: JSONRecord {
  public static func members(
    of value: ProcessState?, in json: inout JSONCoder
  ) throws -> ProcessState {
    var state = ProcessState()
    state.nextKey = try json.member("nextKey", value?.nextKey)
    state.instances = KeyTable(try json.list("instances", value?.instances.values), by: { $0.key })
    for scope in state.instances.values.compactMap({ $0.scope }) {
      state.instances.update(scope) { $0.children += 1 }
    }
    state.multiInstances = try table("multiInstances", value?.multiInstances, &json)
    state.waitingTokens = try table("waitingTokens", value?.waitingTokens, &json)
    state.taskRecords = KeyTable(try json.list("tasks", value?.taskRecords.values), by: { $0.key })
    state.jobRecords = KeyTable(try json.list("jobs", value?.jobRecords.values), by: { $0.key })
    for subscription in try json.list("subscriptions", value?.subscriptions) {
      state.subscriptionsByHolder[subscription.holder] =
        (state.subscriptionsByHolder[subscription.holder] ?? []) + [subscription]
    }
    state.keptMessages = KeyTable(
      try json.list("messages", value?.keptMessages.values), by: { $0.key })
    state.incidentsByKey = KeyTable(try json.list("incidents", value?.incidents), by: { $0.key })
    state.messageStarts = KeyTable(
      try json.list("messageStarts", value?.messageStarts.values), by: { $0.key })
    state.adHocs = try table("adHocs", value?.adHocs, &json)
    let compensations = (value?.compensations.values.joined()).map(Array.init)
    for record in try json.list("compensations", compensations) {
      state.compensations[record.scope] = (state.compensations[record.scope] ?? []) + [record]
    }
    state.compensationRuns = try table("compensationRuns", value?.compensationRuns, &json)
    state.listenerRuns = try table("listenerRuns", value?.listenerRuns, &json)
    state.suspendedAt = try json.optional("suspendedAt", value?.suspendedAt)
    return state
  }

  /// A table whose values do not hold their keys: a list of objects with both.
  private static func table<Value: StoredByKey>(
    _ name: String, _ table: KeyTable<Value>?, _ json: inout JSONCoder
  ) throws -> KeyTable<Value> {
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
