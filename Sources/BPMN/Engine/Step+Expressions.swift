import Diagnostics
import FEEL

extension Step {
  // MARK: Evaluating

  /// The value of an expression as seen from `key`; fixed text is a string.
  func evaluate(
    _ expression: ModelExpression, from key: ElementKey, over locals: [String: FEELValue] = [:]
  ) -> FEELResult {
    switch expression.content {
    case .fixed(let text): FEELResult(value: .string(text), notes: [])
    case .feel(let feel): evaluate(feel, from: key, over: locals)
    case .invalid(let problem): FEELResult(value: .null, notes: [problem])
    }
  }

  func evaluate(
    _ expression: FEELExpression, from key: ElementKey, over locals: [String: FEELValue] = [:],
    in environment: FEELEnvironment? = nil
  ) -> FEELResult {
    let environment = environment ?? self.environment
    let scopes = VariableScopes(instances: state.instances, multiInstances: state.multiInstances)
    return expression.evaluate(environment: environment) { name in
      locals[name] ?? scopes.value(of: name, from: key)
    }
  }

  /// The value, when it is usable: an incident when it is null because something in it failed.
  mutating func usable(
    _ result: FEELResult, _ kind: Incident.Kind, _ what: String, _ key: ElementKey, at place: Place
  ) -> FEELValue? {
    guard result.value.isNull, !result.notes.isEmpty else {
      note(result.notes, on: key)
      return result.value
    }
    let code = kind == .decision ? "BPMN217" : "BPMN215"
    raise(kind, on: key, .unusable(code, what, self[place], result.notes))
    return nil
  }

  // MARK: Setting

  /// Sets each variable where it lives as seen from `key`, else in the process (Zeebe's rule).
  mutating func propagate(_ variables: [String: FEELValue], from key: ElementKey) {
    guard let first = variables.first else { return }
    let home = home(of: first.key, from: key)
    if variables.count == 1 || variables.keys.allSatisfy({ self.home(of: $0, from: key) == home }) {
      emit(.variablesSet(scope: home, variables))
      return
    }
    let byScope = Dictionary(grouping: variables) { self.home(of: $0.key, from: key) }
    for (scope, entries) in byScope.sorted(by: { $0.key < $1.key }) {
      emit(
        .variablesSet(
          scope: scope, Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })))
    }
  }

  private func home(of name: String, from key: ElementKey) -> ElementKey {
    var current = key
    while let position = state.instances.position(of: current) {
      if state.instances.values[position].variables[name] != nil
        || state.instances.values[position].isProcess
      {
        return current
      }
      guard let scope = state.instances.values[position].scope else { return current }
      current = scope
    }
    return current
  }

  // MARK: Mappings

  /// Evaluates the input mappings; `false` with an incident.
  mutating func makeInputs(of key: ElementKey, at place: Place) -> Bool {
    let mappings = self[place].inputs
    if !self[place].data.isEmpty { declare(self[place].data, in: key) }
    guard !mappings.isEmpty else { return true }
    guard let values = values(of: mappings, key, at: place, into: nil) else { return false }
    emit(.variablesSet(scope: key, values))
    return true
  }

  /// The data objects of a subprocess are variables of its own, empty at first.
  private mutating func declare(_ names: [String], in key: ElementKey) {
    let known = state.instances[key]?.variables ?? [:]
    let new = names.filter { known[$0] == nil }
    guard !new.isEmpty else { return }
    emit(.variablesSet(scope: key, Dictionary(new.map { ($0, .null) }) { $1 }))
  }

  /// Evaluates the output mappings into the scope around; `false` with an incident.
  mutating func makeOutputs(of key: ElementKey, at place: Place) -> Bool {
    let mappings = self[place].outputs
    guard !mappings.isEmpty else { return true }
    let scope = state.instances[key]?.scope ?? key
    guard let values = values(of: mappings, key, at: place, into: scope) else { return false }
    propagate(values, from: scope)
    return true
  }

  /// The variables that `mappings` make; a later one sees the earlier ones.
  ///
  /// - Parameter scope: where outputs go, so that an entry of a context is put into the one that is there; `nil` for
  ///   inputs, which always make new variables.
  private mutating func values(
    of mappings: [IOMapping], _ key: ElementKey, at place: Place, into scope: ElementKey?
  ) -> [String: FEELValue]? {
    var values: [String: FEELValue] = [:]
    for mapping in mappings {
      let result = evaluate(mapping.source, from: key, over: values)
      guard !result.value.isNull || result.notes.isEmpty else {
        let problem = Diagnostic.unusable(
          "BPMN210", mapping.target, self[place], result.notes)
        scope == nil ? raise(.mapping, on: key, problem) : hold(.mapping, key, problem)
        return nil
      }
      note(result.notes, on: key)
      let name = mapping.path[0]
      let existing = values[name] ?? scope.flatMap { state.variable(name, from: $0) }
      values[name] = existing.setting(result.value, at: mapping.path.dropFirst())
    }
    return values
  }

  // MARK: Notes and incidents

  /// Keeps why parts of an expression became null, although the whole did not.
  mutating func note(_ notes: [Diagnostic], on key: ElementKey) {
    if !notes.isEmpty { emit(.noted(key, notes)) }
  }

  mutating func raise(_ kind: Incident.Kind, on key: ElementKey, _ problem: Diagnostic) {
    emit(
      .incidentRaised(Incident(key: state.nextKey, element: key, kind: kind, problem: problem)))
  }

  func isHeld(_ key: ElementKey) -> Bool {
    !state.incidentsByKey.isEmpty && state.incidentsByKey.values.contains { $0.element == key }
  }

  mutating func resolveIncidents(of key: ElementKey) {
    for incident in state.incidents where incident.element == key {
      emit(.incidentResolved(incident.key))
    }
  }
}

/// The variables that expressions see: those of the live instances.
private struct VariableScopes {
  let instances: KeyTable<ElementInstance>
  let multiInstances: KeyTable<MultiInstanceProgress>

  /// A variable as seen from `key`, with what a multi-instance activity tells about itself.
  func value(of name: String, from key: ElementKey) -> FEELValue? {
    var next: ElementKey? = key
    while let current = next, let position = instances.position(of: current) {
      if let value = instances.values[position].variables[name] { return value }
      if !multiInstances.isEmpty, let value = multiInstances[current]?[name] { return value }
      if instances.values[position].isProcess { return nil }
      next = instances.values[position].scope
    }
    return nil
  }
}

extension MultiInstanceProgress {
  /// What expressions inside the activity may ask by name.
  fileprivate subscript(name: String) -> FEELValue? {
    switch name {
    case "numberOfInstances": FEELValue(total)
    case "numberOfActiveInstances": FEELValue(active)
    case "numberOfCompletedInstances": FEELValue(completed)
    case "numberOfTerminatedInstances": FEELValue(terminated)
    case outputCollection: .list(outputs)
    default: nil
    }
  }
}

extension FEELValue? {
  /// This context with `value` at `path` inside it; what is not a context is replaced.
  fileprivate func setting(_ value: FEELValue, at path: ArraySlice<String>) -> FEELValue {
    guard let name = path.first else { return value }
    var context = self?.context ?? FEELContext()
    context[name] = context[name].setting(value, at: path.dropFirst())
    return .context(context)
  }
}

extension Diagnostic {
  /// An expression of `node` gave nothing that can be used; `causes` say why.
  static func unusable(
    _ code: String, _ what: String, _ node: CompiledNode, _ causes: [Diagnostic]
  ) -> Diagnostic {
    Diagnostic(code, ["element": node.title, "what": what], at: node.location, causes: causes)
  }
}

extension Error {
  /// Every error of the formats is a `Diagnostic`; anything else is told as it describes itself.
  var asDiagnostic: Diagnostic {
    self as? Diagnostic ?? Diagnostic("BPMN217", ["element": "", "what": "\(self)"])
  }
}
