import Diagnostics
import FEEL

extension Step {
  /// The work of an instance is done and gave `variables`: hands them out and sends its tokens on.
  mutating func finish(
    _ key: ElementKey, at place: Place, with variables: [String: FEELValue]
  ) {
    if !variables.isEmpty {
      if self[place].outputs.isEmpty {
        propagate(variables, from: key)
      } else {
        emit(.variablesSet(scope: key, variables))
      }
    }
    leave(key, at: place)
  }

  /// The way out, from the output mappings on; also after an incident was mended.
  mutating func leave(_ key: ElementKey, at place: Place) {
    guard let position = state.instances.position(of: key) else { return }
    if state.instances.values[position].loopCounter > 0 {
      leaveInner(state.instances.values[position], at: place)
      return
    }
    if self[place].isRepeated {
      handOutCollection(of: key)
    } else if !hasEnded(key) {
      handOutResults(ofAdHoc: key)
      guard makeOutputs(of: key, at: place), listen(to: .end, key, at: place) else { return }
    }
    guard let flows = flows(outOf: key, at: place) else { return }
    complete(key, at: place, taking: flows)
  }

  /// Whether the end listeners have done their jobs: what came before them is not done again.
  func hasEnded(_ key: ElementKey) -> Bool {
    !state.listenerRuns.isEmpty && state.listenerRuns[key]?.event == .end
  }

  /// Ends the instance and puts a token on each of `flows`.
  private mutating func complete(_ key: ElementKey, at place: Place, taking flows: [Int]) {
    guard let position = state.instances.position(of: key) else { return }
    let scope = state.instances.values[position].scope
    let variables = place.node == 0 ? state.instances.values[position].variables : [:]
    keepForCompensation(key, at: place)
    let isResult = flows.isEmpty && !state.adHocs.isEmpty
    if isResult, let scope, !giveResult(of: key, to: scope) { return }
    emit(.completed(key, flows: ids(of: flows, outOf: place)))
    guard let scope else { return }
    if place.node == 0 {
      finishCall(scope, with: variables)
      return
    }
    for flow in flows {
      let target = processes[place.process].flows[flow].target
      errands.append(
        .arrive(Place(process: place.process, node: target), flow: flow, scope: scope))
    }
    if case .goTo(let target) = self[place].behavior {
      errands.append(
        .arrive(Place(process: place.process, node: target), flow: nil, scope: scope))
    } else if flows.isEmpty {
      if isResult { checkEnough(of: scope) }
      scopesToCheck.append(scope)
    }
  }

  /// The ids of flows; taking all of them, the usual case, costs nothing.
  private func ids(of flows: [Int], outOf place: Place) -> [String] {
    if flows == self[place].outgoing { return self[place].outgoingIDs }
    var ids: [String] = []
    for flow in flows { ids.append(processes[place.process].flows[flow].id) }
    return ids
  }

  /// A called process has ended with `variables`.
  private mutating func finishCall(_ key: ElementKey, with variables: [String: FEELValue]) {
    guard let place = place(of: key), case .callActivity(let called) = self[place].behavior else {
      return
    }
    let handsOut = called.propagatesAllChildVariables || !self[place].outputs.isEmpty
    finish(key, at: place, with: handsOut ? variables : [:])
  }

  /// Ends the scopes in which nothing is left to do.
  mutating func checkScopes() {
    let keys = scopesToCheck.sorted()
    scopesToCheck.removeAll(keepingCapacity: true)
    for (index, key) in keys.enumerated() where index == 0 || keys[index - 1] != key {
      guard let instance = state.instances[key], instance.children == 0,
        instance.state == .activated, !isHeld(key), let place = place(of: key),
        state.compensationRuns[key] == nil
      else { continue }
      if state.adHocs[key] != nil, state.waitingTokens[key] == nil {
        continueAdHoc(key, at: place)
      } else if state.multiInstances[key] != nil {
        continueBody(key, at: place)
      } else if state.waitingTokens[key] != nil {
        raise(
          .deadlock, on: key,
          Diagnostic("BPMN221", ["element": self[place].title], at: self[place].location))
      } else {
        finish(key, at: place, with: [:])
      }
    }
  }

  // MARK: Which way

  /// The flows the tokens of a finished instance take; `nil` with an incident.
  private mutating func flows(outOf key: ElementKey, at place: Place) -> [Int]? {
    let outgoing = self[place].outgoing
    switch self[place].behavior {
    case .process, .eventBased, .goTo, .terminate, .cancel: return []
    case .parallel: return outgoing
    case .exclusive where outgoing.count > 1 || self[place].defaultFlow != nil:
      return chosenFlows(outOf: key, at: place, onlyFirst: true)
    case .inclusive where outgoing.count > 1 || self[place].defaultFlow != nil:
      return chosenFlows(outOf: key, at: place, onlyFirst: false)
    default:
      let flows =
        self[place].hasConditions ? chosenFlows(outOf: key, at: place, onlyFirst: false) : outgoing
      let copies = self[place].completionQuantity
      return copies == 1 ? flows : flows.map { $0.flatMap { Array(repeating: $0, count: copies) } }
    }
  }

  /// The flows without condition and those whose condition holds, in the order of the file; the default flow when no
  /// condition holds.
  private mutating func chosenFlows(
    outOf key: ElementKey, at place: Place, onlyFirst: Bool
  ) -> [Int]? {
    let normal = self[place].defaultFlow
    var chosen: [Int] = []
    var isDecided = false
    for flow in self[place].outgoing where flow != normal {
      guard let holds = holds(flow, key, at: place) else { return nil }
      guard holds else { continue }
      chosen.append(flow)
      isDecided = isDecided || processes[place.process].flows[flow].condition != nil
      if onlyFirst { return chosen }
    }
    if !isDecided, let normal { chosen.append(normal) }
    if !chosen.isEmpty { return chosen }
    hold(
      .noFlow, key, Diagnostic("BPMN212", ["element": self[place].title], at: self[place].location))
    return nil
  }

  /// Whether the condition of a flow holds; `nil` with an incident when that cannot be told.
  private mutating func holds(_ flow: Int, _ key: ElementKey, at place: Place) -> Bool? {
    let flow = processes[place.process].flows[flow]
    guard let condition = flow.condition else { return true }
    let result = evaluate(condition, from: key)
    guard let holds = result.value.boolean else {
      hold(
        .condition, key,
        Diagnostic(
          "BPMN211", ["element": self[place].title, "flow": flow.id, "text": condition.text],
          at: condition.location, causes: result.notes))
      return nil
    }
    note(result.notes, on: key)
    return holds
  }

  /// Raises an incident that holds the instance on its way out.
  mutating func hold(_ kind: Incident.Kind, _ key: ElementKey, _ problem: Diagnostic) {
    if state.instances[key]?.state == .activated { emit(.moved(key, to: .completing)) }
    raise(kind, on: key, problem)
  }
}
