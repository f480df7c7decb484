import Crypto

/// A SHA-256 digest (FIPS 180-4).
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// 32 of them.
  public let bytes: [UInt8]

  /// The digest of `content`.
  public init(of content: [UInt8]) {
    bytes = Array(SHA256.hash(data: content))
  }

  /// The digest that `bytes` are; `nil`: not 32 of them.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 hexadecimal digits in lower case, the one spelling that is accepted.
  public init?(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in text.utf8 {
      guard let value = Self.value(digit), bytes.count < 32 else { return nil }
      if let first = high { bytes.append(first << 4 | value) }
      high = high == nil ? value : nil
    }
    guard bytes.count == 32, high == nil else { return nil }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits in lower case.
  public var description: String {
    String(unsafeUninitializedCapacity: 64) { text in
      for (index, byte) in bytes.enumerated() {
        text[2 * index] = Self.digit(byte >> 4)
        text[2 * index + 1] = Self.digit(byte & 15)
      }
      return 2 * bytes.count
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x61 + value - 10
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
