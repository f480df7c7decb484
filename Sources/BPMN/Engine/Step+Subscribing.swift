import Diagnostics
import FEEL

extension Step {
  /// Begins to wait for `events`; all are evaluated before the first is subscribed. `false` with an incident.
  mutating func subscribe(_ holder: ElementKey, at place: Place, to events: [Int]) -> Bool {
    guard !events.isEmpty else { return true }
    var triggers: [(String, Subscription.Trigger)] = []
    for index in events {
      let event = Place(process: place.process, node: index)
      for trigger in self.triggers(of: event) where trigger.isSubscribed {
        guard let evaluated = evaluated(trigger, of: event, from: holder) else { return false }
        triggers.append((self[event].id, evaluated))
      }
    }
    for (element, trigger) in triggers {
      let subscription = Subscription(
        key: state.nextKey, holder: holder, element: element, trigger: trigger)
      emit(.subscribed(subscription))
      if let due = subscription.due, due <= now { overdue.append(subscription) }
    }
    return true
  }

  func triggers(of place: Place) -> [Trigger] { self[place].triggers }

  /// What exactly is waited for, told once, now; `nil` with an incident.
  private mutating func evaluated(
    _ trigger: Trigger, of event: Place, from holder: ElementKey
  ) -> Subscription.Trigger? {
    switch trigger {
    case .message(let name, let correlationKey):
      guard let name = text(name, "message name", of: event, from: holder),
        let correlationKey,
        let key = text(correlationKey, "correlationKey", of: event, from: holder)
      else { return nil }
      return .message(name: name, correlationKey: key)
    case .signal(let name):
      return text(name, "signal name", of: event, from: holder).map { .signal(name: $0) }
    case .timer(let timer): return due(timer, of: event, from: holder)
    case .condition: return .condition
    case .error, .escalation, .compensation, .cancel: return nil
    }
  }

  /// A name or key: text, or a number as it is written.
  private mutating func text(
    _ expression: ModelExpression, _ what: String, of event: Place, from holder: ElementKey
  ) -> String? {
    let result = evaluate(expression, from: holder)
    switch result.value {
    case .string(let text): return text
    case .number(let number): return number.description
    default:
      raise(.expression, on: holder, .unusable("BPMN215", what, self[event], result.notes))
      return nil
    }
  }

  // MARK: Timers

  /// When a timer fires, counted from now; a time that is over fires at once.
  private mutating func due(
    _ timer: TimerDefinition, of event: Place, from holder: ElementKey
  ) -> Subscription.Trigger? {
    let result = evaluate(timer.expression, from: holder)
    guard let timing = timer.timing(result.value, from: now, in: zone),
      mayRepeat(timing.repeats, event)
    else {
      raise(
        .timer, on: holder, .unusable("BPMN213", timer.expression.text, self[event], result.notes))
      return nil
    }
    note(result.notes, on: holder)
    let isLast = self[event].isInterrupting || timing.repeats?.remaining == 0
    return .timer(due: timing.due, repeats: isLast ? nil : timing.repeats)
  }

  /// A catch event lets a finite number of tokens pass.
  private func mayRepeat(_ repeats: Subscription.Repetition?, _ event: Place) -> Bool {
    guard let repeats, case .wait = self[event].behavior else { return true }
    return repeats.remaining != nil
  }

  /// The instant meant by a date, a date and time or the text of one.
  func instant(_ value: FEELValue) -> Instant? { TimerText.instant(of: value, in: zone) }
}
