import FEEL

/// The stored form: lists in key order, so that the same state always gives the same JSON (with sorted keys).
extension ProcessState: Codable {
  private enum CodingKeys: String, CodingKey {
    case nextKey, instances, multiInstances, waitingTokens, tasks, jobs, subscriptions, messages
    case messageStarts
    case incidents, suspendedAt, adHocs, compensations, compensationRuns, listenerRuns
  }

  private struct StoredAdHoc: Codable {
    let scope: ElementKey
    let progress: AdHocProgress
  }

  private struct StoredRun: Codable {
    let holder: ElementKey
    let run: CompensationRun
  }

  private struct StoredListening: Codable {
    let element: ElementKey
    let run: ListenerRun
  }

  private struct StoredMultiInstance: Codable {
    let body: ElementKey
    let progress: MultiInstanceProgress
  }

  private struct StoredTokens: Codable {
    let scope: ElementKey
    let flows: [String: Int]
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    nextKey = try values.decode(ElementKey.self, forKey: .nextKey)
    func list<Value: Decodable>(_ key: CodingKeys, of type: Value.Type) throws -> [Value] {
      try values.decodeIfPresent([Value].self, forKey: key) ?? []
    }
    for instance in try list(.instances, of: ElementInstance.self) {
      instances[instance.key] = instance
    }
    for scope in instances.values.compactMap(\.scope) {
      instances.update(scope) { $0.children += 1 }
    }
    for stored in try list(.multiInstances, of: StoredMultiInstance.self) {
      multiInstances[stored.body] = stored.progress
    }
    for stored in try list(.waitingTokens, of: StoredTokens.self) {
      waitingTokens[stored.scope] = stored.flows
    }
    for task in try list(.tasks, of: TaskRecord.self) { taskRecords[task.key] = task }
    for job in try list(.jobs, of: JobRecord.self) { jobRecords[job.key] = job }
    for subscription in try list(.subscriptions, of: Subscription.self) {
      subscriptionsByHolder[subscription.holder] =
        (subscriptionsByHolder[subscription.holder] ?? []) + [subscription]
    }
    for message in try list(.messages, of: BufferedMessage.self) {
      keptMessages[message.key] = message
    }
    for incident in try list(.incidents, of: Incident.self) {
      incidentsByKey[incident.key] = incident
    }
    for start in try list(.messageStarts, of: MessageStart.self) {
      messageStarts[start.key] = start
    }
    for stored in try list(.adHocs, of: StoredAdHoc.self) { adHocs[stored.scope] = stored.progress }
    for record in try list(.compensations, of: CompensationRecord.self) {
      compensations[record.scope] = (compensations[record.scope] ?? []) + [record]
    }
    for stored in try list(.compensationRuns, of: StoredRun.self) {
      compensationRuns[stored.holder] = stored.run
    }
    for stored in try list(.listenerRuns, of: StoredListening.self) {
      listenerRuns[stored.element] = stored.run
    }
    suspendedAt = try values.decodeIfPresent(Instant.self, forKey: .suspendedAt)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(nextKey, forKey: .nextKey)
    func store<Value: Encodable>(_ list: [Value], _ key: CodingKeys) throws {
      if !list.isEmpty { try values.encode(list, forKey: key) }
    }
    try store(instances.values, .instances)
    try store(
      zip(multiInstances.keys, multiInstances.values).map {
        StoredMultiInstance(body: $0, progress: $1)
      }, .multiInstances)
    try store(
      zip(waitingTokens.keys, waitingTokens.values).map { StoredTokens(scope: $0, flows: $1) },
      .waitingTokens)
    try store(taskRecords.values, .tasks)
    try store(jobRecords.values, .jobs)
    try store(subscriptions, .subscriptions)
    try store(keptMessages.values, .messages)
    try store(incidents, .incidents)
    try store(messageStarts.values, .messageStarts)
    try store(zip(adHocs.keys, adHocs.values).map { StoredAdHoc(scope: $0, progress: $1) }, .adHocs)
    try store(Array(compensations.values.joined()), .compensations)
    try store(
      zip(compensationRuns.keys, compensationRuns.values).map { StoredRun(holder: $0, run: $1) },
      .compensationRuns)
    try store(
      zip(listenerRuns.keys, listenerRuns.values).map { StoredListening(element: $0, run: $1) },
      .listenerRuns)
    try values.encodeIfPresent(suspendedAt, forKey: .suspendedAt)
  }
}

extension ElementInstance: Codable {
  private enum CodingKeys: String, CodingKey {
    case key, process, element, scope, loopCounter, state, variables
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      ElementEntry(
        key: try values.decode(ElementKey.self, forKey: .key),
        process: try values.decode(String.self, forKey: .process),
        element: try values.decode(String.self, forKey: .element),
        scope: try values.decodeIfPresent(ElementKey.self, forKey: .scope),
        loopCounter: try values.decodeIfPresent(Int.self, forKey: .loopCounter) ?? 0,
        state: try values.decode(ElementState.self, forKey: .state)))
    variables = try values.decodeIfPresent([String: FEELValue].self, forKey: .variables) ?? [:]
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(key, forKey: .key)
    try values.encode(process, forKey: .process)
    try values.encode(element, forKey: .element)
    try values.encodeIfPresent(scope, forKey: .scope)
    if loopCounter > 0 { try values.encode(loopCounter, forKey: .loopCounter) }
    try values.encode(state, forKey: .state)
    if !variables.isEmpty { try values.encode(variables, forKey: .variables) }
  }
}
