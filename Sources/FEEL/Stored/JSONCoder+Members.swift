/// What types say of their members.
extension JSONCoder {
  /// A member that is always there.
  @discardableResult @inlinable
  public mutating func member<Value: JSONStored>(
    _ name: String, _ value: Value? = nil
  ) throws -> Value {
    guard let outer = beginMember(name) else { throw JSONCoder.missing(name) }
    let result = try Value.stored(value, in: &self)
    endMember(outer)
    return result
  }

  /// A member that may be missing; `null` stands for it too.
  @discardableResult @inlinable
  public mutating func optional<Value: JSONStored>(
    _ name: String, _ value: Value? = nil
  ) throws -> Value? {
    guard isReading || value != nil, let outer = beginMember(name) else { return nil }
    defer { endMember(outer) }
    if isReading, isNull { return nil }
    return try Value.stored(value, in: &self)
  }

  /// A list that is not written when it is empty.
  @discardableResult @inlinable
  public mutating func list<Value: JSONStored>(
    _ name: String, _ value: [Value]? = nil
  ) throws -> [Value] {
    try optional(name, value?.isEmpty == true ? nil : value) ?? []
  }

  /// Values by name that are not written when there are none.
  @discardableResult @inlinable
  public mutating func dictionary<Value: JSONStored>(
    _ name: String, _ value: [String: Value]? = nil
  ) throws -> [String: Value] {
    try optional(name, value?.isEmpty == true ? nil : value) ?? [:]
  }

  /// Values by something else than a name: a list of keys, each with its value behind it, in the order of the keys.
  @discardableResult @inlinable
  public mutating func pairs<Key: JSONStored & Comparable, Value: JSONStored>(
    _ name: String, _ value: [Key: Value]?
  ) throws -> [Key: Value]? {
    guard isReading || value != nil, let outer = beginMember(name) else { return nil }
    defer { endMember(outer) }
    if isReading, isNull { return nil }
    var list = try openList()
    var result = value ?? [:]
    for (key, value) in (value ?? [:]).sorted(by: { $0.key < $1.key }) {
      _ = try element(key, of: &list)
      _ = try element(value, of: &list)
    }
    while hasMore(list) {
      let key: Key = try element(of: &list)
      result[key] = try element(of: &list)
    }
    close(list)
    return result
  }

  /// A member that is an object again, whose members `body` describes.
  public mutating func object<Value>(
    _ name: String, _ body: (inout JSONCoder) throws -> Value
  ) throws -> Value {
    guard let outer = beginMember(name) else { throw JSONCoder.missing(name) }
    let object = try openObject()
    let result = try body(&self)
    close(object)
    endMember(outer)
    return result
  }

  /// The one name of the object that is one of `Name`.
  public func onlyName<Name: RawRepresentable<String>>(_ type: Name.Type) throws -> Name {
    var found: Name?
    var next = place + 1
    while next < index.entries[place].next {
      let name = Name(rawValue: try index.text(at: next))
      next = index.entries[next + 1].next
      guard let name else { continue }
      guard found == nil || found?.rawValue == name.rawValue else {
        throw JSONIndex.problem("more than one \(type)")
      }
      found = name
    }
    guard let found else { throw JSONIndex.problem("no \(type)") }
    return found
  }
}
