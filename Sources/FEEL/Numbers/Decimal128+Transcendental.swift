extension Decimal128 {
  /// e to this power, rounded once; `nil` beyond the range of decimal128.
  public func exponential() -> Decimal128? {
    let size = PowersOfTen.digits(of: coefficient) + exponent  // below 10^size
    if isZero || size < -36 { return .one }  // nearer to 1 than half a unit
    if size > 5 { return isNegative ? .zero : nil }
    return Self.rounded { bits in
      let power = FixedPoint(coefficient, exponent: exponent, isNegative: isNegative, bits: bits)
      return power.exponential()
    }
  }

  /// The natural logarithm, rounded once; `nil` for zero and negative numbers.
  public func logarithm() -> Decimal128? {
    guard !isNegative, !isZero else { return nil }
    guard self != .one else { return .zero }
    return Self.rounded { bits in
      let logarithm = FixedPoint(logarithmOf: coefficient, exponent: exponent, bits: bits)
      return (logarithm, 0)
    }
  }

  /// This number to the power of `power`; the nearest value, and the exact one where there is one.
  ///
  /// `x ** 0` is 1, also for zero.
  /// - Returns: `nil` beyond the range of decimal128, for zero to a negative power, and for a negative number to a power that is not an integer.
  public func raised(to power: Decimal128) -> Decimal128? {
    if power.isZero || self == .one { return .one }
    if isZero { return power.isNegative ? nil : .zero }
    guard !isNegative || power.isInteger else { return nil }
    let isNegative = isNegative && power.isOdd
    if let exact = ExactPower(of: self, to: power) {
      return exact.rounded(isNegative: isNegative)
    }
    // The size of the result from 34 digits of its logarithm.
    guard let size = magnitude.logarithm()?.multiplied(by: power) else {
      return (magnitude < .one) == power.isNegative ? nil : .zero
    }
    if size > 14_160 { return nil }
    if size < -14_300 { return .zero }
    if size.magnitude < Self.negligible { return isNegative ? -.one : .one }
    return Self.rounded(isNegative: isNegative) { bits in
      let logarithm = FixedPoint(
        logarithmOf: coefficient, exponent: exponent, bits: bits + power.integerBits)
      return logarithm.multiplied(by: power, bits: bits).exponential()
    }
  }

  /// e to this power is nearer to 1 than half a unit.
  private static let negligible = Decimal128(coefficient: 1, exponent: -36, isNegative: false)

  /// Whether this integer is odd.
  private var isOdd: Bool {
    guard exponent <= 0 else { return false }
    return coefficient / PowersOfTen.wide(min(-exponent, 38)) & 1 == 1
  }

  /// Enough bits to hold what is before the point.
  private var integerBits: Int {
    max((PowersOfTen.digits(of: coefficient) + exponent) * 10 / 3 + 2, 0)
  }
}

extension Decimal128 {
  /// Calls `approximation` with more and more bits until all it could stand for rounds to one value (Ziv's strategy).
  ///
  /// The approximation is a value and a power of ten to multiply it by. What is still undecided in its 100th digit is
  /// an exact result, as in `4 ** 0.5`.
  private static func rounded(
    isNegative: Bool = false, _ approximation: (_ bits: Int) -> (FixedPoint, powerOfTen: Int)
  ) -> Decimal128? {
    for bits in [256, 512] {
      let (value, powerOfTen) = approximation(bits)
      let lower = value.offset(by: -1).decimal(powerOfTen, isNegative: isNegative, isSticky: true)
      let upper = value.offset(by: 1).decimal(powerOfTen, isNegative: isNegative, isSticky: true)
      if lower == upper { return lower }
    }
    let (value, powerOfTen) = approximation(512)
    return value.decimal(powerOfTen, isNegative: isNegative, isSticky: false)?.withoutZeros
  }

  /// The same value without zeros at the end of a fraction.
  private var withoutZeros: Decimal128 {
    guard !isZero, exponent < 0 else { return self }
    let (shortest, zeros) = coefficient.strippingZeros(atMost: -exponent)
    return Decimal128(coefficient: shortest, exponent: exponent + zeros, isNegative: isNegative)
  }
}
