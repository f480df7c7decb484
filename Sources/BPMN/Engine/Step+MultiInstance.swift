import Diagnostics
import FEEL

extension Step {
  /// Counts the items and begins the inner instances: all at once, or the first.
  mutating func activateBody(_ key: ElementKey, at place: Place) {
    guard let progress = progress(of: key, at: place), subscribeBody(key, at: place) else { return }
    emit(.multiInstanceStarted(key, progress))
    emit(.moved(key, to: .activated))
    guard let loop = self[place].multiInstance, !loop.isSequential, progress.total > 0 else {
      continueBody(key, at: place)
      return
    }
    for number in 1...progress.total {
      errands.append(.startInner(place, body: key, number: number))
    }
  }

  /// `nil` with an incident.
  private mutating func progress(of key: ElementKey, at place: Place) -> MultiInstanceProgress? {
    switch self[place].repetition {
    case .once: return nil
    case .multiInstance(let loop): return progress(of: loop, key, at: place)
    case .loop(let loop):
      let maximum = loop.maximum.flatMap { Int($0) } ?? Int.max
      return MultiInstanceProgress(total: maximum, items: [], outputCollection: nil)
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
    guard let body = instance.scope else { return }
    if !hasEnded(instance.key) {
      guard makeOutputs(of: instance.key, at: place), listen(to: .end, instance.key, at: place)
      else { return }
    }
    guard let loop = self[place].multiInstance else {
      keepForCompensation(instance.key, at: place)
      emit(.completed(instance.key, flows: []))
      scopesToCheck.append(body)
      return
    }
    guard collect(loop, instance, into: body, at: place),
      let isEnough = isEnough(loop, instance, at: place),
      let told = told(by: loop, instance, at: place)
    else { return }
    keepForCompensation(instance.key, at: place)
    emit(.completed(instance.key, flows: []))
    if let event = told.event { tell(event, by: body, at: place) }
    if isEnough || told.endsOthers {
      interrupt(body)
      leave(body, at: place)
    } else {
      scopesToCheck.append(body)
    }
  }

  /// What the activity tells now; `nil` with an incident.
  private mutating func told(
    by loop: MultiInstanceDefinition, _ instance: ElementInstance, at place: Place
  ) -> (event: EventDefinition?, endsOthers: Bool)? {
    switch loop.behavior {
    case .silent: return (nil, false)
    case .each(let event): return (event, false)
    case .first(let event):
      let isFirst = instance.scope.flatMap { state.multiInstances[$0] }?.completed == 0
      return (isFirst ? event : nil, false)
    case .complex(let parts):
      for part in parts {
        guard let condition = part.condition,
          let holds = holds(condition, instance, at: place)
        else { return nil }
        if holds { return (part.event, true) }
      }
      return (nil, false)
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
    return holds(condition, instance, at: place)
  }

  private mutating func holds(
    _ condition: ModelExpression, _ instance: ElementInstance, at place: Place
  ) -> Bool? {
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
    guard progress.started < progress.total else {
      leave(key, at: place)
      return
    }
    if let loop = self[place].loop {
      guard let again = again(loop, progress, key, at: place) else { return }
      guard again else {
        leave(key, at: place)
        return
      }
    }
    errands.append(.startInner(place, body: key, number: progress.started + 1))
  }

  /// Whether a loop goes round once more; `nil` with an incident.
  private mutating func again(
    _ loop: StandardLoop, _ progress: MultiInstanceProgress, _ key: ElementKey, at place: Place
  ) -> Bool? {
    guard let condition = loop.condition, loop.testBefore || progress.started > 0 else {
      return true
    }
    let result = evaluate(
      condition, from: key, over: ["loopCounter": FEELValue(progress.started)])
    guard let again = result.value.boolean else {
      raise(.condition, on: key, .unusable("BPMN216", condition.text, self[place], result.notes))
      return nil
    }
    note(result.notes, on: key)
    return again
  }

  /// The results of an ad-hoc subprocess become a variable outside it.
  mutating func handOutResults(ofAdHoc key: ElementKey) {
    guard !state.adHocs.isEmpty, let progress = state.adHocs[key],
      let name = progress.outputCollection, let scope = state.instances[key]?.scope
    else { return }
    propagate([name: .list(progress.outputs)], from: scope)
  }

  /// The results become a variable outside the activity.
  mutating func handOutCollection(of body: ElementKey) {
    guard let progress = state.multiInstances[body], let name = progress.outputCollection,
      let scope = state.instances[body]?.scope
    else { return }
    propagate([name: .list(progress.outputs)], from: scope)
  }
}
