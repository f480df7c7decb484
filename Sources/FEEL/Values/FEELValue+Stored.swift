/// The stored form of values, the same for ever (`Tests/FEELTests/Cases/stored-values.json`).
///
/// null, true, "text" and [lists] stand for themselves; every other type is an object with one key: `{"n":"1.50"}`,
/// `{"d":"2026-03-01"}`, `{"t":"10:30:00"}`, `{"dt":…}`, `{"dtd":"P1D"}`, `{"ymd":"P1Y"}`, `{"c":["name",value,…]}`,
/// `{"r":["[",1,10,")"]}` or `{"r":["<",10]}`, `{"doc":"identifier"}`. Functions cannot be stored.
extension FEELValue: JSONStored {
  private enum StoredKey: String {
    case n, d, t, dt, dtd, ymd, c, r, doc
  }

  public static func stored(_ value: FEELValue?, in json: inout JSONCoder) throws -> FEELValue {
    guard let value else { return try read(&json) }
    switch value {
    case .null: json.write(word: "null")
    case .boolean(let truth): _ = try Bool.stored(truth, in: &json)
    case .string(let text): json.write(text)
    case .list(let elements): _ = try [FEELValue].stored(elements, in: &json)
    case .context(let context): _ = try FEELContext.stored(context, in: &json)
    case .number(let number): try write(number, as: .n, &json)
    case .date(let day): try write(day, as: .d, &json)
    case .time(let time): try write(time, as: .t, &json)
    case .dateTime(let dateTime): try write(dateTime, as: .dt, &json)
    case .daysTime(let duration): try write(duration, as: .dtd, &json)
    case .yearsMonths(let duration): try write(duration, as: .ymd, &json)
    case .range(let range): try write(range, as: .r, &json)
    case .function:
      throw EncodingError.invalidValue(
        value, .init(codingPath: [], debugDescription: "a function is not data"))
    }
    return value
  }

  private static func write(
    _ value: some JSONStored, as key: StoredKey, _ json: inout JSONCoder
  ) throws {
    let outer = try json.openObject()
    try json.member(key.rawValue, value)
    json.close(outer)
  }

  private static func read(_ json: inout JSONCoder) throws -> FEELValue {
    switch json.index.entries[json.place].kind {
    case .null: .null
    case .yes: .boolean(true)
    case .no: .boolean(false)
    case .plainText, .text: .string(try json.index.text(at: json.place))
    case .list: .list(try [FEELValue].stored(nil, in: &json))
    case .number: throw JSONIndex.problem("a number that is no text")
    case .object: try readObject(&json)
    }
  }

  private static func readObject(_ json: inout JSONCoder) throws -> FEELValue {
    let outer = try json.openObject()
    defer { json.close(outer) }
    let key = try json.onlyName(StoredKey.self)
    switch key {
    case .n: return .number(try json.member(key.rawValue))
    case .d: return .date(try json.member(key.rawValue))
    case .t: return .time(try json.member(key.rawValue))
    case .dt: return .dateTime(try json.member(key.rawValue))
    case .dtd: return .daysTime(try json.member(key.rawValue))
    case .ymd: return .yearsMonths(try json.member(key.rawValue))
    case .c, .doc: return .context(try FEELContext.members(of: nil, in: &json))
    case .r: return .range(try json.member(key.rawValue))
    }
  }
}

extension FEELContext: JSONRecord {
  public static func members(
    of value: FEELContext?, in json: inout JSONCoder
  ) throws -> FEELContext {
    let document = value.flatMap { json.documents.identifier(of: $0) }
    if let identifier = try json.optional("doc", document) {
      if let value { return value }
      guard let known = json.documents.context(for: identifier) else {
        throw JSONIndex.problem("no document \(identifier)")
      }
      return known
    }
    let entries = try json.member("c", value.map(StoredEntries.init))
    return value ?? FEELContext(entries.list)
  }

  /// The names and values of a context, in turn.
  private struct StoredEntries: JSONStored {
    let list: [(String, FEELValue)]

    init(_ context: FEELContext) { list = context.entries }

    private init(_ list: [(String, FEELValue)]) { self.list = list }

    static func stored(
      _ value: StoredEntries?, in json: inout JSONCoder
    ) throws -> StoredEntries {
      var list = try json.openList()
      var entries = value?.list ?? []
      for (name, value) in entries {
        try json.element(name, of: &list)
        try json.element(value, of: &list)
      }
      while json.hasMore(list) {
        let name: String = try json.element(of: &list)
        entries.append((name, try json.element(of: &list)))
      }
      json.close(list)
      return StoredEntries(entries)
    }
  }
}

extension FEELRange: JSONStored {
  public static func stored(_ value: FEELRange?, in json: inout JSONCoder) throws -> FEELRange {
    var list = try json.openList()
    defer { json.close(list) }
    guard let value else { return try read(&json, &list) }
    if let comparison = value.comparison {
      try json.element(comparison.symbol, of: &list)
      try json.element(value.low.isNull ? value.high : value.low, of: &list)
    } else {
      try json.element(value.includesLow ? "[" : "(", of: &list)
      try json.element(value.low, of: &list)
      try json.element(value.high, of: &list)
      try json.element(value.includesHigh ? "]" : ")", of: &list)
    }
    return value
  }

  private static func read(_ json: inout JSONCoder, _ list: inout JSONList) throws -> FEELRange {
    let start: String = try json.element(of: &list)
    let first: FEELValue = try json.element(of: &list)
    let range: FEELRange?
    if let comparison = Comparison.allCases.first(where: { $0.symbol == start }) {
      range = FEELRange(comparison, first)
    } else {
      let high: FEELValue = try json.element(of: &list)
      let end: String = try json.element(of: &list)
      range = FEELRange(
        from: first, to: high, includesLow: start == "[", includesHigh: end == "]")
    }
    guard let range else { throw JSONIndex.problem("not a range") }
    return range
  }
}

/// Documents that are stored apart: where a context is one of them, only its identifier is written.
public struct FEELDocumentTable: Sendable {
  private var contexts: [String: FEELContext] = [:]
  /// By the number of entries, sorted: no other document can be equal to one with so many.
  private var identifiers: [Int: [String]] = [:]

  /// - Parameter documents: the contexts by identifier. Of two equal ones the identifier that sorts first is written.
  public init(_ documents: [String: FEELContext] = [:]) {
    for (identifier, context) in documents { add(context, as: identifier) }
  }

  /// Another context; where `identifier` is known already, it is this one from now on.
  public mutating func add(_ context: FEELContext, as identifier: String) {
    if let former = contexts.updateValue(context, forKey: identifier) {
      identifiers[former.count]?.removeAll { $0 == identifier }
    }
    var names = identifiers[context.count] ?? []
    names.insert(identifier, at: names.firstIndex { $0 > identifier } ?? names.endIndex)
    identifiers[context.count] = names
  }

  public func identifier(of context: FEELContext) -> String? {
    identifiers[context.count]?.first { contexts[$0] == context }
  }

  public func context(for identifier: String) -> FEELContext? { contexts[identifier] }
}
