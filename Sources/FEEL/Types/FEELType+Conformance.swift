extension FEELType {
  /// The type of `value`; of a list the type all its elements share (DMN 1.5, 10.3.2.9).
  public init(of value: FEELValue) {
    switch value {
    case .null: self = .null
    case .boolean: self = .boolean
    case .number: self = .number
    case .string: self = .string
    case .date: self = .date
    case .time: self = .time
    case .dateTime: self = .dateTime
    case .daysTime: self = .daysTime
    case .yearsMonths: self = .yearsMonths
    case .list(let elements):
      let first = elements.first.map { FEELType(of: $0) } ?? .any
      self = .list(elements.allSatisfy { first.conforms($0) } ? first : .any)
    case .context(let context):
      self = .context(context.entries.map { Field($0.name, FEELType(of: $0.value)) })
    case .range(let range): self = .range(FEELType(of: range.low.isNull ? range.high : range.low))
    case .function(let function): self = function.type
    }
  }

  /// Whether `value` is of this type: FEEL `instance of`, but null counts as a value of every type (10.3.2.9.4).
  public func conforms(_ value: FEELValue) -> Bool {
    var budget = Int.max
    return conforms(value, budget: &budget)
  }

  /// - Parameter budget: elements left to look at; below zero the answer means nothing.
  func conforms(_ value: FEELValue, budget: inout Int) -> Bool {
    switch (self, value) {
    case (.any, _), (_, .null): true
    case (.boolean, .boolean), (.number, .number), (.string, .string), (.date, .date),
      (.time, .time), (.dateTime, .dateTime), (.daysTime, .daysTime), (.yearsMonths, .yearsMonths):
      true
    case (.list(.any), .list): true
    case (.list(let element), .list(let elements)):
      elements.allSatisfy { part in
        budget -= 1
        return budget >= 0 && element.conforms(part, budget: &budget)
      }
    case (.context(let fields), .context(let context)):
      fields.allSatisfy { field in
        context[field.name].map { field.type.conforms($0, budget: &budget) } ?? false
      }
    case (.range(let element), .range(let range)):
      element.conforms(range.low, budget: &budget) && element.conforms(range.high, budget: &budget)
    case (.function, .function(let function)): function.type.conforms(to: self)
    default: false
    }
  }

  /// FEEL `instance of`: as `conforms`, but null is of no type but `Null`.
  public func isType(of value: FEELValue) -> Bool {
    if case .null = value { return self == .null }
    return conforms(value)
  }

  /// Whether every value of this type is one of `other` (DMN 1.5, table 50).
  public func conforms(to other: FEELType) -> Bool {
    switch (self, other) {
    case (_, .any), (.null, _): true
    case (.list(let left), .list(let right)), (.range(let left), .range(let right)):
      left.conforms(to: right)
    case (.context(let left), .context(let right)):
      right.allSatisfy { field in
        left.contains { $0.name == field.name && $0.type.conforms(to: field.type) }
      }
    case (.function(let left, let leftResult), .function(let right, let rightResult)):
      left.count == right.count && leftResult.conforms(to: rightResult)
        && zip(left, right).allSatisfy { $1.conforms(to: $0) }
    default: self == other
    }
  }

  /// `value` as a value of this type, by the implicit conversions of DMN 1.5, 10.3.2.9.4; `nil` when there is none.
  ///
  /// One conversion, never two: a single value becomes a list of it, a list of one value of the type that value, a date
  /// its midnight in UTC.
  public func coerce(_ value: FEELValue) -> FEELValue? {
    if conforms(value) { return value }
    switch (self, value) {
    case (_, .list(let elements)) where elements.count == 1 && conforms(elements[0]):
      return elements[0]
    case (_, .list): return nil
    case (.list(let element), _) where element.conforms(value): return .list([value])
    case (.dateTime, .date(let day)): return .dateTime(day.at(.midnight.with(zone: .utc)))
    default: return nil
    }
  }
}
