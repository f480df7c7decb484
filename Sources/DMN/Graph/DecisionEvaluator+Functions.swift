internal import Diagnostics
internal import FEEL

/// Knowledge models, decision services and boxed functions as FEEL functions, and boxed calls of them.
extension DecisionEvaluator {
  /// A function of a decision: it keeps what it sees now.
  func function(_ function: CompiledFunction) -> FEELFunction {
    var captured = self
    captured.notes = []
    captured.used = []
    let frame = captured
    return .host(name: function.name, parameters: Self.parameters(of: function)) {
      arguments, environment in
      var evaluator = frame.with(environment)
      evaluator.locals = frame.locals
      if function.ownPosition != nil {
        evaluator.locals.append(.function(frame.function(function)))
      }
      guard let arguments = evaluator.bound(arguments, to: function) else {
        return evaluator.finish(.null)
      }
      evaluator.locals += arguments
      let value = evaluator.evaluate(function.body)
      return evaluator.finish(value)
    }
  }

  /// A knowledge model: it sees its parameters and the knowledge it requires, nothing of this evaluation.
  func knowledge(_ function: CompiledFunction, at index: Int) -> FEELFunction {
    let fresh = fresh
    return .host(name: function.name, parameters: Self.parameters(of: function)) {
      arguments, environment in
      var evaluator = fresh.with(environment)
      let value = evaluator.call(function, arguments, at: index)
      return evaluator.finish(value)
    }
  }

  /// A decision service: its parameters are input data and decisions that are given.
  func service(_ service: CompiledService, at index: Int) -> FEELFunction {
    let fresh = fresh
    let parameters = service.parameters.map { FEELFunction.Parameter(graph.elements[$0].name) }
    return .host(name: graph.elements[index].name, parameters: parameters) {
      arguments, environment in
      var evaluator = fresh.with(environment)
      let value = evaluator.run(service, arguments, at: index)
      return evaluator.finish(value)
    }
  }

  private static func parameters(of function: CompiledFunction) -> [FEELFunction.Parameter] {
    function.parameters.map { FEELFunction.Parameter($0.name, $0.type.type.feel) }
  }

  /// An evaluation of its own with the same graph, without inputs.
  private var fresh: DecisionEvaluator {
    var evaluator = DecisionEvaluator(
      graph, inputs: [:], given: [:], environment: environment, isTraced: isTraced,
      collector: collector)
    evaluator.depth = depth
    return evaluator
  }

  /// The same, in the environment of a call: it counts how deep calls are nested.
  private func with(_ environment: FEELEnvironment) -> DecisionEvaluator {
    var evaluator = DecisionEvaluator(
      graph, inputs: inputs, given: given, environment: environment, isTraced: isTraced,
      collector: collector)
    evaluator.values = values
    evaluator.depth = depth
    return evaluator
  }

  /// Hands the traces over to whoever called, through FEEL.
  private func finish(_ value: FEELValue) -> FEELResult {
    collector?.add(used)
    return FEELResult(value: value, notes: notes)
  }

  // MARK: - Running them

  /// The arguments as values of the parameters' types; `nil`, with a note, when one does not fit.
  private mutating func bound(_ arguments: [FEELValue], to function: CompiledFunction)
    -> [FEELValue]?
  {
    var values: [FEELValue] = []
    values.reserveCapacity(arguments.count)
    for (parameter, argument) in zip(function.parameters, arguments) {
      let value = fitted(argument, parameter.type)
      guard !value.isNull || argument.isNull else { return nil }
      values.append(value)
    }
    return values
  }

  /// Runs a knowledge model and records its trace.
  mutating func call(_ function: CompiledFunction, _ arguments: [FEELValue], at index: Int)
    -> FEELValue
  {
    guard let arguments = bound(arguments, to: function) else { return .null }
    let element = graph.elements[index]
    locals = arguments
    guard isTraced else { return fitted(evaluate(function.body), element.type) }
    var report: TableReport?
    let value = fitted(evaluate(function.body, report: &report), element.type)
    if let report {
      used = [DecisionTrace(element, report, required: used, value: value)]
    } else {
      let seen = zip(function.parameters, arguments).map {
        DecisionTrace.Input(label: $0.name, expression: $0.name, value: $1)
      }
      used = [DecisionTrace(element, inputs: seen, required: used, value: value)]
    }
    return value
  }

  /// Runs a decision service: one output is its value, several make a context.
  mutating func run(_ service: CompiledService, _ arguments: [FEELValue], at index: Int)
    -> FEELValue
  {
    for (parameter, argument) in zip(service.parameters, arguments) {
      values[parameter] = fitted(argument, graph.elements[parameter].type)
    }
    let outputs = service.outputs.map { (graph.elements[$0].name, value(of: $0)) }
    return fitted(
      outputs.count == 1 ? outputs[0].1 : .context(FEELContext(outputs)),
      graph.elements[index].type)
  }

  // MARK: - Boxed calls

  mutating func invoke(_ invocation: CompiledInvocation) -> FEELValue {
    let arguments = invocation.arguments.map { ($0.name, evaluate($0.logic)) }
    if let element = invocation.element {
      return invoke(element, FEELContext(arguments), at: invocation.location)
    }
    let callee = evaluate(invocation.function)
    guard let call = invocation.call, case .function = callee else {
      return null(
        Diagnostic(
          "DMN110", ["name": invocation.name], at: invocation.location, severity: .warning))
    }
    let result = call.evaluate(environment: environment) { name in
      if name == LogicCompiler.Names.callee { return callee }
      let position = arguments.indices.first { LogicCompiler.Names.argument($0) == name }
      return position.map { arguments[$0].1 }
    }
    add(result.notes)
    if let collector { used += collector.take() }
    return result.value
  }

  /// Calls a knowledge model or service of the graph by parameter names: all of them, and no others.
  mutating func invoke(_ element: Int, _ arguments: FEELContext, at location: SourceLocation?)
    -> FEELValue
  {
    switch graph.elements[element].kind {
    case .knowledge(let function):
      guard let values = ordered(arguments, by: function.parameters.map(\.name), location) else {
        return .null
      }
      return nested { $0.call(function, values, at: element) }
    case .service(let service):
      let names = service.parameters.map { graph.elements[$0].name }
      guard let values = ordered(arguments, by: names, location) else { return .null }
      return nested { $0.run(service, values, at: element) }
    case .input, .decision: return .null
    }
  }

  private mutating func ordered(
    _ arguments: FEELContext, by names: [String], _ location: SourceLocation?
  ) -> [FEELValue]? {
    let values = names.compactMap { arguments[$0] }
    guard values.count == names.count, arguments.count == names.count else {
      let wrong =
        names.first { arguments[$0] == nil } ?? arguments.names.first { !names.contains($0) } ?? ""
      add([Diagnostic("DMN109", ["parameter": wrong], at: location, severity: .warning)])
      return nil
    }
    return values
  }

  /// Runs `body` in an evaluation of its own and takes over its notes and traces.
  private mutating func nested(_ body: (inout DecisionEvaluator) -> FEELValue) -> FEELValue {
    guard depth < Self.depthLimit else {
      return null(Diagnostic("DMN114", ["limit": String(Self.depthLimit)], severity: .warning))
    }
    var evaluator = fresh
    evaluator.depth = depth + 1
    let value = body(&evaluator)
    add(evaluator.notes)
    used += evaluator.used
    return value
  }
}
