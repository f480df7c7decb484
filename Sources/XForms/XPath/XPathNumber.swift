/// Numbers as XPath 1.0 reads and prints them: no exponent, no sign `+`.
enum XPathNumber {
  /// NaN for everything that is not `-? digits (. digits?)?` or `-? . digits` between blanks.
  static func parse(_ text: String) -> Double {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    var points = 0
    var count = 0
    for byte in digits {
      if byte == UInt8(ascii: ".") {
        points += 1
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        count += 1
      } else {
        return .nan
      }
    }
    guard count > 0, points <= 1 else { return .nan }
    return Double(String(decoding: bytes, as: UTF8.self)) ?? .nan
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  /// The shortest decimal text that reads back as `value` (XPath 1.0, clause 4.2, `string`).
  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return "0" }
    if value.magnitude < 1e15, value == value.rounded() { return String(Int(value)) }
    let text = value.magnitude.description
    let sign = value < 0 ? "-" : ""
    guard let mark = text.firstIndex(of: "e") else { return sign + trimmed(text) }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    return sign + plain(mantissa: String(text[..<mark]), exponent: exponent)
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func plain(mantissa: String, exponent: Int) -> String {
    let parts = mantissa.split(separator: ".", maxSplits: 1)
    let whole = String(parts[0])
    let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
    let digits = whole + fraction
    let point = whole.count + exponent
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// Half away from zero at `places` decimals; negative places round tens (ODK `round`, unlike XPath 1.0).
  static func round(_ value: Double, places: Int) -> Double {
    guard value.isFinite, places > -300, places < 300 else { return value }
    if places == 0 { return value.rounded(.toNearestOrAwayFromZero) }
    guard places > 0 else {
      let unit = power(10, -places)
      let result = (value / unit).rounded(.toNearestOrAwayFromZero) * unit
      return result == 0 ? 0 : result
    }
    return roundedText(value, places: places)
  }

  /// Rounds the printed digits, so that 1.005 becomes 1.01 as people expect.
  private static func roundedText(_ value: Double, places: Int) -> Double {
    let text = XPathNumber.text(value.magnitude)
    guard let point = text.firstIndex(of: ".") else { return value }
    let fraction = Array(text[text.index(after: point)...].utf8)
    guard fraction.count > places else { return value }
    var digits = Array(text[..<point].utf8) + fraction[..<places]
    if fraction[places] >= UInt8(ascii: "5") {
      var index = digits.count - 1
      while index >= 0, digits[index] == UInt8(ascii: "9") {
        digits[index] = UInt8(ascii: "0")
        index -= 1
      }
      if index < 0 { digits.insert(UInt8(ascii: "1"), at: 0) } else { digits[index] += 1 }
    }
    digits.insert(UInt8(ascii: "."), at: digits.count - places)
    let result = Double(String(decoding: digits, as: UTF8.self)) ?? value
    return value < 0 ? -result : result
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { result, _ in result * base }
  }
}
