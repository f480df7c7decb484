import Diagnostics
import FEEL

extension Step {
  /// Remembers an activity that is about to complete, when it can be undone later.
  mutating func keepForCompensation(_ key: ElementKey, at place: Place) {
    let handler = self[place].compensationHandler
    guard handler != nil || !state.compensations.isEmpty, place.node != 0,
      let instance = state.instances[key], let scope = instance.scope
    else { return }
    let isOwn = handler != nil && instance.loopCounter == 0
    guard isOwn || state.compensations[key] != nil else { return }
    emit(
      .compensationKept(
        CompensationRecord(
          key: key, process: instance.process, element: instance.element, scope: scope,
          loopCounter: instance.loopCounter,
          handler: isOwn ? handler.map { processes[place.process].nodes[$0].id } : nil,
          variables: instance.variables)))
  }

  /// A compensation event: undoes `activity`, or everything completed in its scope.
  ///
  /// In an event subprocess it also undoes what was completed in the scope around it.
  mutating func compensate(_ activity: String?, _ key: ElementKey, at place: Place) {
    var records: [CompensationRecord] = []
    var next = state.instances[key]?.scope
    while let scope = next, let container = self.place(of: scope) {
      let own = (state.compensations[scope] ?? []).filter {
        activity == nil || $0.element == activity
      }
      records = own + records
      guard case .eventSubProcess = self[container].behavior else { break }
      next = state.instances[scope]?.scope
    }
    guard !records.isEmpty else {
      endCompensation(key, at: place)
      return
    }
    emit(.compensationStarted(by: key, records))
  }

  /// A cancel end event: ends everything else in its transaction, undoes what was completed, then leaves by the cancel
  /// boundary event.
  mutating func cancelTransaction(_ key: ElementKey, at place: Place) {
    guard let scope = state.instances[key]?.scope else { return }
    for child in state.children(of: scope) where child.key != key { terminate(child.key) }
    dropTokens(in: scope)
    compensate(nil, key, at: place)
  }

  /// Lets every compensation go on whose activity at work has ended; inner ones first.
  mutating func continueCompensations() {
    while let holder = state.compensationRuns.keys.last(where: mayContinue),
      let place = place(of: holder)
    {
      if let record = state.compensationRuns[holder]?.pending.last {
        undo(record, for: holder)
      } else {
        endCompensation(holder, at: place)
      }
    }
  }

  private func mayContinue(_ holder: ElementKey) -> Bool {
    guard let run = state.compensationRuns[holder],
      state.instances[holder]?.state == .activated, !isHeld(holder)
    else { return false }
    return run.current.map { state.instances[$0] == nil } ?? true
  }

  private mutating func undo(_ record: CompensationRecord, for holder: ElementKey) {
    guard let process = processIndex(record.process),
      let node = processes[process].indexes[record.handler ?? record.element]
    else {
      raise(.missingDefinition, on: holder, Diagnostic("BPMN206", ["element": record.element]))
      return
    }
    let place = Place(process: process, node: node)
    let scope = state.instances[record.scope] == nil ? holder : record.scope
    emit(.compensationBegun(by: holder, record: record.key, instance: state.nextKey))
    let isScope = record.handler == nil
    guard
      let key = begin(
        place, in: scope, loopCounter: isScope ? record.loopCounter : 0,
        state: isScope ? .activated : .activating)
    else { return }
    if !record.variables.isEmpty { emit(.variablesSet(scope: key, record.variables)) }
    if isScope {
      emit(.compensationStarted(by: key, state.compensations[record.key] ?? []))
    } else {
      activate(key, at: place)
    }
  }

  private mutating func endCompensation(_ key: ElementKey, at place: Place) {
    switch self[place].lastBehavior {
    case .cancel: leaveTransaction(key)
    case .subProcess, .adHoc, .eventSubProcess:
      let scope = state.instances[key]?.scope
      emit(.completed(key, flows: []))
      if let scope { scopesToCheck.append(scope) }
    default: finish(key, at: place, with: [:])
    }
  }

  private mutating func leaveTransaction(_ key: ElementKey) {
    guard var transaction = state.instances[key]?.scope.flatMap({ state.instances[$0] }),
      let place = place(of: transaction.key)
    else { return }
    if transaction.loopCounter > 0, let body = transaction.scope.flatMap({ state.instances[$0] }) {
      transaction = body
    }
    emit(.completed(key, flows: []))
    let boundary = self[place].boundaries.first { event in
      triggers(of: Place(process: place.process, node: event)).contains {
        if case .cancel = $0 { true } else { false }
      }
    }
    if let boundary {
      happen(
        Place(process: place.process, node: boundary), on: transaction, at: place, with: [:])
    } else {
      terminate(transaction.key)
      if let scope = transaction.scope { scopesToCheck.append(scope) }
    }
  }
}
