extension Decimal128: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}

extension Decimal128 {
  /// Whether there is nothing behind the point but zeros.
  public var isInteger: Bool {
    if exponent >= 0 || isZero { return true }
    if exponent <= -Self.precision { return false }  // below 1
    return coefficient % PowersOfTen.wide(-exponent) == 0
  }
}

extension Int {
  /// `number` as an integer; `nil` when it has a fraction or does not fit.
  public init?(exactly number: Decimal128) {
    guard !number.isZero else {
      self = 0
      return
    }
    let (value, zeros) = number.coefficient.strippingZeros(atMost: Decimal128.precision)
    let exponent = number.exponent + zeros
    guard (0..<20).contains(exponent), value >> 64 == 0 else { return nil }
    let magnitude = value * PowersOfTen.wide(exponent)  // 64 by 64 bits
    guard magnitude <= Int.min.magnitude else { return nil }
    self.init(exactly: number.isNegative ? -Int128(magnitude) : Int128(magnitude))
  }
}
