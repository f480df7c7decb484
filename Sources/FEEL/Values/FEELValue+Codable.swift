/// The stored form of values, the same for ever (`Tests/FEELTests/Cases/stored-values.json`).
///
/// null, true, "text" and [lists] stand for themselves; every other type is an object with one key: `{"n":"1.50"}`,
/// `{"d":"2026-03-01"}`, `{"t":"10:30:00"}`, `{"dt":…}`, `{"dtd":"P1D"}`, `{"ymd":"P1Y"}`, `{"c":["name",value,…]}`,
/// `{"r":["[",1,10,")"]}` or `{"r":["<",10]}`, `{"doc":"identifier"}`. Functions cannot be stored.
extension FEELValue: Codable {
  private enum StoredKey: String, CodingKey {
    case n, d, t, dt, dtd, ymd, c, r, doc
  }

  public init(from decoder: any Decoder) throws {
    if let plain = try Self(plainFrom: decoder) {
      self = plain
      return
    }
    let container = try decoder.container(keyedBy: StoredKey.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a FEEL value"))
    }
    switch key {
    case .n: self = .number(try container.decode(Decimal128.self, forKey: key))
    case .d: self = .date(try container.decode(Day.self, forKey: key))
    case .t: self = .time(try container.decode(Time.self, forKey: key))
    case .dt: self = .dateTime(try container.decode(DateTime.self, forKey: key))
    case .dtd: self = .daysTime(try container.decode(DaysTimeDuration.self, forKey: key))
    case .ymd: self = .yearsMonths(try container.decode(YearsMonthsDuration.self, forKey: key))
    case .c, .doc: self = .context(try FEELContext(from: decoder))
    case .r: self = .range(try container.decode(FEELRange.self, forKey: key))
    }
  }

  /// The types JSON has itself; `nil` for an object.
  private init?(plainFrom decoder: any Decoder) throws {
    if var elements = try? decoder.unkeyedContainer() {
      var list: [FEELValue] = []
      while !elements.isAtEnd { list.append(try elements.decode(FEELValue.self)) }
      self = .list(list)
      return
    }
    guard let single = try? decoder.singleValueContainer() else { return nil }
    if single.decodeNil() {
      self = .null
    } else if let truth = try? single.decode(Bool.self) {
      self = .boolean(truth)
    } else if let text = try? single.decode(String.self) {
      self = .string(text)
    } else {
      return nil
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .null:
      var single = encoder.singleValueContainer()
      try single.encodeNil()
    case .boolean(let truth): try truth.encode(to: encoder)
    case .string(let text): try text.encode(to: encoder)
    case .list(let elements): try elements.encode(to: encoder)
    case .context(let context): try context.encode(to: encoder)
    case .number(let number): try encode(number, as: .n, to: encoder)
    case .date(let day): try encode(day, as: .d, to: encoder)
    case .time(let time): try encode(time, as: .t, to: encoder)
    case .dateTime(let dateTime): try encode(dateTime, as: .dt, to: encoder)
    case .daysTime(let duration): try encode(duration, as: .dtd, to: encoder)
    case .yearsMonths(let duration): try encode(duration, as: .ymd, to: encoder)
    case .range(let range): try encode(range, as: .r, to: encoder)
    case .function:
      throw EncodingError.invalidValue(
        self, .init(codingPath: encoder.codingPath, debugDescription: "a function is not data"))
    }
  }

  private func encode(_ value: some Encodable, as key: StoredKey, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: StoredKey.self)
    try container.encode(value, forKey: key)
  }
}

extension FEELContext: Codable {
  private enum StoredKey: String, CodingKey {
    case c, doc
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: StoredKey.self)
    if let identifier = try container.decodeIfPresent(String.self, forKey: .doc) {
      guard let known = decoder.userInfo.documents?.context(for: identifier) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "no document \(identifier)"))
      }
      self = known
      return
    }
    var list = try container.nestedUnkeyedContainer(forKey: .c)
    var (names, values): ([String], [FEELValue]) = ([], [])
    while !list.isAtEnd {
      names.append(try list.decode(String.self))
      values.append(try list.decode(FEELValue.self))
    }
    self.init(Array(zip(names, values)))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: StoredKey.self)
    if let identifier = encoder.userInfo.documents?.identifier(of: self) {
      try container.encode(identifier, forKey: .doc)
      return
    }
    var list = container.nestedUnkeyedContainer(forKey: .c)
    for (name, value) in entries {
      try list.encode(name)
      try list.encode(value)
    }
  }
}

extension FEELRange: Codable {
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    let start = try list.decode(String.self)
    let first = try list.decode(FEELValue.self)
    let range: FEELRange?
    if let comparison = Comparison.allCases.first(where: { $0.symbol == start }) {
      range = FEELRange(comparison, first)
    } else {
      let high = try list.decode(FEELValue.self)
      range = FEELRange(
        from: first, to: high, includesLow: start == "[",
        includesHigh: try list.decode(String.self) == "]")
    }
    guard let range else {
      throw DecodingError.dataCorruptedError(in: list, debugDescription: "not a range")
    }
    self = range
  }

  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    if let comparison {
      try list.encode(comparison.symbol)
      try list.encode(low.isNull ? high : low)
    } else {
      try list.encode(includesLow ? "[" : "(")
      try list.encode(low)
      try list.encode(high)
      try list.encode(includesHigh ? "]" : ")")
    }
  }
}

/// Documents that are stored apart: where a context is one of them, only its identifier is written.
public struct FEELDocumentTable: Sendable {
  private let contexts: [String: FEELContext]
  private let identifiers: [FEELContext: String]

  /// - Parameter documents: the contexts by identifier. Of two equal ones the identifier that sorts first is written.
  public init(_ documents: [String: FEELContext]) {
    contexts = documents
    identifiers = Dictionary(documents.map { ($1, $0) }, uniquingKeysWith: { min($0, $1) })
  }

  public func identifier(of context: FEELContext) -> String? {
    identifiers.isEmpty ? nil : identifiers[context]
  }

  public func context(for identifier: String) -> FEELContext? { contexts[identifier] }
}

extension CodingUserInfoKey {
  /// Holds the `FEELDocumentTable` of an encoder or decoder.
  public static let feelDocuments = CodingUserInfoKey(rawValue: "feelDocuments")!  // never nil
}

extension [CodingUserInfoKey: Any] {
  fileprivate var documents: FEELDocumentTable? { self[.feelDocuments] as? FEELDocumentTable }
}
