import Diagnostics

/// Evaluates one expression for one node (XPath 1.0 with the deviations of ODK XForms).
package struct XPathEvaluator {
  /// Node visits that one evaluation may make, against hostile expressions.
  private static let maximalVisits = 1_000_000

  struct Focus {
    var node: NodeReference
    var position = 1
    var size = 1
  }

  let environment: XPathEnvironment
  /// What `current()` is: the node whose expression this is.
  let current: NodeReference
  var visits = 0
  var random: UInt64

  package init(_ environment: XPathEnvironment, current: NodeReference) {
    self.environment = environment
    self.current = current
    random =
      environment.seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: current.node &+ 1)
  }

  /// - Throws: `FORM107` when the work gets out of hand, `FORM108`/`FORM109` for wrong types and unknown functions.
  package static func evaluate(
    _ expression: XPathExpression, at node: NodeReference, in environment: XPathEnvironment
  ) throws -> XPathValue {
    var evaluator = XPathEvaluator(environment, current: node)
    return try evaluator.evaluate(expression.term, Focus(node: node))
  }

  mutating func evaluate(_ term: XPathTerm, _ focus: Focus) throws -> XPathValue {
    switch term {
    case .number(let value): .number(value)
    case .literal(let text): .string(text)
    case .path(let path): .nodes(try nodes(of: path, focus))
    case .call(let function, let arguments): try call(function, arguments, focus)
    case .unknownCall(let name, let arguments): throw Diagnostic.unknownCall(name, arguments.count)
    case .or(let left, let right):
      .boolean(try boolean(of: left, focus) ? true : try boolean(of: right, focus))
    case .and(let left, let right):
      .boolean(try boolean(of: left, focus) ? try boolean(of: right, focus) : false)
    case .compare(let comparison, let left, let right):
      .boolean(try compare(comparison, evaluate(left, focus), evaluate(right, focus)))
    case .calculate(let operation, let left, let right):
      .number(calculate(operation, try number(of: left, focus), try number(of: right, focus)))
    case .negate(let operand): .number(-(try number(of: operand, focus)))
    case .union(let left, let right):
      .nodes(inOrder(try nodes(of: left, focus) + nodes(of: right, focus)))
    }
  }

  mutating func visit(_ count: Int) throws {
    visits += count
    guard visits <= Self.maximalVisits else { throw Diagnostic("FORM107") }
  }

  // MARK: Converted results

  mutating func boolean(of term: XPathTerm, _ focus: Focus) throws -> Bool {
    boolean(try evaluate(term, focus))
  }

  mutating func number(of term: XPathTerm, _ focus: Focus) throws -> Double {
    number(try evaluate(term, focus))
  }

  mutating func string(of term: XPathTerm, _ focus: Focus) throws -> String {
    string(try evaluate(term, focus))
  }

  mutating func nodes(of term: XPathTerm, _ focus: Focus) throws -> [NodeReference] {
    guard case .nodes(let nodes) = try evaluate(term, focus) else { throw Diagnostic("FORM108") }
    return nodes
  }
}

// MARK: Conversions (XPath 1.0, clauses 4.2 to 4.4)

extension XPathEvaluator {
  package func string(_ value: XPathValue) -> String {
    switch value {
    case .nodes(let nodes): nodes.first.map(stringValue) ?? ""
    case .number(let number): XPathNumber.text(number)
    case .string(let text): text
    case .boolean(let boolean): boolean ? "true" : "false"
    case .date(let date): date.text(offset: environment.offset)
    }
  }

  /// Dates in text count as days since 1970-01-01.
  package func number(_ value: XPathValue) -> Double {
    switch value {
    case .nodes, .string: number(string(value))
    case .number(let number): number
    case .boolean(let boolean): boolean ? 1 : 0
    case .date(let date): date.days
    }
  }

  func number(_ text: String) -> Double {
    let number = XPathNumber.parse(text)
    return number.isNaN ? date(text)?.days ?? .nan : number
  }

  package func boolean(_ value: XPathValue) -> Bool {
    switch value {
    case .nodes(let nodes): !nodes.isEmpty
    case .number(let number): number != 0 && !number.isNaN
    case .string(let text): !text.isEmpty
    case .boolean(let boolean): boolean
    case .date: true
    }
  }

  func date(_ text: String) -> XPathDate? { XPathDate(text, offset: environment.offset) }
}

// MARK: Operators (XPath 1.0, clauses 3.4 and 3.5)

extension XPathEvaluator {
  func calculate(_ operation: XPathOperator, _ left: Double, _ right: Double) -> Double {
    switch operation {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .modulo: left.truncatingRemainder(dividingBy: right)
    }
  }

  /// With a node-set, true when any of its nodes makes it true.
  mutating func compare(
    _ comparison: XPathComparison, _ left: XPathValue, _ right: XPathValue
  ) throws -> Bool {
    switch (left, right) {
    case (.boolean, .nodes) where comparison.isEquality,
      (.nodes, .boolean) where comparison.isEquality:
      return compareAtoms(comparison, .boolean(boolean(left)), .boolean(boolean(right)))
    case (.nodes(let nodes), _):
      for node in nodes {
        try visit(1)
        if try compare(comparison, .string(stringValue(node)), right) { return true }
      }
      return false
    case (_, .nodes(let nodes)):
      for node in nodes {
        try visit(1)
        if compareAtoms(comparison, left, .string(stringValue(node))) { return true }
      }
      return false
    case (.number, _), (.string, _), (.boolean, _), (.date, _):
      return compareAtoms(comparison, left, right)
    }
  }

  private func compareAtoms(
    _ comparison: XPathComparison, _ left: XPathValue, _ right: XPathValue
  ) -> Bool {
    switch comparison {
    case .equal: return equal(left, right)
    case .notEqual: return !equal(left, right)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    let (a, b) = comparable(left, right)
    return switch comparison {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual, .equal, .notEqual: a >= b
    }
  }

  private func equal(_ left: XPathValue, _ right: XPathValue) -> Bool {
    switch (left, right) {
    case (.boolean, _), (_, .boolean): boolean(left) == boolean(right)
    case (.number, _), (_, .number), (.date, _), (_, .date): number(left) == number(right)
    default: string(left) == string(right)
    }
  }

  /// Both as numbers; a date beside an instant begins at local midnight.
  private func comparable(_ left: XPathValue, _ right: XPathValue) -> (Double, Double) {
    guard let a = moment(left), let b = moment(right), a.isDay != b.isDay else {
      return (number(left), number(right))
    }
    return (a.instant(offset: environment.offset), b.instant(offset: environment.offset))
  }

  private func moment(_ value: XPathValue) -> XPathDate? {
    switch value {
    case .date(let date): date
    case .string(let text): date(text)
    case .nodes, .number, .boolean: nil
    }
  }
}
