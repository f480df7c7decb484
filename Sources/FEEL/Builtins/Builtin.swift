/// One signature of a built-in function (DMN 1.5, 10.3.4, and Camunda's additions): a row of `Builtins.table`.
struct Builtin: Sendable {
  typealias Body = @Sendable (Call, inout Evaluator) throws(Failure) -> FEELValue

  let name: String
  let parameters: [Parameter]
  /// Whether the same arguments always give the same answer, so that a call with constants can be computed once.
  let isPure: Bool
  /// Whether it never looks through all of its arguments.
  let isBrief: Bool
  /// Steps of a call besides one, and besides those for the size of its arguments and answer.
  let cost: Int
  /// Gets arguments of the types in `parameters`; null only where a parameter takes it.
  let body: Body
  /// How many arguments it takes.
  private let counts: ClosedRange<Int>

  init(
    _ name: String, _ parameters: Parameter..., isPure: Bool = true, isBrief: Bool = false,
    cost: Int = 0, body: @escaping Body
  ) {
    self.name = name
    self.parameters = parameters
    self.isPure = isPure
    self.isBrief = isBrief
    self.cost = cost
    self.body = body
    let isOpen = parameters.last?.isRepeated == true
    counts = parameters.count { !$0.isOptional }...(isOpen ? .max : parameters.count)
  }

  /// A formal parameter.
  struct Parameter: Sendable {
    let name: String
    let kinds: FEELValue.Kind
    /// May be left out, which is the same as null.
    private(set) var isOptional = false
    /// Takes all arguments from here on.
    private(set) var isRepeated = false

    init(_ name: String, _ kinds: FEELValue.Kind) {
      self.name = name
      self.kinds = kinds
    }

    static func any(_ name: String) -> Parameter { Parameter(name, .any) }
    static func boolean(_ name: String) -> Parameter { Parameter(name, .boolean) }
    static func number(_ name: String) -> Parameter { Parameter(name, .number) }
    static func string(_ name: String) -> Parameter { Parameter(name, .string) }
    static func list(_ name: String) -> Parameter { Parameter(name, .list) }
    static func context(_ name: String) -> Parameter { Parameter(name, .context) }
    static func range(_ name: String) -> Parameter { Parameter(name, .range) }
    static func function(_ name: String) -> Parameter { Parameter(name, .function) }
    /// A date, or a date and time of which the date counts.
    static func day(_ name: String) -> Parameter { Parameter(name, [.date, .dateTime]) }

    var optional: Parameter { with { $0.isOptional = true } }
    var repeated: Parameter { with { $0.isRepeated = true } }
    /// Must be given, but may be null.
    var nullable: Parameter {
      Parameter(name, kinds.union(.null))
    }

    private func with(_ change: (inout Parameter) -> Void) -> Parameter {
      var copy = self
      change(&copy)
      return copy
    }

    /// The value as one this parameter takes, by the implicit conversions of DMN 1.5, 10.3.2.9.4.
    func coerce(_ value: FEELValue) throws(Failure) -> FEELValue {
      let kind = value.kind
      if kinds.contains(kind) || kind == .null && isOptional { return value }
      if case .list(let elements) = value, elements.count == 1, kinds.contains(elements[0].kind) {
        return elements[0]
      }
      if kinds == .list, kind != .null { return .list([value]) }
      if case .date(let day) = value, kinds.contains(.dateTime) {
        return .dateTime(day.midnightUTC)
      }
      throw .argument(name, expected: kinds.subtracting(.null).name, found: kind)
    }
  }

  func takes(_ count: Int) -> Bool { counts.contains(count) }

  /// The arguments as values of the parameters' types.
  func coerced(_ arguments: [FEELValue]) throws(Failure) -> [FEELValue] {
    var result: [FEELValue]?
    for index in arguments.indices {
      let parameter = parameters[min(index, parameters.count - 1)]
      if parameter.kinds.contains(arguments[index].kind) { continue }
      if result == nil { result = arguments }
      result![index] = try parameter.coerce(arguments[index])
    }
    return result ?? arguments
  }
}

extension Builtin {
  /// A function that takes its elements as one list or as single arguments: `max([1, 2])` and `max(1, 2)`.
  static func ofElements(
    _ name: String,
    body: @escaping @Sendable ([FEELValue], inout Evaluator) throws(Failure) -> FEELValue
  ) -> [Builtin] {
    [
      Builtin(name, .list("list")) { (call, evaluator) throws(Failure) in
        try body(call.list(0), &evaluator)
      },
      Builtin(name, .any("element"), .any("others").repeated) { (call, evaluator) throws(Failure) in
        try body(call.arguments, &evaluator)
      },
    ]
  }
}

/// All built-in functions.
enum Builtins {
  /// Grouped by name; overloads in the order in which they are tried.
  static let table: [Builtin] = {
    let rows =
      conversions + booleans + strings + patterns + lists + aggregates + numbers + temporal + ranges
      + contexts + texts
    var order: [String] = []
    var byName: [String: [Builtin]] = [:]
    for row in rows {
      if byName[row.name] == nil { order.append(row.name) }
      byName[row.name, default: []].append(row)
    }
    return order.flatMap { byName[$0]! }  // every name in `order` was put there with its row
  }()

  /// Where the overloads of each name start.
  static let firsts: [String: Int] = Dictionary(
    table.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The names of several words.
  static let phrases = Phrases(firsts.keys)

  private static let ends: [Int] = table.indices.map { first in
    table[first...].firstIndex { $0.name != table[first].name } ?? table.count
  }

  static func overloads(from first: Int) -> Range<Int> { first..<ends[first] }

  /// Whether all overloads from each place on are pure.
  static let arePure: [Bool] = table.indices.map { first in
    overloads(from: first).allSatisfy { table[$0].isPure }
  }

  /// The overload with parameters called `names`, and for each of its parameters which argument it gets.
  static func signature(from first: Int, named names: [String]) -> (index: Int, order: [Int?])? {
    for index in overloads(from: first) {
      let parameters = table[index].parameters
      guard names.allSatisfy({ name in parameters.contains { $0.name == name } }) else { continue }
      let order = parameters.map { names.firstIndex(of: $0.name) }
      if zip(parameters, order).allSatisfy({ $0.isOptional || $1 != nil }) { return (index, order) }
    }
    return nil
  }
}
