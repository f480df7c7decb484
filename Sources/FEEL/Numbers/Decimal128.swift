/// A FEEL number: IEEE 754-2019 decimal128, 34 significant digits, round half to even.
///
/// A value is `coefficient × 10^exponent` with a coefficient below 10^34 and an exponent from -6176 to 6111; trailing
/// zeros are kept (`1.50` prints as `1.50`) but do not count: `1.0 == 1`, with the same hash. There is no NaN, no
/// infinity and no negative zero: an operation without a result answers `nil`, which FEEL shows as `null`.
/// - Note: Source: DMN 1.5, 10.3.2.3.1 (the number domain) and IEEE 754-2019, 3.5.
public struct Decimal128: Sendable {
  /// Sign (1 bit), exponent + 6176 (14 bits), coefficient bits 112...64.
  let high: UInt64
  /// Coefficient bits 63...0.
  let low: UInt64
}

extension Decimal128 {
  public static let zero = Decimal128(0)
  public static let one = Decimal128(1)

  static let precision = 34
  static let exponents = -6176...6111

  static let signMask: UInt64 = 0x8000_0000_0000_0000
  static let exponentMask: UInt64 = 0x7FFE_0000_0000_0000
  static let coefficientMask: UInt64 = 0x0001_FFFF_FFFF_FFFF

  /// Packs parts that are already in range.
  init(coefficient: UInt128, exponent: Int, isNegative: Bool) {
    let top = UInt64(truncatingIfNeeded: coefficient >> 64)
    let biased = UInt64(truncatingIfNeeded: exponent &- Self.exponents.lowerBound) &<< 49
    let sign: UInt64 = isNegative && coefficient != 0 ? 1 &<< 63 : 0
    self.init(high: sign | biased | top, low: UInt64(truncatingIfNeeded: coefficient))
  }

  /// The value of `integer`, always exact.
  public init(_ integer: Int) {
    self.init(coefficient: UInt128(integer.magnitude), exponent: 0, isNegative: integer < 0)
  }

  var coefficient: UInt128 { UInt128(high & 0x1_FFFF_FFFF_FFFF) &<< 64 | UInt128(low) }
  var exponent: Int { Int(truncatingIfNeeded: high &>> 49 & 0x3FFF) &+ Self.exponents.lowerBound }

  public var isNegative: Bool { high &>> 63 == 1 }
  public var isZero: Bool { low == 0 && high & 0x1_FFFF_FFFF_FFFF == 0 }

  /// FEEL `abs`.
  public var magnitude: Decimal128 { Decimal128(high: high & ~(1 &<< 63), low: low) }

  public static prefix func - (value: Decimal128) -> Decimal128 {
    value.isZero ? value : Decimal128(high: value.high ^ 1 &<< 63, low: value.low)
  }
}
