internal import FEEL

/// What a table has to say for a trace.
struct TableReport: Sendable {
  let hitPolicy: HitPolicy
  let inputs: [DecisionTrace.Input]
  let ruleCount: Int
  let matched: [DecisionTrace.MatchedRule]
  let nearest: [DecisionTrace.NearMiss]
}

extension DecisionTrace {
  /// Of an element whose logic is a table.
  init(
    _ element: DRGElement, _ report: TableReport, required: [DecisionTrace], value: FEELValue
  ) {
    self.init(
      decision: Reference(id: element.id, name: element.name), model: element.model,
      hitPolicy: report.hitPolicy, inputs: report.inputs, ruleCount: report.ruleCount,
      matched: report.matched, nearest: report.nearest, required: required, value: value)
  }

  /// Of an element with other logic, or none.
  init(
    _ element: DRGElement, inputs: [Input], required: [DecisionTrace], value: FEELValue
  ) {
    self.init(
      decision: Reference(id: element.id, name: element.name), model: element.model,
      inputs: inputs, required: required, value: value)
  }
}
