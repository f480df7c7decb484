extension Decimal128 {
  /// The quotient, rounded once, half to even; `nil` for a division by zero and beyond the range of decimal128.
  ///
  /// A quotient that ends has no more zeros at the end than the exponents of both numbers give it (IEEE 754-2019, 5.2).
  public func divided(by divisor: Decimal128) -> Decimal128? {
    guard !divisor.isZero else { return nil }
    let isNegative = isNegative != divisor.isNegative
    let ideal = exponent &- divisor.exponent
    guard !isZero else {
      return Decimal128(rounding: 0, exponent: ideal, isNegative: false)
    }
    let narrow = PowersOfTen.small(19)  // one more than 19 digits hold
    if (high | divisor.high) & Self.coefficientMask == 0, low < narrow, divisor.low < narrow,
      let quotient = narrowQuotient(by: divisor, ideal: ideal, isNegative: isNegative)
    {
      return quotient
    }
    return wideQuotient(by: divisor, ideal: ideal, isNegative: isNegative)
  }

  /// Both coefficients have at most 19 digits; `nil` where the exponent needs more care.
  @inline(__always)
  private func narrowQuotient(
    by divisor: Decimal128, ideal: Int, isNegative: Bool
  ) -> Decimal128? {
    let (whole, rest) = low.quotientAndRemainder(dividingBy: divisor.low)
    if rest == 0, Self.exponents.contains(ideal) {
      return Decimal128(coefficient: UInt128(whole), exponent: ideal, isNegative: isNegative)
    }
    // Both get 19 digits; with 33 or 34 more for the dividend the quotient has just 34.
    let left = 19 &- PowersOfTen.digits(of: low)
    let right = 19 &- PowersOfTen.digits(of: divisor.low)
    let dividend = low &* PowersOfTen.small(left)
    let scaled = divisor.low &* PowersOfTen.small(right)
    let more = dividend < scaled ? 34 : 33
    let exponent = ideal &- left &+ right &- more
    guard Self.exponents.contains(exponent) else { return nil }
    let shift = UInt64(truncatingIfNeeded: scaled.leadingZeroBitCount)
    let normalized = InvariantDivisor(normalized: scaled &<< shift)
    let product = PowersOfTen.wide(more).multipliedFullWidth(
      by: UInt128(dividend) &<< UInt128(shift))
    let (upper, middle) = normalized.divide(product.high.lowLimb, product.low.highLimb)
    let (lower, remainder) = normalized.divide(middle, product.low.lowLimb)
    let quotient = UInt128(high: upper, low: lower)
    guard remainder != 0 else {
      let (shortest, zeros) = quotient.strippingZeros(atMost: ideal &- exponent)
      return Decimal128(
        coefficient: shortest, exponent: exponent &+ zeros, isNegative: isNegative)
    }
    let missing = normalized.divisor &- remainder
    let isUp = remainder > missing || remainder == missing && lower & 1 == 1
    let rounded = isUp ? quotient &+ 1 : quotient
    guard rounded < Self.limit else { return nil }
    return Decimal128(coefficient: rounded, exponent: exponent, isNegative: isNegative)
  }

  private func wideQuotient(by divisor: Decimal128, ideal: Int, isNegative: Bool) -> Decimal128? {
    // Both get 34 digits; with 35 or 36 more for the dividend the quotient has 36.
    let left = Self.precision &- PowersOfTen.digits(of: coefficient)
    let right = Self.precision &- PowersOfTen.digits(of: divisor.coefficient)
    let dividend = coefficient &* PowersOfTen.wide(left)
    let scaled = divisor.coefficient &* PowersOfTen.wide(right)
    let more = dividend < scaled ? 36 : 35
    let shift = UInt128(truncatingIfNeeded: scaled.leadingZeroBitCount)  // 15 to 18
    let product = (dividend &<< 14).multipliedFullWidth(
      by: PowersOfTen.wide(more) &<< (shift &- 14))
    let (quotient, remainder) = (scaled &<< shift).normalizedDivision(of: product)
    let exponent = ideal &- left &+ right &- more
    guard remainder == 0 else {
      return Decimal128(
        rounding: quotient, exponent: exponent, isNegative: isNegative, isSticky: true)
    }
    let (shortest, zeros) = quotient.strippingZeros(atMost: ideal &- exponent)
    return Decimal128(rounding: shortest, exponent: exponent &+ zeros, isNegative: isNegative)
  }

  /// FEEL `modulo`: what is left of this number after whole divisors, with the sign of the divisor; `nil` when that is zero.
  public func modulo(_ divisor: Decimal128) -> Decimal128? {
    guard let remainder = remainder(divisor) else { return nil }
    if remainder.isZero || isNegative == divisor.isNegative { return remainder }
    return remainder.adding(divisor)
  }

  /// What is left of this number after whole divisors, with the sign of this number; exact; `nil` for a divisor of zero.
  public func remainder(_ divisor: Decimal128) -> Decimal128? {
    guard !divisor.isZero else { return nil }
    let shift = exponent - divisor.exponent
    let value: UInt128
    if shift >= 0 {
      let factor = Self.powerOfTen(shift, modulo: divisor.coefficient)
      value = Self.product(coefficient % divisor.coefficient, factor, modulo: divisor.coefficient)
    } else {
      value = coefficient.remainder(byScaled: divisor.coefficient, powerOfTen: -shift)
    }
    return Decimal128(
      rounding: value, exponent: min(exponent, divisor.exponent), isNegative: isNegative)
  }

  private static func powerOfTen(_ exponent: Int, modulo divisor: UInt128) -> UInt128 {
    var result = 1 % divisor
    var square = 10 % divisor
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square, modulo: divisor) }
      square = product(square, square, modulo: divisor)
      rest >>= 1
    }
    return result
  }

  /// `left` and `right` are below `divisor`.
  private static func product(
    _ left: UInt128, _ right: UInt128, modulo divisor: UInt128
  ) -> UInt128 {
    divisor.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
  }
}

extension UInt128 {
  /// The remainder by `divisor × 10^powerOfTen`; both coefficients are below 10^34.
  fileprivate func remainder(byScaled divisor: UInt128, powerOfTen: Int) -> UInt128 {
    guard PowersOfTen.digits(of: divisor) + powerOfTen <= 38 else { return self }
    return self % (divisor * PowersOfTen.wide(powerOfTen))
  }
}
