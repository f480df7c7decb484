/// A list that is being written or read.
public struct JSONList {
  fileprivate let place: Int
  fileprivate var next: Int
  fileprivate let end: Int
}

extension JSONCoder {
  public mutating func openList() throws -> JSONList {
    guard isReading else {
      output.append(UInt8(ascii: "["))
      return JSONList(place: place, next: 0, end: 0)
    }
    let entry = index.entries[place]
    guard entry.kind == .list else { throw JSONIndex.problem("no list") }
    return JSONList(place: place, next: place + 1, end: entry.next)
  }

  /// Whether there is something more to be read.
  public func hasMore(_ list: JSONList) -> Bool { list.next < list.end }

  public mutating func close(_ list: JSONList) {
    place = list.place
    if !isReading { output.append(UInt8(ascii: "]")) }
  }

  /// The next element, as `stored`.
  @discardableResult @inlinable
  public mutating func element<Value: JSONStored>(
    _ value: Value? = nil, of list: inout JSONList
  ) throws -> Value {
    try beginElement(of: &list)
    return try Value.stored(value, in: &self)
  }

  @usableFromInline
  mutating func beginElement(of list: inout JSONList) throws {
    if isReading {
      guard hasMore(list) else { throw JSONIndex.problem("the list is too short") }
      place = list.next
      list.next = index.entries[place].next
    } else {
      if list.next > 0 { output.append(UInt8(ascii: ",")) }
      list.next += 1
    }
  }
}
