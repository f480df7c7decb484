/// What is inside logic: for lint and coverage.
extension DRGElement {
  /// The decision tables in its logic.
  var tables: [CompiledTable] { logic?.tables ?? [] }

  /// Positions of the elements that it needs or reads.
  var elementsRead: Set<Int> {
    switch kind {
    case .input: []
    case .decision(let decision):
      (decision.logic?.elementsRead ?? []).union(
        decision.requiredInputs + decision.requiredDecisions)
    case .knowledge(let function): function.body.elementsRead
    case .service(let service): Set(service.outputs)
    }
  }

  /// Whether its logic is a table itself, not one inside a box.
  var isTable: Bool {
    var logic = logic
    while case .typed(let inner, _)? = logic { logic = inner }
    if case .table? = logic { return true }
    return false
  }

  /// Whether a function is defined inside its logic.
  var definesFunctions: Bool { logic?.definesFunctions ?? false }

  private var logic: Logic? {
    switch kind {
    case .input, .service: nil
    case .decision(let decision): decision.logic
    case .knowledge(let function): function.body
    }
  }
}

extension Logic {
  /// This logic and all inside it.
  private var parts: [Logic] {
    switch self {
    case .expression, .constant, .missing: []
    case .table(let table):
      table.columns.map(\.input) + table.rules.flatMap(\.outputs) + (table.defaults ?? [])
    case .context(let entries, let result): entries.map(\.logic) + (result.map { [$0] } ?? [])
    case .list(let items): items
    case .relation(_, let rows): rows.flatMap { $0 }
    case .function(let function): [function.body]
    case .invocation(let call): [call.function] + call.arguments.map(\.logic)
    case .conditional(let test, let then, let otherwise, _): [test, then, otherwise]
    case .filter(let list, let match, _): [list, match]
    case .iteration(_, let list, let body, _): [list, body]
    case .typed(let inner, _): [inner]
    }
  }

  var tables: [CompiledTable] {
    var tables = parts.flatMap(\.tables)
    if case .table(let table) = self { tables.insert(table, at: 0) }
    return tables
  }

  fileprivate var definesFunctions: Bool {
    if case .function = self { return true }
    return parts.contains { $0.definesFunctions }
  }

  /// Positions of the elements whose values it reads.
  var elementsRead: Set<Int> {
    var read: Set<Int> = []
    for part in parts { read.formUnion(part.elementsRead) }
    switch self {
    case .expression(let expression):
      for source in expression.sources { source.collect(into: &read) }
    case .table(let table):
      for test in table.columns.flatMap(\.tests) {
        for source in test.expression?.sources ?? [] { source.collect(into: &read) }
      }
    case .constant, .context, .list, .relation, .function, .invocation, .conditional, .filter,
      .iteration, .typed, .missing:
      break
    }
    return read
  }
}

extension NameSource {
  fileprivate func collect(into read: inout Set<Int>) {
    switch self {
    case .element(let position): read.insert(position)
    case .imported(let members):
      for member in members { member.source.collect(into: &read) }
    case .member(_, _, let otherwise): otherwise?.collect(into: &read)
    case .local, .given, .nothing, .tested: break
    }
  }
}
