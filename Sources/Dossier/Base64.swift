/// Base64 (RFC 4648, section 4), read strictly: one spelling for one value.
///
/// `xs:base64Binary` of libxml2 lets strange characters through, so what goes into a file is decoded here.
public enum Base64 {
  /// The bytes that `text` stands for.
  ///
  /// White space of XML is read over. `nil`: another character, padding missing or too much, or bits set that no byte needs.
  public static func decode(_ text: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { text in values.withUnsafeBufferPointer { decode(text, $0) } }
  }

  private static func decode(
    _ text: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>
  ) -> [UInt8]? {
    var isRight = false
    let bytes = [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3 + 3) { result, count in
      var index = 0
      // four digits at a time, as long as nothing else comes
      while index + 4 <= text.count {
        let first = UInt32(values[Int(text[index])])
        let second = UInt32(values[Int(text[index + 1])])
        let third = UInt32(values[Int(text[index + 2])])
        let fourth = UInt32(values[Int(text[index + 3])])
        guard first | second | third | fourth < 64 else { break }
        let bits = first << 18 | second << 12 | third << 6 | fourth
        result[count] = UInt8(truncatingIfNeeded: bits >> 16)
        result[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        result[count + 2] = UInt8(truncatingIfNeeded: bits)
        count += 3
        index += 4
      }
      isRight = finish(text[index...], &result, &count)
    }
    return isRight ? bytes : nil
  }

  /// The rest of a text, digit by digit: white space, padding, and what is wrong.
  private static func finish(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, _ result: inout UnsafeMutableBufferPointer<UInt8>,
    _ count: inout Int
  ) -> Bool {
    var bits: UInt32 = 0
    var digits = 0
    var padding = 0
    func write(_ number: Int) {
      for place in 0..<number {
        result[count] = UInt8(truncatingIfNeeded: bits >> (16 - 8 * UInt32(place)))
        count += 1
      }
    }
    for byte in text {
      let value = values[Int(byte)]
      if value < 64 {
        guard padding == 0 else { return false }
        bits = bits << 6 | UInt32(value)
        digits += 1
        guard digits == 4 else { continue }
        write(3)
        digits = 0
      } else if value == padded {
        padding += 1
      } else if value == bad {
        return false
      }
    }
    switch (digits, padding) {
    case (0, 0): return true
    case (2, 2) where bits & 0xF == 0:
      bits <<= 12
      write(1)
      return true
    case (3, 1) where bits & 0x3 == 0:
      bits <<= 6
      write(2)
      return true
    default: return false
    }
  }

  /// `bytes` in Base64, padded, on one line.
  public static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let group = bytes[index..<min(index + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        let digit =
          place <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : equals
        result.append(digit)
      }
      index += 3
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let equals = UInt8(ascii: "=")
  private static let padded: UInt8 = 64
  private static let blank: UInt8 = 65
  private static let bad: UInt8 = 66

  /// What each byte means: a digit, or one of the three above.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: bad, count: 256)
    for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
    values[Int(equals)] = padded
    for byte in " \t\r\n".utf8 { values[Int(byte)] = blank }
    return values
  }()
}
