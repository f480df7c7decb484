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
    escalate(code, key)
    if state.instances[key] != nil { finish(key, at: place, with: [:]) }
  }

  private mutating func escalate(_ code: String, _ key: ElementKey) {
    let catcher = catcher(of: .escalation(code), from: key)
    emit(.escalationThrown(by: key, code: code, caughtBy: catcher.map { self[$0.event].id }))
    if let catcher {
      happen(catcher.event, on: catcher.instance, at: catcher.place, with: [:])
    }
  }

  mutating func throwSignal(_ name: ModelExpression, _ key: ElementKey, at place: Place) {
    guard let name = code(name, "signal name", key, at: place) else { return }
    broadcast(name, [:], by: key)
    if state.instances[key] != nil { finish(key, at: place, with: [:]) }
  }

  /// Throws what is done at once, then does the rest; names and codes are told before the first is thrown.
  mutating func throwSeveral(
    _ quick: [Behavior], then last: Behavior, _ key: ElementKey, at place: Place
  ) {
    var thrown: [(isSignal: Bool, name: String)] = []
    for behavior in quick {
      switch behavior {
      case .throwSignal(let name):
        guard let name = code(name, "signal name", key, at: place) else { return }
        thrown.append((true, name))
      case .throwEscalation(let code):
        guard let code = self.code(code, "escalationCode", key, at: place) else { return }
        thrown.append((false, code))
      default: continue
      }
    }
    for event in thrown where state.instances[key] != nil {
      if event.isSignal {
        broadcast(event.name, [:], by: key)
      } else {
        escalate(event.name, key)
      }
    }
    if state.instances[key] != nil { work(key, at: place, as: last) }
  }

  /// What a multi-instance activity tells when an inner instance has completed: only its own boundary events hear it,
  /// and they do not interrupt it.
  mutating func tell(_ event: EventDefinition?, by body: ElementKey, at place: Place) {
    guard let scope = state.instances[body]?.scope else { return }
    var caught: Place?
    switch event {
    case .signal(let name?):
      guard let name = code(name, "signal name", body, at: place) else { return }
      emit(.signalThrown(by: body, name: name))
      caught = boundary(of: place) { trigger in
        guard case .signal(let expected) = trigger else { return false }
        return evaluate(expected, from: body).value == .string(name)
      }
    case .escalation(let code?):
      guard let code = self.code(code, "escalationCode", body, at: place),
        let instance = state.instances[body]
      else { return }
      caught = self.event(
        among: self[place].boundaries, catching: .escalation(code), instance, at: place)
      emit(.escalationThrown(by: body, code: code, caughtBy: caught.map { self[$0].id }))
    default: return
    }
    if let caught { enter(caught, in: scope, triggeredWith: [:]) }
  }

  private func boundary(of place: Place, where catches: (Trigger) -> Bool) -> Place? {
    self[place].boundaries.map { Place(process: place.process, node: $0) }.first {
      triggers(of: $0).contains(where: catches)
    }
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
      for trigger in triggers(of: event) {
        switch (trigger, thrown) {
        case (.error(nil), .error), (.escalation(nil), .escalation): catchAll = catchAll ?? event
        case (.error(let expected?), .error(let code)),
          (.escalation(let expected?), .escalation(let code)):
          if evaluate(expected, from: instance.key).value == .string(code) { return event }
        default: continue
        }
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
