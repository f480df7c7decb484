internal import Diagnostics
internal import FEEL

extension LogicCompiler {
  /// Compiles a decision table: tests are read once per text and column, outputs are computed when constant.
  mutating func table(_ table: DecisionTable, type: DataType, in scope: Scope) -> CompiledTable {
    let types = table.outputs.map { outputType($0, of: table, resultType: type) }
    return CompiledTable(
      table, name: owner,
      columns: table.inputs.indices.map { column($0, of: table, in: scope) },
      outputs: zip(table.outputs, types).map { output, type in
        TableOutput(
          name: table.outputs.count == 1 ? nil : output.name ?? output.label ?? "",
          priorities: (output.values ?? type.allowedValues).flatMap { values($0, in: scope) })
      },
      rules: table.rules.map { rule($0, of: table, types: types, in: scope) },
      defaults: table.outputs.contains { $0.defaultEntry != nil }
        ? zip(table.outputs, types).map { output, type in
          output.defaultEntry.map { entry($0, type: type, name: output.name ?? "", in: scope) }
            ?? .constant(.null)
        } : nil)
  }

  /// The type of an output: its own, else what the type of the table's result says about it.
  private mutating func outputType(
    _ output: OutputClause, of table: DecisionTable, resultType: DataType
  ) -> DataType {
    if let name = output.typeRef { return self.type(name, at: output.location) }
    let isList = table.hitPolicy.isMultiple && table.hitPolicy.collectsValues
    let result = isList ? resultType.element : resultType
    guard table.outputs.count > 1 else { return table.hitPolicy == .collectCount ? .any : result }
    return output.name.map { result.member($0) } ?? .any
  }

  private mutating func rule(
    _ rule: DecisionRule, of table: DecisionTable, types: [DataType], in scope: Scope
  ) -> TableRule {
    let outputs = rule.outputEntries.indices.map { index in
      entry(
        rule.outputEntries[index], type: types[index],
        name: table.outputs[index].name ?? table.outputs[index].label ?? "", in: scope)
    }
    let values = outputs.compactMap { if case .constant(let value) = $0 { value } else { nil } }
    var constant: FEELValue?
    var parts: [DecisionTrace.Output]?
    if values.count == outputs.count {
      let names = table.outputs.map { $0.name ?? $0.label ?? "" }
      constant =
        values.count == 1 ? values[0] : .context(FEELContext(Array(zip(names, values))))
      parts = constant?.parts(outputCount: values.count)
    }
    return TableRule(
      number: rule.number, id: rule.id, annotation: rule.annotation, outputs: outputs,
      constant: constant, constantParts: parts)
  }

  private mutating func entry(
    _ entry: LiteralExpression, type: DataType, name: String, in scope: Scope
  ) -> Logic {
    if entry.text.trimmed.isEmpty || entry.text.trimmed == "-" { return .constant(.null) }
    let logic = literal(entry, in: scope)
    guard case .constant(let value) = logic, let fitting = type.coerced(value, FEELEnvironment())
    else {
      if case .constant = logic {
        problems.append(
          Diagnostic(
            "DMN028",
            ["cell": entry.text.trimmed, "output": name, "expected": type.feel.description],
            at: entry.location))
      }
      return typed(
        logic, type, name: name, typeName: type.feel.description, at: entry.location)
    }
    return .constant(fitting)
  }

  private mutating func column(_ position: Int, of table: DecisionTable, in scope: Scope)
    -> TableColumn
  {
    let clause = table.inputs[position]
    var positions: [String: Int32] = [:]
    var tests: [CellTest] = []
    var kinds: [ValueKind?] = []
    let testOfRule = table.rules.map { rule in
      let cell = rule.inputEntries[position]
      if let known = positions[cell.text] { return known }
      let (test, kind) = cellTest(cell, in: scope)
      let position = Int32(tests.count)
      positions[cell.text] = position
      tests.append(test)
      kinds.append(kind)
      return position
    }
    let text = clause.expression.text.trimmed
    let type = clause.expression.typeRef.flatMap { types[$0] } ?? scope.dataType(of: text)
    // Cells of another kind are evaluated: an index has values of one kind.
    let kind = ValueKind(type.feel) ?? kinds.lazy.compactMap { $0 }.first
    for position in tests.indices where kinds[position] != nil && kinds[position] != kind {
      tests[position] = tests[position].evaluated
    }
    let logic = literal(clause.expression, in: scope)
    let declared = scope.dataType(of: text)
    return TableColumn(
      label: clause.title, text: text,
      input: typed(logic, clause.expression.typeRef, name: clause.title, at: clause.location),
      element: type.feel == declared.feel && type.limits.isEmpty ? logic.element : nil,
      type: type,
      allowed: clause.values.flatMap { restriction($0, in: scope) },
      tests: tests, testOfRule: testOfRule, kind: kind, location: clause.location)
  }

  private mutating func cellTest(_ cell: UnaryTests, in scope: Scope) -> (CellTest, ValueKind?) {
    guard cell.text != "-", let expression = unaryTests(cell, in: scope) else {
      let isAny = cell.text == "-"
      return (
        CellTest(
          text: cell.text, content: isAny ? .any : .expression, expression: nil, admitsNull: isAny),
        nil
      )
    }
    let set = CellSet(expression.expression)
    guard expression.sources.allSatisfy({ $0 == .tested }) else {
      return (
        CellTest(text: cell.text, content: .expression, expression: expression, admitsNull: nil),
        nil
      )
    }
    let ofNull = expression.expression.evaluate { _ in .null }
    let test = CellTest(
      text: cell.text, content: set.map { .set($0) } ?? .expression, expression: expression,
      admitsNull: ofNull.isTrue, isImpossible: ofNull.notes.contains { $0.code == "FEEL123" })
    return (test, set?.kind)
  }

  /// The values of a list such as `"high", "low"`, in order; `nil` when they are not single constants.
  private mutating func values(_ tests: UnaryTests, in scope: Scope) -> [FEELValue]? {
    guard case .list(let values)? = scope.constant("[\(tests.text)]") else { return nil }
    return values
  }
}

extension HitPolicy {
  /// Whether a result is a list of what the rules say, not a figure made of it.
  var collectsValues: Bool {
    switch self {
    case .ruleOrder, .outputOrder, .collect: true
    case .unique, .any, .priority, .first, .collectSum, .collectMin, .collectMax, .collectCount:
      false
    }
  }
}

extension Logic {
  /// The element whose value it is, when it is nothing else.
  fileprivate var element: Int? {
    guard case .expression(let expression) = self, case .element(let index)? = expression.direct
    else { return nil }
    return index
  }
}

extension CellTest {
  /// The same test, left to FEEL.
  fileprivate var evaluated: CellTest {
    CellTest(
      text: text, content: .expression, expression: expression, admitsNull: admitsNull,
      isImpossible: isImpossible)
  }
}

extension TableColumn {
  /// Builds the index over `tests`.
  fileprivate init(
    label: String, text: String, input: Logic, element: Int?, type: DataType, allowed: Restriction?,
    tests: [CellTest], testOfRule: [Int32], kind: ValueKind?, location: SourceLocation?
  ) {
    self.label = label
    self.text = text
    self.input = input
    self.element = element
    self.type = type
    self.allowed = allowed
    self.tests = tests
    self.testOfRule = testOfRule
    self.location = location
    let sets = tests.map { if case .set(let set) = $0.content { set } else { nil as CellSet? } }
    index = ColumnIndex(kind, naming: sets.compactMap { $0 }.flatMap(\.bounds))
    bounds = kind == .number ? NumberBounds(testOfRule.map { sets[Int($0)] }) : nil
    var rulesOfTest = [[Int]](repeating: [], count: tests.count)
    for (rule, test) in testOfRule.enumerated() { rulesOfTest[Int(test)].append(rule) }
    var segments = [[Int]](repeating: [], count: index.segmentCount)
    var everywhere: [Int] = []
    var ofNull: [Int] = []
    for (position, test) in tests.enumerated() {
      if let set = sets[position] {
        for segment in index.segments(in: set) { segments[segment] += rulesOfTest[position] }
      } else {
        everywhere += rulesOfTest[position]
      }
      if test.admitsNull != false { ofNull += rulesOfTest[position] }
    }
    var rules = RuleSets(ruleCount: testOfRule.count)
    for segment in segments { rules.append((segment + everywhere).sorted()) }
    rules.append(ofNull.sorted())
    self.rules = rules
    admitsEverything = tests.allSatisfy { if case .any = $0.content { true } else { false } }
    hasOpenTests = tests.contains { $0.isExpression }
    hasOpenTestsOfNull = tests.contains { $0.admitsNull == nil }
  }
}
