/// Calls of built-in functions.
extension Evaluator {
  @inline(never)
  mutating func builtin(_ first: Int, _ arguments: Run, at id: NodeID) -> FEELValue {
    var values: [FEELValue] = []
    values.reserveCapacity(Int(arguments.count))
    for operand in arguments.range { values.append(value(operands[operand])) }
    return builtin(first, values, at: id)
  }

  mutating func builtin(_ first: Int, _ arguments: [FEELValue], at id: NodeID) -> FEELValue {
    do throws(Failure) {
      return try answer(first, arguments, at: id)
    } catch {
      return null(error, at: id)
    }
  }

  /// What the first of the overloads from `first` on gives that takes the arguments.
  mutating func answer(
    _ first: Int, _ arguments: [FEELValue], at id: NodeID
  ) throws(Failure) -> FEELValue {
    try take(2)
    var failure: Failure?
    for index in Builtins.overloads(from: first) {
      let builtin = Builtins.table[index]
      guard builtin.takes(arguments.count) else { continue }
      let coerced: [FEELValue]
      do throws(Failure) {
        coerced = try builtin.coerced(arguments)
      } catch {
        failure = failure ?? error
        steps -= Self.failureCost
        continue
      }
      return try run(builtin, coerced, at: id)
    }
    throw failure ?? .noSignature(given: "\(arguments.count)")
  }

  @inline(never)
  mutating func signature(_ index: Int, _ arguments: Run, at id: NodeID) -> FEELValue {
    invoke(index, arguments.range.map { value(operands[$0]) }, at: id)
  }

  /// One signature, with an argument for every parameter.
  mutating func invoke(_ index: Int, _ arguments: [FEELValue], at id: NodeID) -> FEELValue {
    guard take(at: id) else { return .null }
    let builtin = Builtins.table[index]
    do throws(Failure) {
      return try run(builtin, try builtin.coerced(arguments), at: id)
    } catch {
      return null(error, at: id)
    }
  }

  /// What saying why something failed costs, in steps.
  private static let failureCost = 10

  /// Runs the body of a function; reading large arguments and making a large answer count as steps.
  private mutating func run(
    _ builtin: Builtin, _ arguments: [FEELValue], at id: NodeID
  ) throws(Failure) -> FEELValue {
    guard !builtin.isBrief else {
      return try builtin.body(Call(arguments: arguments, node: id), &self)
    }
    for argument in arguments { try take(argument.extent) }
    try take(builtin.cost)
    let answer = try builtin.body(Call(arguments: arguments, node: id), &self)
    try take(answer.extent)
    return answer
  }
}

extension FEELValue {
  /// How long it takes to read it once, in steps; parts of lists and contexts do not count by their own size.
  var extent: Int {
    switch self {
    case .string(let text): text.utf8.count / 4
    case .list(let elements): elements.count / 2
    case .context(let context): 4 * context.count
    case .null, .boolean, .number, .date, .time, .dateTime, .daysTime, .yearsMonths, .range,
      .function:
      0
    }
  }
}
