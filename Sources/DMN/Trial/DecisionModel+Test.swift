public import Diagnostics
public import FEEL

/// How a decision did on a table of examples.
public struct DecisionTestReport: Hashable, Sendable {
  /// An output that is not as expected.
  public struct Failure: Hashable, Sendable {
    /// The line of the example.
    public let line: Int
    public let output: String
    public let expected: FEELValue
    public let found: FEELValue
    /// Why it came out so.
    public let trace: DecisionTrace
    public let notes: [Diagnostic]
  }

  /// How often a rule matched.
  public struct RuleCoverage: Hashable, Sendable {
    /// The decision or knowledge model, or the id of a table inside one.
    public let table: String
    /// Counted from 1.
    public let number: Int
    public let id: String
    public let matches: Int
  }

  public let total: Int
  public let failures: [Failure]
  /// Every rule of the decision and of all it requires, in model order.
  public let coverage: [RuleCoverage]

  /// Examples of which every output is as expected.
  public var passed: Int { total - Set(failures.map(\.line)).count }

  /// Rules that no example reaches.
  public var uncovered: [RuleCoverage] { coverage.filter { $0.matches == 0 } }
}

extension DecisionModel {
  /// Makes `decision` for every example and compares.
  ///
  /// - Throws: `DMN006` when there is no such decision.
  public func test(
    _ decision: String, examples: DecisionExamples,
    environment: FEELEnvironment = FEELEnvironment()
  ) throws -> DecisionTestReport {
    var failures: [DecisionTestReport.Failure] = []
    var matches: [RuleKey: Int] = [:]
    for row in examples.rows {
      let result = try evaluate(decision, inputs: row.inputs, environment: environment)
      count(result.trace, into: &matches)
      for (name, expected) in row.expected.entries {
        let found = output(name, of: result.value, isOnly: examples.outputNames.count == 1)
        guard found.equals(expected) != true else { continue }
        failures.append(
          DecisionTestReport.Failure(
            line: row.line, output: name, expected: expected, found: found, trace: result.trace,
            notes: result.notes))
      }
    }
    return DecisionTestReport(
      total: examples.rows.count, failures: failures,
      coverage: try rules(of: decision).map { key, id in
        DecisionTestReport.RuleCoverage(
          table: key.table, number: key.number, id: id, matches: matches[key] ?? 0)
      })
  }

  private struct RuleKey: Hashable {
    let table: String
    let number: Int
  }

  private func output(_ name: String, of value: FEELValue, isOnly: Bool) -> FEELValue {
    if case .context(let context) = value, let member = context[name] { return member }
    return isOnly ? value : .null
  }

  private func count(_ trace: DecisionTrace, into matches: inout [RuleKey: Int]) {
    for rule in trace.matched {
      matches[RuleKey(table: trace.decision.id, number: rule.number), default: 0] += 1
    }
    for required in trace.required { count(required, into: &matches) }
  }

  /// The rules of the tables in a decision and in all that it requires.
  private func rules(of decision: String) throws -> [(RuleKey, id: String)] {
    var reached: Set<Int> = []
    reach(try position(of: decision), &reached)
    return reached.sorted().flatMap { position in
      let element = graph.elements[position]
      return element.tables.enumerated().flatMap { index, table in
        let name = index == 0 && element.isTable ? element.id : table.id
        return table.rules.map { (RuleKey(table: name, number: $0.number), id: $0.id) }
      }
    }
  }

  private func reach(_ position: Int, _ reached: inout Set<Int>) {
    guard reached.insert(position).inserted else { return }
    for next in graph.elements[position].elementsRead { reach(next, &reached) }
  }
}
