internal import Diagnostics
internal import FEEL

/// A decision table, ready to run: tests indexed by column, constant outputs computed.
final class CompiledTable: Sendable {
  let id: String
  /// What people call it: the element it belongs to.
  let name: String
  let hitPolicy: HitPolicy
  let columns: [TableColumn]
  let outputs: [TableOutput]
  let rules: [TableRule]
  /// Whether what a rule says must be computed.
  let computesOutputs: Bool
  let location: SourceLocation?
  /// What results when no rule matches; `nil`: no output has a default.
  let defaults: [Logic]?
  /// As it is written.
  let source: DecisionTable

  init(
    _ source: DecisionTable, name: String, columns: [TableColumn], outputs: [TableOutput],
    rules: [TableRule], defaults: [Logic]?
  ) {
    self.source = source
    self.name = name
    self.columns = columns
    self.outputs = outputs
    self.rules = rules
    computesOutputs = rules.contains { $0.constant == nil }
    self.defaults = defaults
    id = source.id
    hitPolicy = source.hitPolicy
    location = source.location
  }
}

/// One input with its tests. Equal tests are kept once, however many rules have them.
struct TableColumn: Sendable {
  let label: String
  let text: String
  let input: Logic
  /// The element of the graph that the input is, when it is nothing else and already checked.
  let element: Int?
  /// What is known of the type of the input.
  let type: DataType
  /// The values that the input may have, when the table says so.
  let allowed: Restriction?
  let tests: [CellTest]
  /// For each rule the position of its test.
  let testOfRule: [Int32]
  let index: ColumnIndex
  /// For each segment of the index, and then for null, the rules that may match.
  let rules: RuleSets
  /// What the rules need of a number; `nil` in a column that is not about numbers.
  let bounds: NumberBounds?
  /// Whether any test must be evaluated for values that the index knows.
  let hasOpenTests: Bool
  /// The same for null.
  let hasOpenTestsOfNull: Bool
  /// Whether all its cells are `-`.
  let admitsEverything: Bool
  let location: SourceLocation?

  /// The segment for null, after those of the index.
  var nullSegment: Int { rules.segmentCount - 1 }

  func test(of rule: Int) -> CellTest { tests[Int(testOfRule[rule])] }
}

/// What a cell asks, once for all cells with the same text.
struct CellTest: Sendable {
  enum Content: Sendable {
    /// `-`: everything, also null.
    case any
    /// Decided by the index.
    case set(CellSet)
    /// Decided by evaluating it.
    case expression
  }

  let text: String
  let content: Content
  /// `nil` for `-`, and for a test that FEEL cannot read, which never holds.
  let expression: CompiledExpression?
  /// Whether null passes; `nil`: that depends on other values.
  let admitsNull: Bool?
  /// An interval whose bounds are the wrong way round: no value passes.
  var isImpossible = false

  var isExpression: Bool { if case .expression = content { true } else { false } }
}

/// One output column.
struct TableOutput: Sendable {
  /// The name of the member in a result of several outputs; `nil` in a table with one output.
  let name: String?
  /// The allowed values, the most important first; `nil`: none are listed.
  let priorities: [FEELValue]?
}

/// One rule, without its tests.
struct TableRule: Sendable {
  /// Counted from 1.
  let number: Int
  let id: String
  let annotation: String
  let outputs: [Logic]
  /// The result of the rule, when it is always the same.
  let constant: FEELValue?
  /// The same for a trace.
  let constantParts: [DecisionTrace.Output]?
}
