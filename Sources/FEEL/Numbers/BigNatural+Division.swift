extension BigNatural {
  func quotientAndRemainder(dividingBy divisor: UInt64) -> (quotient: BigNatural, remainder: UInt64)
  {
    var quotient = limbs
    var remainder: UInt64 = 0
    for index in quotient.indices.reversed() {
      (quotient[index], remainder) = divisor.dividingFullWidth((remainder, quotient[index]))
    }
    return (BigNatural(limbs: quotient), remainder)
  }

  /// Long division in base 2^64 (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D).
  func quotientAndRemainder(
    dividingBy divisor: BigNatural
  ) -> (quotient: BigNatural, remainder: BigNatural) {
    precondition(!divisor.isZero, "division by zero")
    guard self >= divisor else { return (.zero, self) }
    guard divisor.limbs.count > 1 else {
      let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor.limbs[0])
      return (quotient, BigNatural(UInt128(remainder)))
    }
    let shift = divisor.limbs.last!.leadingZeroBitCount  // not zero, so it has limbs
    let lower = (divisor << shift).limbs
    var upper = (self << shift).limbs
    upper += Array(repeating: 0, count: limbs.count + 1 - upper.count)
    var quotient = [UInt64](repeating: 0, count: upper.count - lower.count)
    for index in quotient.indices.reversed() {
      quotient[index] = Self.quotientDigit(of: &upper, by: lower, at: index)
    }
    return (BigNatural(limbs: quotient), BigNatural(limbs: upper) >> shift)
  }

  /// Steps D3 to D6: one digit of the quotient, taken off `upper`.
  private static func quotientDigit(
    of upper: inout [UInt64], by lower: [UInt64], at index: Int
  ) -> UInt64 {
    let top = index + lower.count
    var digit = estimate(upper[top], upper[top - 1], upper[top - 2], by: lower)
    var borrow: UInt64 = 0
    for (offset, limb) in lower.enumerated() {
      let product = UInt128(digit) &* UInt128(limb) &+ UInt128(borrow)
      let (difference, under) = upper[index + offset].subtractingReportingOverflow(
        UInt64(truncatingIfNeeded: product))
      upper[index + offset] = difference
      borrow = UInt64(truncatingIfNeeded: product >> 64) &+ (under ? 1 : 0)
    }
    let (rest, under) = upper[top].subtractingReportingOverflow(borrow)
    upper[top] = rest
    guard under else { return digit }
    digit &-= 1
    var carry: UInt64 = 0
    for (offset, limb) in lower.enumerated() {
      let sum = UInt128(upper[index + offset]) &+ UInt128(limb) &+ UInt128(carry)
      upper[index + offset] = UInt64(truncatingIfNeeded: sum)
      carry = UInt64(truncatingIfNeeded: sum >> 64)
    }
    upper[top] &+= carry
    return digit
  }

  /// Step D3: at most one too large.
  private static func estimate(
    _ first: UInt64, _ second: UInt64, _ third: UInt64, by lower: [UInt64]
  ) -> UInt64 {
    let divisor = UInt128(lower[lower.count - 1])
    let dividend = UInt128(first) << 64 | UInt128(second)
    var (digit, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
    while digit >> 64 != 0
      || digit * UInt128(lower[lower.count - 2]) > rest << 64 | UInt128(third)
    {
      digit -= 1
      rest += divisor
      if rest >> 64 != 0 { break }
    }
    return UInt64(truncatingIfNeeded: digit)
  }
}
