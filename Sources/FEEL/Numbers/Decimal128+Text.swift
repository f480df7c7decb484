extension Decimal128: CodableAsText {
  /// Reads `-12.50`, `.5`, `5.`, `+1E-3`; more than 34 digits are rounded half to even.
  ///
  /// Returns `nil` when there is anything else in `text`, blanks too, and beyond the range of decimal128.
  public init?(_ text: String) {
    var text = text
    let value = text.withUTF8 { bytes in
      var digits = DigitReader()
      return digits.read(bytes)
    }
    guard let value else { return nil }
    self = value
  }

  /// Reads a part of a string; see `init(_: String)`.
  public init?(_ text: Substring) {
    self.init(String(text))
  }

  /// Reads UTF-8 bytes; see `init(_: String)`.
  public init?(utf8 bytes: Span<UInt8>) {
    let value = bytes.withUnsafeBufferPointer { bytes in
      var digits = DigitReader()
      return digits.read(bytes)
    }
    guard let value else { return nil }
    self = value
  }
}

/// The digits of a number while it is read, from left to right.
private struct DigitReader {
  var coefficient: UInt128 = 0
  var exponent = 0
  var isSticky = false

  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Decimal128? {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let index = isNegative || first == UInt8(ascii: "+") ? 1 : 0
    if let short = Self.short(bytes, from: index, isNegative: isNegative) { return short }
    guard let end = readDigits(bytes, from: index), readExponent(bytes, from: end) else {
      return nil
    }
    if exponent >= Decimal128.exponents.lowerBound, exponent <= Decimal128.exponents.upperBound,
      coefficient < Decimal128.limit
    {
      return Decimal128(coefficient: coefficient, exponent: exponent, isNegative: isNegative)
    }
    return Decimal128(
      rounding: coefficient, exponent: exponent, isNegative: isNegative, isSticky: isSticky)
  }

  /// What most numbers are: up to 18 digits and a point; `nil` for all others.
  @inline(__always)
  private static func short(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isNegative: Bool
  ) -> Decimal128? {
    let end = bytes.count
    guard end &- start <= 19 else { return nil }
    var value: UInt64 = 0
    var point = end
    for index in start..<end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit < 10 {
        value = value &* 10 &+ UInt64(digit)
      } else {
        guard bytes[index] == UInt8(ascii: "."), point == end else { return nil }
        point = index
      }
    }
    let fraction = point < end ? end &- point &- 1 : 0
    guard end &- start > (point < end ? 1 : 0) else { return nil }
    return Decimal128(
      coefficient: UInt128(value), exponent: 0 &- fraction, isNegative: isNegative)
  }

  /// Digits with at most one point; the place behind them, or `nil` when there is no digit.
  private mutating func readDigits(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var run = DigitRun(index: start)
    while run.index < bytes.count, bytes[run.index] == UInt8(ascii: "0") || run.takesPoint(bytes) {
      run.index &+= 1
    }
    let (first, firstCount) = run.read(bytes)
    coefficient = UInt128(first)
    if firstCount == DigitRun.longest {
      let (second, secondCount) = run.read(bytes)
      coefficient = UInt128(first) &* UInt128(PowersOfTen.small(secondCount)) &+ UInt128(second)
      // Beyond 38 digits it only matters whether they are zero.
      var (rest, count) = run.read(bytes)
      while count > 0 {
        exponent += count
        isSticky = isSticky || rest != 0
        (rest, count) = run.read(bytes)
      }
    }
    guard run.index - start > (run.point < 0 ? 0 : 1) else { return nil }
    if run.point >= 0 { exponent -= run.index - run.point - 1 }
    return run.index
  }

  /// `E-3` or nothing, up to the end of the text.
  private mutating func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    guard start < bytes.count else { return true }
    guard bytes[start] | 0x20 == UInt8(ascii: "e") else { return false }
    var index = start + 1
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative || index < bytes.count && bytes[index] == UInt8(ascii: "+") { index += 1 }
    guard index < bytes.count else { return false }
    var value = 0
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return false }
      value = min(value * 10 + Int(digit), 1 << 48)  // far beyond any text that could bring it back
      index += 1
    }
    exponent += isNegative ? -value : value
    return true
  }
}

/// Digits and one point among them.
private struct DigitRun {
  static let longest = 19

  var index: Int
  /// Where the point is; -1 before there is one.
  var point = -1

  /// Whether the first point is next.
  mutating func takesPoint(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard point < 0, bytes[index] == UInt8(ascii: ".") else { return false }
    point = index
    return true
  }

  /// Up to 19 digits, all that 64 bits hold in any case.
  @inline(__always)
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> (value: UInt64, count: Int) {
    var value: UInt64 = 0
    var count = 0
    while count <= Self.longest &- 8, index &+ 8 <= bytes.count,
      let eight = Self.eightDigits(bytes, at: index)
    {
      value = value &* 100_000_000 &+ eight
      count &+= 8
      index &+= 8
    }
    while index < bytes.count, count < Self.longest {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit < 10 {
        value = value &* 10 &+ UInt64(digit)
        count &+= 1
      } else if !takesPoint(bytes) {
        break
      }
      index &+= 1
    }
    return (value, count)
  }

  /// Eight digits at once, as lanes of one integer; `nil` when one of the bytes is no digit.
  @inline(__always)
  private static func eightDigits(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64? {
    let word = UInt64(
      littleEndian: UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self))
    let digits = word ^ 0x3030_3030_3030_3030
    guard (digits | digits &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else {
      return nil
    }
    let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
  }
}
