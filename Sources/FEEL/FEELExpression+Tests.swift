/// One unary test whose operand is known without evaluating anything.
public enum UnaryTest: Hashable, Sendable {
  /// `-`
  case anything
  /// Equal to the value, or, for a list, to one of its elements; a range in it must contain the input.
  case value(FEELValue)
  /// An interval or a comparison.
  case range(FEELRange)
  /// Whatever the test is, it needs variables or `?`.
  case computed
}

extension FEELExpression {
  /// The single tests of a cell, for an index or for analysis; `nil` for an expression.
  public var unaryTests: (isNegated: Bool, tests: [UnaryTest])? {
    guard kind == .unaryTests else { return nil }
    switch program.nodes[Int(program.root)] {
    case .constant: return (false, [.anything])
    case .not(let tests): return (true, self.tests(tests))
    default: return (false, tests(program.root))
    }
  }

  private func tests(_ id: NodeID) -> [UnaryTest] {
    switch program.nodes[Int(id)] {
    case .anyTest(let run): program.operands[run.range].map(test)
    default: [test(id)]
    }
  }

  private func test(_ id: NodeID) -> UnaryTest {
    switch program.nodes[Int(id)] {
    case .comparison(let comparison, _, let end):
      constant(end).flatMap { FEELRange(comparison, $0) }.map { .range($0) } ?? .computed
    case .inside(_, let operand):
      switch constant(operand) {
      case .range(let range): .range(range)
      case let value?: .value(value)
      case nil: .computed
      }
    default: .computed
    }
  }

  private func constant(_ id: NodeID) -> FEELValue? {
    guard case .constant(let index) = program.nodes[Int(id)] else { return nil }
    return program.constants[Int(index)]
  }
}
