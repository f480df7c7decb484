extension Decimal128: Hashable, Comparable {
  public static func == (left: Decimal128, right: Decimal128) -> Bool {
    if left.low == right.low && left.high == right.high { return true }
    // Same exponent, or different signs of numbers that are not both zero: nothing to scale.
    if (left.high ^ right.high) & exponentMask == 0 { return false }
    return left.ordering(to: right) == .equal
  }

  public static func < (left: Decimal128, right: Decimal128) -> Bool {
    if (left.high ^ right.high) & (signMask | exponentMask) == 0 {
      // Same sign and exponent: the coefficients decide.
      let (lower, upper) = left.isNegative ? (right, left) : (left, right)
      return lower.high == upper.high ? lower.low < upper.low : lower.high < upper.high
    }
    return left.ordering(to: right) == .less
  }

  public func hash(into hasher: inout Hasher) {
    guard !isZero else { return hasher.combine(0) }
    let (shortest, zeros) = coefficient.strippingZeros(atMost: Self.precision)
    hasher.combine(isNegative)
    hasher.combine(UInt64(truncatingIfNeeded: shortest >> 64))
    hasher.combine(UInt64(truncatingIfNeeded: shortest))
    hasher.combine(exponent &+ zeros)
  }

  /// By value, whatever the zeros at the end.
  public func ordering(to other: Decimal128) -> Ordering {
    guard isNegative == other.isNegative else {
      return isNegative ? .less : .greater  // there is no negative zero
    }
    let magnitudes = magnitudeOrdering(to: other)
    return isNegative ? magnitudes.reversed : magnitudes
  }

  private func magnitudeOrdering(to other: Decimal128) -> Ordering {
    let shift = exponent &- other.exponent
    let narrow = (high | other.high) & Self.coefficientMask == 0
    if narrow && shift.magnitude < 20 {
      // 64 × 64 bits: scaled without overflow.
      return shift >= 0
        ? Ordering(UInt128(low) &* UInt128(PowersOfTen.small(shift)), UInt128(other.low))
        : Ordering(UInt128(low), UInt128(other.low) &* UInt128(PowersOfTen.small(-shift)))
    }
    return shift >= 0
      ? Ordering.scaling(coefficient, byPowerOfTen: shift, to: other.coefficient)
      : Ordering.scaling(other.coefficient, byPowerOfTen: -shift, to: coefficient).reversed
  }
}

extension Ordering {
  /// Compares `left × 10^shift` with `right`, both below 10^34.
  fileprivate static func scaling(
    _ left: UInt128, byPowerOfTen shift: Int, to right: UInt128
  ) -> Ordering {
    if left == 0 || right == 0 { return Ordering(left, right) }
    let difference = PowersOfTen.digits(of: left) + shift - PowersOfTen.digits(of: right)
    if difference != 0 { return difference < 0 ? .less : .greater }
    return Ordering(left * PowersOfTen.wide(shift), right)
  }
}

extension UInt128 {
  /// Takes zeros off the end of the decimal digits, `limit` at most; not for zero.
  func strippingZeros(atMost limit: Int) -> (value: UInt128, zeros: Int) {
    var value = self
    var zeros = 0
    // A value with z zeros at the end is a multiple of 2^z.
    for step in [16, 8, 4, 2, 1] {
      while zeros + step <= limit, value.trailingZeroBitCount >= step {
        let (quotient, rest) = PowersOfTen.divide(value, byPowerOfTen: step)
        guard rest == 0 else { break }
        value = quotient
        zeros += step
      }
    }
    return (value, zeros)
  }
}
