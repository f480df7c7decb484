internal import Diagnostics
internal import FEEL

/// The names that an expression may use where it stands, and where their values will be.
struct Scope: Sendable {
  private var names: [String: NameSource]
  private var dataTypes: [String: DataType] = [:]
  private(set) var feelNames: FEELNames
  /// How many locals there are: the next one gets this position.
  private(set) var localCount: Int
  /// The positions of the items of the filters around, the innermost last.
  private var items: [Int] = []
  /// Names of elements of the model: one that is not in scope has no value here, whoever gave one.
  let elements: Set<String>

  init(elements: Set<String>, types: [String: FEELType]) {
    names = [:]
    feelNames = FEELNames.workCalendar.adding(FEELNames(variables: [:], types: types))
    localCount = 0
    self.elements = elements
  }

  /// Adds names that stand for elements of the graph.
  mutating func declare(_ additions: [(name: String, source: NameSource, type: DataType)]) {
    for addition in additions {
      names[addition.name] = addition.source
      dataTypes[addition.name] = addition.type
    }
    feelNames = feelNames.adding(
      FEELNames(
        variables: Dictionary(additions.map { ($0.name, $0.type.feel) }) { _, last in last }))
  }

  /// Adds names whose values are pushed one after the other.
  func adding(locals: [(name: String, type: FEELType)]) -> Scope {
    var scope = self
    scope.declare(
      locals.enumerated().map { ($1.name, .local(localCount + $0), DataType($1.type)) })
    scope.localCount += locals.count
    return scope
  }

  /// Adds the item of a filter: its members can be named directly.
  func adding(item type: FEELType) -> Scope {
    var scope = adding(locals: [("item", type)])
    scope.items.append(localCount)
    if case .context(let fields) = type {
      scope.feelNames = scope.feelNames.adding(
        FEELNames(
          variables: Dictionary(fields.map { ($0.name, $0.type) }) { first, _ in first }))
    }
    return scope
  }

  /// Where the value of `name` is; `nil` when nobody can give one.
  func source(of name: String) -> NameSource? {
    if name == "?" { return .tested }
    var source = names[name] ?? (elements.contains(name) ? nil : .given(name))
    for item in items {
      if case .local(let position)? = source, position >= item { continue }
      source = .member(item: item, name: name, otherwise: source)
    }
    return source
  }

  /// Whether `name` is declared by the model or around the expression.
  func declares(_ name: String) -> Bool { names[name] != nil || name == "?" || !items.isEmpty }

  /// The type of a name; `any` when it is not known.
  func type(of name: String) -> FEELType { feelNames.variables[name] ?? .any }

  /// The type of a name with the limits that its item definition sets.
  func dataType(of name: String) -> DataType { dataTypes[name] ?? DataType(type(of: name)) }

  /// The value of a FEEL expression that reads nothing from outside and fails nowhere.
  func constant(_ text: String) -> FEELValue? {
    guard let expression = try? FEELExpression(parsing: text, names: feelNames) else { return nil }
    return constant(expression)
  }

  /// The value of `expression`, if it is the same always: no variables, clock, random numbers or host functions.
  func constant(_ expression: FEELExpression) -> FEELValue? {
    if let constant = expression.constant { return constant }
    guard expression.freeNames.isEmpty else { return nil }
    let result = expression.evaluate(environment: FEELEnvironment()) { _ in nil }
    guard result.notes.isEmpty else { return nil }
    return result.value
  }
}
