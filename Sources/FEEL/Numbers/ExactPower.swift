/// `(coefficient × 10^exponent) ** power` for an integer power small enough to have all digits.
struct ExactPower {
  private let coefficient: UInt128
  private let exponent: Int
  private let power: Int

  /// `nil` when the digits would be too many to write them all out.
  init?(of base: Decimal128, to power: Decimal128) {
    guard let power = Int(exactly: power), power != .min else { return nil }
    var (coefficient, zeros) = (base.coefficient, 0)
    if power.magnitude > 34 / UInt(PowersOfTen.digits(of: coefficient)) {
      (coefficient, zeros) = coefficient.strippingZeros(atMost: Decimal128.precision)
    }
    let digits = UInt(PowersOfTen.digits(of: coefficient))
    guard coefficient == 1 || power.magnitude <= 700 / digits else { return nil }
    let (exponent, overflow) = (base.exponent + zeros).multipliedReportingOverflow(by: power)
    guard !overflow, exponent.magnitude < 1 << 62 else { return nil }
    self.coefficient = coefficient
    self.exponent = exponent
    self.power = power
  }

  func rounded(isNegative: Bool) -> Decimal128? {
    var product = BigNatural(1)
    var square = BigNatural(coefficient)
    var rest = coefficient == 1 ? 0 : power.magnitude
    while rest > 0 {
      if rest & 1 == 1 { product = product * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return power < 0
      ? reciprocal(of: product, isNegative: isNegative) : rounded(product, isNegative: isNegative)
  }

  private func rounded(_ product: BigNatural, isNegative: Bool) -> Decimal128? {
    if let product = product.exactly128 {
      return Decimal128(rounding: product, exponent: exponent, isNegative: isNegative)
    }
    let drop = product.digitsAtMost - 38
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: PowersOfTen.natural(drop))
    return Decimal128(
      rounding: quotient.exactly128!,  // below 10^38
      exponent: exponent + drop, isNegative: isNegative, isSticky: !rest.isZero)
  }

  private func reciprocal(of product: BigNatural, isNegative: Bool) -> Decimal128? {
    let shift = product.digitsAtMost + 36
    let (quotient, rest) = PowersOfTen.natural(shift).quotientAndRemainder(dividingBy: product)
    // At most 10^38: the estimate of digits is one too high at most.
    let digits = quotient.exactly128!
    let exponent = exponent - shift
    guard rest.isZero else {
      return Decimal128(
        rounding: digits, exponent: exponent, isNegative: isNegative, isSticky: true)
    }
    let (shortest, zeros) = digits.strippingZeros(atMost: 38)
    return Decimal128(rounding: shortest, exponent: exponent + zeros, isNegative: isNegative)
  }
}

extension BigNatural {
  /// The number of decimal digits, or one more.
  fileprivate var digitsAtMost: Int { Int(Double(bitWidth) * 0.301029995664) + 1 }
}
