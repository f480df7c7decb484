extension FEELValue {
  /// The types of values, as a set: what a parameter of a built-in function takes.
  struct Kind: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    static let null = Kind(rawValue: 1)
    static let boolean = Kind(rawValue: 2)
    static let number = Kind(rawValue: 4)
    static let string = Kind(rawValue: 8)
    static let date = Kind(rawValue: 16)
    static let time = Kind(rawValue: 32)
    static let dateTime = Kind(rawValue: 64)
    static let daysTime = Kind(rawValue: 128)
    static let yearsMonths = Kind(rawValue: 256)
    static let list = Kind(rawValue: 512)
    static let context = Kind(rawValue: 1024)
    static let range = Kind(rawValue: 2048)
    static let function = Kind(rawValue: 4096)

    static let duration: Kind = [.daysTime, .yearsMonths]
    static let any = Kind(rawValue: 8191)

    /// The types of FEEL in it, as in `number | string`.
    var name: String {
      if self == .any { return "Any" }
      return Self.names.filter { contains($0.kind) }.map(\.name).joined(separator: " | ")
    }

    private static let names: [(kind: Kind, name: String)] = [
      (.null, "null"), (.boolean, "boolean"), (.number, "number"), (.string, "string"),
      (.date, "date"), (.time, "time"), (.dateTime, "date and time"),
      (.daysTime, "days and time duration"), (.yearsMonths, "years and months duration"),
      (.list, "list"), (.context, "context"), (.range, "range"), (.function, "function"),
    ]
  }

  var kind: Kind {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .date: .date
    case .time: .time
    case .dateTime: .dateTime
    case .daysTime: .daysTime
    case .yearsMonths: .yearsMonths
    case .list: .list
    case .context: .context
    case .range: .range
    case .function: .function
    }
  }
}
