internal import Diagnostics
public import Dossier
internal import FEEL

/// The keys that messages are verified with.
extension Office {
  /// The public keys this office knows.
  public func keys() async throws -> KeyDirectory {
    try await Office.directory(in: store).keys
  }

  /// Takes keys into the directory; known ones only gain their revocation.
  ///
  /// - Throws: `DOSS066` when the user does not administer this office; `DOSS064` when another key has the name.
  public func addKeys(_ entries: [KeyEntry], command: CommandID? = nil) async throws {
    try await changeKeys("keys.added", command: command) { directory in
      for entry in entries where !directory.add(entry) {
        throw Diagnostic("DOSS064", ["key": entry.name])
      }
    }
  }

  /// Takes a key back: what is sealed with it from now on is refused.
  ///
  /// - Throws: `DOSS066` as above; `DOSS065` when there is no such key or it was taken back before.
  public func revokeKey(
    _ name: String, reason: KeyEntry.RevocationReason, command: CommandID? = nil
  ) async throws {
    let revocation = KeyEntry.Revocation(at: now.utcTime, reason: reason)
    try await changeKeys("keys.revoked", command: command) { directory in
      guard directory.revoke(name, revocation) else { throw Diagnostic("DOSS065", ["key": name]) }
    }
  }

  private func changeKeys(
    _ kind: String, command: CommandID?, _ change: @Sendable (inout KeyDirectory) throws -> Void
  ) async throws {
    guard user.roles.contains("admin") else { throw Diagnostic("DOSS066") }
    _ = try await perform(kind, command: command) { work in
      var (keys, version) = try await Office.directory(in: work.store)
      try change(&keys)
      let state = try Payload().text(keys)
      try await work.note(kind, in: .keys, state, state: state, after: version)
      return 0
    }
  }

  private static func directory(
    in store: any CaseStore
  ) async throws -> (keys: KeyDirectory, version: Int) {
    guard let stored = try await store.state(of: .keys) else { return (KeyDirectory(), 0) }
    return (try Payload().value(KeyDirectory.self, from: stored.state), stored.version)
  }
}

extension Instant {
  /// As dossiers write it.
  var utcTime: UTCTime {
    guard let time = UTCTime(description) else { fatalError("an instant is written as UTC") }
    return time
  }
}
