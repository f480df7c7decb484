import Diagnostics
import FEEL

extension Step {
  /// Counts the items and begins the inner instances: all at once, or the first.
  mutating func activateBody(_ key: ElementKey, at place: Place) {
    guard let loop = self[place].multiInstance,
      let progress = progress(of: loop, key, at: place),
      subscribeBody(key, at: place)
    else { return }
    emit(.multiInstanceStarted(key, progress))
    emit(.moved(key, to: .activated))
    guard progress.total > 0 else {
      leave(key, at: place)
      return
    }
    let last = loop.isSequential ? 1 : progress.total
    for number in 1...last {
      errands.append(.startInner(place, body: key, number: number))
    }
  }

  private mutating func subscribeBody(_ key: ElementKey, at place: Place) -> Bool {
    subscribe(key, at: place, to: self[place].boundaries)
  }

  /// How many inner instances there will be, from the collection or the number; `nil` with an incident.
  private mutating func progress(
    of loop: MultiInstanceDefinition, _ key: ElementKey, at place: Place
  ) -> MultiInstanceProgress? {
    if let collection = loop.inputCollection {
      let result = evaluate(collection, from: key)
      if let items = result.value.list {
        note(result.notes, on: key)
        return MultiInstanceProgress(
          total: items.count, items: items, outputCollection: loop.outputCollection)
      }
      raise(.collection, on: key, .unusable("BPMN216", collection.text, self[place], result.notes))
      return nil
    }
    guard let cardinality = loop.cardinality else { return nil }
    let result = evaluate(cardinality, from: key)
    let count = result.value.integer ?? result.value.string.flatMap { Int($0) }
    guard let count, (0...Self.entryLimit).contains(count) else {
      raise(.collection, on: key, .unusable("BPMN216", cardinality.text, self[place], result.notes))
      return nil
    }
    return MultiInstanceProgress(
      total: count, items: [], outputCollection: loop.outputCollection)
  }

  /// The number and the item of an inner instance become its variables.
  mutating func setLoopVariables(of key: ElementKey, at place: Place) {
    guard let instance = state.instances[key], instance.loopCounter > 0, let body = instance.scope,
      let progress = state.multiInstances[body]
    else { return }
    var variables: [String: FEELValue] = ["loopCounter": FEELValue(instance.loopCounter)]
    if let name = self[place].multiInstance?.inputElement,
      instance.loopCounter <= progress.items.count
    {
      variables[name] = progress.items[instance.loopCounter - 1]
    }
    emit(.variablesSet(scope: key, variables))
  }

  /// An inner instance is done: keeps its result and ends the others when the completion condition holds.
  mutating func leaveInner(_ instance: ElementInstance, at place: Place) {
    guard let body = instance.scope, let loop = self[place].multiInstance,
      makeOutputs(of: instance.key, at: place), collect(loop, instance, into: body, at: place),
      let isEnough = isEnough(loop, instance, at: place)
    else { return }
    emit(.completed(instance.key, flows: []))
    if isEnough {
      interrupt(body)
      leave(body, at: place)
    } else {
      scopesToCheck.append(body)
    }
  }

  private mutating func collect(
    _ loop: MultiInstanceDefinition, _ instance: ElementInstance, into body: ElementKey,
    at place: Place
  ) -> Bool {
    guard loop.outputCollection != nil, let element = loop.outputElement else { return true }
    let result = evaluate(element, from: instance.key)
    guard !result.value.isNull || result.notes.isEmpty else {
      hold(
        .collection, instance.key,
        .unusable("BPMN216", element.text, self[place], result.notes))
      return false
    }
    note(result.notes, on: instance.key)
    emit(.resultCollected(body: body, index: instance.loopCounter - 1, result.value))
    return true
  }

  /// Whether the completion condition holds, this instance counted as completed; `nil` with an incident.
  private mutating func isEnough(
    _ loop: MultiInstanceDefinition, _ instance: ElementInstance, at place: Place
  ) -> Bool? {
    guard let condition = loop.completionCondition else { return false }
    let result = evaluate(condition, from: instance.key, over: counts(after: instance))
    guard let isEnough = result.value.boolean else {
      hold(
        .condition, instance.key,
        .unusable("BPMN216", condition.text, self[place], result.notes))
      return nil
    }
    note(result.notes, on: instance.key)
    return isEnough
  }

  /// The counters as they will be when `instance` has completed.
  private func counts(after instance: ElementInstance) -> [String: FEELValue] {
    guard let body = instance.scope, let progress = state.multiInstances[body] else { return [:] }
    return [
      "numberOfCompletedInstances": FEELValue(progress.completed + 1),
      "numberOfActiveInstances": FEELValue(progress.active - 1),
    ]
  }

  /// No inner instance is at work: begins the next one, or ends the activity.
  mutating func continueBody(_ key: ElementKey, at place: Place) {
    guard let progress = state.multiInstances[key] else { return }
    if progress.started < progress.total {
      errands.append(.startInner(place, body: key, number: progress.started + 1))
    } else {
      leave(key, at: place)
    }
  }

  /// The results become a variable outside the activity.
  mutating func handOutCollection(of body: ElementKey) {
    guard let progress = state.multiInstances[body], let name = progress.outputCollection,
      let scope = state.instances[body]?.scope
    else { return }
    propagate([name: .list(progress.outputs)], from: scope)
  }
}
