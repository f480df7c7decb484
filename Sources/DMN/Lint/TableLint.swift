internal import Diagnostics
internal import FEEL

/// What is wrong or doubtful in one decision table.
struct TableLint {
  private let table: CompiledTable
  private let source: DecisionTable
  /// What people call the table.
  private let name: String
  /// Whether the results have a type from outside the table.
  private let hasResultType: Bool
  private let geometry: TableGeometry
  /// The values that each input may have, where the model says so.
  private let domains: [CellSet?]

  init(_ table: CompiledTable, element: DRGElement) {
    self.table = table
    source = table.source
    name = table.name
    hasResultType = element.hasType
    domains = table.columns.indices.map { column in
      let values = table.source.inputs[column].values ?? table.columns[column].type.allowedValues
      return values.flatMap { Self.set($0.text) }
    }
    geometry = TableGeometry(table, domains: domains)
  }

  var findings: [Diagnostic] {
    columnFindings() + outputFindings() + ruleFindings() + overlapFindings() + gapFindings()
      + unreachableFindings()
  }

  private func finding(
    _ code: String, _ arguments: [String: String], at location: SourceLocation?,
    severity: Diagnostic.Severity = .warning
  ) -> Diagnostic {
    Diagnostic(
      code, arguments.merging(["table": name]) { own, _ in own },
      at: location ?? table.location, severity: severity)
  }

  private static func set(_ text: String) -> CellSet? {
    (try? FEELExpression(parsing: text, as: .unaryTests)).flatMap { CellSet($0) }
  }

  // MARK: - Columns

  private func columnFindings() -> [Diagnostic] {
    table.columns.indices.flatMap { column in
      missingType(of: column) + unused(column) + protected(column) + wrongCells(in: column)
    }
  }

  private func missingType(of column: Int) -> [Diagnostic] {
    let input = table.columns[column]
    guard input.type.feel == .any, source.inputs[column].expression.typeRef == nil,
      !input.readsElement
    else { return [] }
    return [.missingType(of: input.label, at: input.location)]
  }

  private func unused(_ column: Int) -> [Diagnostic] {
    let input = table.columns[column]
    let isUnused = !table.rules.isEmpty && input.admitsEverything
    return isUnused ? [finding("DMN026", ["input": input.label], at: input.location)] : []
  }

  /// Allowed only where every rule that looks at the attribute cites its reason.
  private func protected(_ column: Int) -> [Diagnostic] {
    let input = table.columns[column]
    guard let word = ProtectedAttributes.word(in: "\(input.label) \(input.text)") else { return [] }
    let uncited = table.rules.indices.filter { rule in
      if case .any = input.test(of: rule).content { return false }
      return table.rules[rule].annotation.isEmpty
    }
    guard !uncited.isEmpty else { return [] }
    let rules = uncited.map { String(table.rules[$0].number) }.joined(separator: ", ")
    return [
      finding(
        "DMN024", ["input": input.label, "attribute": word, "rules": rules], at: input.location)
    ]
  }

  /// Cells that no value of the input can ever pass.
  private func wrongCells(in column: Int) -> [Diagnostic] {
    table.rules.indices.flatMap { rule in
      let test = table.columns[column].test(of: rule)
      let arguments = [
        "rule": String(table.rules[rule].number), "input": table.columns[column].label,
        "cell": test.text,
      ]
      let location = source.rules[rule].inputEntries[column].location
      var isEmpty = test.isImpossible
      if case .set(let set) = test.content { isEmpty = set.intervals.contains(where: \.isEmpty) }
      guard !isEmpty else {
        return [finding("DMN031", arguments, at: location, severity: .error)]
      }
      let type = table.columns[column].type.feel
      if let bound = test.firstBound, type != .any, type.coerce(bound) == nil {
        let type = ["expected": "\(type)", "found": FEELType(of: bound).shortName]
        return [
          finding(
            "DMN032", arguments.merging(type) { $1 }, at: location, severity: .error)
        ]
      }
      return []
    }
  }

  // MARK: - Outputs and rules

  private func outputFindings() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for output in source.outputs where output.typeRef == nil && !hasResultType {
      findings.append(
        .missingType(of: output.label ?? output.name ?? name, at: output.location))
    }
    switch table.hitPolicy {
    case .priority, .outputOrder:
      if table.outputs.allSatisfy({ $0.priorities == nil }) {
        findings.append(finding("DMN030", [:], at: table.location, severity: .error))
      }
    case .collectSum, .collectMin, .collectMax:
      if table.outputs.count > 1 {
        findings.append(
          finding(
            "DMN029", ["aggregation": table.hitPolicy.rawValue], at: table.location,
            severity: .error))
      }
    case .unique, .any, .first, .ruleOrder, .collect, .collectCount: break
    }
    return findings + unlistedOutputs()
  }

  private func unlistedOutputs() -> [Diagnostic] {
    table.rules.indices.flatMap { rule in
      table.outputs.indices.compactMap { output in
        guard let priorities = table.outputs[output].priorities,
          case .constant(let value) = table.rules[rule].outputs[output], !value.isNull,
          !priorities.contains(value)
        else { return nil }
        return finding(
          "DMN019",
          [
            "rule": String(table.rules[rule].number), "cell": "\(value)",
            "output": table.outputs[output].name ?? name,
          ], at: source.rules[rule].outputEntries[output].location, severity: .error)
      }
    }
  }

  private func ruleFindings() -> [Diagnostic] {
    table.rules.indices.filter { table.rules[$0].annotation.isEmpty }.map { rule in
      finding(
        "DMN023", ["rule": String(table.rules[rule].number)], at: source.rules[rule].location)
    }
  }

  // MARK: - Space

  private func overlapFindings() -> [Diagnostic] {
    guard !table.hitPolicy.isMultiple else { return [] }
    guard let overlaps = geometry.overlaps() else {
      return [finding("DMN033", [:], at: table.location)]
    }
    return overlaps.compactMap { overlap in
      let arguments = [
        "first": String(table.rules[overlap.first].number),
        "second": String(table.rules[overlap.second].number),
        "place": place(sharedBy: overlap),
      ]
      let location = source.rules[overlap.second].location
      if overlap.edge != nil, differ(overlap) {
        return finding(
          "DMN027", arguments, at: location,
          severity: table.hitPolicy == .unique || table.hitPolicy == .any ? .error : .warning)
      }
      guard table.hitPolicy == .unique || table.hitPolicy == .any && differ(overlap) else {
        return nil
      }
      return finding("DMN021", arguments, at: location, severity: .error)
    }
  }

  /// Whether the two rules say different things, as far as that is known.
  private func differ(_ overlap: TableGeometry.Overlap) -> Bool {
    guard let first = table.rules[overlap.first].constant,
      let second = table.rules[overlap.second].constant
    else { return false }
    return first != second
  }

  private func place(sharedBy overlap: TableGeometry.Overlap) -> String {
    describe(
      table.columns.indices.reduce(into: TableGeometry.Box()) { box, axis in
        guard let common = geometry.common(overlap.first, overlap.second, on: axis) else { return }
        box[axis] = common[0]
      })
  }

  private func gapFindings() -> [Diagnostic] {
    guard table.defaults == nil, !table.hitPolicy.isMultiple, !table.columns.isEmpty else {
      return []
    }
    guard let gaps = geometry.gaps(among: Array(table.rules.indices), limit: 5) else {
      return [finding("DMN033", [:], at: table.location)]
    }
    return gaps.map { finding("DMN020", ["place": describe($0)], at: table.location) }
  }

  /// A box as tests by input, as an analyst would write them.
  private func describe(_ box: TableGeometry.Box) -> String {
    let tests = box.sorted { $0.key < $1.key }.compactMap { axis, stretch in
      geometry.axes[axis].test(for: stretch).map { "\(geometry.axes[axis].label): \($0)" }
    }
    return tests.isEmpty ? "-" : tests.joined(separator: "; ")
  }

  /// Rules that never decide: outside the allowed values, or behind rules that always come first.
  private func unreachableFindings() -> [Diagnostic] {
    let winners = winners
    return table.rules.indices.compactMap { rule in
      let cells = geometry.cells[rule].indices.map { axis in
        geometry.cells[rule][axis].possible(on: geometry.axes[axis])
          .intersection(geometry.axes[axis].domain)
      }
      let isOutside = zip(cells, table.columns).contains { cell, column in
        cell.isEmpty && column.test(of: rule).admitsNull == false
      }
      guard isOutside || isCovered(cells, by: winners[rule]) else { return nil }
      let by = isOutside ? [] : winners[rule]
      return finding(
        "DMN022",
        [
          "rule": String(table.rules[rule].number),
          "by": by.isEmpty
            ? "-" : by.map { String(table.rules[$0].number) }.joined(separator: ", "),
        ], at: source.rules[rule].location)
    }
  }

  private func isCovered(_ cells: [[ClosedRange<Int>]], by winners: [Int]) -> Bool {
    guard !winners.isEmpty, !cells.contains(where: \.isEmpty) else { return false }
    return geometry.gaps(in: cells, among: winners, limit: 1)?.isEmpty ?? false
  }

  /// For each rule those that win over it wherever both match.
  private var winners: [[Int]] {
    var winners = [Set<Int>](repeating: [], count: table.rules.count)
    if table.hitPolicy == .first || table.hitPolicy == .priority {
      _ = geometry.forEachPair { left, right in
        if wins(right, over: left) { winners[left].insert(right) }
        if wins(left, over: right) { winners[right].insert(left) }
      }
    }
    return winners.map { $0.sorted() }
  }

  /// Whether `other` comes before `rule`, and certainly matches where its cells say so.
  private func wins(_ other: Int, over rule: Int) -> Bool {
    guard comesBefore(other, rule) else { return false }
    return table.columns.indices.allSatisfy { axis in
      if case .computed = geometry.cells[other][axis] {
        guard geometry.cells[rule][axis] == geometry.cells[other][axis] else { return false }
      }
      let column = table.columns[axis]
      return column.test(of: rule).admitsNull == false || column.test(of: other).admitsNull == true
    }
  }

  private func comesBefore(_ other: Int, _ rule: Int) -> Bool {
    guard table.hitPolicy == .priority else { return other < rule }
    guard let priorities = table.outputs.first?.priorities, table.outputs.count == 1,
      let first = rank(of: other, priorities), let second = rank(of: rule, priorities)
    else { return false }
    return first < second
  }

  private func rank(of rule: Int, _ priorities: [FEELValue]) -> Int? {
    table.rules[rule].constant.flatMap { priorities.firstIndex(of: $0) }
  }
}

extension TableColumn {
  /// Whether it is nothing but an input or decision of the model, which says its type itself.
  fileprivate var readsElement: Bool {
    if case .expression(let expression) = input, case .element? = expression.direct { return true }
    return false
  }
}

extension CellTest {
  /// A value that it names, when it names any.
  fileprivate var firstBound: FEELValue? {
    expression.flatMap { CellSet($0.expression) }?.bounds.first
  }
}

extension DRGElement {
  fileprivate var hasType: Bool {
    type.type.feel != .any
  }
}
