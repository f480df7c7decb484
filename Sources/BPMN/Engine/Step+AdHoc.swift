import Diagnostics
import FEEL

extension Step {
  /// Begins the elements an ad-hoc subprocess begins with: those of its collection; without Zeebe's `adHoc` every one
  /// that has no way in, together or one after the other.
  mutating func startAdHoc(_ adHoc: AdHocDefinition, _ key: ElementKey, at place: Place) {
    guard let first = firstElements(of: adHoc, key, at: place) else { return }
    let nodes = processes[place.process].nodes
    let now = adHoc.isSequential ? Array(first.prefix(1)) : first
    let later = first.dropFirst(now.count).map { nodes[$0].id }
    emit(
      .adHocStarted(
        key, AdHocProgress(pending: later, outputCollection: adHoc.outputCollection)))
    for node in now {
      errands.append(.arrive(Place(process: place.process, node: node), flow: nil, scope: key))
    }
    let waitsForHands = adHoc.activeElements == nil && !adHoc.isStandard
    if now.isEmpty, !waitsForHands { leave(key, at: place) }
  }

  /// `nil` with an incident.
  private mutating func firstElements(
    of adHoc: AdHocDefinition, _ key: ElementKey, at place: Place
  ) -> [Int]? {
    let nodes = processes[place.process].nodes
    func mayBegin(_ node: Int) -> Bool {
      nodes[node].scope == place.node && node != place.node
        && self.mayBegin(Place(process: place.process, node: node))
    }
    guard let collection = adHoc.activeElements else {
      guard adHoc.isStandard else { return [] }
      return nodes.indices.filter { nodes[$0].incoming.isEmpty && mayBegin($0) }
    }
    let result = evaluate(collection, from: key)
    let names = result.value.list?.compactMap(\.string)
    let found = names?.compactMap { processes[place.process].indexes[$0] }.filter(mayBegin)
    guard let found, found.count == result.value.list?.count else {
      raise(.collection, on: key, .unusable("BPMN216", collection.text, self[place], result.notes))
      return nil
    }
    note(result.notes, on: key)
    return found
  }

  /// The result of an element that has no way on, before it completes; `false` with an incident.
  mutating func giveResult(of key: ElementKey, to scope: ElementKey) -> Bool {
    guard let place = place(of: scope), case .adHoc(let adHoc) = self[place].behavior,
      adHoc.outputCollection != nil, let element = adHoc.outputElement
    else { return true }
    let result = evaluate(element, from: key)
    guard !result.value.isNull || result.notes.isEmpty else {
      hold(.collection, key, .unusable("BPMN216", element.text, self[place], result.notes))
      return false
    }
    note(result.notes, on: key)
    let index = state.adHocs[scope]?.outputs.count ?? 0
    emit(.resultCollected(body: scope, index: index, result.value))
    return true
  }

  /// An element inside has completed and has no way on: is it enough?
  mutating func checkEnough(of scope: ElementKey) {
    guard let place = place(of: scope), case .adHoc(let adHoc) = self[place].behavior,
      let condition = adHoc.completionCondition
    else { return }
    let result = evaluate(condition, from: scope)
    guard let isEnough = result.value.boolean else {
      raise(.condition, on: scope, .unusable("BPMN216", condition.text, self[place], result.notes))
      return
    }
    note(result.notes, on: scope)
    guard isEnough else { return }
    if adHoc.cancelsRemaining { interrupt(scope) }
    emit(.adHocFinishing(scope))
  }

  /// Nothing is at work inside: begins the next element, ends the subprocess, or waits for someone to begin more.
  mutating func continueAdHoc(_ key: ElementKey, at place: Place) {
    guard let progress = state.adHocs[key], case .adHoc(let adHoc) = self[place].behavior else {
      return
    }
    if let next = progress.pending.first, let target = self.place(next, beside: place) {
      emit(.adHocContinued(key, element: next))
      errands.append(.arrive(target, flow: nil, scope: key))
      return
    }
    if !progress.isEnough, adHoc.completionCondition != nil { checkEnough(of: key) }
    if state.adHocs[key]?.isEnough == true || adHoc.completionCondition == nil {
      leave(key, at: place)
    }
  }
}
