/// Functions of numbers (DMN 1.5, table 77).
extension Builtins {
  static let numbers: [Builtin] =
    [
      rounding("decimal", .halfEven),
      rounding("floor", .floor),
      rounding("ceiling", .ceiling),
      rounding("round up", .up),
      rounding("round down", .down),
      rounding("round half up", .halfUp),
      rounding("round half down", .halfDown),
      wholeRounding("floor", .floor),
      wholeRounding("ceiling", .ceiling),
      Builtin("abs", .init("n", [.number, .daysTime, .yearsMonths])) { call, _ in
        magnitude(of: call[0])
      },
      Builtin("modulo", .number("dividend"), .number("divisor")) {
        (call, evaluator) throws(Failure) in
        let shift = call.number(0).exponent - call.number(1).exponent
        try evaluator.take(Int(shift.magnitude) / 100)
        return try represented(call.number(0).modulo(call.number(1)), "modulo")
      },
      Builtin("sqrt", .number("number"), cost: 20) { (call, _) throws(Failure) in
        guard !call.number(0).isNegative else { throw .outsideDomain("number") }
        return try represented(call.number(0).squareRoot(), "sqrt")
      },
      Builtin("log", .number("number"), cost: 300) { (call, _) throws(Failure) in
        guard !call.number(0).isNegative, !call.number(0).isZero else {
          throw .outsideDomain("number")
        }
        return try represented(call.number(0).logarithm(), "log")
      },
      Builtin("exp", .number("number"), cost: 300) { (call, _) throws(Failure) in
        try represented(call.number(0).exponential(), "exp")
      },
      Builtin("odd", .number("number")) { call, _ in
        .boolean(call.number(0).modulo(2) == 1)
      },
      Builtin("even", .number("number")) { call, _ in
        .boolean(call.number(0).modulo(2) == 0)
      },
      Builtin("random number", isPure: false) { (_, evaluator) throws(Failure) in
        // 53 bits, as a double would have.
        let bits = try evaluator.randomBits() &>> 11
        return try represented(
          Decimal128(Int(bits)).divided(by: Decimal128(1 &<< 53)), "random number")
      },
    ]

  private static func rounding(_ name: String, _ mode: RoundingMode) -> Builtin {
    Builtin(name, .number("n"), .number("scale")) { (call, _) throws(Failure) in
      let scale = try call.integer(1, "scale")
      guard (-6111...6176).contains(scale) else { throw .outsideDomain("scale") }
      return try represented(call.number(0).rounded(to: scale, mode), name)
    }
  }

  private static func wholeRounding(_ name: String, _ mode: RoundingMode) -> Builtin {
    Builtin(name, .number("n")) { (call, _) throws(Failure) in
      try represented(call.number(0).rounded(to: 0, mode), name)
    }
  }

  private static func magnitude(of value: FEELValue) -> FEELValue {
    switch value {
    case .number(let number): .number(number.magnitude)
    case .daysTime(let duration): .daysTime(duration.magnitude)
    case .yearsMonths(let duration): .yearsMonths(duration.magnitude)
    default: .null
    }
  }

  /// A number that exists.
  static func represented(
    _ number: Decimal128?, _ operation: String
  ) throws(Failure) -> FEELValue {
    guard let number else { throw .notRepresentable(operation) }
    return .number(number)
  }
}

extension Evaluator {
  /// The next 64 bits of the generator that the environment's seed started (SplitMix64).
  mutating func randomBits() throws(Failure) -> UInt64 {
    guard var state = randomState else { throw .noSeed }
    state &+= 0x9E37_79B9_7F4A_7C15
    randomState = state
    var bits = state
    bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits &>> 31)
  }
}
