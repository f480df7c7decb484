import TestSupport
import Testing

@testable import FEEL

/// The divisions under `Decimal128`, against the standard library's.
@Suite struct NumbersDivisionTests {
  @Test func digitsOfAllSizes() {
    var power: UInt128 = 1
    for digits in 1...38 {
      #expect(PowersOfTen.digits(of: power) == digits)
      #expect(PowersOfTen.digits(of: power - 1) == max(digits - 1, 1))
      #expect(PowersOfTen.wide(digits - 1) == power)
      power *= 10
    }
    for bit in 0..<128 {
      let value = UInt128(1) << UInt128(bit)
      #expect(PowersOfTen.digits(of: value) == String(value).count)
      if let narrow = UInt64(exactly: value) {
        #expect(PowersOfTen.digits(of: narrow) == String(value).count)
      }
    }
    #expect(PowersOfTen.digits(of: UInt128.max) == 39)
    #expect(PowersOfTen.digits(of: UInt64.max) == 20)
  }

  @Test func dividesByPowersOfTen() {
    var random = SeededNumbers(seed: 1)
    for _ in 0..<20_000 {
      let exponent = Int.random(in: 0...38, using: &random)
      let power = PowersOfTen.wide(exponent)
      let value = random.wide()
      // Multiples and their neighbours are where an estimate can be one off.
      let multiple = value - value % power
      for value in [value, multiple, multiple == 0 ? 0 : multiple - 1] {
        let (quotient, remainder) = PowersOfTen.divide(value, byPowerOfTen: exponent)
        #expect(quotient == value / power && remainder == value % power)
      }
    }
  }

  @Test func dividesProductsByPowersOfTen() {
    var random = SeededNumbers(seed: 2)
    for _ in 0..<20_000 {
      let left = PowersOfTen.wide(33) + random.wide() % (Decimal128.limit - PowersOfTen.wide(33))
      let right = PowersOfTen.wide(20) + random.wide() % (Decimal128.limit - PowersOfTen.wide(20))
      let product = left.multipliedFullWidth(by: right)
      let exponent = PowersOfTen.digits(of: left) + PowersOfTen.digits(of: right) - 36
      let expected = PowersOfTen.wide(exponent).dividingFullWidth(product)
      let (quotient, remainder) = PowersOfTen.divide(product, byPowerOfTen: exponent)
      #expect(quotient == expected.quotient && remainder == expected.remainder)
    }
  }

  @Test func dividesByNormalizedNumbers() {
    var random = SeededNumbers(seed: 3)
    for _ in 0..<20_000 {
      let narrow = random.next() | 1 << 63
      let high = random.one(of: [random.next() % narrow, narrow - 1, 0])
      let low = random.one(of: [random.next(), 0, .max])
      let expected = narrow.dividingFullWidth((high, low))
      let (quotient, remainder) = InvariantDivisor(normalized: narrow).divide(high, low)
      #expect(quotient == expected.quotient && remainder == expected.remainder)

      let divisor = random.wide() | 1 << 127
      let upper = random.one(of: [random.wide() % divisor, divisor - 1, 0])
      let dividend = (high: upper, low: random.wide())
      let wide = divisor.dividingFullWidth(dividend)
      let (digits, rest) = divisor.normalizedDivision(of: dividend)
      #expect(digits == wide.quotient && rest == wide.remainder)
    }
  }

  @Test func dividesLongNumbers() {
    var random = SeededNumbers(seed: 4)
    for _ in 0..<2_000 {
      let dividend = random.natural(limbs: Int.random(in: 0...12, using: &random))
      let divisor = random.natural(limbs: Int.random(in: 1...6, using: &random))
      guard !divisor.isZero else { continue }
      let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
      #expect(remainder < divisor)
      #expect(quotient * divisor + remainder == dividend)
      let shift = Int.random(in: 0...200, using: &random)
      #expect((dividend << shift) >> shift == dividend)
      #expect(dividend + divisor - divisor == dividend)
      #expect(dividend << shift == dividend * BigNatural(powerOfTwo: shift))
    }
  }
}

extension SeededNumbers {
  mutating func one<Value>(of values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }

  /// Up to 128 bits, often fewer, often with long runs of ones or zeros.
  fileprivate mutating func wide() -> UInt128 {
    let value = UInt128(next()) << 64 | UInt128(next())
    switch next() % 4 {
    case 0: return value >> UInt128(next() % 128)
    case 1: return ~(value >> UInt128(next() % 128))
    default: return value
    }
  }

  fileprivate mutating func natural(limbs: Int) -> BigNatural {
    BigNatural(limbs: (0..<limbs).map { _ in one(of: [next(), next(), .max, 0]) })
  }
}
