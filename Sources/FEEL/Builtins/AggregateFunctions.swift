/// Functions that make one value of many (DMN 1.5, table 76).
extension Builtins {
  static let aggregates: [Builtin] =
    Builtin.ofElements("min") { (elements, evaluator) throws(Failure) in
      try extreme(elements, .less, &evaluator)
    }
    + Builtin.ofElements("max") { (elements, evaluator) throws(Failure) in
      try extreme(elements, .greater, &evaluator)
    }
    + Builtin.ofElements("sum") { (elements, _) throws(Failure) in
      try sum(elements)
    }
    + Builtin.ofElements("mean") { (elements, _) throws(Failure) in
      try represented(mean(of: numbers(in: elements)), "mean")
    }
    + Builtin.ofElements("median") { (elements, evaluator) throws(Failure) in
      try evaluator.take(2 * elements.count)  // sorting
      return try represented(median(of: numbers(in: elements).sorted()), "median")
    }
    + Builtin.ofElements("product") { (elements, _) throws(Failure) in
      var product: Decimal128? = .one
      for number in try numbers(in: elements) { product = product?.multiplied(by: number) }
      return try represented(product, "product")
    }
    + Builtin.ofElements("stddev") { (elements, _) throws(Failure) in
      try represented(standardDeviation(of: numbers(in: elements)), "stddev")
    }
    + Builtin.ofElements("mode") { (elements, evaluator) throws(Failure) in
      try evaluator.take(2 * elements.count)  // sorting
      return try mode(elements)
    }

  /// The numbers, of which there must be at least one and nothing else.
  private static func numbers(in elements: [FEELValue]) throws(Failure) -> [Decimal128] {
    guard !elements.isEmpty else { throw .noElement(1, of: 0) }
    return try onlyNumbers(in: elements)
  }

  private static func onlyNumbers(in elements: [FEELValue]) throws(Failure) -> [Decimal128] {
    var numbers: [Decimal128] = []
    numbers.reserveCapacity(elements.count)
    for element in elements {
      guard case .number(let number) = element else {
        throw .argument("list", expected: "list<number>", found: element.kind)
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func extreme(
    _ elements: [FEELValue], _ wanted: Ordering, _ evaluator: inout Evaluator
  ) throws(Failure) -> FEELValue {
    guard var best = elements.first else { throw .noElement(1, of: 0) }
    for element in elements {
      try evaluator.take(element.comparisonExtent(with: best))
      guard let order = element.ordering(to: best) else {
        throw .operands(wanted == .less ? "<" : ">", element.kind, best.kind)
      }
      if order == wanted { best = element }
    }
    return best
  }

  /// The sum of numbers, or of durations of one type.
  private static func sum(_ elements: [FEELValue]) throws(Failure) -> FEELValue {
    guard let first = elements.first else { throw .noElement(1, of: 0) }
    if case .number = first {
      return try represented(total(of: numbers(in: elements)), "sum")
    }
    guard FEELValue.Kind.duration.contains(first.kind) else {
      throw .argument("list", expected: "list<number>", found: first.kind)
    }
    var total = first
    for element in elements.dropFirst() {
      guard element.kind == first.kind else {
        throw .argument("list", expected: "list<\(first.kind.name)>", found: element.kind)
      }
      guard case .value(let sum) = total.adding(element) else { throw .notRepresentable("sum") }
      total = sum
    }
    return total
  }

  private static func total(of numbers: [Decimal128]) -> Decimal128? {
    var total: Decimal128? = .zero
    for number in numbers { total = total?.adding(number) }
    return total
  }

  private static func mean(of numbers: [Decimal128]) -> Decimal128? {
    total(of: numbers)?.divided(by: Decimal128(numbers.count))
  }

  private static func median(of sorted: [Decimal128]) -> Decimal128? {
    let middle = sorted.count / 2
    guard sorted.count.isMultiple(of: 2) else { return sorted[middle] }
    return mean(of: [sorted[middle - 1], sorted[middle]])
  }

  /// Of a sample: divided by one less than the count.
  private static func standardDeviation(of numbers: [Decimal128]) -> Decimal128? {
    guard numbers.count > 1, let mean = mean(of: numbers) else { return nil }
    var squares: Decimal128? = .zero
    for number in numbers {
      let distance = number.subtracting(mean)
      squares = distance.flatMap { $0.multiplied(by: $0) }.flatMap { squares?.adding($0) }
    }
    return squares?.divided(by: Decimal128(numbers.count - 1))?.squareRoot()
  }

  /// The most frequent numbers, ascending.
  private static func mode(_ elements: [FEELValue]) throws(Failure) -> FEELValue {
    var counts: [Decimal128: Int] = [:]
    for number in try onlyNumbers(in: elements) { counts[number, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return .list(counts.filter { $0.value == most }.keys.sorted().map { .number($0) })
  }
}
