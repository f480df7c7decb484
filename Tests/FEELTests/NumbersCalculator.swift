import FEEL

/// The operations of `Decimal128` by the names that case files and `Oracle/decimal_cases.py` use.
enum NumbersCalculator {
  /// The result; `nil` is FEEL's `null`. `right` is `-` or absent where an operation takes one number.
  static func result(_ words: [Substring]) throws -> Decimal128? {
    guard let left = words.dropFirst().first.flatMap(Decimal128.init) else {
      throw UnknownOperation(words: words)
    }
    let right = words.dropFirst(2).first.flatMap(Decimal128.init) ?? .zero
    switch words[0] {
    case "add": return left.adding(right)
    case "subtract": return left.subtracting(right)
    case "multiply": return left.multiplied(by: right)
    case "divide": return left.divided(by: right)
    case "modulo": return left.modulo(right)
    case "remainder": return left.remainder(right)
    case "compare": return Decimal128(left.ordering(to: right).rawValue)
    case "hash": return left == right && left.hashValue == right.hashValue ? 1 : 0
    case "squareRoot": return left.squareRoot()
    case "exponential": return left.exponential()
    case "logarithm": return left.logarithm()
    case "power": return left.raised(to: right)
    case "text": return left
    default: break
    }
    guard let mode = RoundingMode.allCases.first(where: { words[0] == "round:\($0)" }),
      let scale = Int(exactly: right)
    else { throw UnknownOperation(words: words) }
    return left.rounded(to: scale, mode)
  }
}

/// A line of a case file that no operation reads.
struct UnknownOperation: Error {
  let words: [Substring]
}
