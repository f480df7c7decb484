internal import Diagnostics
internal import FEEL

/// Running decision tables (DMN 1.5, clause 8).
extension DecisionEvaluator {
  mutating func table(_ table: CompiledTable) -> FEELValue {
    if isTraced {
      var report: TableReport?
      let value = tracedTable(table, report: &report)
      if let report {
        let reference = DecisionTrace.Reference(id: table.id, name: table.name)
        used.append(
          DecisionTrace(
            decision: reference, model: reference, hitPolicy: report.hitPolicy,
            inputs: report.inputs, ruleCount: report.ruleCount, matched: report.matched,
            nearest: report.nearest, value: value))
      }
      return value
    }
    guard table.computesOutputs else {
      guard var search = search(table) else { return .null }
      return result(table, matches(&search))
    }
    let outer = outputs
    defer { outputs = outer }
    outputs = [:]
    guard var search = search(table) else { return .null }
    return result(table, matches(&search))
  }

  mutating func tracedTable(_ table: CompiledTable, report: inout TableReport?) -> FEELValue {
    let outer = outputs
    defer { outputs = outer }
    outputs = [:]
    guard var search = search(table) else { return .null }
    let matches = matches(&search)
    let value = result(table, matches)
    report = TableReport(
      hitPolicy: table.hitPolicy,
      inputs: table.columns.indices.map { column in
        DecisionTrace.Input(
          label: table.columns[column].label, expression: table.columns[column].text,
          value: search.cells[column].value)
      },
      ruleCount: table.rules.count,
      matched: deciding(table, matches).map { rule in
        DecisionTrace.MatchedRule(
          number: table.rules[rule].number, id: table.rules[rule].id,
          annotation: table.rules[rule].annotation, outputs: outputs(of: rule, in: table))
      },
      nearest: nearest(&search))
    return value
  }

  /// The input values; `nil`, with a note, when one is not among those the table allows.
  private mutating func search(_ table: CompiledTable) -> TableSearch? {
    var search = TableSearch(table)
    for column in table.columns.indices {
      let value: FEELValue
      if let element = table.columns[column].element {
        value = self.value(of: element)
      } else {
        value = evaluate(table.columns[column].input)
      }
      if let allowed = table.columns[column].allowed, !value.isNull,
        !allowed.admits(value, environment)
      {
        let input = table.columns[column]
        add([Diagnostic("DMN105", ["input": input.label], at: input.location, severity: .warning)])
        return nil
      }
      search.append(value)
    }
    return search
  }

  private mutating func matches(_ search: inout TableSearch) -> RuleList {
    let table = search.table
    return search.matches(stoppingAtFirst: table.hitPolicy == .first) { column, position, value in
      holds(table.columns[column].tests[position], value)
    }
  }

  /// Whether `value` passes a test that only FEEL can decide.
  mutating func holds(_ test: CellTest, _ value: FEELValue) -> Bool {
    guard let expression = test.expression else { return false }
    let outer = tested
    tested = value
    defer { tested = outer }
    return evaluate(expression).isTrue
  }

  /// What the rule says, as one value.
  mutating func output(of rule: Int, in table: CompiledTable) -> FEELValue {
    if let constant = table.rules[rule].constant { return constant }
    if let known = outputs[rule] { return known }
    let value = compose(table.rules[rule].outputs.map { evaluate($0) }, table)
    outputs[rule] = value
    return value
  }

  private func compose(_ values: [FEELValue], _ table: CompiledTable) -> FEELValue {
    guard values.count != 1 else { return values[0] }
    return .context(FEELContext(zip(table.outputs, values).map { ($0.name ?? "", $1) }))
  }

  /// The parts of what a rule says.
  mutating func outputs(of rule: Int, in table: CompiledTable) -> [DecisionTrace.Output] {
    if let parts = table.rules[rule].constantParts { return parts }
    return output(of: rule, in: table).parts(outputCount: table.outputs.count)
  }

  // MARK: - Hit policies (8.2.11)

  mutating func result(_ table: CompiledTable, _ matches: RuleList) -> FEELValue {
    guard let first = matches.first else { return noMatch(table) }
    switch table.hitPolicy {
    case .unique:
      guard matches.count == 1 else { return conflict("DMN102", table, matches) }
      return output(of: first, in: table)
    case .any:
      let value = output(of: first, in: table)
      for rule in matches.dropFirst() where output(of: rule, in: table) != value {
        return conflict("DMN103", table, matches)
      }
      return value
    case .first: return output(of: first, in: table)
    case .priority: return output(of: prioritised(table, matches)[0], in: table)
    case .outputOrder: return .list(prioritised(table, matches).map { output(of: $0, in: table) })
    case .ruleOrder, .collect: return .list(matches.map { output(of: $0, in: table) })
    case .collectCount: return FEELValue(matches.count)
    case .collectSum, .collectMin, .collectMax:
      return aggregate(table, matches.map { output(of: $0, in: table) })
    }
  }

  /// The defaults; without any an empty list or count for a collection, else null with a note.
  private mutating func noMatch(_ table: CompiledTable) -> FEELValue {
    if let defaults = table.defaults { return compose(defaults.map { evaluate($0) }, table) }
    switch table.hitPolicy {
    case .collect: return .list([])
    case .collectCount: return 0
    case .unique, .any, .priority, .first, .ruleOrder, .outputOrder, .collectSum, .collectMin,
      .collectMax:
      return null(
        Diagnostic("DMN101", ["table": table.name], at: table.location, severity: .warning))
    }
  }

  private mutating func conflict(_ code: String, _ table: CompiledTable, _ matches: RuleList)
    -> FEELValue
  {
    let rules = matches.map { String(table.rules[$0].number) }.joined(separator: ", ")
    return null(Diagnostic(code, ["table": table.name, "rules": rules], at: table.location))
  }

  /// The rules by the importance of their outputs, equal ones in rule order (8.2.11 PRIORITY).
  private mutating func prioritised(_ table: CompiledTable, _ matches: RuleList) -> [Int] {
    guard matches.count > 1 else { return Array(matches) }
    let ranks = matches.map { rule in
      let value = output(of: rule, in: table)
      return table.outputs.compactMap { output in
        output.priorities.map { priorities in
          let part = output.name.map { value.context?[$0] ?? .null } ?? value
          return priorities.firstIndex { $0.equals(part) == true } ?? priorities.count
        }
      }
    }
    return matches.indices.sorted { left, right in
      ranks[left] == ranks[right]
        ? left < right : ranks[left].lexicographicallyPrecedes(ranks[right])
    }.map { matches[$0] }
  }

  /// The rules that make the result, the deciding one first.
  private mutating func deciding(_ table: CompiledTable, _ matches: RuleList) -> RuleList {
    switch table.hitPolicy {
    case .priority, .outputOrder: RuleList(prioritised(table, matches))
    case .unique, .any, .first, .ruleOrder, .collect, .collectSum, .collectMin, .collectMax,
      .collectCount:
      matches
    }
  }

  private mutating func aggregate(_ table: CompiledTable, _ values: [FEELValue]) -> FEELValue {
    var total = values[0]
    guard table.hitPolicy != .collectSum || total.number != nil,
      total.ordering(to: total) != nil
    else { return notAggregable(table) }
    for value in values.dropFirst() {
      switch table.hitPolicy {
      case .collectSum:
        guard let sum = total.number.flatMap({ left in value.number.flatMap(left.adding) }) else {
          return notAggregable(table)
        }
        total = .number(sum)
      default:
        guard let order = value.ordering(to: total) else { return notAggregable(table) }
        if order == (table.hitPolicy == .collectMin ? .less : .greater) { total = value }
      }
    }
    return total
  }

  private mutating func notAggregable(_ table: CompiledTable) -> FEELValue {
    null(
      Diagnostic(
        "DMN111", ["table": table.name, "aggregation": table.hitPolicy.rawValue],
        at: table.location, severity: .warning))
  }
}

extension FEELValue {
  /// A result of a rule taken apart for a trace: of several outputs by name, of one as it is.
  func parts(outputCount: Int) -> [DecisionTrace.Output] {
    guard outputCount > 1, case .context(let context) = self else {
      return [DecisionTrace.Output(name: nil, value: self)]
    }
    return context.entries.map { DecisionTrace.Output(name: $0.name, value: $0.value) }
  }
}
