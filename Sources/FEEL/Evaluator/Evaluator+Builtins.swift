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
    guard steps > 0 else { throw .steps(environment.limits.steps) }
    steps -= 1
    var failure: Failure?
    for index in Builtins.overloads(from: first) {
      let builtin = Builtins.table[index]
      guard builtin.takes(arguments.count) else { continue }
      let coerced: [FEELValue]
      do throws(Failure) {
        coerced = try builtin.coerced(arguments)
      } catch {
        failure = failure ?? error
        continue
      }
      return try builtin.body(Call(arguments: coerced, node: id), &self)
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
      return try builtin.body(Call(arguments: try builtin.coerced(arguments), node: id), &self)
    } catch {
      return null(error, at: id)
    }
  }
}
