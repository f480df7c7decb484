/// Division of 128 by 64 bits with multiplications alone, several times faster than the processor's.
///
/// - Note: Source: N. Möller and T. Granlund, "Improved Division by Invariant Integers" (2011), algorithms 2 and 4.
struct InvariantDivisor {
  /// Bit 63 is set.
  let divisor: UInt64
  /// (2^128 - 1) / `divisor` - 2^64.
  private let inverse: UInt64

  /// Bit 63 of `divisor` must be set.
  @inline(__always)
  init(normalized divisor: UInt64) {
    // Newton's steps from 10 to 20, 34 and 64 bits; the names are those of algorithm 2.
    let d40 = divisor &>> 24 &+ 1
    let v0 = UInt64(0x7FD00 / UInt32(truncatingIfNeeded: divisor &>> 55))
    let v1 = v0 &<< 11 &- (v0 &* v0 &* d40) &>> 40 &- 1
    let v2 = v1 &<< 13 &+ (v1 &* (1 &<< 60 &- v1 &* d40)) &>> 47
    let d63 = divisor &>> 1 &+ divisor & 1
    let error = v2 &>> 1 &* (divisor & 1) &- v2 &* d63
    let v3 = v2 &<< 31 &+ (UInt128(v2) &* UInt128(error)).highLimb &>> 1
    let product = UInt128(v3) &* UInt128(divisor) &+ UInt128(divisor)
    self.divisor = divisor
    inverse = v3 &- product.highLimb &- divisor
  }

  /// `high` is below `divisor`, so the quotient has 64 bits.
  @inline(__always)
  func divide(_ high: UInt64, _ low: UInt64) -> (quotient: UInt64, remainder: UInt64) {
    let estimate = UInt128(inverse) &* UInt128(high) &+ UInt128(high: high, low: low)
    var quotient = estimate.highLimb &+ 1
    var remainder = low &- quotient &* divisor
    let correction: UInt64 = remainder > estimate.lowLimb ? .max : 0  // 0 or -1, without a jump
    quotient &+= correction
    remainder &+= correction & divisor
    if remainder >= divisor {  // almost never
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }
}

extension UInt128 {
  @inline(__always)
  init(high: UInt64, low: UInt64) {
    self = UInt128(high) &<< 64 | UInt128(low)
  }

  @inline(__always) var highLimb: UInt64 { UInt64(truncatingIfNeeded: self &>> 64) }
  @inline(__always) var lowLimb: UInt64 { UInt64(truncatingIfNeeded: self) }
}
