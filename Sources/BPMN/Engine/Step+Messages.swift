import Diagnostics
import FEEL

extension Step {
  /// Brings a message to everyone who waits for it, once per process; keeps it when it may wait.
  ///
  /// While the case is suspended a message is kept or, when it may not wait, refused.
  mutating func publish(_ message: Message) throws {
    guard !isKnown(message) else { return }
    let mayWait = message.keptUntil.map { $0 > now } == true
    if state.isSuspended, !mayWait { throw Diagnostic("BPMN207") }
    var kept: ElementKey?
    if mayWait {
      kept = state.nextKey
      emit(.messageKept(BufferedMessage(key: state.nextKey, message: message)))
    }
    if !state.isSuspended { deliver(message, kept: kept, except: []) }
  }

  /// A message with an id that is still kept has been here before.
  func isKnown(_ message: Message) -> Bool {
    guard let id = message.id else { return false }
    return state.keptMessages.values.contains {
      $0.message.id == id && $0.message.name == message.name
        && $0.message.correlationKey == message.correlationKey
    }
  }

  /// Gives kept messages to those who have begun to wait since.
  mutating func deliverKeptMessages() {
    guard !state.keptMessages.isEmpty else { return }
    for buffered in state.keptMessages.values
    where buffered.message.keptUntil.map({ $0 > now }) == true {
      if buffered.starts == nil {
        deliver(buffered.message, kept: buffered.key, except: buffered.receivers)
      } else {
        start(byKept: buffered)
      }
    }
  }

  private mutating func deliver(
    _ message: Message, kept: ElementKey?, except receivers: [String]
  ) {
    var receivers = Set(receivers)
    for subscription in subscriptions(to: message) {
      guard let process = state.instances[subscription.holder]?.process,
        isOpen(subscription), receivers.insert(process).inserted
      else { continue }
      if let kept { emit(.messageReceived(kept, process: process)) }
      trigger(subscription, with: message.variables)
    }
  }

  private func subscriptions(to message: Message) -> [Subscription] {
    let trigger = Subscription.Trigger.message(
      name: message.name, correlationKey: message.correlationKey)
    return state.subscriptions.filter { $0.trigger == trigger }
  }

  /// Whether it is still waited: what happened before may have ended it.
  func isOpen(_ subscription: Subscription) -> Bool {
    guard state.instances[subscription.holder]?.state == .activated else { return false }
    return state.subscriptionsByHolder[subscription.holder]?.contains {
      $0.key == subscription.key
    } ?? false
  }

  /// Brings a signal to everyone who waits for it now, and starts the processes that begin with it; it is not kept.
  mutating func broadcast(
    _ name: String, _ variables: [String: FEELValue], by thrower: ElementKey?
  ) {
    emit(.signalThrown(by: thrower, name: name))
    for subscription in state.subscriptions
    where subscription.trigger == .signal(name: name) && isOpen(subscription) {
      trigger(subscription, with: variables)
    }
    for id in definitions.processes.keys.sorted() {
      guard definitions.processes[id]?.startSignals.contains(name) == true,
        let process = processIndex(id),
        let start = processes[process].start(bySignal: name)
      else { continue }
      enterProcess(process, in: nil, [:], startingAt: start, with: variables)
    }
  }

  // MARK: Conditions

  /// Looks at every condition that is waited for and whose variables may have changed since the last look.
  mutating func checkConditions() {
    let seen = eventsSeenByConditions
    eventsSeenByConditions = events.count
    guard !state.subscriptionsByHolder.isEmpty else { return }
    let waiting = state.subscriptions.filter { $0.trigger == .condition }
    guard !waiting.isEmpty else { return }
    var changed: Set<String> = []
    var begun: Set<ElementKey> = []
    for event in events[seen...] {
      switch event {
      case .variablesSet(_, let variables): changed.formUnion(variables.keys)
      case .subscribed(let subscription): begun.insert(subscription.key)
      default: continue
      }
    }
    for subscription in waiting where isOpen(subscription) {
      check(subscription, changed, isNew: begun.contains(subscription.key))
    }
    looksAtAllConditions = false
  }

  private mutating func check(
    _ subscription: Subscription, _ changed: Set<String>, isNew: Bool
  ) {
    guard let holder = place(of: subscription.holder),
      let event = place(subscription.element, beside: holder),
      let expression = condition(of: subscription, at: event),
      isNew || looksAtAllConditions || expression.freeNames.contains(where: changed.contains)
    else { return }
    let result = evaluate(expression, from: subscription.holder)
    guard result.isTrue else {  // what it speaks of may come later, so null is no incident here
      if isNew { note(result.notes, on: subscription.holder) }
      return
    }
    triggerCondition(subscription, at: event)
  }

  /// The condition waited for; of several in one event the first that is not false.
  private func condition(of subscription: Subscription, at event: Place) -> FEELExpression? {
    let conditions = triggers(of: event).compactMap { trigger in
      if case .condition(let expression) = trigger { expression } else { nil }
    }
    return conditions.first { evaluate($0, from: subscription.holder).isTrue } ?? conditions.first
  }

  /// A condition that does not interrupt stays waited for and happens again after the next change.
  private mutating func triggerCondition(_ subscription: Subscription, at event: Place) {
    trigger(subscription, with: [:])
    guard !self[event].isInterrupting, case .happened = self[event].behavior else { return }
    eventsSeenByConditions = events.count
  }
}
