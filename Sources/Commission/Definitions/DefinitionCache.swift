internal import FEEL
internal import Synchronization

/// Compiled definitions, kept as long as the process runs: cases that pin the same versions share them.
public final class DefinitionCache: Sendable {
  private let sets = Mutex<[[String]: DefinitionSet]>([:])

  public init() {}

  /// The compiled set of what a case has pinned.
  func set(_ references: [String], in store: any CaseStore) async throws -> DefinitionSet {
    if let set = sets.withLock({ $0[references] }) { return set }
    let set = try await DefinitionSet(store.definitions().pinned(references))
    sets.withLock { $0[references] = set }
    return set
  }

  /// The set that a case opened now would pin.
  func set(for profile: String, on day: Day, in store: any CaseStore) async throws -> DefinitionSet
  {
    let definitions = try await store.definitions().resolved(for: profile, on: day)
    let references = definitions.map(\.reference).sorted()
    if let set = sets.withLock({ $0[references] }) { return set }
    let set = try DefinitionSet(definitions)
    sets.withLock { $0[references] = set }
    return set
  }
}
