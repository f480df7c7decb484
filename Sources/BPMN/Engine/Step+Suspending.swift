import Diagnostics
import FEEL

extension Command {
  /// What may be done with a case that stands still; nothing of it lets a token move.
  var isPossibleWhileSuspended: Bool {
    switch self {
    case .resume, .cancel, .migrate, .setVariables, .assign, .change, .changeTimer, .refreshDates,
      .publish, .tick:
      true
    case .start, .startByMessage, .startByTimer, .startByCondition, .startAt, .complete,
      .completeJob, .failJob, .answerListener,
      .throwError, .broadcast, .retry, .modify, .move, .activate, .suspend:
      false
    }
  }
}

extension Step {
  mutating func suspend() { emit(.suspended(at: now)) }

  /// Durations and cycles fire as much later as the pause was long; dates stay, for the law or a clock has named them.
  mutating func resume() throws {
    guard let since = state.suspendedAt else { throw Diagnostic("BPMN223") }
    let pause = now.subtracting(since)
    for subscription in state.subscriptions {
      guard let due = subscription.due, !isDate(subscription), let later = due.adding(pause),
        later != due
      else { continue }
      emit(
        .timerChanged(
          subscription: subscription.key, holder: subscription.holder, due: later))
    }
    emit(.resumed(at: now))
    looksAtAllConditions = true
  }

  /// Sets when a timer fires; one that is due then fires with the next tick.
  mutating func changeTimer(_ key: ElementKey, _ due: Instant) throws {
    guard let subscription = state.subscriptions.first(where: { $0.key == key }),
      subscription.due != nil
    else { throw Diagnostic.notOpen(key) }
    emit(.timerChanged(subscription: key, holder: subscription.holder, due: due))
  }

  /// A clock may have been paused, extended or recounted: what was told by it is asked again.
  mutating func refreshDates() {
    for subscription in state.subscriptions {
      guard let due = subscription.due, let holder = place(of: subscription.holder),
        let expression = date(of: subscription, beside: holder),
        let now = refreshed(expression, from: subscription.holder), now != due
      else { continue }
      emit(
        .timerChanged(subscription: subscription.key, holder: subscription.holder, due: now))
    }
    for record in state.taskRecords.values {
      guard let place = place(of: record.key), case .userTask(let task) = self[place].behavior
      else { continue }
      let due = task.due.flatMap { refreshed($0, from: record.key) }
      let followUp = task.followUp.flatMap { refreshed($0, from: record.key) }
      let change = TaskChange(
        due: due == record.due ? nil : due, followUp: followUp == record.followUp ? nil : followUp)
      if change != TaskChange() { emit(.taskChanged(record.key, change)) }
    }
  }

  private mutating func isDate(_ subscription: Subscription) -> Bool {
    place(of: subscription.holder).flatMap { date(of: subscription, beside: $0) } != nil
  }

  /// The date of a timer that fires on a date.
  private func date(of subscription: Subscription, beside holder: Place) -> ModelExpression? {
    guard let event = place(subscription.element, beside: holder) else { return nil }
    for case .timer(.date(let expression)) in triggers(of: event) { return expression }
    return nil
  }

  /// The instant an expression gives now; `nil` when it does not ask the host, or gives nothing usable.
  private func refreshed(_ expression: ModelExpression, from key: ElementKey) -> Instant? {
    guard case .feel(let feel) = expression.content else { return nil }
    var alone = environment
    alone.functions = [:]
    guard evaluate(feel, from: key, in: alone).value.isNull else { return nil }
    return instant(evaluate(feel, from: key, in: environment).value)
  }
}
