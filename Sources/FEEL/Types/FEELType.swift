/// A type of FEEL (DMN 1.5, 10.3.2.9).
public indirect enum FEELType: Hashable, Sendable {
  case any
  /// The type of null alone.
  case null
  case boolean, number, string, date, time, dateTime, daysTime, yearsMonths
  case list(FEELType)
  /// Entries a context must have; it may have more.
  case context([Field])
  case range(FEELType)
  case function([FEELType], FEELType)
  /// A name that stands for no known type.
  case unknown(String)

  /// One entry of a context type.
  public struct Field: Hashable, Sendable {
    public let name: String
    public let type: FEELType

    public init(_ name: String, _ type: FEELType) {
      self.name = name
      self.type = type
    }
  }

  /// The type of the entry or property `name`, also through lists; `any` when it is not known.
  public func member(_ name: String) -> FEELType {
    switch self {
    case .context(let fields): fields.first { $0.name == name }?.type ?? .any
    case .list(let element): .list(element.member(name))
    case .any, .null, .boolean, .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths,
      .range, .function, .unknown:
      .any
    }
  }

  /// The type of the elements of a list, of anything else itself: FEEL treats single values as lists.
  public var element: FEELType { if case .list(let element) = self { element } else { self } }
}

extension FEELType: CustomStringConvertible {
  /// As written in FEEL.
  public var description: String {
    switch self {
    case .any: "Any"
    case .null: "Null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .daysTime: "days and time duration"
    case .yearsMonths: "years and months duration"
    case .list(let element): "list<\(element)>"
    case .context(let fields):
      fields.isEmpty
        ? "context"
        : "context<\(fields.map { "\($0.name): \($0.type)" }.joined(separator: ", "))>"
    case .range(let element): "range<\(element)>"
    case .function(let parameters, let result):
      "function<\(parameters.map(\.description).joined(separator: ", "))> -> \(result)"
    case .unknown(let name): name
    }
  }
}

extension FEELType {
  /// The built-in types without parameters, by every name models use for them.
  static let named: [String: FEELType] = [
    "Any": .any, "any": .any, "Null": .null, "boolean": .boolean, "number": .number,
    "string": .string, "date": .date, "time": .time, "date and time": .dateTime,
    "dateTime": .dateTime, "days and time duration": .daysTime,
    "day and time duration": .daysTime, "dayTimeDuration": .daysTime,
    "years and months duration": .yearsMonths, "year and month duration": .yearsMonths,
    "yearMonthDuration": .yearsMonths, "list": .list(.any), "context": .context([]),
    "range": .range(.any),
  ]

  /// The type with a plain name, without `<…>`; `nil` for others.
  public init?(named name: String) {
    guard let type = Self.named[name] else { return nil }
    self = type
  }
}
