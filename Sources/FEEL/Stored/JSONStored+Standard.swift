extension String: JSONStored {
  public static func stored(_ value: String?, in json: inout JSONCoder) throws -> String {
    guard let value else { return try json.index.text(at: json.place) }
    json.write(value)
    return value
  }
}

extension Int: JSONStored {
  public static func stored(_ value: Int?, in json: inout JSONCoder) throws -> Int {
    guard let value else { return try json.index.integer(at: json.place) }
    json.write(value)
    return value
  }
}

extension Bool: JSONStored {
  public static func stored(_ value: Bool?, in json: inout JSONCoder) throws -> Bool {
    if let value {
      json.write(word: value ? "true" : "false")
      return value
    }
    switch json.index.entries[json.place].kind {
    case .yes: return true
    case .no: return false
    case .null, .number, .list, .object, .plainText, .text:
      throw JSONIndex.problem("neither true nor false")
    }
  }
}

extension Array: JSONStored where Element: JSONStored {
  @inlinable
  public static func stored(_ value: [Element]?, in json: inout JSONCoder) throws -> [Element] {
    var list = try json.openList()
    var result = value ?? []
    for element in result { try json.element(element, of: &list) }
    while json.hasMore(list) { result.append(try json.element(of: &list)) }
    json.close(list)
    return result
  }
}

/// An object; of a name that comes again the first value counts.
extension Dictionary: JSONStored where Key == String, Value: JSONStored {
  @inlinable
  public static func stored(
    _ value: [String: Value]?, in json: inout JSONCoder
  ) throws -> [String: Value] {
    let outer = try json.openObject()
    var result = value ?? [:]
    if let value {
      for (position, name) in JSONCoder.inOrder(value.keys).enumerated() {
        json.write(name: name, isFirst: position == 0)
        _ = try Value.stored(value[name], in: &json)
      }
    } else {
      for (name, place) in try json.namedPlaces() where result[name] == nil {
        let object = json.enter(place)
        result[name] = try Value.stored(nil, in: &json)
        json.endMember(object)
      }
    }
    json.close(outer)
    return result
  }
}

extension JSONCoder {
  /// The members of the object that is read: their names, and where their values are.
  @usableFromInline
  func namedPlaces() throws -> [(name: String, place: Int)] {
    try index.members(of: place).map { (try index.text(at: $0), $0 + 1) }
  }

  /// Names in the order in which they are written: by their bytes.
  @usableFromInline
  static func inOrder(_ names: some Collection<String>) -> [String] {
    names.count < 2
      ? Array(names) : names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  @usableFromInline
  mutating func write(name: String, isFirst: Bool) {
    if !isFirst { output.append(UInt8(ascii: ",")) }
    write(name)
    output.append(UInt8(ascii: ":"))
  }

  /// - Returns: where to go back to with `endMember`.
  @usableFromInline
  mutating func enter(_ member: Int) -> Int {
    let outer = place
    place = member
    return outer
  }
}

/// The word that stands for it.
extension JSONStored where Self: RawRepresentable, RawValue == String {
  @inlinable
  public static func stored(_ value: Self?, in json: inout JSONCoder) throws -> Self {
    let word = try String.stored(value?.rawValue, in: &json)
    guard let value = value ?? Self(rawValue: word) else {
      throw JSONCoder.unknown(word, Self.self)
    }
    return value
  }

  public init(from decoder: any Decoder) throws {
    let word = try decoder.singleValueContainer().decode(String.self)
    guard let value = Self(rawValue: word) else { throw JSONCoder.unknown(word, Self.self) }
    self = value
  }

  public func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
}
