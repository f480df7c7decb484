/// JSON and Base64 (Camunda).
extension Builtins {
  static let texts: [Builtin] = [
    Builtin("to base64", .string("value")) { call, _ in
      .string(Base64.encode(Array(call.string(0).utf8)))
    },
    Builtin("from base64", .string("value")) { (call, evaluator) throws(Failure) in
      try evaluator.take(call.string(0).utf8.count)
      guard let bytes = Base64.decode(call.string(0)),
        let text = String(validating: bytes, as: UTF8.self)
      else { throw .unreadable("Base64") }
      return .string(text)
    },
    Builtin("to json", .any("value")) { (call, evaluator) throws(Failure) in
      var printer = JSONPrinter(limit: evaluator.environment.limits.bytes)
      printer.print(call[0])
      guard !printer.isFull else { throw .tooLarge(evaluator.environment.limits.bytes) }
      return .string(printer.text)
    },
    Builtin("from json", .string("value")) { (call, evaluator) throws(Failure) in
      try evaluator.take(call.string(0).utf8.count)
      var reader = JSONReader(call.string(0))
      guard let value = reader.document() else { throw .unreadable("JSON") }
      return value
    },
  ]
}

/// RFC 4648, section 4.
private enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start...].prefix(3)
      var bits = group.reduce(0) { $0 << 8 | UInt32($1) }
      bits <<= 8 * UInt32(3 - group.count)
      for position in 0..<4 {
        let digit = alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 0x3F)]
        text.append(position <= group.count ? digit : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 4) else { return nil }
    let padding = digits.suffix(2).count { $0 == 0x3D }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    for (index, digit) in digits.enumerated() {
      let isPadding = digit == 0x3D && index >= digits.count - padding
      guard let value = isPadding ? 0 : alphabet.firstIndex(of: digit) else { return nil }
      bits = bits << 6 | UInt32(value)
      guard index % 4 == 3 else { continue }
      bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
      bits = 0
    }
    return bytes.dropLast(padding)
  }
}
