internal import Diagnostics
public import FEEL

/// Standing in for absent colleagues.
extension Office {
  /// Orders that `substitute` does the tasks of `absent` from `from` to `to`, as far as roles and the draw allow.
  ///
  /// What the substitute does is recorded under both names.
  /// - Throws: `USER004` when the user may not; `USER005` when the days or the persons make no sense; `USER006` when they
  ///   have no role in common.
  public func substitute(
    _ substitute: String, for absent: String, from: Day, to: Day, reason: String,
    command: CommandID? = nil
  ) async throws {
    try require(.orderSubstitutes)
    let (one, other) = try (authority.user(absent), authority.user(substitute))
    guard from <= to, one.name != other.name else { throw Diagnostic("USER005") }
    guard !Set(one.roles).isDisjoint(with: other.roles) else {
      throw Diagnostic("USER006", ["user": substitute, "absent": absent])
    }
    let order = Authority.Substitution(
      absent: absent, substitute: substitute, from: from, to: to, reason: reason, by: user.name)
    try await changeSubstitutions(command: command, reason: reason) { $0.add(order) }
  }

  /// Ends every substitution for `absent` today: the person is back.
  public func endSubstitution(for absent: String, command: CommandID? = nil) async throws {
    try require(.orderSubstitutes)
    _ = try authority.user(absent)
    try await changeSubstitutions(command: command, reason: nil) {
      $0.endSubstitutions(for: absent, on: today)
    }
  }

  private func changeSubstitutions(
    command: CommandID?, reason: String?, _ change: (inout Authority) -> Void
  ) async throws {
    _ = try await perform("authority.changed", command: command, reason: reason) { work in
      guard let stored = try await store.state(of: .authority) else {
        throw Diagnostic("STORE003")
      }
      var authority = try Payload().value(Authority.self, from: stored.state)
      change(&authority)
      try await work.replaceAuthority(authority)
      return user.name
    }
  }
}
