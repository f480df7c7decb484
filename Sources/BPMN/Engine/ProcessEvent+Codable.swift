import DMN
import Diagnostics
import FEEL

/// The stored form: one flat object, `event` names the case. Names here are for ever.
extension ProcessEvent: Codable {
  private enum Name: String, Codable {
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

  private enum CodingKeys: String, CodingKey {
    case event, key, to, flows, flow, scope, variables, progress, index, value, user, change,
      outcome
    case reason, retries, holder, process, name, code, caughtBy, trace, notes
    case at, due, element, renamed, modifications, records, record, instance, correlationKey
    case run
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func get<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try values.decode(Value.self, forKey: key)
    }
    func find<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
      try values.decodeIfPresent(Value.self, forKey: key)
    }
    self =
      switch try get(.event) as Name {
      case .entered: .entered(try ElementEntry(from: decoder))
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
      case .taskCreated: .taskCreated(try TaskRecord(from: decoder))
      case .taskAssigned: .taskAssigned(try get(.key), user: try find(.user))
      case .taskChanged: .taskChanged(try get(.key), try get(.change))
      case .taskCompleted: .taskCompleted(try get(.key), outcome: try find(.outcome))
      case .jobCreated: .jobCreated(try JobRecord(from: decoder))
      case .jobCompleted: .jobCompleted(try get(.key))
      case .jobFailed:
        .jobFailed(try get(.key), reason: try get(.reason), retries: try get(.retries))
      case .jobRetried: .jobRetried(try get(.key), retries: try get(.retries))
      case .subscribed: .subscribed(try Subscription(from: decoder))
      case .triggered: .triggered(subscription: try get(.key), holder: try get(.holder))
      case .unsubscribed: .unsubscribed(try get(.key), holder: try get(.holder))
      case .messageKept: .messageKept(try BufferedMessage(from: decoder))
      case .messageReceived: .messageReceived(try get(.key), process: try get(.process))
      case .messageExpired: .messageExpired(try get(.key))
      case .signalThrown: .signalThrown(by: try find(.key), name: try get(.name))
      case .errorThrown:
        .errorThrown(by: try get(.key), code: try get(.code), caughtBy: try find(.caughtBy))
      case .escalationThrown:
        .escalationThrown(by: try get(.key), code: try get(.code), caughtBy: try find(.caughtBy))
      case .decided: .decided(try get(.key), try get(.trace))
      case .noted: .noted(try get(.key), try get(.notes))
      case .incidentRaised: .incidentRaised(try Incident(from: decoder))
      case .incidentResolved: .incidentResolved(try get(.key))
      case .startedByMessage: .startedByMessage(try MessageStart(from: decoder))
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

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    func put(_ name: Name, _ key: ElementKey? = nil) throws {
      try values.encode(name, forKey: .event)
      try values.encodeIfPresent(key, forKey: .key)
    }
    func put(_ text: String?, _ key: CodingKeys) throws {
      try values.encodeIfPresent(text, forKey: key)
    }
    switch self {
    case .entered(let entry):
      try put(.entered)
      try entry.encode(to: encoder)
    case .moved(let key, let state):
      try put(.moved, key)
      try values.encode(state, forKey: .to)
    case .completed(let key, let flows):
      try put(.completed, key)
      if !flows.isEmpty { try values.encode(flows, forKey: .flows) }
    case .terminated(let key): try put(.terminated, key)
    case .tokenArrived(let flow, let scope):
      try put(.tokenArrived)
      try put(flow, .flow)
      try values.encode(scope, forKey: .scope)
    case .tokensJoined(let flows, let scope):
      try put(.tokensJoined)
      try values.encode(flows, forKey: .flows)
      try values.encode(scope, forKey: .scope)
    case .tokensDropped(let scope):
      try put(.tokensDropped)
      try values.encode(scope, forKey: .scope)
    case .variablesSet(let scope, let variables):
      try put(.variablesSet)
      try values.encode(scope, forKey: .scope)
      try values.encode(variables, forKey: .variables)
    case .multiInstanceStarted(let key, let progress):
      try put(.multiInstanceStarted, key)
      try values.encode(progress, forKey: .progress)
    case .resultCollected(let body, let index, let value):
      try put(.resultCollected, body)
      try values.encode(index, forKey: .index)
      try values.encode(value, forKey: .value)
    case .taskCreated(let task):
      try put(.taskCreated)
      try task.encode(to: encoder)
    case .taskAssigned(let key, let user):
      try put(.taskAssigned, key)
      try put(user, .user)
    case .taskChanged(let key, let change):
      try put(.taskChanged, key)
      try values.encode(change, forKey: .change)
    case .taskCompleted(let key, let outcome):
      try put(.taskCompleted, key)
      try put(outcome, .outcome)
    case .jobCreated(let job):
      try put(.jobCreated)
      try job.encode(to: encoder)
    case .jobCompleted(let key): try put(.jobCompleted, key)
    case .jobFailed(let key, let reason, let retries):
      try put(.jobFailed, key)
      try put(reason, .reason)
      try values.encode(retries, forKey: .retries)
    case .jobRetried(let key, let retries):
      try put(.jobRetried, key)
      try values.encode(retries, forKey: .retries)
    case .listening(let key, let run):
      try put(.listening, key)
      try values.encode(run, forKey: .run)
    case .listened(let key): try put(.listened, key)
    case .listenerDenied(let key, let reason):
      try put(.listenerDenied, key)
      try put(reason, .reason)
    case .subscribed(let subscription):
      try put(.subscribed)
      try subscription.encode(to: encoder)
    case .triggered(let key, let holder):
      try put(.triggered, key)
      try values.encode(holder, forKey: .holder)
    case .unsubscribed(let key, let holder):
      try put(.unsubscribed, key)
      try values.encode(holder, forKey: .holder)
    case .messageKept(let message):
      try put(.messageKept)
      try message.encode(to: encoder)
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
      try values.encode(trace, forKey: .trace)
    case .noted(let key, let notes):
      try put(.noted, key)
      try values.encode(notes, forKey: .notes)
    case .incidentRaised(let incident):
      try put(.incidentRaised)
      try incident.encode(to: encoder)
    case .incidentResolved(let key): try put(.incidentResolved, key)
    case .startedByMessage(let start):
      try put(.startedByMessage)
      try start.encode(to: encoder)
    case .adHocStarted(let key, let progress):
      try put(.adHocStarted, key)
      try values.encode(progress, forKey: .progress)
    case .adHocContinued(let key, let element):
      try put(.adHocContinued, key)
      try put(element, .element)
    case .adHocFinishing(let key): try put(.adHocFinishing, key)
    case .compensationKept(let record):
      try put(.compensationKept)
      try values.encode(record, forKey: .record)
    case .compensationStarted(let key, let records):
      try put(.compensationStarted, key)
      try values.encode(records, forKey: .records)
    case .compensationBegun(let key, let record, let instance):
      try put(.compensationBegun, key)
      try values.encode(record, forKey: .record)
      try values.encode(instance, forKey: .instance)
    case .suspended(let at):
      try put(.suspended)
      try values.encode(at, forKey: .at)
    case .resumed(let at):
      try put(.resumed)
      try values.encode(at, forKey: .at)
    case .timerChanged(let key, let holder, let due):
      try put(.timerChanged, key)
      try values.encode(holder, forKey: .holder)
      try values.encode(due, forKey: .due)
    case .modified(let modifications):
      try put(.modified)
      try values.encode(modifications, forKey: .modifications)
    case .migrated(let key, let process, let element):
      try put(.migrated, key)
      try put(process, .process)
      try put(element, .element)
    case .subscriptionMigrated(let key, let holder, let element):
      try put(.subscriptionMigrated, key)
      try values.encode(holder, forKey: .holder)
      try put(element, .element)
    case .tokensMigrated(let scope, let flows):
      try put(.tokensMigrated)
      try values.encode(scope, forKey: .scope)
      try values.encode(flows, forKey: .renamed)
    }
  }
}

extension ElementEntry {
  private enum CodingKeys: String, CodingKey {
    case key, process, element, scope, loopCounter, state
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    key = try values.decode(ElementKey.self, forKey: .key)
    process = try values.decode(String.self, forKey: .process)
    element = try values.decode(String.self, forKey: .element)
    scope = try values.decodeIfPresent(ElementKey.self, forKey: .scope)
    loopCounter = try values.decodeIfPresent(Int.self, forKey: .loopCounter) ?? 0
    state = try values.decode(ElementState.self, forKey: .state)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(key, forKey: .key)
    try values.encode(process, forKey: .process)
    try values.encode(element, forKey: .element)
    try values.encodeIfPresent(scope, forKey: .scope)
    if loopCounter > 0 { try values.encode(loopCounter, forKey: .loopCounter) }
    try values.encode(state, forKey: .state)
  }
}
