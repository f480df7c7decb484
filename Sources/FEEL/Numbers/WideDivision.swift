extension UInt128 {
  /// `dividend` divided by this number, whose bit 127 is set and which is above `dividend.high`.
  ///
  /// - Note: Source: Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D, for two digits of 64 bits.
  func normalizedDivision(
    of dividend: (high: UInt128, low: UInt128)
  ) -> (quotient: UInt128, remainder: UInt128) {
    let divisor = InvariantDivisor(normalized: highLimb)
    let (high, rest) = quotientDigit(dividend.high, dividend.low.highLimb, by: divisor)
    let (low, remainder) = quotientDigit(rest, dividend.low.lowLimb, by: divisor)
    return (UInt128(high: high, low: low), remainder)
  }

  /// The quotient of `upper × 2^64 + lower`, of 64 bits as `upper` is below this number.
  @inline(__always)
  private func quotientDigit(
    _ upper: UInt128, _ lower: UInt64, by divisor: InvariantDivisor
  ) -> (quotient: UInt64, remainder: UInt128) {
    var quotient = UInt64.max
    var rest = upper.lowLimb
    var isComplete = false  // the rest is so large that the estimate must be right
    if upper.highLimb < highLimb {
      (quotient, rest) = divisor.divide(upper.highLimb, upper.lowLimb)
    } else {
      (rest, isComplete) = rest.addingReportingOverflow(highLimb)
    }
    var remainder = UInt128(high: rest, low: lower)
    var product = UInt128(quotient) &* UInt128(lowLimb)
    while !isComplete, product > remainder {  // twice at most
      quotient &-= 1
      product &-= UInt128(lowLimb)
      (remainder, isComplete) = remainder.addingReportingOverflow(UInt128(high: highLimb, low: 0))
    }
    return (quotient, remainder &- product)
  }
}
