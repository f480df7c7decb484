/// Reads a text with escapes.
struct JSONEscapes {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// - Parameter bytes: what stands between the quotes.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func text() throws -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    while position < bytes.endIndex {
      let byte = bytes[position]
      guard byte >= 0x20 else { throw JSONIndex.problem("a control character in a text") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        try readEscape(into: &result)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func readEscape(into result: inout [UInt8]) throws {
    let byte = bytes[position]  // a backslash is never the last byte of a text
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"): result.append(contentsOf: String(Character(try scalar())).utf8)
    default: throw JSONIndex.problem("no such escape")
    }
  }

  /// A character beyond the first plane is written as two units of UTF-16.
  private mutating func scalar() throws -> Unicode.Scalar {
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(first), bytes[position...].starts(with: #"\u"#.utf8) else {
      throw JSONIndex.problem("half a character")
    }
    position += 2
    let second = try unit()
    guard UTF16.isTrailSurrogate(second) else { throw JSONIndex.problem("half a character") }
    return UTF16.decode(UTF16.EncodedScalar([first, second]))
  }

  private mutating func unit() throws -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw JSONIndex.problem("no four digits") }
    position += 4
    return unit
  }
}
