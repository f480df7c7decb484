internal import Diagnostics
internal import FEEL

/// The types of one model by name, its imports' as `Import.Type`.
struct TypeTable: Sendable {
  private(set) var types: [String: DataType]
  /// What is wrong with the item definitions.
  let problems: [Diagnostic]

  /// - Parameter imported: the types of the imported models by the name of the import.
  init(_ definitions: [ItemDefinition], imported: [(name: String, types: TypeTable)]) {
    var types: [String: DataType] = [:]
    for (name, table) in imported {
      for (key, type) in table.types { types[name.isEmpty ? key : "\(name).\(key)"] = type }
    }
    var builder = TypeBuilder(
      definitions: Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first },
      types: types)
    for definition in definitions { _ = builder.type(named: definition.name, at: nil) }
    self.types = builder.types
    problems = builder.problems
  }

  /// The type called `name`; `nil` when there is none.
  subscript(_ name: String) -> DataType? {
    types[name] ?? Self.builtIn(name)
      ?? Self.generic(name).flatMap { kind, inner in
        self[inner].map { kind == .list ? $0.list : DataType(.range($0.feel)) }
      }
  }

  /// For FEEL: the names that may follow `instance of`.
  var feelTypes: [String: FEELType] { types.mapValues(\.feel) }

  /// Types that need no definition; besides FEEL's own names those of Camunda's editors.
  static func builtIn(_ name: String) -> DataType? {
    let name = name.hasPrefix("feel:") ? String(name.dropFirst(5)) : name
    switch name {
    case "integer", "long", "double": return DataType(.number)
    case "function": return .any
    default: return FEELType(named: name).map { DataType($0) }
    }
  }

  enum GenericKind { case list, range }

  /// `list<number>` and `range<date>` taken apart; other generic types are written as item definitions.
  static func generic(_ name: String) -> (kind: GenericKind, inner: String)? {
    guard name.hasSuffix(">"), let open = name.firstIndex(of: "<") else { return nil }
    let inner = String(name[name.index(after: open)...].dropLast()).trimmed
    switch String(name[..<open]).trimmed {
    case "list": return (.list, inner)
    case "range": return (.range, inner)
    default: return nil
    }
  }
}

/// Resolves item definitions in whatever order they refer to each other.
private struct TypeBuilder {
  let definitions: [String: ItemDefinition]
  private(set) var types: [String: DataType]
  private(set) var problems: [Diagnostic] = []
  private var open: Set<String> = []

  init(definitions: [String: ItemDefinition], types: [String: DataType]) {
    self.definitions = definitions
    self.types = types
  }

  mutating func type(named name: String, at location: SourceLocation?) -> DataType {
    if let type = types[name] { return type }
    guard let definition = definitions[name] else { return other(name, at: location) }
    guard open.insert(name).inserted else {
      problems.append(Diagnostic("DMN012", ["type": name], at: definition.location))
      return .any
    }
    defer { open.remove(name) }
    let type = type(of: definition)
    types[name] = type
    return type
  }

  private mutating func other(_ name: String, at location: SourceLocation?) -> DataType {
    if let type = TypeTable.builtIn(name) { return type }
    if let (kind, inner) = TypeTable.generic(name) {
      let inner = type(named: inner, at: location)
      return kind == .list ? inner.list : DataType(.range(inner.feel))
    }
    problems.append(Diagnostic("DMN011", ["type": name], at: location))
    return .any
  }

  private mutating func type(of definition: ItemDefinition) -> DataType {
    var type = limited(base(of: definition), by: definition.allowedValues)
    if definition.isCollection { type = type.list }
    return limited(type, by: definition.typeConstraint)
  }

  private mutating func base(of definition: ItemDefinition) -> DataType {
    if let function = definition.function {
      return DataType(
        .function(
          function.parameters.map { type(optional: $0.typeRef, at: $0.location).feel },
          type(optional: function.outputTypeRef, at: definition.location).feel))
    }
    guard definition.components.isEmpty else { return context(definition.components) }
    return type(optional: definition.typeRef, at: definition.location)
  }

  private mutating func context(_ components: [ItemDefinition]) -> DataType {
    var fields: [FEELType.Field] = []
    var limits: [Limit] = []
    for component in components {
      let type = type(of: component)
      fields.append(FEELType.Field(component.name, type.feel))
      if !type.limits.isEmpty { limits.append(.member(component.name, type.limits)) }
    }
    return DataType(.context(fields), limits: limits)
  }

  private mutating func type(optional name: String?, at location: SourceLocation?) -> DataType {
    name.map { type(named: $0, at: location) } ?? .any
  }

  private mutating func limited(_ type: DataType, by tests: UnaryTests?) -> DataType {
    guard let tests else { return type }
    do {
      let expression = try FEELExpression(
        parsing: tests.text, as: .unaryTests, names: .none, at: tests.location)
      return DataType(
        type.feel, limits: type.limits + [.value(Restriction(expression: expression, tests: tests))]
      )
    } catch {
      problems.append(Diagnostic.unreadable(tests.text, at: tests.location, because: error))
      return type
    }
  }
}

extension Diagnostic {
  /// An expression that FEEL cannot read, with FEEL's own message as cause.
  static func unreadable(_ text: String, at location: SourceLocation?, because error: any Error)
    -> Diagnostic
  {
    Diagnostic(
      "DMN013", ["text": text.trimmed], at: location,
      causes: (error as? Diagnostic).map { [$0] } ?? [])
  }
}
