import Diagnostics
import FEEL

extension Step {
  /// What looks for an event that catches it.
  private enum Thrown {
    case error(String)
    case escalation(String)
  }

  /// Where an error or escalation is caught: an event of `instance`.
  private struct Catcher {
    let event: Place
    let instance: ElementInstance
    let place: Place
  }

  // MARK: Errors

  /// An error end event throws.
  mutating func throwError(_ code: ModelExpression, _ key: ElementKey, at place: Place) {
    guard let code = self.code(code, "errorCode", key, at: place) else { return }
    throwError(code, from: key, at: place, with: [:])
  }

  /// The innermost event that catches `code` interrupts what it is attached to; without one it is an incident.
  mutating func throwError(
    _ code: String, from key: ElementKey, at place: Place, with variables: [String: FEELValue]
  ) {
    let catcher = catcher(of: .error(code), from: key)
    emit(.errorThrown(by: key, code: code, caughtBy: catcher.map { self[$0.event].id }))
    guard let catcher else {
      raise(
        .unhandledError, on: key,
        Diagnostic(
          "BPMN220", ["element": self[place].title, "code": code], at: self[place].location))
      return
    }
    happen(catcher.event, on: catcher.instance, at: catcher.place, with: variables)
  }

  // MARK: Escalations

  /// An escalation is told to the innermost event that catches it; without one nothing happens.
  mutating func throwEscalation(_ code: ModelExpression, _ key: ElementKey, at place: Place) {
    guard let code = self.code(code, "escalationCode", key, at: place) else { return }
    let catcher = catcher(of: .escalation(code), from: key)
    emit(.escalationThrown(by: key, code: code, caughtBy: catcher.map { self[$0.event].id }))
    if let catcher {
      happen(catcher.event, on: catcher.instance, at: catcher.place, with: [:])
    }
    if state.instances[key] != nil { finish(key, at: place, with: [:]) }
  }

  mutating func throwSignal(_ name: ModelExpression, _ key: ElementKey, at place: Place) {
    guard let name = code(name, "signal name", key, at: place) else { return }
    broadcast(name, [:], by: key)
    if state.instances[key] != nil { finish(key, at: place, with: [:]) }
  }

  private mutating func code(
    _ expression: ModelExpression, _ what: String, _ key: ElementKey, at place: Place
  ) -> String? {
    let result = evaluate(expression, from: key)
    guard let code = result.value.string ?? result.value.number?.description else {
      raise(.expression, on: key, .unusable("BPMN215", what, self[place], result.notes))
      return nil
    }
    return code
  }

  // MARK: Who catches

  /// From the thrower outwards, through call activities: at each level the event for exactly this code, else one for all.
  private mutating func catcher(of thrown: Thrown, from key: ElementKey) -> Catcher? {
    var next: ElementKey? = key
    while let current = next, let instance = state.instances[current],
      let place = place(of: current)
    {
      if instance.loopCounter == 0,
        let event = event(among: self[place].boundaries, catching: thrown, instance, at: place)
      {
        return Catcher(event: event, instance: instance, place: place)
      }
      guard let scope = instance.scope, let container = self.place(of: scope),
        let outer = state.instances[scope]
      else { return nil }
      if state.multiInstances[scope] == nil, !isInterruptingEventSubprocess(place),
        let event = event(
          among: self[container].eventStarts, catching: thrown, outer, at: container)
      {
        return Catcher(event: event, instance: outer, place: container)
      }
      next = scope
    }
    return nil
  }

  private mutating func event(
    among events: [Int], catching thrown: Thrown, _ instance: ElementInstance, at place: Place
  ) -> Place? {
    var catchAll: Place?
    for index in events {
      let event = Place(process: place.process, node: index)
      switch (trigger(of: event), thrown) {
      case (.error(nil), .error), (.escalation(nil), .escalation): catchAll = catchAll ?? event
      case (.error(let expected?), .error(let code)),
        (.escalation(let expected?), .escalation(let code)):
        if evaluate(expected, from: instance.key).value == .string(code) { return event }
      default: continue
      }
    }
    return catchAll
  }

  /// What an interrupting event subprocess throws concerns the scopes further out.
  private func isInterruptingEventSubprocess(_ place: Place) -> Bool {
    guard case .eventSubProcess = self[place].behavior else { return false }
    return self[place].starts.contains {
      processes[place.process].nodes[$0].isInterrupting
    }
  }
}
