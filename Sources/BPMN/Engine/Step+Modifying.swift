import Diagnostics
import FEEL

extension Step {
  // MARK: Commands

  /// Does all of it, or nothing.
  mutating func modify(_ modifications: [Modification]) throws {
    var trial = self
    trial.emit(.modified(modifications))
    var left: [ElementKey] = []
    for modification in modifications {
      switch modification {
      case .terminate(let key):
        guard let instance = trial.state.instances[key] else { throw Diagnostic.notOpen(key) }
        trial.terminate(key)
        if let scope = instance.scope { left.append(scope) }
      case .activate(let element, let scope, let variables):
        try trial.activate(element, under: scope, variables)
      }
    }
    for scope in left { trial.endIfEmpty(scope) }
    self = trial
  }

  /// Begins a process in the middle.
  mutating func start(
    _ id: String, at elements: [String], _ variables: [String: FEELValue]
  ) throws {
    guard let process = processIndex(id) else { throw Diagnostic.noProcess(id) }
    guard !elements.isEmpty else { throw Diagnostic("BPMN203", ["process": id]) }
    var trial = self
    let place = Place(process: process, node: 0)
    guard let key = trial.begin(place, in: nil, state: .activating, keeping: variables) else {
      return
    }
    if !variables.isEmpty { trial.emit(.variablesSet(scope: key, variables)) }
    if trial.makeInputs(of: key, at: place), trial.subscribeAndActivate(key, at: place) {
      for element in elements { try trial.activate(element, under: key, [:]) }
    }
    self = trial
  }

  /// Begins one element of an ad-hoc subprocess that is open.
  mutating func activate(
    _ element: String, inAdHoc scope: ElementKey, _ variables: [String: FEELValue]
  ) throws {
    guard let place = place(of: scope), let target = self.place(element, beside: place),
      state.instances[scope]?.state == .activated, state.multiInstances[scope] == nil,
      processes[place.process].nodes[place.node].tag == "adHocSubProcess"
    else { throw Diagnostic.notOpen(scope) }
    guard self[target].scope == place.node, mayBegin(target) else {
      throw Diagnostic("BPMN208", ["element": self[target].title])
    }
    propagate(variables, from: scope)
    errands.append(.arrive(target, flow: nil, scope: scope))
  }

  // MARK: Beginning by hand

  private mutating func activate(
    _ element: String, under ancestor: ElementKey?, _ variables: [String: FEELValue]
  ) throws {
    let target = try target(element, under: ancestor)
    guard mayBegin(target) else {
      throw Diagnostic("BPMN208", ["element": self[target].title])
    }
    var (scope, missing) = try scope(for: target, under: ancestor)
    propagate(variables, from: scope)
    for container in missing {
      guard let inner = begin(container, in: scope, state: .activating),
        makeInputs(of: inner, at: container), subscribeAndActivate(inner, at: container)
      else { return }  // an incident holds it; mended, it begins as drawn
      scope = inner
    }
    errands.append(.arrive(target, flow: nil, scope: scope))
  }

  /// What begins only because something happens, or to undo something, is not begun by hand.
  func mayBegin(_ place: Place) -> Bool {
    switch self[place].behavior {
    case .process, .happened, .eventSubProcess: false
    default: !self[place].isForCompensation
    }
  }

  private mutating func target(_ element: String, under ancestor: ElementKey?) throws -> Place {
    var ids: [String] = []
    if let ancestor {
      guard let instance = state.instances[ancestor] else { throw Diagnostic.notOpen(ancestor) }
      ids = [instance.process]
    } else {
      for instance in state.instances.values where !ids.contains(instance.process) {
        ids.append(instance.process)
      }
    }
    let places = ids.compactMap { processIndex($0) }.compactMap { process in
      processes[process].indexes[element].map { Place(process: process, node: $0) }
    }
    guard let place = places.first else { throw Diagnostic("BPMN206", ["element": element]) }
    guard places.count == 1 else { throw Diagnostic("BPMN209", ["element": element]) }
    return place
  }

  /// The open instance to begin in, and the containers in between that are not open, outermost first.
  private func scope(
    for place: Place, under ancestor: ElementKey?
  ) throws -> (ElementKey, [Place]) {
    var missing: [Place] = []
    var container = Place(process: place.process, node: self[place].scope)
    while true {
      let open = openScopes(at: container, under: ancestor)
      if open.count == 1 { return (open[0], missing) }
      guard open.isEmpty, container.node != 0, !self[container].isRepeated else {
        throw Diagnostic("BPMN209", ["element": self[container].title])
      }
      missing.insert(container, at: 0)
      container = Place(process: place.process, node: self[container].scope)
    }
  }

  private func openScopes(at place: Place, under ancestor: ElementKey?) -> [ElementKey] {
    let process = processes[place.process].id
    let element = self[place].id
    return state.instances.values.filter {
      $0.process == process && $0.element == element && $0.state == .activated
        && state.multiInstances[$0.key] == nil && isWithin($0.key, ancestor)
    }.map(\.key)
  }

  private func isWithin(_ key: ElementKey, _ ancestor: ElementKey?) -> Bool {
    guard let ancestor else { return true }
    var next: ElementKey? = key
    while let current = next {
      if current == ancestor { return true }
      next = state.instances[current]?.scope
    }
    return false
  }

  /// A scope from which everything was taken ends, and so do those around it.
  private mutating func endIfEmpty(_ key: ElementKey) {
    guard let instance = state.instances[key], instance.children == 0,
      !errands.contains(where: { $0.scope == key })
    else { return }
    if state.multiInstances[key] != nil || state.waitingTokens[key] != nil {
      scopesToCheck.append(key)
      return
    }
    terminate(key)
    if let scope = instance.scope { endIfEmpty(scope) }
  }
}
