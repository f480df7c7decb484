/// A moment as dossiers write it: `2026-11-20T09:30:00Z`, with up to six decimals of a second. Compared as time.
public struct UTCTime: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  public let description: String

  /// `nil`: another way to write a moment, another zone, or no such moment.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let shape = Array("0000-00-00T00:00:00".utf8)
    guard bytes.count >= 20, bytes.count <= 27, bytes.last == UInt8(ascii: "Z") else { return nil }
    for (byte, sign) in zip(bytes, shape) {
      guard sign == UInt8(ascii: "0") ? Self.isDigit(byte) : byte == sign else { return nil }
    }
    let fraction = bytes[19..<(bytes.count - 1)]
    guard fraction.isEmpty || fraction.first == UInt8(ascii: ".") && fraction.count > 1,
      fraction.dropFirst().allSatisfy(Self.isDigit)
    else { return nil }
    func number(_ range: Range<Int>) -> Int {
      bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    guard (1...12).contains(month), (1...Self.days(of: month, in: year)).contains(day),
      number(11..<13) < 24, number(14..<16) < 60, number(17..<19) < 60
    else { return nil }
    description = text
  }

  public static func < (left: UTCTime, right: UTCTime) -> Bool {
    left.description.utf8.dropLast().lexicographicallyPrecedes(right.description.utf8.dropLast())
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let time = UTCTime(text) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no time"))
    }
    self = time
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
