extension Decimal128 {
  /// The number as FEEL writes it: all digits, no exponent, zeros at the end kept.
  public var description: String {
    if high & Self.coefficientMask == 0, exponent <= 0, exponent > -15 {
      return low < 100_000_000 && exponent > -8
        ? shortText(fraction: 0 &- exponent) : narrowText(fraction: 0 &- exponent)
    }
    let exponent = isZero ? min(exponent, 0) : exponent
    let fraction = max(0 &- exponent, 0)
    let whole = max(PowersOfTen.digits(of: coefficient) &+ exponent, 1)  // digits before the point
    let length = (isNegative ? 1 : 0) &+ whole &+ (fraction > 0 ? fraction &+ 1 : 0)
    return longText(exponent: exponent, fraction: fraction, whole: whole, length: length)
  }

  /// For a coefficient below 10^8 and at most 7 digits after the point: what most numbers are.
  @inline(__always)
  private func shortText(fraction: Int) -> String {
    let lanes = Self.eightDigits(low)
    let lastWhole: UInt64 = 0x0100_0000_0000_0000 &>> (UInt64(truncatingIfNeeded: fraction) &<< 3)
    let zeros = (lanes | lastWhole).trailingZeroBitCount & 0x38  // bits in front, not written
    var front = (lanes | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: zeros)
    var back: UInt64 = 0  // characters behind the eight of `front`
    var length = 8 &- zeros &>> 3
    if fraction > 0 {
      let point = UInt64(truncatingIfNeeded: length &- fraction) &<< 3
      let moved = front & ~0 &<< point
      back = front &>> 56
      front = front ^ moved | moved &<< 8 | UInt64(UInt8(ascii: ".")) &<< point
      length &+= 1
    }
    if isNegative {
      back = back &<< 8 | front &>> 56
      front = front &<< 8 | UInt64(UInt8(ascii: "-"))
      length &+= 1
    }
    return Self.text(front, UInt16(truncatingIfNeeded: back), length: length)
  }

  /// Whole words are stored, as what is stored in pieces takes long to be read back as one word; and a closure that
  /// captures less is quicker, so most texts have one of their own.
  @inline(__always)
  private static func text(_ front: UInt64, _ back: UInt16, length: Int) -> String {
    if length <= 8 {
      return String(unsafeUninitializedCapacity: 8) { buffer in
        let memory = UnsafeMutableRawPointer(buffer.baseAddress!)
        memory.storeBytes(of: front.littleEndian, as: UInt64.self)
        return length
      }
    }
    return String(unsafeUninitializedCapacity: 10) { buffer in
      let memory = UnsafeMutableRawPointer(buffer.baseAddress!)
      memory.storeBytes(of: front.littleEndian, as: UInt64.self)
      memory.storeBytes(of: back.littleEndian, toByteOffset: 8, as: UInt16.self)
      return length
    }
  }

  /// The eight decimal digits of `value`, below 10^8, each in a byte, the first in the lowest.
  ///
  /// Each step splits all parts by a power of ten at once: the part above stays, what it holds leaves the part itself.
  @inline(__always)
  private static func eightDigits(_ value: UInt64) -> UInt64 {
    let upper = value / 10_000
    let fours = value &<< 32 &- upper &* (10_000 &<< 32 &- 1)
    let hundreds = (fours &* 10_486) &>> 20 & 0x7F_0000_007F  // of each half, divided by 100
    let pairs = fours &<< 16 &- hundreds &* (100 &<< 16 &- 1)
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F  // of each pair, divided by 10
    return pairs &<< 8 &- tens &* (10 &<< 8 &- 1)
  }

  /// For a coefficient of 64 bits and few digits after the point.
  @inline(__always)
  private func narrowText(fraction: Int) -> String {
    let digits = max(PowersOfTen.digits(of: low), fraction &+ 1)
    let length = (isNegative ? 1 : 0) &+ digits &+ (fraction > 0 ? 1 : 0)
    return String(unsafeUninitializedCapacity: length) { text in
      var rest = low
      var index = length
      if fraction > 0 {
        index &-= fraction
        rest = text.write(rest, from: index, to: length)
        index &-= 1
        text[index] = UInt8(ascii: ".")
      }
      _ = text.write(rest, from: isNegative ? 1 : 0, to: index)
      if isNegative { text[0] = UInt8(ascii: "-") }
      return length
    }
  }

  private func longText(exponent: Int, fraction: Int, whole: Int, length: Int) -> String {
    String(unsafeUninitializedCapacity: length) { text in
      let end = length &- max(exponent, 0)
      for index in end..<length { text[index] = UInt8(ascii: "0") }
      let sign = isNegative ? 1 : 0
      // Without the point first: all digits end at `end`.
      text.write(coefficient, from: fraction > 0 ? sign &+ 1 : sign, to: end)
      if fraction > 0 {
        for index in sign..<(sign &+ whole) { text[index] = text[index &+ 1] }
        text[sign &+ whole] = UInt8(ascii: ".")
      }
      if isNegative { text[0] = UInt8(ascii: "-") }
      return length
    }
  }
}

extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes the decimal digits of `value` into the places from `start` to before `end`, zeros first.
  fileprivate func write(_ value: UInt128, from start: Int, to end: Int) {
    let (upper, lower) = PowersOfTen.divide(value, byPowerOfTen: 19)
    let middle = Swift.max(end &- 19, start)
    _ = write(lower.lowLimb, from: middle, to: end)
    _ = write(upper.lowLimb, from: start, to: middle)  // below 10^15
  }

  /// Writes as many of the last decimal digits of `value` as there are places, and answers those before them.
  @inline(__always)
  fileprivate func write(_ value: UInt64, from start: Int, to end: Int) -> UInt64 {
    var value = value
    var index = end
    while index &- start >= 2 {
      let (rest, pair) = value.quotientAndRemainder(dividingBy: 100)
      let tens = (pair &* 103) &>> 10  // pair / 10 below 100
      index &-= 2
      self[index] = UInt8(truncatingIfNeeded: tens) &+ UInt8(ascii: "0")
      self[index &+ 1] = UInt8(truncatingIfNeeded: pair &- tens &* 10) &+ UInt8(ascii: "0")
      value = rest
    }
    if index > start {
      let (rest, digit) = value.quotientAndRemainder(dividingBy: 10)
      self[start] = UInt8(truncatingIfNeeded: digit) &+ UInt8(ascii: "0")
      value = rest
    }
    return value
  }
}
