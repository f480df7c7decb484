internal import Diagnostics
public import FEEL

/// What another version of a decision would change.
public struct WhatIfReport: Sendable {
  /// One case that comes out differently.
  public struct Change: Sendable {
    /// Its position among the inputs, from 0.
    public let index: Int
    public let inputs: FEELContext
    public let before: DecisionResult
    public let after: DecisionResult
  }

  public let total: Int
  public let changes: [Change]
  /// How many cases lack an input of the new version, by its name: their outcome says little.
  public let missingInputs: [String: Int]
}

extension DecisionModel {
  /// Makes `decision` of this and of `other` version for every case and keeps those that come out differently.
  ///
  /// - Throws: `DMN006` when one of the two has no such decision.
  public func whatIf(
    _ decision: String, becomes other: DecisionModel, for cases: [FEELContext],
    environment: FEELEnvironment = FEELEnvironment()
  ) throws -> WhatIfReport {
    var changes: [WhatIfReport.Change] = []
    var missing: [String: Int] = [:]
    for (index, inputs) in cases.enumerated() {
      let before = try value(of: decision, inputs: inputs, environment: environment)
      let after = try other.value(of: decision, inputs: inputs, environment: environment)
      for note in after.notes where note.code == "DMN106" {
        missing[note.arguments["name"] ?? "", default: 0] += 1
      }
      guard before.value != after.value else { continue }
      changes.append(
        WhatIfReport.Change(
          index: index, inputs: inputs,
          before: try evaluate(decision, inputs: inputs, environment: environment),
          after: try other.evaluate(decision, inputs: inputs, environment: environment)))
    }
    return WhatIfReport(total: cases.count, changes: changes, missingInputs: missing)
  }
}
