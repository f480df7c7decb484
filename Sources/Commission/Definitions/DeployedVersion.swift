internal import Diagnostics

extension Office {
  /// One deployed version of a definition, as `mse deploy list` shows it.
  public struct DeployedVersion: Hashable, Sendable {
    public let definition: StoredDefinition
    /// How many open cases run on it; counted only when one definition is asked for.
    public let openCases: Int?
  }

  /// The versions in the order they were deployed: the newest of each definition, or all of one.
  ///
  /// - Throws: `CASE047` when there is none of that name.
  public func deployedVersions(of name: String? = nil) async throws -> [DeployedVersion] {
    let all = try await store.definitions()
    var shown = all
    if let name {
      shown = all.filter { $0.identifier == name || $0.key == name }
      guard !shown.isEmpty else { throw Diagnostic("CASE047", ["name": name]) }
    } else {
      let newest = Dictionary(all.map { ($0.key, $0.version) }) { max($0, $1) }
      shown = all.filter { newest[$0.key] == $0.version }
    }
    guard name != nil else {
      return shown.map { DeployedVersion(definition: $0, openCases: nil) }
    }
    var counts: [String: Int] = [:]
    for row in try await store.cases(CaseQuery(isOpen: true, limit: 1_000_000)) {
      guard let stored = try await store.state(of: .case(row.number)) else { continue }
      let payload = try await CaseReader(store: store).payload(for: [stored.state])
      let state = try payload.value(CaseState.self, from: stored.state)
      for reference in state.definitions { counts[reference, default: 0] += 1 }
    }
    return shown.map { DeployedVersion(definition: $0, openCases: counts[$0.reference] ?? 0) }
  }
}
