internal import Diagnostics
internal import FEEL

/// Makes decisions: every required decision once, in the order in which they are required.
struct DecisionEvaluator: Sendable {
  let graph: DecisionGraph
  let inputs: FEELContext
  /// Values of decisions that are not made here.
  let given: FEELContext
  let environment: FEELEnvironment
  /// Whether a trace is wanted.
  let isTraced: Bool
  /// Where functions that FEEL calls leave their traces; only there when there can be any.
  let collector: TraceCollector?
  /// By position in the graph, once they are known.
  var values: [FEELValue?]
  /// Parameters, context entries and loop variables around the logic that runs.
  var locals: [FEELValue] = []
  /// What `?` stands for.
  var tested = FEELValue.null
  var notes: [Diagnostic] = []
  /// The traces of what the running decision has used so far.
  var used: [DecisionTrace] = []
  /// What rules of the running table say, as far as it had to be computed.
  var outputs: [Int: FEELValue] = [:]
  /// How many boxed calls are open around this evaluation.
  var depth = 0

  init(
    _ graph: DecisionGraph, inputs: FEELContext, given: FEELContext, environment: FEELEnvironment,
    isTraced: Bool, collector: TraceCollector? = nil
  ) {
    self.graph = graph
    self.inputs = inputs
    self.given = given
    self.environment = environment
    self.isTraced = isTraced
    self.collector = collector ?? (isTraced && graph.hasFunctions ? TraceCollector() : nil)
    // Appended one by one, which is quicker for the few there mostly are.
    values = []
    values.reserveCapacity(graph.elements.count)
    for _ in graph.elements.indices { values.append(nil) }
  }

  /// More notes than this say nothing new.
  static let noteLimit = 100
  /// Boxed calls inside each other; FEEL counts its own.
  static let depthLimit = 32

  /// Null, because of `note`.
  mutating func null(_ note: Diagnostic) -> FEELValue {
    add([note])
    return .null
  }

  mutating func add(_ more: [Diagnostic]) {
    for note in more where notes.count < Self.noteLimit && !notes.contains(note) {
      notes.append(note)
    }
  }

  // MARK: - Elements

  /// The value of the element at `index`, made now if it was not before.
  mutating func value(of index: Int) -> FEELValue {
    if let value = values[index] { return value }
    let element = graph.elements[index]
    let value: FEELValue
    switch element.kind {
    case .input(let compiled): value = input(element, compiled)
    case .decision(let decision): value = decide(decision, element)
    case .knowledge(let function): value = .function(knowledge(function, at: index))
    case .service(let service): value = .function(self.service(service, at: index))
    }
    values[index] = value
    return value
  }

  private mutating func input(_ element: DRGElement, _ input: CompiledInput) -> FEELValue {
    guard let value = value(for: input.keys, in: inputs) else {
      return null(
        Diagnostic("DMN106", ["name": element.name], at: element.location, severity: .warning))
    }
    return fitted(value, element.type)
  }

  private func value(for keys: [InputKey], in context: FEELContext) -> FEELValue? {
    for key in keys {
      switch key {
      case .name(let name): if let value = context[name] { return value }
      case .member(let outer, let name):
        if let value = context[outer]?.context?[name] { return value }
      }
    }
    return nil
  }

  private mutating func decide(_ decision: CompiledDecision, _ element: DRGElement) -> FEELValue {
    if !given.isEmpty, let value = value(for: decision.keys, in: given) {
      return fitted(value, element.type)
    }
    guard let logic = decision.logic else {
      if let value = value(for: decision.keys, in: inputs) { return fitted(value, element.type) }
      return null(Diagnostic("DMN108", ["name": element.name], at: element.location))
    }
    if isTraced { return traced(decision, logic, element) }
    for required in decision.requiredInputs { _ = value(of: required) }
    for required in decision.requiredDecisions { _ = value(of: required) }
    return fitted(evaluate(logic), element.type)
  }

  private mutating func traced(
    _ decision: CompiledDecision, _ logic: Logic, _ element: DRGElement
  ) -> FEELValue {
    let outer = used
    used = []
    for required in decision.requiredInputs { _ = value(of: required) }
    for required in decision.requiredDecisions { _ = value(of: required) }
    var report: TableReport?
    let value = fitted(evaluate(logic, report: &report), element.type)
    let trace =
      if let report {
        DecisionTrace(element, report, required: used, value: value)
      } else {
        DecisionTrace(
          element, inputs: (decision.requiredInputs + decision.requiredDecisions).map(seen),
          required: used, value: value)
      }
    used = outer
    used.append(trace)
    return value
  }

  private func seen(_ index: Int) -> DecisionTrace.Input {
    let name = graph.elements[index].name
    return DecisionTrace.Input(label: name, expression: name, value: values[index] ?? .null)
  }

  /// `value` as a value of the type; null with a note when it does not fit.
  @inline(__always)
  mutating func fitted(_ value: FEELValue, _ check: TypeCheck) -> FEELValue {
    if check.type.holds(value) { return value }
    return converted(value, check)
  }

  private mutating func converted(_ value: FEELValue, _ check: TypeCheck) -> FEELValue {
    if let fitting = check.type.coerced(value, environment) { return fitting }
    return null(
      Diagnostic(
        "DMN104",
        [
          "name": check.name, "expected": check.typeName,
          "found": FEELType(of: value).shortName,
        ], at: check.location, severity: .warning))
  }
}

extension FEELType {
  /// The kind of value for a message, without what is inside it: that may be personal.
  var shortName: String {
    switch self {
    case .list: "list"
    case .context: "context"
    case .range: "range"
    case .function: "function"
    case .any, .null, .boolean, .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths,
      .unknown:
      description
    }
  }
}
