/// Function literals and calls (DMN 1.5, 10.3.2.13).
extension Evaluator {
  @inline(never)
  mutating func closure(_ index: Int32) -> FEELValue {
    let plan = program.code.functions[Int(index)]
    let captured = plan.captures.map { frame[Int($0.outer)] }
    return .function(
      FEELFunction(
        name: "", parameters: plan.parameters, result: plan.result,
        body: plan.body < 0
          ? .external
          : .closure(Closure(program: program, plan: Int(index), captured: captured))))
  }

  @inline(never)
  mutating func call(_ callee: NodeID, _ arguments: Run, at id: NodeID) -> FEELValue {
    let callee = value(callee)
    var values: [FEELValue] = []
    values.reserveCapacity(Int(arguments.count))
    for operand in arguments.range { values.append(value(operands[operand])) }
    return call(callee, values, at: id)
  }

  /// Calls `callee` with positional arguments.
  mutating func call(_ callee: FEELValue, _ arguments: [FEELValue], at id: NodeID) -> FEELValue {
    guard case .function(let function) = callee else {
      return null(.noFunction(callee.kind), at: id)
    }
    if case .builtin(let first) = function.body { return builtin(first, arguments, at: id) }
    guard var coerced = function.completed(arguments) else {
      return null(.noSignature(given: "\(arguments.count)"), at: id)
    }
    for (index, parameter) in function.parameters.enumerated() where parameter.type != .any {
      if parameter.type.conforms(coerced[index], budget: &steps) { continue }
      guard take(0, at: id) else { return .null }
      guard let value = parameter.type.coerce(coerced[index]) else {
        let found = coerced[index].kind
        return null(
          .argument(parameter.name, expected: "\(parameter.type)", found: found), at: id)
      }
      coerced[index] = value
    }
    return run(function, coerced, at: id)
  }

  @inline(never)
  mutating func call(_ callee: NodeID, namedBy index: Int32, at id: NodeID) -> FEELValue {
    let callee = value(callee)
    let plan = program.code.namedCalls[Int(index)]
    guard case .function(let function) = callee else {
      return null(.noFunction(callee.kind), at: id)
    }
    let values = plan.arguments.range.map { value(operands[$0]) }
    if case .builtin(let first) = function.body {
      guard let match = Builtins.signature(from: first, named: plan.names) else {
        return null(.noSignature(given: plan.names.joined(separator: ", ")), at: id)
      }
      return invoke(match.index, match.order.map { $0.map { values[$0] } ?? .null }, at: id)
    }
    let order = function.parameters.map { plan.names.firstIndex(of: $0.name) }
    guard plan.names.count == order.count, !order.contains(nil) else {
      return null(.noSignature(given: plan.names.joined(separator: ", ")), at: id)
    }
    return call(callee, order.map { values[$0!] }, at: id)  // checked: none is nil
  }

  private mutating func run(
    _ function: FEELFunction, _ arguments: [FEELValue], at id: NodeID
  ) -> FEELValue {
    switch function.body {
    case .builtin(let first): builtin(first, arguments, at: id)
    case .external: null(.external, at: id)
    case .closure(let closure): run(function, closure, arguments, at: id)
    case .host(let body): host(body, function, arguments, at: id)
    }
  }

  private mutating func run(
    _ function: FEELFunction, _ closure: Closure, _ arguments: [FEELValue], at id: NodeID
  ) -> FEELValue {
    let plan = closure.program.code.functions[closure.plan]
    guard take(5, at: id) else { return .null }
    guard environment.depth + Int(plan.height) <= environment.limits.depth else {
      return null(.depth(environment.limits.depth), at: id)
    }
    let outside = (program: program, frame: frame)
    environment.depth += Int(plan.height)
    let result = Self.withFrame(of: Int(plan.frameSize)) { slots in
      for index in arguments.indices { slots[index] = arguments[index] }
      if plan.ownSlot >= 0 { slots[Int(plan.ownSlot)] = .function(function) }
      for (capture, value) in zip(plan.captures, closure.captured) {
        slots[Int(capture.inner)] = value
      }
      enter(closure.program)
      frame = slots
      return value(plan.body)
    }
    enter(outside.program)
    frame = outside.frame
    environment.depth -= Int(plan.height)
    return result
  }

  /// What the frames of the host count, in levels of expressions.
  private static let hostHeight = 20

  private mutating func host(
    _ body: @Sendable ([FEELValue], FEELEnvironment) -> FEELResult, _ function: FEELFunction,
    _ arguments: [FEELValue], at id: NodeID
  ) -> FEELValue {
    guard take(at: id) else { return .null }
    guard environment.depth + Self.hostHeight <= environment.limits.depth else {
      return null(.depth(environment.limits.depth), at: id)
    }
    var inner = environment
    inner.depth += Self.hostHeight
    let result = body(arguments, inner)
    notes.append(contentsOf: result.notes.prefix(max(0, FEELResult.noteLimit - notes.count)))
    return function.result.coerce(result.value)
      ?? null(.notCoercible(to: function.result, from: result.value.kind), at: id)
  }
}
