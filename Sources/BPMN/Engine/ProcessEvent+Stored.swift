public import FEEL

/// The stored form: one flat object, `event` names the case. Names here are for ever.
extension ProcessEvent: JSONRecord {
  private enum Name: String, JSONStored {
    case entered, moved, completed, terminated
    case tokenArrived, tokensJoined, tokensDropped, variablesSet
    case multiInstanceStarted, resultCollected
    case taskCreated, taskAssigned, taskChanged, taskCompleted
    case jobCreated, jobCompleted, jobFailed, jobRetried
    case subscribed, triggered, unsubscribed
    case messageKept, messageReceived, messageExpired
    case signalThrown, errorThrown, escalationThrown
    case decided, noted, incidentRaised, incidentResolved
    case startedByMessage
    case adHocStarted, adHocContinued, adHocFinishing
    case compensationKept, compensationStarted, compensationBegun
    case suspended, resumed, timerChanged, modified
    case migrated, subscriptionMigrated, tokensMigrated
    case listening, listened, listenerDenied
  }

  private enum Key: String {
    case event, key, to, flows, flow, scope, variables, progress, index, value, user, change,
      outcome
    case reason, retries, holder, process, name, code, caughtBy, trace, notes
    case at, due, element, renamed, modifications, records, record, instance, correlationKey
    case run
  }

  public static func members(
    of value: ProcessEvent?, in json: inout JSONCoder
  ) throws -> ProcessEvent {
    guard let value else { return try read(&json) }
    try value.write(&json)
    return value
  }

  private static func read(_ json: inout JSONCoder) throws -> ProcessEvent {
    func get<Value: JSONStored>(_ key: Key) throws -> Value { try json.member(key.rawValue) }
    func find<Value: JSONStored>(_ key: Key) throws -> Value? { try json.optional(key.rawValue) }
    return
      switch try get(.event) as Name
    {
    case .entered: .entered(try ElementEntry.members(of: nil, in: &json))
    case .moved: .moved(try get(.key), to: try get(.to))
    case .completed: .completed(try get(.key), flows: try find(.flows) ?? [])
    case .terminated: .terminated(try get(.key))
    case .tokenArrived: .tokenArrived(flow: try get(.flow), scope: try get(.scope))
    case .tokensJoined: .tokensJoined(flows: try get(.flows), scope: try get(.scope))
    case .tokensDropped: .tokensDropped(scope: try get(.scope))
    case .variablesSet: .variablesSet(scope: try get(.scope), try get(.variables))
    case .multiInstanceStarted: .multiInstanceStarted(try get(.key), try get(.progress))
    case .resultCollected:
      .resultCollected(body: try get(.key), index: try get(.index), try get(.value))
    case .taskCreated: .taskCreated(try TaskRecord.members(of: nil, in: &json))
    case .taskAssigned: .taskAssigned(try get(.key), user: try find(.user))
    case .taskChanged: .taskChanged(try get(.key), try get(.change))
    case .taskCompleted: .taskCompleted(try get(.key), outcome: try find(.outcome))
    case .jobCreated: .jobCreated(try JobRecord.members(of: nil, in: &json))
    case .jobCompleted: .jobCompleted(try get(.key))
    case .jobFailed:
      .jobFailed(try get(.key), reason: try get(.reason), retries: try get(.retries))
    case .jobRetried: .jobRetried(try get(.key), retries: try get(.retries))
    case .subscribed: .subscribed(try Subscription.members(of: nil, in: &json))
    case .triggered: .triggered(subscription: try get(.key), holder: try get(.holder))
    case .unsubscribed: .unsubscribed(try get(.key), holder: try get(.holder))
    case .messageKept: .messageKept(try BufferedMessage.members(of: nil, in: &json))
    case .messageReceived: .messageReceived(try get(.key), process: try get(.process))
    case .messageExpired: .messageExpired(try get(.key))
    case .signalThrown: .signalThrown(by: try find(.key), name: try get(.name))
    case .errorThrown:
      .errorThrown(by: try get(.key), code: try get(.code), caughtBy: try find(.caughtBy))
    case .escalationThrown:
      .escalationThrown(by: try get(.key), code: try get(.code), caughtBy: try find(.caughtBy))
    case .decided: .decided(try get(.key), try get(.trace))
    case .noted: .noted(try get(.key), try get(.notes))
    case .incidentRaised: .incidentRaised(try Incident.members(of: nil, in: &json))
    case .incidentResolved: .incidentResolved(try get(.key))
    case .startedByMessage: .startedByMessage(try MessageStart.members(of: nil, in: &json))
    case .adHocStarted: .adHocStarted(try get(.key), try get(.progress))
    case .adHocContinued: .adHocContinued(try get(.key), element: try get(.element))
    case .adHocFinishing: .adHocFinishing(try get(.key))
    case .compensationKept: .compensationKept(try get(.record))
    case .compensationStarted: .compensationStarted(by: try get(.key), try get(.records))
    case .compensationBegun:
      .compensationBegun(
        by: try get(.key), record: try get(.record), instance: try get(.instance))
    case .suspended: .suspended(at: try get(.at))
    case .resumed: .resumed(at: try get(.at))
    case .timerChanged:
      .timerChanged(subscription: try get(.key), holder: try get(.holder), due: try get(.due))
    case .modified: .modified(try get(.modifications))
    case .migrated:
      .migrated(try get(.key), process: try get(.process), element: try get(.element))
    case .subscriptionMigrated:
      .subscriptionMigrated(
        try get(.key), holder: try get(.holder), element: try get(.element))
    case .tokensMigrated: .tokensMigrated(scope: try get(.scope), flows: try get(.renamed))
    case .listening: .listening(try get(.key), try get(.run))
    case .listened: .listened(try get(.key))
    case .listenerDenied: .listenerDenied(try get(.key), reason: try get(.reason))
    }
  }

  private func write(_ json: inout JSONCoder) throws {
    func put(_ name: Name, _ key: ElementKey? = nil) throws {
      try json.member(Key.event.rawValue, name)
      try json.optional(Key.key.rawValue, key)
    }
    func put(_ value: (some JSONStored)?, _ key: Key) throws {
      try json.optional(key.rawValue, value)
    }
    switch self {
    case .entered(let entry):
      try put(.entered)
      _ = try ElementEntry.members(of: entry, in: &json)
    case .moved(let key, let state):
      try put(.moved, key)
      try put(state, .to)
    case .completed(let key, let flows):
      try put(.completed, key)
      if !flows.isEmpty { try put(flows, .flows) }
    case .terminated(let key): try put(.terminated, key)
    case .tokenArrived(let flow, let scope):
      try put(.tokenArrived)
      try put(flow, .flow)
      try put(scope, .scope)
    case .tokensJoined(let flows, let scope):
      try put(.tokensJoined)
      try put(flows, .flows)
      try put(scope, .scope)
    case .tokensDropped(let scope):
      try put(.tokensDropped)
      try put(scope, .scope)
    case .variablesSet(let scope, let variables):
      try put(.variablesSet)
      try put(scope, .scope)
      try put(variables, .variables)
    case .multiInstanceStarted(let key, let progress):
      try put(.multiInstanceStarted, key)
      try put(progress, .progress)
    case .resultCollected(let body, let index, let value):
      try put(.resultCollected, body)
      try put(index, .index)
      try put(value, .value)
    case .taskCreated(let task):
      try put(.taskCreated)
      _ = try TaskRecord.members(of: task, in: &json)
    case .taskAssigned(let key, let user):
      try put(.taskAssigned, key)
      try put(user, .user)
    case .taskChanged(let key, let change):
      try put(.taskChanged, key)
      try put(change, .change)
    case .taskCompleted(let key, let outcome):
      try put(.taskCompleted, key)
      try put(outcome, .outcome)
    case .jobCreated(let job):
      try put(.jobCreated)
      _ = try JobRecord.members(of: job, in: &json)
    case .jobCompleted(let key): try put(.jobCompleted, key)
    case .jobFailed(let key, let reason, let retries):
      try put(.jobFailed, key)
      try put(reason, .reason)
      try put(retries, .retries)
    case .jobRetried(let key, let retries):
      try put(.jobRetried, key)
      try put(retries, .retries)
    case .listening(let key, let run):
      try put(.listening, key)
      try put(run, .run)
    case .listened(let key): try put(.listened, key)
    case .listenerDenied(let key, let reason):
      try put(.listenerDenied, key)
      try put(reason, .reason)
    case .subscribed(let subscription):
      try put(.subscribed)
      _ = try Subscription.members(of: subscription, in: &json)
    case .triggered(let key, let holder):
      try put(.triggered, key)
      try put(holder, .holder)
    case .unsubscribed(let key, let holder):
      try put(.unsubscribed, key)
      try put(holder, .holder)
    case .messageKept(let message):
      try put(.messageKept)
      _ = try BufferedMessage.members(of: message, in: &json)
    case .messageReceived(let key, let process):
      try put(.messageReceived, key)
      try put(process, .process)
    case .messageExpired(let key): try put(.messageExpired, key)
    case .signalThrown(let key, let name):
      try put(.signalThrown, key)
      try put(name, .name)
    case .errorThrown(let key, let code, let catcher):
      try put(.errorThrown, key)
      try put(code, .code)
      try put(catcher, .caughtBy)
    case .escalationThrown(let key, let code, let catcher):
      try put(.escalationThrown, key)
      try put(code, .code)
      try put(catcher, .caughtBy)
    case .decided(let key, let trace):
      try put(.decided, key)
      try put(trace, .trace)
    case .noted(let key, let notes):
      try put(.noted, key)
      try put(notes, .notes)
    case .incidentRaised(let incident):
      try put(.incidentRaised)
      _ = try Incident.members(of: incident, in: &json)
    case .incidentResolved(let key): try put(.incidentResolved, key)
    case .startedByMessage(let start):
      try put(.startedByMessage)
      _ = try MessageStart.members(of: start, in: &json)
    case .adHocStarted(let key, let progress):
      try put(.adHocStarted, key)
      try put(progress, .progress)
    case .adHocContinued(let key, let element):
      try put(.adHocContinued, key)
      try put(element, .element)
    case .adHocFinishing(let key): try put(.adHocFinishing, key)
    case .compensationKept(let record):
      try put(.compensationKept)
      try put(record, .record)
    case .compensationStarted(let key, let records):
      try put(.compensationStarted, key)
      try put(records, .records)
    case .compensationBegun(let key, let record, let instance):
      try put(.compensationBegun, key)
      try put(record, .record)
      try put(instance, .instance)
    case .suspended(let at):
      try put(.suspended)
      try put(at, .at)
    case .resumed(let at):
      try put(.resumed)
      try put(at, .at)
    case .timerChanged(let key, let holder, let due):
      try put(.timerChanged, key)
      try put(holder, .holder)
      try put(due, .due)
    case .modified(let modifications):
      try put(.modified)
      try put(modifications, .modifications)
    case .migrated(let key, let process, let element):
      try put(.migrated, key)
      try put(process, .process)
      try put(element, .element)
    case .subscriptionMigrated(let key, let holder, let element):
      try put(.subscriptionMigrated, key)
      try put(holder, .holder)
      try put(element, .element)
    case .tokensMigrated(let scope, let flows):
      try put(.tokensMigrated)
      try put(scope, .scope)
      try put(flows, .renamed)
    }
  }
}
