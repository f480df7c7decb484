public import FEEL

/// Everything that is alive in the processes of one case. What has ended is in the events, not here.
///
/// `apply` is the only thing that changes a state, so the state is always the sum of the events.
public struct ProcessState: Hashable, Sendable {
  /// The next key that will be handed out.
  public internal(set) var nextKey = ElementKey(1)
  public internal(set) var instances = KeyTable<ElementInstance>()
  /// How far the multi-instance activities have come, by the key of their body.
  public internal(set) var multiInstances = KeyTable<MultiInstanceProgress>()
  /// Tokens that wait at joining gateways: how many by scope and id of the flow they came by.
  public internal(set) var waitingTokens = KeyTable<[String: Int]>()
  public internal(set) var taskRecords = KeyTable<TaskRecord>()
  public internal(set) var jobRecords = KeyTable<JobRecord>()
  /// What instances wait for, by the key of the instance, in the order of its subscriptions.
  public internal(set) var subscriptionsByHolder = KeyTable<[Subscription]>()
  public internal(set) var keptMessages = KeyTable<BufferedMessage>()
  public internal(set) var incidentsByKey = KeyTable<Incident>()
  /// Which running instances a message has started.
  public internal(set) var messageStarts = KeyTable<MessageStart>()
  public internal(set) var adHocs = KeyTable<AdHocProgress>()
  /// What can still be undone, by the key of the instance it ran inside, in the order in which it was completed.
  public internal(set) var compensations = KeyTable<[CompensationRecord]>()
  /// What is being undone, by the key of the event that lets it be undone.
  public internal(set) var compensationRuns = KeyTable<CompensationRun>()
  /// Which listeners are asked, by the key of the element that waits for them.
  public internal(set) var listenerRuns = KeyTable<ListenerRun>()
  /// Since when everything stands still; `nil` while the case runs.
  public internal(set) var suspendedAt: Instant?

  /// Nothing has happened yet.
  public init() {}

  /// The state after `events`.
  public init(replaying events: some Sequence<ProcessEvent>) {
    for event in events { apply(event) }
  }

  /// Whether nothing runs: not started, or over.
  public var isEmpty: Bool { instances.isEmpty }

  /// The instances that run inside nothing else, oldest first: the case's processes.
  public var roots: [ElementInstance] {
    instances.values.filter { $0.scope == nil }
  }

  /// What runs directly inside `scope`, oldest first.
  public func children(of scope: ElementKey) -> [ElementInstance] {
    instances.values.filter { $0.scope == scope }
  }

  /// Everything waited for, oldest first.
  public var subscriptions: [Subscription] {
    subscriptionsByHolder.values.joined().sorted { $0.key < $1.key }
  }

  public var incidents: [Incident] { incidentsByKey.values }

  public var isSuspended: Bool { suspendedAt != nil }

  /// The next instant at which `tick` will do something; `nil` when no timer runs and no message expires, or while the
  /// case is suspended.
  public var nextDue: Instant? {
    guard !isSuspended else { return nil }
    let timers = subscriptionsByHolder.values.joined().compactMap(\.due)
    return (timers + keptMessages.values.compactMap(\.message.keptUntil)).min()
  }

  /// The variables seen from `key`: its own, then those of the scopes around it, inner ones first.
  public func visibleVariables(from key: ElementKey) -> [String: FEELValue] {
    var result: [String: FEELValue] = [:]
    var next: ElementKey? = key
    while let current = next, let instance = instances[current] {
      result.merge(instance.variables) { inner, _ in inner }
      next = instance.isProcess ? nil : instance.scope
    }
    return result
  }

  /// The value of the variable `name` as seen from `key`.
  public func variable(_ name: String, from key: ElementKey) -> FEELValue? {
    var next: ElementKey? = key
    while let current = next, let instance = instances[current] {
      if let value = instance.variables[name] { return value }
      next = instance.isProcess ? nil : instance.scope
    }
    return nil
  }
}

extension ElementInstance {
  /// Whether this is the instance of a process: variables do not shine through a call activity.
  public var isProcess: Bool { element == process }
}
