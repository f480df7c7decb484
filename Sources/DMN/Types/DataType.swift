internal import FEEL

/// A resolved type (DMN 1.5, 7.3.2): a FEEL type, and the limits that item definitions set on its values.
struct DataType: Sendable {
  let feel: FEELType
  let limits: [Limit]
  /// The types that nearly all values have, to be told apart without a look inside `feel`.
  private let quick: Quick

  private enum Quick { case any, number, string, boolean, other }

  init(_ feel: FEELType, limits: [Limit] = []) {
    self.feel = feel
    self.limits = limits
    quick =
      switch feel {
      case .any where limits.isEmpty: .any
      case .number where limits.isEmpty: .number
      case .string where limits.isEmpty: .string
      case .boolean where limits.isEmpty: .boolean
      default: .other
      }
  }

  static let any = DataType(.any)

  /// Whether `value` is of this type as it stands; false also where a closer look is needed.
  @inline(__always)
  func holds(_ value: FEELValue) -> Bool {
    switch value {
    case .null: true
    case .number: quick == .number || quick == .any
    case .string: quick == .string || quick == .any
    case .boolean: quick == .boolean || quick == .any
    default: quick == .any
    }
  }

  /// `value` as a value of this type, after the implicit conversions (10.3.2.9.4); `nil` when it does not fit.
  func coerced(_ value: FEELValue, _ environment: FEELEnvironment) -> FEELValue? {
    guard let converted = feel.coerce(value),
      limits.allSatisfy({ $0.admits(converted, environment) })
    else { return nil }
    return converted
  }

  /// The type of lists of such values.
  var list: DataType {
    DataType(.list(feel), limits: limits.isEmpty ? [] : [.items(limits)])
  }

  /// The type of the items of a list; of a type that is no list, itself.
  var element: DataType {
    DataType(
      feel.element,
      limits: limits.flatMap { if case .items(let limits) = $0 { limits } else { [Limit]() } })
  }

  /// The type of the member `name`, also of the contexts in a list.
  func member(_ name: String) -> DataType {
    DataType(feel.member(name).element, limits: limits.flatMap { $0.limits(ofMember: name) })
  }

  /// The allowed values as written, for output priorities; `nil` when there is no such list.
  var allowedValues: UnaryTests? {
    for limit in limits {
      switch limit {
      case .value(let restriction): return restriction.tests
      case .items(let limits):
        if case .value(let restriction)? = limits.first { return restriction.tests }
      case .member: continue
      }
    }
    return nil
  }

  /// What the result of a function of this type must be; a plain type is the type of the result itself.
  var result: DataType {
    if case .function(_, let result) = feel { return DataType(result) }
    return self
  }
}

/// What the values of a type must fulfil, at one place inside them.
indirect enum Limit: Sendable {
  case value(Restriction)
  case items([Limit])
  case member(String, [Limit])

  /// Whether `value` keeps the limit; `null` keeps every limit.
  func admits(_ value: FEELValue, _ environment: FEELEnvironment) -> Bool {
    switch (self, value) {
    case (_, .null): true
    case (.value(let restriction), _): restriction.admits(value, environment)
    case (.items(let limits), .list(let items)):
      items.allSatisfy { item in limits.allSatisfy { $0.admits(item, environment) } }
    case (.member(let name, let limits), .context(let context)):
      limits.allSatisfy { $0.admits(context[name] ?? .null, environment) }
    case (.items, _), (.member, _): true
    }
  }

  fileprivate func limits(ofMember name: String) -> [Limit] {
    switch self {
    case .member(name, let limits): limits
    case .items(let limits): limits.flatMap { $0.limits(ofMember: name) }
    case .member, .value: []
    }
  }
}

/// Unary tests that a value must pass.
struct Restriction: Sendable {
  let expression: FEELExpression
  let tests: UnaryTests
  /// The same as intervals, when they are nothing else.
  private let set: CellSet?

  init(expression: FEELExpression, tests: UnaryTests) {
    self.expression = expression
    self.tests = tests
    set = CellSet(expression)
  }

  func admits(_ value: FEELValue, _ environment: FEELEnvironment) -> Bool {
    if let set, let kind = set.kind, kind == ValueKind(value) { return set.contains(value) }
    return expression.evaluate(in: ["?": value], environment: environment).isTrue
  }
}
