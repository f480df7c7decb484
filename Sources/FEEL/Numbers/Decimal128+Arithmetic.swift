extension Decimal128 {
  /// The sum, rounded once, half to even; `nil` beyond the range of decimal128.
  public func adding(_ other: Decimal128) -> Decimal128? {
    if (high | other.high) & Self.coefficientMask == 0,
      let sum = narrowSum(with: other, sign: other.high & Self.signMask)
    {
      return sum
    }
    return wideSum(with: other, isNegative: other.isNegative)
  }

  /// The difference, rounded once, half to even; `nil` beyond the range of decimal128.
  public func subtracting(_ other: Decimal128) -> Decimal128? {
    if (high | other.high) & Self.coefficientMask == 0,
      let sum = narrowSum(with: other, sign: ~other.high & Self.signMask)
    {
      return sum
    }
    return wideSum(with: other, isNegative: !other.isNegative)
  }

  /// The product, rounded once, half to even; `nil` beyond the range of decimal128.
  public func multiplied(by other: Decimal128) -> Decimal128? {
    let isNegative = isNegative != other.isNegative
    let exponent = exponent &+ other.exponent
    if (high | other.high) & Self.coefficientMask == 0 {
      let product = UInt128(low) &* UInt128(other.low)
      if product < Self.limit, Self.exponents.contains(exponent) {
        return Decimal128(coefficient: product, exponent: exponent, isNegative: isNegative)
      }
      return Decimal128(rounding: product, exponent: exponent, isNegative: isNegative)
    }
    return wideProduct(with: other, exponent: exponent, isNegative: isNegative)
  }
}

extension Decimal128 {
  /// The exact sum while 64 bits hold both coefficients at the same exponent; `nil` when they do not.
  @inline(__always)
  private func narrowSum(with other: Decimal128, sign: UInt64) -> Decimal128? {
    var left = low
    var right = other.low
    var biased = high & Self.exponentMask
    let otherBiased = other.high & Self.exponentMask
    if biased != otherBiased {
      let shift =
        Int(truncatingIfNeeded: biased &>> 49) &- Int(truncatingIfNeeded: otherBiased &>> 49)
      guard shift.magnitude < 20 else { return nil }
      let (scaled, overflow) =
        shift > 0
        ? left.multipliedReportingOverflow(by: PowersOfTen.small(shift))
        : right.multipliedReportingOverflow(by: PowersOfTen.small(0 &- shift))
      guard !overflow else { return nil }
      if shift > 0 { left = scaled } else { right = scaled }
      biased = min(biased, otherBiased)
    }
    let leftSign = high & Self.signMask
    if leftSign == sign {
      let (sum, carry) = left.addingReportingOverflow(right)
      let isZero = sum == 0 && !carry
      return Decimal128(high: (isZero ? 0 : sign) | biased | (carry ? 1 : 0), low: sum)
    }
    if left > right { return Decimal128(high: leftSign | biased, low: left &- right) }
    return Decimal128(high: (left == right ? 0 : sign) | biased, low: right &- left)
  }

  private func wideProduct(
    with other: Decimal128, exponent: Int, isNegative: Bool
  ) -> Decimal128? {
    let product = coefficient.multipliedFullWidth(by: other.coefficient)
    guard product.high != 0 else {
      return Decimal128(rounding: product.low, exponent: exponent, isNegative: isNegative)
    }
    // Of the digits, which are these or one less, 35 or 36 stay for the rounding proper.
    let digits = PowersOfTen.digits(of: coefficient) &+ PowersOfTen.digits(of: other.coefficient)
    let (quotient, rest) = PowersOfTen.divide(product, byPowerOfTen: digits &- 36)
    return Decimal128(
      rounding: quotient, exponent: exponent &+ digits &- 36, isNegative: isNegative,
      isSticky: rest != 0)
  }

  /// The sum of this number and `other`, which counts as negative when `isNegative` says so.
  private func wideSum(with other: Decimal128, isNegative otherIsNegative: Bool) -> Decimal128? {
    if (high ^ other.high) & Self.exponentMask == 0, isNegative == otherIsNegative {
      return Decimal128(
        rounding: coefficient &+ other.coefficient, exponent: exponent, isNegative: isNegative)
    }
    let left = Term(coefficient, exponent, isNegative)
    let right = Term(other.coefficient, other.exponent, otherIsNegative)
    return left.exponent >= right.exponent ? left.sum(withLower: right) : right.sum(withLower: left)
  }
}

/// One side of an addition.
private struct Term {
  var coefficient: UInt128
  var exponent: Int
  let isNegative: Bool

  init(_ coefficient: UInt128, _ exponent: Int, _ isNegative: Bool) {
    self.coefficient = coefficient
    self.exponent = exponent
    self.isNegative = isNegative
  }

  /// Brings both to one exponent, so that one rounding at the end decides on all digits.
  func sum(withLower other: Term) -> Decimal128? {
    let shift = exponent - other.exponent
    let digits = PowersOfTen.digits(of: coefficient)
    if coefficient == 0 || digits + shift <= 38 {
      var scaled = self
      scaled.coefficient *= PowersOfTen.wide(coefficient == 0 ? 0 : shift)
      scaled.exponent = other.exponent
      return scaled.sum(aligned: other, isSticky: false)
    }
    // 37 digits here leave at least 36 in the result; what `other` loses only says "a little more".
    var scaled = self
    let up = other.coefficient == 0 ? Decimal128.precision - digits : 37 - digits
    scaled.coefficient *= PowersOfTen.wide(up)
    scaled.exponent -= up
    var cut = other
    let down = shift - up
    let (quotient, rest) =
      down > 38
      ? (0, other.coefficient)
      : PowersOfTen.divide(other.coefficient, byPowerOfTen: down)
    cut.coefficient = quotient
    return scaled.sum(aligned: cut, isSticky: rest != 0)
  }

  private func sum(aligned other: Term, isSticky: Bool) -> Decimal128? {
    if isNegative == other.isNegative {
      return Decimal128(
        rounding: coefficient + other.coefficient, exponent: exponent, isNegative: isNegative,
        isSticky: isSticky)
    }
    if coefficient >= other.coefficient {
      // Above a cut-off rest there is always something to borrow from.
      let difference = coefficient - other.coefficient - (isSticky ? 1 : 0)
      return Decimal128(
        rounding: difference, exponent: exponent, isNegative: isNegative, isSticky: isSticky)
    }
    return Decimal128(
      rounding: other.coefficient - coefficient, exponent: exponent,
      isNegative: other.isNegative)
  }
}
