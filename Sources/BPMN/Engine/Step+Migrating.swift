import Diagnostics
import FEEL

extension Step {
  /// All instances of the planned processes go on by the definitions of this step, or none.
  mutating func migrate(_ plans: [MigrationPlan]) throws {
    var problems: [Diagnostic] = []
    for instance in state.instances.values {
      guard let plan = plans.first(where: { $0.source == instance.process }) else { continue }
      if let problem = problem(instance, plan) { problems.append(problem) }
    }
    try refuse(problems)
    var trial = self
    for instance in state.instances.values {
      guard let plan = plans.first(where: { $0.source == instance.process }) else { continue }
      trial.migrate(instance, plan)
    }
    try refuse(
      trial.state.incidents.filter { state.incidentsByKey[$0.key] == nil }.map(\.problem))
    self = trial
  }

  private func refuse(_ problems: [Diagnostic]) throws {
    guard let first = problems.first else { return }
    if problems.count == 1 { throw first }
    throw Diagnostic("BPMN229", ["count": String(problems.count)], causes: problems)
  }

  // MARK: Whether it fits

  private mutating func problem(
    _ instance: ElementInstance, _ plan: MigrationPlan
  ) -> Diagnostic? {
    guard let process = processIndex(plan.target) else { return .noProcess(plan.target) }
    let definition = processes[process]
    let id = plan.element(instance.element)
    guard let node = definition.indexes[id] else {
      return Diagnostic("BPMN230", ["element": instance.element, "target": id])
    }
    let kind = definition.nodes[node].kind
    if !instance.isProcess, plan.kinds[instance.element] != kind {
      return Diagnostic("BPMN231", ["element": instance.element, "target": id, "kind": kind])
    }
    if let scope = instance.scope.flatMap({ state.instances[$0] }), !instance.isProcess,
      scope.element != instance.element,
      definition.nodes[definition.nodes[node].scope].id != plan.element(scope.element)
    {
      return Diagnostic("BPMN232", ["element": instance.element, "target": id])
    }
    return undoProblem(instance, plan, definition) ?? tokenProblem(instance, plan, node, definition)
      ?? eventProblem(instance, id, Place(process: process, node: node))
  }

  /// What can be undone keeps its name, and so does what undoes it.
  private func undoProblem(
    _ instance: ElementInstance, _ plan: MigrationPlan, _ target: ProcessDefinition
  ) -> Diagnostic? {
    var records = state.compensations[instance.key] ?? []
    records += state.compensationRuns[instance.key]?.pending ?? []
    for record in records {
      for element in [record.element, record.handler ?? record.element]
      where plan.target != plan.source || plan.element(element) != element
        || target.indexes[element] == nil
      {
        return Diagnostic("BPMN230", ["element": element, "target": plan.element(element)])
      }
    }
    return nil
  }

  private func tokenProblem(
    _ instance: ElementInstance, _ plan: MigrationPlan, _ scope: Int, _ target: ProcessDefinition
  ) -> Diagnostic? {
    for flow in (state.waitingTokens[instance.key] ?? [:]).keys.sorted() {
      let id = plan.flows[flow] ?? flow
      let join = target.flows.first { $0.id == id }.map { target.nodes[$0.target] }
      guard let join, join.joins, join.scope == scope else {
        return Diagnostic("BPMN234", ["flow": flow])
      }
    }
    return nil
  }

  /// Who waits for a message cannot go on waiting for a time.
  private func eventProblem(
    _ instance: ElementInstance, _ id: String, _ target: Place
  ) -> Diagnostic? {
    let waits = (state.subscriptionsByHolder[instance.key] ?? []).first {
      $0.element == instance.element
    }
    guard let waits, !triggers(of: target).contains(where: { $0.fits(waits.trigger) }) else {
      return nil
    }
    return Diagnostic(
      "BPMN231", ["element": instance.element, "target": id, "kind": self[target].tag])
  }

  // MARK: Doing it

  private mutating func migrate(_ instance: ElementInstance, _ plan: MigrationPlan) {
    let key = instance.key
    let element = plan.element(instance.element)
    if instance.isProcess || element != instance.element || plan.target != plan.source {
      emit(.migrated(key, process: plan.target, element: element))
    }
    let renamed = plan.flows.filter { state.waitingTokens[key]?[$0.key] != nil }
    if !renamed.isEmpty { emit(.tokensMigrated(scope: key, flows: renamed)) }
    guard let place = place(of: key) else { return }
    let events = eventsWaited(for: key, at: place)
    for subscription in state.subscriptionsByHolder[key] ?? [] {
      keep(subscription, as: plan.element(subscription.element), among: events, at: place)
    }
    guard state.instances[key]?.state == .activated else { return }
    let new = events.filter { event in
      !plan.isKnown(processes[place.process].nodes[event].id)
    }
    _ = subscribe(key, at: place, to: new)
  }

  private mutating func keep(
    _ subscription: Subscription, as element: String, among events: [Int], at place: Place
  ) {
    guard let event = self.place(element, beside: place), events.contains(event.node),
      triggers(of: event).contains(where: { $0.fits(subscription.trigger) })
    else {
      emit(.unsubscribed(subscription.key, holder: subscription.holder))
      return
    }
    if element != subscription.element {
      emit(
        .subscriptionMigrated(
          subscription.key, holder: subscription.holder, element: element))
    }
  }
}

extension Trigger {
  /// Whether what is waited for is of this kind.
  func fits(_ trigger: Subscription.Trigger) -> Bool {
    switch (self, trigger) {
    case (.message, .message), (.timer, .timer), (.signal, .signal), (.condition, .condition): true
    default: false
    }
  }
}
