/// Escapes in FEEL strings (DMN 1.5, rule 64): `\n`, `\"`, `\u00E9`, `\uD83D\uDC0E`, `\U01F40E`.
enum StringEscapes {
  static func resolved(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      guard bytes[position] == 0x5C, position + 1 < bytes.count else {
        result.append(bytes[position])
        position += 1
        continue
      }
      if let (scalar, end) = escape(in: bytes, at: position + 1) {
        result.append(contentsOf: Array(String(Character(scalar)).utf8))
        position = end
      } else {
        result.append(contentsOf: bytes[position...position + 1])
        position += 2
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character that the letter at `position` stands for after a backslash, and where the escape ends.
  private static func escape(
    in bytes: [UInt8], at position: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    switch bytes[position] {
    case UInt8(ascii: "n"): return ("\n", position + 1)
    case UInt8(ascii: "r"): return ("\r", position + 1)
    case UInt8(ascii: "t"): return ("\t", position + 1)
    case UInt8(ascii: "'"): return ("'", position + 1)
    case UInt8(ascii: "\""): return ("\"", position + 1)
    case UInt8(ascii: "\\"): return ("\\", position + 1)
    case UInt8(ascii: "u"): return codeUnits(in: bytes, at: position + 1)
    case UInt8(ascii: "U"):
      guard let value = hexadecimal(in: bytes, at: position + 1, digits: 6) else { return nil }
      return Unicode.Scalar(value).map { ($0, position + 7) }
    default: return nil
    }
  }

  /// One UTF-16 code unit, or the two of a supplementary character.
  private static func codeUnits(
    in bytes: [UInt8], at position: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    guard let unit = hexadecimal(in: bytes, at: position, digits: 4) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return (scalar, position + 4) }
    let next = position + 4
    guard unit & 0xFC00 == 0xD800, next + 6 <= bytes.count, bytes[next] == 0x5C,
      bytes[next + 1] == UInt8(ascii: "u"),
      let low = hexadecimal(in: bytes, at: next + 2, digits: 4), low & 0xFC00 == 0xDC00
    else { return nil }
    let value = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
    return Unicode.Scalar(value).map { ($0, next + 6) }
  }

  private static func hexadecimal(in bytes: [UInt8], at position: Int, digits: Int) -> UInt32? {
    guard position + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<position + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
