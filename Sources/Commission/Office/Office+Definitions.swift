public import DMN
public import Diagnostics
public import FEEL

/// Deploying definitions and trying decisions.
extension Office {
  /// What a deployment did.
  public struct Deployment: Hashable, Sendable, Codable {
    /// New versions, as `kind/identifier@version`.
    public let added: [String]
    public let unchanged: [String]
    public let warnings: [Diagnostic]
  }

  /// Adds `files` as new versions, all or none; running cases keep theirs.
  ///
  /// - Throws: `CASE018` with every finding when lint finds an error; `USER004` when the user is no administrator.
  public func deploy(_ files: [DefinitionFile], command: CommandID? = nil) async throws
    -> Deployment
  {
    try require(.deployDefinitions)
    let findings = try await lint(files)
    let errors = findings.filter { $0.severity == .error }
    guard errors.isEmpty else {
      throw Diagnostic("CASE018", ["count": "\(errors.count)"], causes: errors)
    }
    let timers = try Dictionary(
      files.filter { $0.kind == .process }.map {
        ($0.identifier, try StartSchedule.timers(of: $0, now: now))
      }, uniquingKeysWith: { $1 })
    let deployment = try await perform("definitions.deployed", command: command) { work in
      let existing = try await store.definitions()
      var newest: [String: StoredDefinition] = [:]
      for definition in existing { newest[definition.key] = definition }
      var added: [StoredDefinition] = []
      var unchanged: [String] = []
      for file in files {
        let key = "\(file.kind.rawValue)/\(file.identifier)"
        if let old = newest[key], old.bytes == file.bytes {
          unchanged.append(old.reference)
        } else {
          added.append(
            StoredDefinition(
              kind: file.kind, identifier: file.identifier,
              version: (newest[key]?.version ?? 0) + 1, profile: file.profile,
              effectiveFrom: file.effectiveFrom, effectiveTo: file.effectiveTo, file: file.path,
              bytes: file.bytes, deployedBy: user.name, deployedAt: now))
        }
      }
      if !added.isEmpty {
        try await work.deploy(added)
        try await work.schedule(
          added.filter { $0.kind == .process }.map { ($0, timers[$0.identifier] ?? []) })
      }
      return Deployment(
        added: added.map(\.reference), unchanged: unchanged,
        warnings: findings.filter { $0.severity == .warning })
    }
    if deployment.added.contains(where: { $0.hasPrefix("calendar/") }) {
      try await adoptCalendar()
    }
    return deployment
  }

  /// The texts of the models, of each table the newest version; none where the user reads the language of the models.
  public func modelTexts() async throws -> ModelTexts {
    language == .en ? .none : try await deployedTexts()
  }

  /// The texts of the models in all languages.
  func deployedTexts() async throws -> ModelTexts {
    var newest: [String: StoredDefinition] = [:]
    for table in try await store.definitions(of: .texts) { newest[table.identifier] = table }
    return try newest.sorted { $0.key < $1.key }.reduce(ModelTexts.none) { texts, table in
      try texts.adding(ModelTexts(CSV(parsing: table.value.bytes, file: table.value.file)))
    }
  }

  /// What is wrong with `files`, where they stand beside the newest version of what is deployed.
  public func lint(_ files: [DefinitionFile]) async throws -> [Diagnostic] {
    try await DefinitionLint(files, beside: deployedFiles()).findings()
      + files.compactMap { file -> Diagnostic? in
        do {
          _ = try StartSchedule.timers(of: file, now: now)
          return nil
        } catch let problem as Diagnostic where problem.code == "BPMN213" {
          return problem
        } catch {
          return nil  // named by the lint of the file itself
        }
      }
  }

  /// The newest version of each deployed definition.
  private func deployedFiles() async throws -> [DefinitionFile] {
    var newest: [String: StoredDefinition] = [:]
    for definition in try await store.definitions() { newest[definition.key] = definition }
    return try newest.sorted { $0.key < $1.key }.map {
      try DefinitionFile(path: $0.value.file, bytes: $0.value.bytes)
    }
  }

  /// Evaluates a deployed decision without a case.
  ///
  /// - Throws: `CASE017` when there is none of that id or name; `CASE019` naming inputs it does not know.
  public func tryDecision(_ name: String, inputs: FEELContext, profile: String) async throws
    -> DecisionResult
  {
    let trial = try await trial(name, profile: profile)
    let summary = trial.model.decisions.first { $0.id == trial.id }
    let known = summary?.inputs.map(\.name) ?? []
    let unknown = inputs.names.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw Diagnostic(
        "CASE019",
        ["inputs": unknown.joined(separator: ", "), "known": known.joined(separator: ", ")])
    }
    return try trial.model.evaluate(trial.id, inputs: inputs, environment: trial.environment)
  }
}
