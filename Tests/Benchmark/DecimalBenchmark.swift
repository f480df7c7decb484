import FEEL

/// Nanoseconds of processor time per operation of `Decimal128`: the workload `decimal`.
enum DecimalBenchmark {
  /// Each operation on amounts as people write them, and on 34 digits where `long` stands behind its name.
  static func run() -> [Figure] {
    [Operands.short, Operands.long].flatMap { operands in
      [
        ("add\(operands.suffix)", operands.pairs { $0.adding($1) }),
        ("multiply\(operands.suffix)", operands.pairs { $0.multiplied(by: $1) }),
        ("divide\(operands.suffix)", operands.pairs { $0.divided(by: $1) }),
        ("compare\(operands.suffix)", operands.pairs { $0 < $1 }),
        ("parse\(operands.suffix)", operands.texts { Decimal128($0) }),
        ("print\(operands.suffix)", operands.pairs { left, _ in left.description }),
      ].map { Figure(name: $0.0, value: $0.1, unit: "ns/operation") }
    }
  }
}

private struct Operands {
  let suffix: String
  let left: [Decimal128]
  let right: [Decimal128]
  let texts: [String]

  static let short = Operands(
    "", texts: (0..<1024).map { "\($0 * 7919 % 99_991 + 1).\(10 + $0 % 90)" })
  static let long = Operands(
    " long",
    texts: (0..<1024).map {
      "\(1_000_003 + $0 * 7919).\(111_111_111_111_111_111 + $0 * 104_729)\(123_456_789)"
    })

  init(_ suffix: String, texts: [String]) {
    self.suffix = suffix
    self.texts = texts
    left = texts.map { Decimal128($0) ?? .one }
    right = left.reversed()
  }

  func pairs<Result>(_ operation: (Decimal128, Decimal128) -> Result) -> Double {
    Self.nanoseconds(of: left.count) {
      for index in left.indices { blackHole(operation(left[index], right[index])) }
    }
  }

  func texts<Result>(_ operation: (String) -> Result) -> Double {
    Self.nanoseconds(of: texts.count) {
      for text in texts { blackHole(operation(text)) }
    }
  }

  /// The best of eleven rounds after one to warm up: others use the processor too.
  private static func nanoseconds(of count: Int, _ body: () -> Void) -> Double {
    let repeats = 200
    let rounds = (0..<12).map { _ in
      let start = Figure.processorTime()
      for _ in 0..<repeats { body() }
      return (Figure.processorTime() - start) * 1e9 / Double(repeats * count)
    }
    return rounds.dropFirst().min() ?? 0
  }
}

/// Keeps the compiler from leaving out work whose result nobody reads.
@inline(never)
private func blackHole<Value>(_ value: Value) {}
