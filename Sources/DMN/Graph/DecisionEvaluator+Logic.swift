internal import Diagnostics
internal import FEEL

extension DecisionEvaluator {
  /// Evaluates the logic of a decision; a table on top of it reports into `report`.
  mutating func evaluate(_ logic: Logic, report: inout TableReport?) -> FEELValue {
    switch logic {
    case .table(let table): return tracedTable(table, report: &report)
    case .typed(let inner, let check): return fitted(evaluate(inner, report: &report), check)
    case .expression, .constant, .context, .list, .relation, .function, .invocation, .conditional,
      .filter, .iteration, .missing:
      return evaluate(logic)
    }
  }

  mutating func evaluate(_ logic: Logic) -> FEELValue {
    switch logic {
    case .expression(let expression): return evaluate(expression)
    case .constant(let value): return value
    case .table(let table): return self.table(table)
    case .context(let entries, let result): return context(entries, result)
    case .list(let items): return .list(items.map { evaluate($0) })
    case .relation(let columns, let rows):
      return .list(
        rows.map { row in .context(FEELContext(zip(columns, row).map { ($0, evaluate($1)) })) })
    case .function(let function): return .function(self.function(function))
    case .invocation(let invocation): return invoke(invocation)
    case .conditional(let test, let then, let otherwise, let location):
      return conditional(evaluate(test), then, otherwise, location)
    case .filter(let list, let match, let location): return filter(evaluate(list), match, location)
    case .iteration(let kind, let list, let body, let location):
      return iterate(kind, evaluate(list), body, location)
    case .typed(let inner, let check): return fitted(evaluate(inner), check)
    case .missing(let reason): return null(reason)
    }
  }

  // MARK: - FEEL

  mutating func evaluate(_ expression: CompiledExpression) -> FEELValue {
    if let direct = expression.direct, let value = value(of: direct) { return value }
    let result = expression.expression.evaluate(environment: environment) { name in
      guard let position = expression.names.firstIndex(of: name) else { return nil }
      return value(of: expression.sources[position])
    }
    if !result.notes.isEmpty { add(result.notes) }
    if let collector { used += collector.take() }
    return result.value
  }

  mutating func value(of source: NameSource) -> FEELValue? {
    switch source {
    case .local(let position): return locals[position]
    case .element(let index): return value(of: index)
    case .imported(let members):
      return .context(
        FEELContext(members.map { ($0.name, value(of: $0.source) ?? .null) }))
    case .member(let item, let name, let otherwise):
      if let member = locals[item].context?[name] { return member }
      return otherwise.flatMap { value(of: $0) }
    case .given(let name): return inputs[name]
    case .nothing: return nil
    case .tested: return tested
    }
  }

  // MARK: - Boxes

  private mutating func context(_ entries: [Logic.Entry], _ result: Logic?) -> FEELValue {
    let outer = locals.count
    for entry in entries { locals.append(evaluate(entry.logic)) }
    defer { locals.removeLast(locals.count - outer) }
    if let result { return evaluate(result) }
    return .context(FEELContext(zip(entries, locals[outer...]).map { ($0.name, $1) }))
  }

  private mutating func conditional(
    _ test: FEELValue, _ then: Logic, _ otherwise: Logic, _ location: SourceLocation?
  ) -> FEELValue {
    switch test {
    case .boolean(true): evaluate(then)
    case .boolean(false), .null: evaluate(otherwise)
    default: null(.notBoolean(test, at: location))
    }
  }

  private mutating func filter(_ list: FEELValue, _ match: Logic, _ location: SourceLocation?)
    -> FEELValue
  {
    guard let items = items(of: list, location) else { return .null }
    var kept: [FEELValue] = []
    for item in items {
      locals.append(item)
      let outcome = evaluate(match)
      locals.removeLast()
      switch outcome {
      case .boolean(true): kept.append(item)
      case .boolean(false), .null: continue
      default: return null(.notBoolean(outcome, at: location))
      }
    }
    return .list(kept)
  }

  private mutating func iterate(
    _ kind: Iteration.Kind, _ list: FEELValue, _ body: Logic, _ location: SourceLocation?
  ) -> FEELValue {
    guard let items = items(of: list, location) else { return .null }
    guard kind != .collect else { return collect(items, body) }
    var isUnknown = false
    for item in items {
      locals.append(item)
      let outcome = evaluate(body)
      locals.removeLast()
      switch outcome {
      case .boolean(kind == .some): return outcome
      case .boolean: continue
      case .null: isUnknown = true
      default: return null(.notBoolean(outcome, at: location))
      }
    }
    return isUnknown ? .null : .boolean(kind == .every)
  }

  private mutating func collect(_ items: [FEELValue], _ body: Logic) -> FEELValue {
    var results: [FEELValue] = []
    results.reserveCapacity(items.count)
    for item in items {
      locals.append(item)
      locals.append(.list(results))
      let result = evaluate(body)
      locals.removeLast(2)
      results.append(result)
    }
    return .list(results)
  }

  /// The items of a list or of a range of whole numbers or days; a single value is a list of itself.
  private mutating func items(of list: FEELValue, _ location: SourceLocation?) -> [FEELValue]? {
    if case .list(let items) = list { return items }
    let result = Self.unrolled.evaluate(environment: environment) { _ in list }
    guard case .list(let items) = result.value else {
      add([Diagnostic("DMN115", at: location, severity: .warning)])
      return nil
    }
    return items
  }

  private static let unrolled: FEELExpression = {
    do {
      return try FEELExpression(
        parsing: "for item in list return item", names: FEELNames(["list"]))
    } catch {
      fatalError("our own expression: \(error)")
    }
  }()
}

extension Diagnostic {
  static func notBoolean(_ value: FEELValue, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      "DMN113", ["found": FEELType(of: value).shortName], at: location, severity: .warning)
  }
}
