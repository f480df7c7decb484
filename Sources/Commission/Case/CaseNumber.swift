internal import Diagnostics
public import FEEL

/// `COMMISSION-YEAR-SERIAL`, for example `07-2026-000123`; serials of a year have no gaps.
public struct CaseNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The code of the commission, two to eight letters or digits.
  public let commission: String
  public let year: Int
  /// From 1, within commission and year.
  public let serial: Int

  public init(commission: String, year: Int, serial: Int) {
    self.commission = commission
    self.year = year
    self.serial = serial
  }

  /// Reads the full form.
  ///
  /// - Throws: `CASE001` when `text` is not of that form.
  public init(_ text: String) throws {
    var digits = text
    let parts = digits.withUTF8 { Self.parts(of: $0) }
    guard let parts, parts.serial > 0 else {
      throw Diagnostic("CASE001", ["number": String(text.prefix(40))])
    }
    self.init(commission: parts.commission, year: parts.year, serial: parts.serial)
  }

  /// Letters and digits of the commission, four digits of the year, six or more of the serial, with `-` between.
  private static func parts(
    of bytes: UnsafeBufferPointer<UInt8>
  ) -> (commission: String, year: Int, serial: Int)? {
    let dash = UInt8(ascii: "-")
    guard let end = bytes.firstIndex(of: dash), (2...8).contains(end), bytes.count >= end + 12,
      bytes[..<end].allSatisfy({ isDigit($0) || isLetter($0) }), bytes[end + 5] == dash,
      let year = number(bytes[(end + 1)..<(end + 5)]), let serial = number(bytes[(end + 6)...])
    else { return nil }
    return (String(decoding: bytes[..<end], as: UTF8.self), year, serial)
  }

  /// `nil` when there is anything but digits, or too many.
  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard digits.count <= 18, digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }

  /// Reads the full form, or the serial alone as people type it: `123` is this year's.
  ///
  /// - Throws: `CASE001` when `text` is neither.
  public init(abbreviated text: String, commission: String, year: Int) throws {
    if let serial = Int(text), serial > 0 {
      self.init(commission: commission, year: year, serial: serial)
    } else {
      try self.init(text)
    }
  }

  public var description: String {
    let digits = String(serial)
    return
      "\(commission)-\(year)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)"
  }

  public static func < (left: CaseNumber, right: CaseNumber) -> Bool {
    (left.commission, left.year, left.serial) < (right.commission, right.year, right.serial)
  }
}

extension CaseNumber: JSONStored {
  public static func stored(_ value: CaseNumber?, in json: inout JSONCoder) throws -> CaseNumber {
    let text = try String.stored(value?.description, in: &json)
    return try value ?? CaseNumber(text)
  }
}
