import Diagnostics

extension XPathEvaluator {
  mutating func encodingFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    switch function {
    case .regex:
      let pattern = try Pattern(parsing: try string(of: arguments[1], focus))
      let text = try string(of: arguments[0], focus)
      try visit(text.utf8.count * pattern.size / 4)
      return .boolean(pattern.matches(somewhereIn: text))
    case .uuid:
      guard let argument = arguments.first else { return .string(uuid()) }
      let length = try number(of: argument, focus)
      guard length.isFinite, length >= 0, length <= 1000 else {
        throw Diagnostic("FORM109", ["name": "uuid"])
      }
      return .string(randomName(Int(length)))
    case .base64Decode:
      let bytes = Base64.decode(try string(of: arguments[0], focus))
      return .string(bytes.map { String(decoding: $0, as: UTF8.self) } ?? "")
    default:
      return .string(try digest(arguments, focus))
    }
  }

  /// A random identifier of version 4 (RFC 9562).
  private mutating func uuid() -> String {
    let high = (nextRandom() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
    let low = (nextRandom() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
    let digits = Array((hex(high) + hex(low)).utf8)
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return parts.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }

  private func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func randomName(_ length: Int) -> String {
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    let bytes = (0..<length).map { _ in alphabet[Int(nextRandom() % UInt64(alphabet.count))] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func digest(_ arguments: [XPathTerm], _ focus: Focus) throws -> String {
    let text = Array(try string(of: arguments[0], focus).utf8)
    let name = try string(of: arguments[1], focus)
    let encoding = try arguments.dropFirst(2).first.map { try string(of: $0, focus) } ?? "base64"
    guard let digest = Digest(rawValue: name), ["base64", "hex"].contains(encoding) else {
      throw Diagnostic("FORM109", ["name": "digest"])
    }
    try visit(text.count)
    let bytes = digest.hash(text)
    guard encoding == "hex" else { return Base64.encode(bytes) }
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// RFC 4648, clause 4.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        result.append(
          place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      bits = (bits << 6 | value) & 0xFF_FFFF
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(bits >> count & 0xFF))
      }
    }
    return result
  }
}
