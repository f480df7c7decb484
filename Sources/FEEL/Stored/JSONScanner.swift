/// Finds the values of a JSON text (RFC 8259).
struct JSONScanner {
  private(set) var entries: [JSONIndex.Entry] = []
  private(set) var hasEscapedNames = false
  private var position = 0

  private static let greatestDepth = 512

  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    entries.reserveCapacity(bytes.count / 8 + 1)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }  // a byte order mark
    try scanValue(bytes, depth: 0)
    guard next(bytes) == nil else { throw problem }
  }

  private var problem: DecodingError { JSONIndex.problem("no JSON at byte \(position)") }

  /// The next byte that is no blank; it is not passed.
  private mutating func next(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func scanValue(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) throws {
    guard let first = next(bytes) else { throw problem }
    switch first {
    case UInt8(ascii: "{"): try scanObject(bytes, depth: depth)
    case UInt8(ascii: "["): try scanList(bytes, depth: depth)
    case UInt8(ascii: "\""): _ = try scanText(bytes)
    case UInt8(ascii: "t"): try scan("true", .yes, bytes)
    case UInt8(ascii: "f"): try scan("false", .no, bytes)
    case UInt8(ascii: "n"): try scan("null", .null, bytes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber(bytes)
    default: throw problem
    }
  }

  private mutating func scanObject(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) throws {
    let own = try open(.object, depth: depth)
    while true {
      let byte = next(bytes)
      if byte == UInt8(ascii: "}") { break }
      guard byte == UInt8(ascii: "\"") else { throw problem }
      if try scanText(bytes) == .text { hasEscapedNames = true }
      guard next(bytes) == UInt8(ascii: ":") else { throw problem }
      position += 1
      try scanValue(bytes, depth: depth + 1)
      guard try goesOn(bytes, until: UInt8(ascii: "}")) else { break }
    }
    close(own)
  }

  private mutating func scanList(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) throws {
    let own = try open(.list, depth: depth)
    while next(bytes) != UInt8(ascii: "]") {
      try scanValue(bytes, depth: depth + 1)
      guard try goesOn(bytes, until: UInt8(ascii: "]")) else { break }
    }
    close(own)
  }

  private mutating func open(_ kind: JSONIndex.Kind, depth: Int) throws -> Int {
    guard depth < JSONScanner.greatestDepth else { throw problem }
    entries.append(JSONIndex.Entry(kind: kind, start: position, end: position, next: 0))
    position += 1
    return entries.count - 1
  }

  private mutating func close(_ own: Int) {
    position += 1
    entries[own].end = position
    entries[own].next = entries.count
  }

  /// Passes a comma; stands at the end otherwise.
  private mutating func goesOn(
    _ bytes: UnsafeBufferPointer<UInt8>, until end: UInt8
  ) throws -> Bool {
    switch next(bytes) {
    case UInt8(ascii: ","): position += 1
    case end: return false
    default: throw problem
    }
    return true
  }

  private mutating func scanText(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSONIndex.Kind {
    position += 1
    let start = position
    var kind = JSONIndex.Kind.plainText
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        add(kind, from: start)
        position += 1
        return kind
      }
      if byte == UInt8(ascii: "\\") {
        kind = .text
        position += 1
      } else if byte < 0x20 {
        kind = .text
      }
      position += 1
    }
    throw problem
  }

  private mutating func scanNumber(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
        continue
      default: break
      }
      break
    }
    add(.number, from: start)
  }

  private mutating func scan(
    _ word: StaticString, _ kind: JSONIndex.Kind, _ bytes: UnsafeBufferPointer<UInt8>
  ) throws {
    let start = position
    let isThere = word.withUTF8Buffer { bytes[start...].starts(with: $0) }
    guard isThere else { throw problem }
    position += word.utf8CodeUnitCount
    add(kind, from: start)
  }

  /// A value that ends here.
  private mutating func add(_ kind: JSONIndex.Kind, from start: Int) {
    entries.append(
      JSONIndex.Entry(kind: kind, start: start, end: position, next: entries.count + 1))
  }
}
