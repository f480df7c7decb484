/// A binary fraction of chosen length, for functions whose result is rounded afterwards.
///
/// It stands for every value within `tolerance` of it.
struct FixedPoint {
  private let magnitude: BigNatural
  private let isNegative: Bool
  /// Binary digits after the point.
  private let bits: Int

  /// In units of the last bit; the functions below lose less than half of these 32 bits.
  private static let tolerance = BigNatural(1 << 32)

  private init(_ magnitude: BigNatural, isNegative: Bool = false, bits: Int) {
    self.magnitude = magnitude
    self.isNegative = isNegative
    self.bits = bits
  }

  /// `coefficient × 10^exponent`, cut off after `bits` binary digits.
  init(_ coefficient: UInt128, exponent: Int, isNegative: Bool, bits: Int) {
    let scaled = BigNatural(coefficient).scaled(byPowerOfTen: exponent, shiftedBy: bits)
    self.init(scaled, isNegative: isNegative, bits: bits)
  }

  /// One end of the values this one stands for.
  func offset(by sign: Int) -> FixedPoint {
    let magnitude =
      sign > 0
      ? magnitude + Self.tolerance
      : magnitude > Self.tolerance ? magnitude - Self.tolerance : .zero
    return FixedPoint(magnitude, isNegative: isNegative, bits: bits)
  }

  /// This value times 10^`powerOfTen`, negated by `isNegative`, as a decimal number.
  ///
  /// - Parameter isSticky: whether the value goes on after the last digit; if not, the nearest one is meant.
  func decimal(_ powerOfTen: Int, isNegative: Bool, isSticky: Bool) -> Decimal128? {
    guard !magnitude.isZero else { return .zero }
    // From 10^36 to below 2 × 10^37.
    let size = (Double(magnitude.bitWidth - 1 - bits) * 0.301029995664).rounded(.down)
    let shift = 36 - Int(size)
    let digits = magnitude.scaled(byPowerOfTen: shift, shiftedBy: isSticky ? 0 : 1)
    let whole = isSticky ? digits >> bits : ((digits >> bits) + BigNatural(1)) >> 1
    return Decimal128(
      rounding: whole.exactly128!,  // below 2 × 10^37
      exponent: powerOfTen - shift, isNegative: self.isNegative != isNegative, isSticky: isSticky)
  }
}

extension FixedPoint {
  /// The product with `factor`, with `bits` binary digits.
  func multiplied(by factor: Decimal128, bits newBits: Int) -> FixedPoint {
    let product = (magnitude * BigNatural(factor.coefficient))
      .scaled(byPowerOfTen: factor.exponent, shiftedBy: 0)
    return FixedPoint(
      product >> (bits - newBits), isNegative: isNegative != factor.isNegative, bits: newBits)
  }

  private func multiplied(by factor: Int) -> FixedPoint {
    FixedPoint(
      magnitude * BigNatural(UInt128(factor.magnitude)), isNegative: isNegative != (factor < 0),
      bits: bits)
  }

  static func + (left: FixedPoint, right: FixedPoint) -> FixedPoint {
    if left.isNegative == right.isNegative {
      return FixedPoint(
        left.magnitude + right.magnitude, isNegative: left.isNegative, bits: left.bits)
    }
    return left.magnitude < right.magnitude
      ? FixedPoint(
        right.magnitude - left.magnitude, isNegative: right.isNegative, bits: left.bits)
      : FixedPoint(left.magnitude - right.magnitude, isNegative: left.isNegative, bits: left.bits)
  }
}

extension FixedPoint {
  /// e to this power, as a value from 1 to 10 and a power of ten.
  func exponential() -> (FixedPoint, powerOfTen: Int) {
    let ten = Self.logarithmOfTen(bits: bits).magnitude
    let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: ten)
    let powerOfTen = Int(quotient.exactly128!)  // callers stay below e^15000
    return isNegative
      ? (FixedPoint(ten - rest, bits: bits).series(), -powerOfTen - 1)
      : (FixedPoint(rest, bits: bits).series(), powerOfTen)
  }

  /// Taylor's series of the exponential, after eight halvings that are squared away again.
  private func series() -> FixedPoint {
    let halvings = 8
    let reduced = magnitude >> halvings
    var term = BigNatural(powerOfTwo: bits)
    var sum = term
    var count: UInt64 = 1
    repeat {
      term = ((term * reduced) >> bits).quotientAndRemainder(dividingBy: count).quotient
      sum = sum + term
      count += 1
    } while !term.isZero
    for _ in 0..<halvings { sum = (sum * sum) >> bits }
    return FixedPoint(sum, bits: bits)
  }
}

extension FixedPoint {
  /// The natural logarithm of `coefficient × 10^exponent`.
  init(logarithmOf coefficient: UInt128, exponent: Int, bits: Int) {
    // value = (numerator / denominator) × 2^twos × 10^tens, the fraction between 0.6 and 1.6,
    // so that a value near 1 has neither twos nor tens that would cancel.
    let digits = PowersOfTen.digits(of: coefficient)
    var (numerator, denominator) = (coefficient, PowersOfTen.wide(digits - 1))
    var (twos, tens) = (0, digits + exponent - 1)
    if numerator * 100 > denominator * 316 {
      denominator *= 10
      tens += 1
    }
    if numerator * 100 > denominator * 142 {
      denominator *= 2
      twos = 1
    } else if numerator * 100 < denominator * 70 {
      numerator *= 2
      twos = -1
    }
    self =
      Self.logarithm(of: numerator, over: denominator, bits: bits)
      + Self.logarithmOfTwo(bits: bits).multiplied(by: twos)
      + Self.logarithmOfTen(bits: bits).multiplied(by: tens)
  }

  /// ln(n / d) = 2 artanh((n - d) / (n + d)).
  private static func logarithm(
    of numerator: UInt128, over denominator: UInt128, bits: Int
  ) -> FixedPoint {
    let isNegative = numerator < denominator
    let difference = isNegative ? denominator - numerator : numerator - denominator
    let ratio = (BigNatural(difference) << bits)
      .quotientAndRemainder(dividingBy: BigNatural(numerator + denominator)).quotient
    let square = (ratio * ratio) >> bits
    var power = ratio
    var sum = ratio
    var count: UInt64 = 3
    while !power.isZero {
      power = (power * square) >> bits
      sum = sum + power.quotientAndRemainder(dividingBy: count).quotient
      count += 2
    }
    return FixedPoint(sum << 1, isNegative: isNegative, bits: bits)
  }

  private static let constantBits = 1024
  private static let two = logarithm(of: 2, over: 1, bits: constantBits)
  private static let ten =
    two.multiplied(by: 3) + logarithm(of: 10, over: 8, bits: constantBits)

  private static func logarithmOfTwo(bits: Int) -> FixedPoint { two.cut(to: bits) }
  private static func logarithmOfTen(bits: Int) -> FixedPoint { ten.cut(to: bits) }

  private func cut(to newBits: Int) -> FixedPoint {
    FixedPoint(magnitude >> (bits - newBits), isNegative: isNegative, bits: newBits)
  }
}

extension BigNatural {
  /// This number times 10^`powerOfTen` × 2^`bits`, cut off at the point.
  fileprivate func scaled(byPowerOfTen powerOfTen: Int, shiftedBy bits: Int) -> BigNatural {
    powerOfTen >= 0
      ? (self * PowersOfTen.natural(powerOfTen)) << bits
      : (self << bits).quotientAndRemainder(dividingBy: PowersOfTen.natural(-powerOfTen)).quotient
  }
}
