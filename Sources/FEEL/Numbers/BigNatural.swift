/// A natural number of any size, for the few functions that need more than 38 digits on the way to 34.
struct BigNatural: Hashable, Sendable {
  /// Base 2^64, least significant first, without leading zeros: empty for zero.
  private(set) var limbs: [UInt64]

  init(limbs: [UInt64]) {
    self.limbs = limbs
    normalize()
  }

  init(_ value: UInt128) {
    self.init(limbs: [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)])
  }

  /// 2^`exponent`.
  init(powerOfTwo exponent: Int) {
    limbs = Array(repeating: 0, count: exponent / 64) + [1 << UInt64(exponent % 64)]
  }

  static let zero = BigNatural(limbs: [])

  var isZero: Bool { limbs.isEmpty }
  var isOdd: Bool { limbs.first.map { $0 & 1 == 1 } ?? false }

  /// Bits up to the highest one set; 0 for zero.
  var bitWidth: Int { limbs.count * 64 - (limbs.last?.leadingZeroBitCount ?? 0) }

  /// `nil` from 2^128 on.
  var exactly128: UInt128? {
    switch limbs.count {
    case 0: 0
    case 1: UInt128(limbs[0])
    case 2: UInt128(limbs[1]) << 64 | UInt128(limbs[0])
    default: nil
    }
  }

  private mutating func normalize() {
    while limbs.last == 0 { limbs.removeLast() }
  }
}

extension BigNatural: Comparable {
  static func < (left: BigNatural, right: BigNatural) -> Bool {
    guard left.limbs.count == right.limbs.count else { return left.limbs.count < right.limbs.count }
    for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
      return left.limbs[index] < right.limbs[index]
    }
    return false
  }
}

extension BigNatural {
  static func + (left: BigNatural, right: BigNatural) -> BigNatural {
    let (long, short) = left.limbs.count < right.limbs.count ? (right, left) : (left, right)
    var sum = long.limbs
    var carry: UInt64 = 0
    for index in sum.indices {
      guard index < short.limbs.count || carry > 0 else { break }
      let other = index < short.limbs.count ? short.limbs[index] : 0
      let (partial, first) = sum[index].addingReportingOverflow(other)
      let (total, second) = partial.addingReportingOverflow(carry)
      sum[index] = total
      carry = first || second ? 1 : 0
    }
    if carry > 0 { sum.append(carry) }
    return BigNatural(limbs: sum)
  }

  /// `right` is not above `left`.
  static func - (left: BigNatural, right: BigNatural) -> BigNatural {
    precondition(left >= right, "a natural number has no negative difference")
    var difference = left.limbs
    var borrow: UInt64 = 0
    for index in difference.indices {
      guard index < right.limbs.count || borrow > 0 else { break }
      let other = index < right.limbs.count ? right.limbs[index] : 0
      let (partial, first) = difference[index].subtractingReportingOverflow(other)
      let (total, second) = partial.subtractingReportingOverflow(borrow)
      difference[index] = total
      borrow = first || second ? 1 : 0
    }
    return BigNatural(limbs: difference)
  }

  static func * (left: BigNatural, right: BigNatural) -> BigNatural {
    var product = [UInt64](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (offset, factor) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (index, limb) in right.limbs.enumerated() {
        let (high, low) = factor.multipliedFullWidth(by: limb)
        let sum = UInt128(low) &+ UInt128(product[offset + index]) &+ UInt128(carry)
        product[offset + index] = UInt64(truncatingIfNeeded: sum)
        carry = high &+ UInt64(truncatingIfNeeded: sum >> 64)
      }
      product[offset + right.limbs.count] = carry
    }
    return BigNatural(limbs: product)
  }

  static func << (value: BigNatural, count: Int) -> BigNatural {
    guard !value.isZero else { return value }
    let bits = UInt64(count % 64)
    var limbs = [UInt64](repeating: 0, count: count / 64)
    var carry: UInt64 = 0
    for limb in value.limbs {
      limbs.append(limb << bits | carry)
      carry = bits == 0 ? 0 : limb >> (64 - bits)
    }
    return BigNatural(limbs: limbs + [carry])
  }

  static func >> (value: BigNatural, count: Int) -> BigNatural {
    let bits = UInt64(count % 64)
    let kept = value.limbs.dropFirst(count / 64)
    var limbs: [UInt64] = []
    limbs.reserveCapacity(kept.count)
    for index in kept.indices {
      let next = index + 1 < value.limbs.count ? value.limbs[index + 1] : 0
      limbs.append(kept[index] >> bits | (bits == 0 ? 0 : next << (64 - bits)))
    }
    return BigNatural(limbs: limbs)
  }
}
