public import Diagnostics

/// An expression of FEEL (DMN 1.5, clause 10), parsed and resolved once, evaluated as often as one likes.
public struct FEELExpression: Sendable {
  public enum Kind: Hashable, Sendable {
    case expression
    /// The content of an input cell: tests of the value of the variable `?`.
    case unaryTests
  }

  public let source: String
  public let location: SourceLocation?
  public let kind: Kind
  let program: Program

  /// Reads `text`.
  ///
  /// - Parameter names: the variables it may use; only these may have blanks and operators in them.
  /// - Throws: `FEEL0xx` with line and column, counted from `location` when that is given.
  public init(
    parsing text: String, as kind: Kind = .expression, names: FEELNames = .none,
    at location: SourceLocation? = nil
  ) throws {
    var parser = Parser(text, names: names, at: location)
    switch kind {
    case .expression: program = try parser.expressionProgram()
    case .unaryTests: program = try parser.unaryTestsProgram()
    }
    source = text
    self.location = location
    self.kind = kind
  }

  /// The variables it reads from outside, in the order in which it first names them.
  ///
  /// A name in a filter that may be an entry of the elements or a variable counts too.
  public var freeNames: [String] { program.free.map(\.name) }

  /// Those of `freeNames` that must come from outside: all but the entries that the elements of a filter have by their type.
  public var requiredNames: [String] { program.free.filter { !$0.isEntry }.map(\.name) }

  /// The value, when it does not depend on anything.
  public var constant: FEELValue? {
    guard case .constant(let index) = program.nodes[Int(program.root)] else { return nil }
    return program.constants[Int(index)]
  }
}

extension FEELExpression {
  /// The value where the variables are the entries of `context`.
  public func evaluate(
    in context: FEELContext, environment: consuming FEELEnvironment = FEELEnvironment()
  ) -> FEELResult {
    evaluate(environment: environment) { context[$0] }
  }

  /// The value where `lookup` gives the variables; it is called once for each of `freeNames`.
  public func evaluate(
    environment: consuming FEELEnvironment = FEELEnvironment(), lookup: (String) -> FEELValue?
  ) -> FEELResult {
    Evaluator.with(program, environment: environment) { evaluator in
      for variable in evaluator.program.free {
        if let value = lookup(variable.name) ?? evaluator.function(for: variable) {
          evaluator.frame[Int(variable.slot)] = value
        } else {
          evaluator.markMissing(variable.slot)
        }
      }
      return evaluator.result()
    }
  }
}

extension Evaluator {
  /// A function of the host or a built-in one, where no variable has its name.
  fileprivate func function(for variable: Program.FreeVariable) -> FEELValue? {
    if !environment.functions.isEmpty, let host = environment.functions[variable.name] {
      return .function(host)
    }
    return variable.builtin.map { first in
      .function(
        FEELFunction(name: variable.name, parameters: [], result: .any, body: .builtin(first)))
    }
  }

  fileprivate mutating func result() -> FEELResult {
    let value = value(program.root)
    // Out of steps: what was computed is not the answer.
    return FEELResult(value: steps < 0 ? .null : value, notes: notes)
  }
}

extension FEELExpression: Hashable {
  /// The same text in the same place, read the same way.
  public static func == (left: FEELExpression, right: FEELExpression) -> Bool {
    left.program === right.program
      || (left.source == right.source && left.location == right.location
        && left.kind == right.kind && left.program.code == right.program.code)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(kind)
  }
}

extension FEELExpression: CustomStringConvertible {
  public var description: String { source }
}
