extension Decimal128 {
  /// The square root, rounded once, half to even; `nil` for a negative number.
  public func squareRoot() -> Decimal128? {
    guard !isNegative else { return nil }
    guard !isZero else {
      return Decimal128(rounding: 0, exponent: exponent >> 1, isNegative: false)
    }
    // 71 or 72 digits under the root give 36 above it; the exponent must be even.
    let first = Self.precision - PowersOfTen.digits(of: coefficient)
    let second = (exponent - first) & 1 == 0 ? 38 : 37
    let radicand = (coefficient * PowersOfTen.wide(first)).multipliedFullWidth(
      by: PowersOfTen.wide(second))
    let root = Self.floorOfRoot(of: radicand)
    let exponent = (exponent - first - second) / 2
    guard root.multipliedFullWidth(by: root) == radicand else {
      return Decimal128(rounding: root, exponent: exponent, isNegative: false, isSticky: true)
    }
    // An exact root ends at half of the exponent (IEEE 754-2019, 5.4.1).
    let ideal = self.exponent >> 1
    let (shortest, zeros) = root.strippingZeros(atMost: ideal - exponent)
    return Decimal128(rounding: shortest, exponent: exponent + zeros, isNegative: false)
  }

  /// The greatest number whose square is not above `radicand`, which is below 10^72.
  private static func floorOfRoot(of radicand: (high: UInt128, low: UInt128)) -> UInt128 {
    // Newton from 50 bits: 100 after one step, all after the second.
    let estimate = (Double(radicand.high) * 0x1p128 + Double(radicand.low)).squareRoot()
    var root = UInt128(estimate)
    for _ in 0..<2 {
      root = (root + root.dividingFullWidth(radicand).quotient) / 2
    }
    while root.multipliedFullWidth(by: root) > radicand { root -= 1 }
    while (root + 1).multipliedFullWidth(by: root + 1) <= radicand { root += 1 }
    return root
  }
}
