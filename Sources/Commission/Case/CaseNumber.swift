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
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, (2...8).contains(parts[0].count),
      parts[0].allSatisfy({ CaseNumber.isDigit($0) || CaseNumber.isLetter($0) }),
      parts[1].count == 4, parts[1].allSatisfy(CaseNumber.isDigit),
      let year = Int(Substring(parts[1])),
      parts[2].count >= 6, parts[2].allSatisfy(CaseNumber.isDigit),
      let serial = Int(Substring(parts[2])), serial > 0
    else { throw Diagnostic("CASE001", ["number": String(text.prefix(40))]) }
    self.init(commission: String(Substring(parts[0])), year: year, serial: serial)
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
