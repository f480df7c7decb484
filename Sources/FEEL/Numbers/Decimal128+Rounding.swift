/// How a number is brought to fewer digits.
public enum RoundingMode: CaseIterable, Hashable, Sendable {
  /// Toward zero: FEEL `round down`.
  case down
  /// Away from zero: FEEL `round up`.
  case up
  /// Toward negative infinity: FEEL `floor`.
  case floor
  /// Toward positive infinity: FEEL `ceiling`.
  case ceiling
  /// To the nearest, halves toward zero: FEEL `round half down`.
  case halfDown
  /// To the nearest, halves away from zero: FEEL `round half up`.
  case halfUp
  /// To the nearest, halves to the even digit: FEEL `decimal`, and all arithmetic.
  case halfEven
}

extension RoundingMode {
  /// Whether the kept digits grow by one `unit` when `rest` of it is cut off.
  fileprivate func addsOne(
    toOdd isOdd: Bool, rest: UInt128, unit: UInt128, isNegative: Bool
  ) -> Bool {
    guard rest != 0 else { return false }
    let half = unit / 2
    return switch self {
    case .down: false
    case .up: true
    case .floor: isNegative
    case .ceiling: !isNegative
    case .halfDown: rest > half
    case .halfUp: rest >= half
    case .halfEven: rest > half || rest == half && isOdd
    }
  }
}

extension Decimal128 {
  /// 10^34, one more than the greatest coefficient.
  static var limit: UInt128 { UInt128(high: 0x1_ED09_BEAD_87C0, low: 0x378D_8E64_0000_0000) }

  /// The nearest value to `coefficient × 10^exponent`; halves go to the even digit.
  ///
  /// - Parameter isSticky: something above zero and below one unit follows `coefficient`, which then has at least 35 digits.
  /// - Returns: `nil` when it is above the greatest value of decimal128.
  init?(rounding coefficient: UInt128, exponent: Int, isNegative: Bool, isSticky: Bool = false) {
    if coefficient < Self.limit, Self.exponents.contains(exponent) {
      self.init(coefficient: coefficient, exponent: exponent, isNegative: isNegative)
      return
    }
    let tooMany = PowersOfTen.digits(of: coefficient) &- Self.precision
    let drop = max(tooMany, Self.exponents.lowerBound &- exponent, 0)
    // Above 38 it is below half of the least value: 2^128 < 10^39 / 2.
    var rounded = drop > 38 ? 0 : Self.dropping(drop, from: coefficient, isSticky: isSticky)
    var exponent = exponent &+ drop
    if rounded == Self.limit {
      rounded = Self.limit / 10
      exponent &+= 1
    }
    if rounded == 0, coefficient != 0 { exponent = 0 }  // nothing is left: a plain zero
    self.init(clamping: rounded, exponent: exponent, isNegative: isNegative)
  }

  /// `coefficient / 10^drop`, halves to the even digit; `drop` is at most 38.
  private static func dropping(_ drop: Int, from coefficient: UInt128, isSticky: Bool) -> UInt128 {
    guard drop > 0 else { return coefficient }
    let (quotient, rest) = PowersOfTen.divide(coefficient, byPowerOfTen: drop)
    let half = PowersOfTen.wide(drop) &>> 1
    let isUp = rest > half || rest == half && (isSticky || quotient & 1 == 1)
    return isUp ? quotient &+ 1 : quotient
  }

  /// A coefficient of at most 34 digits; an exponent above the range is taken down by zeros at the end.
  private init?(clamping coefficient: UInt128, exponent: Int, isNegative: Bool) {
    let highest = Self.exponents.upperBound
    if coefficient == 0 {
      let nearest = min(max(exponent, Self.exponents.lowerBound), highest)
      self.init(coefficient: 0, exponent: nearest, isNegative: false)
    } else if exponent <= highest {
      self.init(coefficient: coefficient, exponent: exponent, isNegative: isNegative)
    } else {
      let zeros = exponent - highest
      guard PowersOfTen.digits(of: coefficient) + zeros <= Self.precision else { return nil }
      self.init(
        coefficient: coefficient * PowersOfTen.wide(zeros), exponent: highest,
        isNegative: isNegative)
    }
  }

  /// This number with `scale` digits after the point (before it, when negative).
  ///
  /// As many zeros are added as 34 digits allow. FEEL's functions take -6111...6176 as scale; here any scale has a result.
  /// - Returns: `nil` when rounding up leaves the range of decimal128.
  public func rounded(to scale: Int, _ mode: RoundingMode) -> Decimal128? {
    let target = -min(max(scale, -10_000), 10_000)  // beyond the range of any exponent
    if exponent >= target { return padded(to: target) }
    guard !isZero else {
      return Decimal128(rounding: 0, exponent: target, isNegative: false)
    }
    let drop = target - exponent
    let power = min(drop, 38)  // 10^38 is more than twice any coefficient
    let (quotient, rest) = PowersOfTen.divide(coefficient, byPowerOfTen: power)
    let addsOne = mode.addsOne(
      toOdd: quotient & 1 == 1, rest: rest, unit: PowersOfTen.wide(power), isNegative: isNegative)
    return Decimal128(
      rounding: quotient + (addsOne ? 1 : 0), exponent: target, isNegative: isNegative)
  }

  /// The same value with the exponent `target`, or the nearest to it that 34 digits allow.
  private func padded(to target: Int) -> Decimal128 {
    let room = isZero ? .max : Self.precision - PowersOfTen.digits(of: coefficient)
    let lowest = max(target, Self.exponents.lowerBound)
    let zeros = min(exponent - lowest, room)
    return Decimal128(
      coefficient: isZero ? 0 : coefficient * PowersOfTen.wide(zeros), exponent: exponent - zeros,
      isNegative: isNegative)
  }
}
