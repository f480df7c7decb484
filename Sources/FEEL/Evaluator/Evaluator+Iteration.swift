/// `for`, `some` and `every` (DMN 1.5, tables 46 and 47).
extension Evaluator {
  @inline(never)
  mutating func iterate(_ index: Int32, at id: NodeID) -> FEELValue {
    var iteration = Iteration(plan: program.code.iterations[Int(index)], node: id)
    let outcome = run(&iteration, from: 0)
    switch (iteration.plan.kind, outcome) {
    case (_, .failed): return .null
    case (.each, _): return .list(iteration.results)
    case (_, .decided(let truth)): return .boolean(truth)
    case (.some, .done): return iteration.isUnknown ? .null : .boolean(false)
    case (.every, .done): return iteration.isUnknown ? .null : .boolean(true)
    }
  }

  private struct Iteration {
    let plan: IterationPlan
    let node: NodeID
    var results: [FEELValue] = []
    /// Some condition was null.
    var isUnknown = false
  }

  private enum Progress {
    case done
    case decided(Bool)
    case failed
  }

  /// Runs the loops from domain number `level` inwards.
  private mutating func run(_ iteration: inout Iteration, from level: Int) -> Progress {
    let domain = iteration.plan.domains[level]
    let start = value(domain.start)
    let values: DomainValues? =
      domain.end < 0
      ? DomainValues(start) : DomainValues(from: start, to: value(domain.end))
    guard let values else {
      _ = null(.notIterable(start.kind), at: domain.start)
      return .failed
    }
    let isInnermost = level == iteration.plan.domains.count - 1
    let slot = Int(domain.slot)
    if isInnermost, iteration.plan.kind == .each {
      iteration.results.reserveCapacity(iteration.results.count + min(values.count, 1_000))
    }
    for index in 0..<values.count {
      guard take(at: iteration.node) else { return .failed }
      frame[slot] = values[index]
      let progress = isInnermost ? step(&iteration) : run(&iteration, from: level + 1)
      guard case .done = progress else { return progress }
    }
    return .done
  }

  private mutating func step(_ iteration: inout Iteration) -> Progress {
    guard iteration.plan.kind == .each else { return condition(&iteration) }
    guard iteration.results.count < environment.limits.elements else {
      _ = null(.tooLarge(environment.limits.elements), at: iteration.node)
      return .failed
    }
    guard iteration.plan.partial < 0 else { return stepWithPartial(&iteration) }
    iteration.results.append(value(iteration.plan.body))
    return .done
  }

  private mutating func stepWithPartial(_ iteration: inout Iteration) -> Progress {
    let slot = Int(iteration.plan.partial)
    frame[slot] = .list(iteration.results)
    let result = value(iteration.plan.body)
    frame[slot] = .null  // one owner, so that appending does not copy
    guard isShallow(result, levels: Self.nestingLimit, at: iteration.node) else { return .failed }
    iteration.results.append(result)
    return .done
  }

  private mutating func condition(_ iteration: inout Iteration) -> Progress {
    switch (condition(iteration.plan.body), iteration.plan.kind) {
    case (.boolean(true), .some): return .decided(true)
    case (.boolean(false), .every): return .decided(false)
    case (.boolean, _): return .done
    case (.null, _):
      iteration.isUnknown = true
      return .done
    case (let other, _):
      _ = null(.notBoolean(other.kind), at: iteration.plan.body)
      return .failed
    }
  }

  /// How deep the results of a `for` with `partial` may be nested: the one way to build values without end.
  private static let nestingLimit = 200

  private mutating func isShallow(_ value: FEELValue, levels: Int, at id: NodeID) -> Bool {
    let parts: [FEELValue]
    switch value {
    case .list(let elements): parts = elements
    case .context(let context): parts = context.values
    case .null, .boolean, .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths,
      .range, .function:
      return true
    }
    guard levels > 0 else {
      _ = null(.depth(Self.nestingLimit), at: id)
      return false
    }
    guard take(parts.count, at: id) else { return false }
    for part in parts where !isShallow(part, levels: levels - 1, at: id) { return false }
    return true
  }
}
