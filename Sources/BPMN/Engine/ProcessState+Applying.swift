import FEEL

extension ProcessState {
  /// Makes `event` part of the state. The only place that changes a state; it cannot fail.
  public mutating func apply(_ event: ProcessEvent) {
    switch event {
    case .entered(let entry): enter(entry)
    case .moved(let key, let next):
      instances.update(key) { $0.state = next }
      if !listenerRuns.isEmpty, next == .activated { forgetStart(key) }
    case .completed(let key, _): remove(key, completed: true)
    case .terminated(let key): remove(key, completed: false)
    case .tokenArrived(let flow, let scope): wait(after: flow, in: scope)
    case .tokensJoined(let flows, let scope): join(flows, in: scope)
    case .tokensDropped(let scope): waitingTokens[scope] = nil
    case .variablesSet(let scope, let variables): set(variables, in: scope)
    case .multiInstanceStarted(let key, let progress): multiInstances[key] = progress
    case .resultCollected(let body, let index, let value): collect(value, at: index, of: body)
    case .taskCreated(let task): taskRecords[task.key] = task
    case .taskAssigned(let key, let user): taskRecords.update(key) { $0.assignee = user }
    case .taskChanged(let key, let change): taskRecords.update(key) { $0.apply(change) }
    case .taskCompleted(let key, _): taskRecords[key] = nil
    case .jobCreated(let job): jobRecords[job.key] = job
    case .jobCompleted(let key): jobRecords[key] = nil
    case .jobFailed(let key, _, let retries): jobRecords.update(key) { $0.retries = retries }
    case .jobRetried(let key, let retries): jobRecords.update(key) { $0.retries = retries }
    case .listening(let key, let run): listenerRuns[key] = run
    case .listened(let key): endListening(key)
    case .listenerDenied(let key, _): listenerRuns[key] = nil
    case .subscribed(let subscription): add(subscription)
    case .triggered(let key, let holder), .unsubscribed(let key, let holder): drop(key, of: holder)
    case .messageKept(let message): keep(message)
    case .messageReceived(let key, let process):
      keptMessages.update(key) { $0.receivers.append(process) }
    case .messageExpired(let key): keptMessages[key] = nil
    case .incidentRaised(let incident): raise(incident)
    case .incidentResolved(let key): incidentsByKey[key] = nil
    case .startedByMessage(let start): messageStarts[start.key] = start
    case .adHocStarted(let key, let progress): adHocs[key] = progress
    case .adHocContinued(let key, let element):
      adHocs.update(key) { $0.pending.removeAll { $0 == element } }
    case .adHocFinishing(let key):
      adHocs.update(key) {
        $0.pending = []
        $0.isEnough = true
      }
    case .compensationKept(let record): keep(record)
    case .compensationStarted(let key, let records): startCompensating(records, by: key)
    case .compensationBegun(let key, let record, let instance):
      compensate(record, by: key, with: instance)
    case .suspended(let at): suspendedAt = at
    case .resumed(let at): resume(at)
    case .timerChanged(let key, let holder, let due): move(key, of: holder, to: due)
    case .migrated(let key, let process, let element): migrate(key, process, element)
    case .subscriptionMigrated(let key, let holder, let element):
      rename(key, of: holder, to: element)
    case .tokensMigrated(let scope, let flows): renameTokens(in: scope, flows)
    case .signalThrown, .errorThrown, .escalationThrown, .decided, .noted, .modified: break
    }
  }

  private mutating func enter(_ entry: ElementEntry) {
    use(entry.key)
    instances[entry.key] = ElementInstance(entry)
    guard let scope = entry.scope else { return }
    instances.update(scope) { $0.children += 1 }
    if entry.loopCounter > 0 { multiInstances.update(scope) { $0.started += 1 } }
  }

  private mutating func remove(_ key: ElementKey, completed: Bool) {
    guard let instance = instances.remove(key) else { return }
    if let scope = instance.scope {
      instances.update(scope) { $0.children -= 1 }
      if instance.loopCounter > 0 {
        multiInstances.update(scope) { $0.count(completed: completed) }
      }
    }
    multiInstances[key] = nil
    adHocs[key] = nil
    if !listenerRuns.isEmpty { listenerRuns[key] = nil }
    if !messageStarts.isEmpty { messageStarts[key] = nil }
    if !compensations.isEmpty || !compensationRuns.isEmpty { forgetCompensations(of: instance) }
    waitingTokens[key] = nil
    taskRecords[key] = nil
    jobRecords[key] = nil
    subscriptionsByHolder[key] = nil
    if !incidentsByKey.isEmpty { incidentsByKey.removeAll { $0.element == key } }
  }

  private mutating func wait(after flow: String, in scope: ElementKey) {
    if waitingTokens[scope] == nil { waitingTokens[scope] = [:] }
    waitingTokens.update(scope) { $0[flow, default: 0] += 1 }
  }

  private mutating func join(_ flows: [String], in scope: ElementKey) {
    guard var tokens = waitingTokens.remove(scope) else { return }
    for flow in flows {
      let rest = (tokens[flow] ?? 0) - 1
      tokens[flow] = rest > 0 ? rest : nil
    }
    if !tokens.isEmpty { waitingTokens[scope] = tokens }
  }

  private mutating func set(_ variables: [String: FEELValue], in scope: ElementKey) {
    instances.update(scope) { instance in
      if instance.variables.isEmpty {
        instance.variables = variables
      } else {
        for (name, value) in variables { instance.variables[name] = value }
      }
    }
  }

  private mutating func collect(_ value: FEELValue, at index: Int, of body: ElementKey) {
    multiInstances.update(body) { progress in
      if progress.outputs.indices.contains(index) { progress.outputs[index] = value }
    }
    adHocs.update(body) { $0.outputs.append(value) }
  }

  private mutating func add(_ subscription: Subscription) {
    use(subscription.key)
    if subscriptionsByHolder[subscription.holder] == nil {
      subscriptionsByHolder[subscription.holder] = [subscription]
    } else {
      subscriptionsByHolder.update(subscription.holder) { $0.append(subscription) }
    }
  }

  private mutating func drop(_ key: ElementKey, of holder: ElementKey) {
    subscriptionsByHolder.update(holder) { $0.removeAll { $0.key == key } }
    if subscriptionsByHolder[holder]?.isEmpty == true { subscriptionsByHolder[holder] = nil }
  }

  private mutating func keep(_ message: BufferedMessage) {
    use(message.key)
    keptMessages[message.key] = message
  }

  private mutating func raise(_ incident: Incident) {
    use(incident.key)
    incidentsByKey[incident.key] = incident
  }

  private mutating func use(_ key: ElementKey) {
    if nextKey <= key { nextKey = ElementKey(key.value + 1) }
  }
}

extension MultiInstanceProgress {
  fileprivate mutating func count(completed isCompleted: Bool) {
    if isCompleted {
      completed += 1
    } else {
      terminated += 1
    }
  }
}

extension TaskRecord {
  fileprivate mutating func apply(_ change: TaskChange) {
    if let groups = change.candidateGroups { candidateGroups = groups }
    if let users = change.candidateUsers { candidateUsers = users }
    if let due = change.due { self.due = due }
    if let followUp = change.followUp { self.followUp = followUp }
    if let priority = change.priority { self.priority = priority }
  }
}
