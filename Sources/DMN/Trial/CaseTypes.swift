internal import FEEL

/// What the values in a file of cases may be: the inputs of a decision and its outputs, with their types.
struct CaseTypes {
  private(set) var inputs: [String: FEELType] = [:]
  /// The members of the value, or the value itself under the name of the decision.
  private(set) var outputs: [String: FEELType] = [:]
  /// Whether the value is a context whose members are known.
  private(set) var hasMembers = false

  /// - Parameter models: versions of the model; an input counts that one of them knows, with the type of the first.
  /// - Throws: `DMN006` when one of them has no such decision.
  init(_ decision: String, of models: [DecisionModel]) throws {
    for model in models {
      let element = model.graph.elements[try model.position(of: decision)]
      add(model.graph.elements, inputsOf: element.id, in: model)
      if case .context(let fields) = element.type.type.element.feel, !fields.isEmpty {
        hasMembers = true
        for field in fields where outputs[field.name] == nil { outputs[field.name] = field.type }
      } else if outputs[element.name] == nil {
        outputs[element.name] = element.type.type.feel
      }
    }
  }

  private mutating func add(
    _ elements: [DRGElement], inputsOf decision: String, in model: DecisionModel
  ) {
    for element in elements where !element.isFunction && inputs[element.name] == nil {
      inputs[element.name] = element.type.type.feel
    }
    let summary = model.decisions.first { $0.id == decision }
    for input in summary?.inputs ?? [] where inputs[input.name] == nil { inputs[input.name] = .any }
    for item in model.definitions.imports where inputs[item.name] == nil {
      inputs[item.name] = .any
    }
  }

  /// What a cell of a table means where `type` is expected; `nil` when it is no such value.
  static func value(_ cell: String, of type: FEELType) -> FEELValue? {
    if cell.isEmpty { return .null }
    switch type {
    case .string where !cell.hasPrefix("\"") && cell != "null": return .string(cell)
    case .date, .any: if let day = Day(cell) { return .date(day) }
    case .number: if let number = Decimal128(cell) { return .number(number) }
    default: break
    }
    if let value = Scope(elements: [], types: [:]).constant(cell) { return value }
    guard type == .any, cell.allSatisfy({ $0.isLetter || $0 == "_" }) else { return nil }
    return .string(cell)
  }

  /// A value of JSON, which has no dates and durations: where one of them is expected, its text is read.
  static func value(_ value: FEELValue, of type: FEELType) -> FEELValue {
    switch (value, type) {
    case (.string(let text), .date): return Day(text).map { .date($0) } ?? value
    case (.string(let text), .dateTime): return DateTime(text).map { .dateTime($0) } ?? value
    case (.string(let text), .time): return Time(text).map { .time($0) } ?? value
    case (.string(let text), .daysTime):
      return DaysTimeDuration(text).map { .daysTime($0) } ?? value
    case (.string(let text), .yearsMonths):
      return YearsMonthsDuration(text).map { .yearsMonths($0) } ?? value
    case (.list(let items), _): return .list(items.map { Self.value($0, of: type.element) })
    case (.context(let context), _):
      return .context(
        FEELContext(
          context.entries.map { ($0.name, Self.value($0.value, of: type.member($0.name))) }))
    default: return value
    }
  }
}
