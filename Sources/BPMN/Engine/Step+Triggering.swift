import FEEL

extension Step {
  /// What `subscription` waited for has happened and brought `variables`.
  mutating func trigger(_ subscription: Subscription, with variables: [String: FEELValue]) {
    let holder = subscription.holder
    guard let place = place(of: holder),
      let event = self.place(subscription.element, beside: place),
      let instance = state.instances[holder]
    else { return }
    emit(.triggered(subscription: subscription.key, holder: holder))
    if self[event].needsAllTriggers, waits(holder, for: subscription.element) {
      propagate(variables, from: holder)
    } else if event == place {
      pass(subscription, instance, at: place, with: variables)
    } else if self[place].alternatives.contains(event.node) {
      takeAlternative(event, instance, at: place, with: variables)
    } else {
      renew(subscription, at: place, event)
      happen(event, on: instance, at: place, with: variables)
    }
  }

  private func waits(_ holder: ElementKey, for element: String) -> Bool {
    (state.subscriptionsByHolder[holder] ?? []).contains { $0.element == element }
  }

  /// A catch event lets its token pass; a cycle lets one pass each time, and ends with the last.
  private mutating func pass(
    _ subscription: Subscription, _ instance: ElementInstance, at place: Place,
    with variables: [String: FEELValue]
  ) {
    guard case .timer(_, let repeats?) = subscription.trigger, repeats.remaining != 0,
      let scope = instance.scope
    else {
      finish(instance.key, at: place, with: variables)
      return
    }
    repeatTimer(subscription)
    enter(place, in: scope, triggeredWith: variables)
  }

  /// What does not interrupt goes on being waited for (timers: as often as they say).
  private mutating func renew(_ subscription: Subscription, at place: Place, _ event: Place) {
    guard !self[event].isInterrupting else { return }
    if self[event].needsAllTriggers {
      _ = subscribe(subscription.holder, at: place, to: [event.node])
      return
    }
    switch subscription.trigger {
    case .timer: repeatTimer(subscription)
    case .message, .signal, .condition:
      emit(
        .subscribed(
          Subscription(
            key: state.nextKey, holder: subscription.holder, element: subscription.element,
            trigger: subscription.trigger)))
    }
  }

  /// An event behind an event-based gateway came first.
  private mutating func takeAlternative(
    _ event: Place, _ gateway: ElementInstance, at place: Place, with variables: [String: FEELValue]
  ) {
    let flow = self[place].outgoing.first {
      processes[place.process].flows[$0].target == event.node
    }
    emit(
      .completed(gateway.key, flows: [flow].compactMap { $0 }.map { flowID($0, of: place) }))
    guard let scope = gateway.scope else { return }
    enter(event, in: scope, triggeredWith: variables)
  }

  private func flowID(_ flow: Int, of place: Place) -> String {
    processes[place.process].flows[flow].id
  }

  /// A boundary event of `instance`, or the start event of an event subprocess inside it, happens.
  mutating func happen(
    _ event: Place, on instance: ElementInstance, at place: Place,
    with variables: [String: FEELValue]
  ) {
    if self[place].boundaries.contains(event.node) {
      guard let scope = instance.scope else { return }
      if self[event].isInterrupting { terminate(instance.key) }
      enter(event, in: scope, triggeredWith: variables)
    } else {
      startEventSubprocess(event, in: instance.key, at: place, with: variables)
    }
  }

  private mutating func startEventSubprocess(
    _ start: Place, in scope: ElementKey, at container: Place, with variables: [String: FEELValue]
  ) {
    if self[start].isInterrupting {
      interrupt(scope)
      for subscription in state.subscriptionsByHolder[scope] ?? []
      where isEventStart(subscription, at: container) {
        emit(.unsubscribed(subscription.key, holder: scope))
      }
    }
    enterEventSubprocess(startingAt: start, in: scope, with: variables)
  }

  private func isEventStart(_ subscription: Subscription, at container: Place) -> Bool {
    place(subscription.element, beside: container).map {
      self[container].eventStarts.contains($0.node)
    } ?? false
  }

  /// Ends everything that runs in a scope, but not the scope.
  mutating func interrupt(_ scope: ElementKey) {
    for child in state.children(of: scope) { terminate(child.key) }
    dropTokens(in: scope)
    resolveIncidents(of: scope)
  }

  /// A repeating timer goes on, counted from when it was due, unless it was the last time.
  private mutating func repeatTimer(_ subscription: Subscription) {
    guard case .timer(let due, let repeats?) = subscription.trigger,
      state.instances[subscription.holder] != nil, repeats.remaining != 0,
      let next = repeats.next(after: due, in: zone)
    else { return }
    emit(
      .subscribed(
        Subscription(
          key: state.nextKey, holder: subscription.holder, element: subscription.element,
          trigger: .timer(due: next, repeats: repeats.once))))
  }

  // MARK: Ending by force

  /// Ends an instance and all inside it without completing: the innermost first, in the order of their keys.
  mutating func terminate(_ key: ElementKey) {
    var inside: [ElementKey: [ElementKey]] = [:]
    if (state.instances[key]?.children ?? 0) > 0 {
      for instance in state.instances.values {
        if let scope = instance.scope { inside[scope, default: []].append(instance.key) }
      }
    }
    terminate(key, inside)
  }

  private mutating func terminate(_ key: ElementKey, _ inside: [ElementKey: [ElementKey]]) {
    guard state.instances[key] != nil else { return }
    emit(.moved(key, to: .terminating))
    for child in (inside[key] ?? []).sorted() { terminate(child, inside) }
    emit(.terminated(key))
  }

  /// A terminate end event ends the scope it is in.
  mutating func terminateScope(around key: ElementKey, at place: Place) {
    guard let instance = state.instances[key], let scope = instance.scope,
      listen(to: .end, key, at: place)
    else { return }
    emit(.completed(key, flows: []))
    interrupt(scope)
    scopesToCheck.append(scope)
  }

  // MARK: Time

  /// How many timers one `tick` fires at most; what is left stays due.
  private static let firingLimit = 1_000

  /// Fires every timer that is due, the earliest first, and forgets messages that are too old.
  mutating func tick() {
    guard !state.isSuspended else { return }
    for message in state.keptMessages.values
    where message.message.keptUntil.map({ $0 <= now }) == true {
      emit(.messageExpired(message.key))
    }
    for _ in 0..<Self.firingLimit {
      guard let next = nextDueTimer() else { return }
      trigger(next, with: [:])
      run()
    }
  }

  /// A timer whose time was over when it began fires at once.
  mutating func fireOverdue() {
    while errands.isEmpty, let subscription = overdue.first {
      overdue.removeFirst()
      if isOpen(subscription) { trigger(subscription, with: [:]) }
    }
  }

  private func nextDueTimer() -> Subscription? {
    var earliest: (due: Instant, subscription: Subscription)?
    for subscriptions in state.subscriptionsByHolder.values {
      for subscription in subscriptions {
        guard let due = subscription.due, due <= now,
          state.instances[subscription.holder]?.state == .activated
        else { continue }
        if let best = earliest, (best.due, best.subscription.key) < (due, subscription.key) {
          continue
        }
        earliest = (due, subscription)
      }
    }
    return earliest?.subscription
  }
}
