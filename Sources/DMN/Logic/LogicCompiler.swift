internal import Diagnostics
internal import FEEL

/// Turns boxed expressions into logic; what cannot be read becomes null with a reason, and is reported.
struct LogicCompiler {
  /// The name of the element whose logic this is.
  let owner: String
  let types: TypeTable
  /// The expression language of the model, for expressions that name none.
  let language: String?
  /// Positions of knowledge models and services by name source, for calls that show in the trace.
  let functions: Set<Int>
  var problems: [Diagnostic] = []
  /// Names that expressions read and nothing declares, each once.
  private(set) var undeclared: [String] = []

  init(owner: String, types: TypeTable, language: String?, functions: Set<Int>) {
    self.owner = owner
    self.types = types
    self.language = language
    self.functions = functions
  }

  mutating func compile(_ expression: BoxedExpression, type: DataType = .any, in scope: Scope)
    -> Logic
  {
    switch expression {
    case .literal(let literal):
      return typed(
        self.literal(literal, in: scope), literal.typeRef, name: literal.text.trimmed,
        at: literal.location)
    case .decisionTable(let table):
      let inner = table.typeRef.map { self.type($0, at: table.location) } ?? type
      return typed(
        .table(self.table(table, type: inner, in: scope)), table.typeRef, name: table.id,
        at: table.location)
    case .context(let entries, let typeRef):
      return typed(
        context(entries, in: scope), typeRef, name: "context", at: entries.first?.location)
    case .list(let items, let typeRef):
      return typed(
        .list(items.map { compile($0, in: scope) }), typeRef, name: "list", at: nil)
    case .relation(let columns, let rows, let typeRef):
      return typed(relation(columns, rows, in: scope), typeRef, name: "relation", at: nil)
    case .function(let definition): return function(definition, name: "", in: scope)
    case .invocation(let invocation): return self.invocation(invocation, in: scope)
    case .conditional(let test, let then, let otherwise, let location):
      return .conditional(
        test: compile(test, in: scope), then: compile(then, type: type, in: scope),
        otherwise: compile(otherwise, type: type, in: scope), location: location)
    case .filter(let list, let match, let typeRef, let location):
      let inner = scope.adding(item: knownType(of: list, in: scope).element)
      return typed(
        .filter(
          list: compile(list, in: scope), match: compile(match, in: inner), location: location),
        typeRef, name: "filter", at: location)
    case .iteration(let iteration): return self.iteration(iteration, in: scope)
    }
  }

  /// The type called `name`; an unknown one is reported and admits everything.
  mutating func type(_ name: String, at location: SourceLocation?) -> DataType {
    if let type = types[name] { return type }
    problems.append(Diagnostic("DMN011", ["type": name], at: location))
    return .any
  }

  /// `logic` whose value must be of the type called `typeRef`.
  mutating func typed(
    _ logic: Logic, _ typeRef: String?, name: String, at location: SourceLocation?
  ) -> Logic {
    guard let typeRef else { return logic }
    return typed(
      logic, type(typeRef, at: location), name: name, typeName: typeRef, at: location)
  }

  func typed(
    _ logic: Logic, _ type: DataType, name: String, typeName: String, at location: SourceLocation?
  ) -> Logic {
    if type.feel == .any && type.limits.isEmpty { return logic }
    return .typed(
      logic, TypeCheck(type, name: name, typeName: typeName, location: location))
  }

  // MARK: - FEEL

  mutating func literal(_ literal: LiteralExpression, in scope: Scope) -> Logic {
    guard DMNVersion.isFEEL(literal.language ?? language) else {
      let problem = Diagnostic(
        "DMN014", ["language": literal.language ?? language ?? ""], at: literal.location)
      problems.append(problem)
      return .missing(problem)
    }
    do {
      let expression = try FEELExpression(
        parsing: literal.text, names: scope.feelNames, at: literal.location)
      if let value = scope.constant(expression) { return .constant(value) }
      return .expression(resolved(expression, in: scope, at: literal.location))
    } catch {
      let problem = Diagnostic.unreadable(literal.text, at: literal.location, because: error)
      problems.append(problem)
      return .missing(problem)
    }
  }

  mutating func unaryTests(_ tests: UnaryTests, in scope: Scope) -> CompiledExpression? {
    do {
      let expression = try FEELExpression(
        parsing: tests.text, as: .unaryTests, names: scope.feelNames, at: tests.location)
      return resolved(expression, in: scope, at: tests.location)
    } catch {
      problems.append(.unreadable(tests.text, at: tests.location, because: error))
      return nil
    }
  }

  mutating func restriction(_ tests: UnaryTests, in scope: Scope) -> Restriction? {
    unaryTests(tests, in: scope).map { Restriction(expression: $0.expression, tests: tests) }
  }

  private mutating func resolved(
    _ expression: FEELExpression, in scope: Scope, at location: SourceLocation?
  ) -> CompiledExpression {
    for name in expression.requiredNames
    where !scope.declares(name) && !undeclared.contains(name) {
      undeclared.append(name)
      problems.append(
        Diagnostic("DMN015", ["name": name], at: location, severity: .warning))
    }
    let sources = expression.freeNames.map { scope.source(of: $0) ?? .nothing }
    return CompiledExpression(expression, sources: sources)
  }

  // MARK: - Boxes

  private mutating func context(_ entries: [ContextEntry], in scope: Scope) -> Logic {
    var scope = scope
    var compiled: [Logic.Entry] = []
    var result: Logic?
    for entry in entries {
      guard let variable = entry.variable else {
        result = entry.expression.map { compile($0, in: scope) }
        continue
      }
      let type = variable.typeRef.map { self.type($0, at: variable.location) } ?? .any
      let logic: Logic
      if case .function(let definition)? = entry.expression {
        logic = function(definition, name: variable.name, in: scope)
      } else {
        logic = entry.expression.map { compile($0, type: type, in: scope) } ?? .constant(.null)
      }
      compiled.append(
        Logic.Entry(
          name: variable.name,
          logic: typed(logic, variable.typeRef, name: variable.name, at: variable.location)))
      let known = variable.typeRef == nil ? knownType(of: entry.expression, in: scope) : type.feel
      scope = scope.adding(locals: [(variable.name, known)])
    }
    return .context(compiled, result: result)
  }

  private mutating func relation(
    _ columns: [InformationItem], _ rows: [[BoxedExpression]], in scope: Scope
  ) -> Logic {
    .relation(
      columns: columns.map(\.name),
      rows: rows.map { row in
        zip(columns, row).map { column, cell in
          typed(
            compile(cell, in: scope), column.typeRef, name: column.name, at: column.location)
        }
      })
  }

  private mutating func iteration(_ iteration: Iteration, in scope: Scope) -> Logic {
    let list = typed(
      compile(iteration.list, in: scope), iteration.listTypeRef, name: iteration.variable,
      at: iteration.location)
    let element =
      iteration.listTypeRef.flatMap { types[$0]?.feel.element }
      ?? knownType(of: iteration.list, in: scope).element
    var locals = [(name: iteration.variable, type: element)]
    if iteration.kind == .collect { locals.append(("partial", .list(.any))) }
    let body = compile(iteration.body, in: scope.adding(locals: locals))
    return typed(
      .iteration(iteration.kind, list: list, body: body, location: iteration.location),
      iteration.typeRef, name: iteration.variable, at: iteration.location)
  }

  /// What is known of the type of a value before it is there: enough to read names with blanks after a dot.
  private func knownType(of expression: BoxedExpression?, in scope: Scope) -> FEELType {
    switch expression {
    case .literal(let literal):
      literal.typeRef.flatMap { types[$0]?.feel } ?? scope.type(of: literal.text.trimmed)
    case .context(let entries, let typeRef):
      typeRef.flatMap { types[$0]?.feel }
        ?? .context(
          entries.compactMap { entry in
            entry.variable.map { variable in
              FEELType.Field(
                variable.name,
                variable.typeRef.flatMap { types[$0]?.feel }
                  ?? knownType(of: entry.expression, in: scope))
            }
          })
    case .relation(let columns, _, let typeRef):
      typeRef.flatMap { types[$0]?.feel }
        ?? .list(
          .context(
            columns.map { column in
              FEELType.Field(column.name, column.typeRef.flatMap { types[$0]?.feel } ?? .any)
            }))
    case .filter(let list, _, let typeRef, _):
      typeRef.flatMap { types[$0]?.feel } ?? knownType(of: list, in: scope)
    case .decisionTable(let table): table.typeRef.flatMap { types[$0]?.feel } ?? .any
    case .list(_, let typeRef): typeRef.flatMap { types[$0]?.feel } ?? .any
    case .invocation(let invocation): invocation.typeRef.flatMap { types[$0]?.feel } ?? .any
    case .iteration(let iteration): iteration.typeRef.flatMap { types[$0]?.feel } ?? .any
    case .conditional(_, let then, _, _): knownType(of: then, in: scope)
    case .function, nil: .any
    }
  }
}
