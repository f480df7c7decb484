internal import BPMN
public import DMN
internal import Diagnostics
public import FEEL

/// Which version of a decision is meant.
public enum DecisionVersion: Hashable, Sendable {
  /// The one that holds today for the profile.
  case inForce
  /// Of the deployed model, counted from 1.
  case number(Int)
  /// A file that need not be deployed.
  case file(String, bytes: [UInt8])
}

/// A decision outside a case: its model, and what its expressions may see.
public struct DecisionTrial: Sendable {
  public let id: String
  public let model: DecisionModel
  public let environment: FEELEnvironment
}

extension Office {
  /// The decision `name`, by id or name, in the version that is meant.
  ///
  /// - Throws: `CASE017` when there is none of that name; `CASE028` when its model was never deployed in that version;
  ///   what reading a file throws.
  public func trial(_ name: String, version: DecisionVersion = .inForce, profile: String)
    async throws -> DecisionTrial
  {
    let set = try await currentDefinitions(for: profile)
    let environment = CaseEnvironment(
      clocks: [:], decisions: set.engine.decisions, calendar: set.calendar, now: now
    ).feel
    let models = set.engine.decisions.values
    let current =
      set.engine.decisions[name] ?? models.first { $0.decisions.contains { $0.name == name } }
    let model: DecisionModel
    switch version {
    case .inForce:
      guard let current else { throw unknown(name, Array(set.engine.decisions.keys)) }
      model = current
    case .number(let number):
      guard let current else { throw unknown(name, Array(set.engine.decisions.keys)) }
      model = try await deployed(current.id, version: number, decision: name)
    case .file(let path, let bytes):
      model = try DecisionModel(parsing: bytes, file: path)
    }
    guard let summary = model.decisions.first(where: { $0.id == name || $0.name == name }) else {
      throw unknown(name, model.decisions.map(\.id))
    }
    return DecisionTrial(id: summary.id, model: model, environment: environment)
  }

  private func deployed(_ model: String, version: Int, decision: String) async throws
    -> DecisionModel
  {
    let versions = try await store.definitions().filter {
      $0.kind == .decision && $0.identifier == model
    }
    guard let definition = versions.first(where: { $0.version == version }) else {
      let known = versions.map(\.version).sorted().map(String.init).joined(separator: ", ")
      throw Diagnostic(
        "CASE028", ["decision": decision, "version": String(version), "known": known])
    }
    return try DecisionModel(parsing: definition.bytes, file: definition.file)
  }

  private func unknown(_ name: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "CASE017", ["decision": name, "known": known.sorted().joined(separator: ", ")])
  }
}
