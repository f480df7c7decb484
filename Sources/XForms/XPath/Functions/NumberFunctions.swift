import Glibc

extension XPathEvaluator {
  mutating func numberFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> Double {
    switch function {
    case .number:
      guard let argument = arguments.first else { return number(stringValue(focus.node)) }
      return try number(of: argument, focus)
    case .sum:
      let nodes = try nodes(of: arguments[0], focus)
      return nodes.reduce(0) { $0 + number(stringValue($1)) }
    case .min: return try extreme(arguments, focus) { Swift.min($0, $1) }
    case .max: return try extreme(arguments, focus) { Swift.max($0, $1) }
    case .floor: return try number(of: arguments[0], focus).rounded(.down)
    case .ceiling: return try number(of: arguments[0], focus).rounded(.up)
    case .abs: return try number(of: arguments[0], focus).magnitude
    case .int: return try number(of: arguments[0], focus).rounded(.towardZero)
    case .round:
      let places = try arguments.dropFirst().first.map { try number(of: $0, focus) } ?? 0
      return XPathNumber.round(
        try number(of: arguments[0], focus),
        places: places.isFinite ? Int(max(-400, min(400, places))) : 0)
    case .pow:
      return Glibc.pow(try number(of: arguments[0], focus), try number(of: arguments[1], focus))
    default: return Double(nextRandom() >> 11) / Double(UInt64(1) << 53)
    }
  }

  /// Over values and node-sets; NaN when there is none or one is NaN.
  private mutating func extreme(
    _ arguments: [XPathTerm], _ focus: Focus, _ choose: (Double, Double) -> Double
  ) throws -> Double {
    let numbers = try strings(arguments, focus).map(number)
    guard let first = numbers.first, !numbers.contains(where: \.isNaN) else { return .nan }
    return numbers.dropFirst().reduce(first, choose)
  }

  mutating func realFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> Double {
    let value = try arguments.first.map { try number(of: $0, focus) } ?? .nan
    switch function {
    case .sqrt: return value.squareRoot()
    case .log: return Glibc.log(value)
    case .log10: return Glibc.log10(value)
    case .exp: return Glibc.exp(value)
    case .exp10: return Glibc.pow(10, value)
    case .sin: return Glibc.sin(value)
    case .cos: return Glibc.cos(value)
    case .tan: return Glibc.tan(value)
    case .asin: return Glibc.asin(value)
    case .acos: return Glibc.acos(value)
    case .atan: return Glibc.atan(value)
    case .atan2: return Glibc.atan2(value, try number(of: arguments[1], focus))
    default: return .pi
    }
  }
}
