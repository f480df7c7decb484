internal import Dossier
internal import FEEL
internal import Synchronization

/// Compiled definitions, kept as long as the process runs: cases that pin the same versions share them.
public final class DefinitionCache: Sendable {
  private let sets = Mutex<[[String]: DefinitionSet]>([:])
  /// The set of a profile and a day, while nothing else is deployed.
  private let current = Mutex<[Moment: DefinitionSet]>([:])
  private let receiver = Mutex<(key: String, receiver: DossierReceiver)?>(nil)

  private struct Moment: Hashable {
    let profile: String
    let day: Day
    /// The head of the chain of deployments.
    let head: String
  }

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
    let head = try await store.heads(of: Stream.definitions.description).first?.hash ?? ""
    let moment = Moment(profile: profile, day: day, head: head)
    if let set = current.withLock({ $0[moment] }) { return set }
    let definitions = try await store.definitions().resolved(for: profile, on: day)
    let references = definitions.map(\.reference).sorted()
    let set = try sets.withLock { $0[references] } ?? DefinitionSet(definitions)
    sets.withLock { $0[references] = set }
    current.withLock { $0 = [moment: set].merging($0.filter { $0.key.head == head }) { $1 } }
    return set
  }

  /// Who reads dossiers: the one made before for the same `key`, else a new one.
  func receiver(
    _ key: String, make: () async throws -> DossierReceiver
  ) async throws -> DossierReceiver {
    if let known = receiver.withLock({ $0?.key == key ? $0?.receiver : nil }) { return known }
    let made = try await make()
    receiver.withLock { $0 = (key, made) }
    return made
  }
}
