internal import Diagnostics

/// Who may work with this store.
extension Office {
  /// All users, those who were disabled too.
  public var users: [Authority.User] { authority.users }

  /// Lets somebody new work here.
  ///
  /// - Parameters:
  ///   - name: the name of the account that the person works under.
  ///   - title: as shown on screens and letters.
  ///   - roles: groups of the workflows; at least one.
  /// - Throws: `USER011` when the name is taken; `USER004` when the user is no administrator.
  public func addUser(
    _ name: String, title: String, roles: [String], command: CommandID? = nil
  ) async throws {
    try await changeUsers("user.added", command: command) { users in
      guard !users.contains(where: { $0.name == name }) else {
        throw Diagnostic("USER011", ["user": name])
      }
      users.append(
        Authority.User(
          name: name, title: title, roles: roles, commission: authority.commission))
    }
  }

  /// Gives and takes roles.
  ///
  /// - Throws: `USER001` when there is no such user; `USER012` when no administrator would be left or the user would have
  ///   no role; `USER004` when the acting user is no administrator.
  public func changeRoles(
    of name: String, adding: [String], removing: [String], command: CommandID? = nil
  ) async throws {
    try await changeUsers("user.roles-changed", command: command) { users in
      guard let place = users.firstIndex(where: { $0.name == name }) else {
        throw Diagnostic("USER001", ["user": name])
      }
      let kept = users[place].roles.filter { !removing.contains($0) && !adding.contains($0) }
      users[place].roles = kept + adding
    }
  }

  /// Keeps a user from working here from now on; what the person did stays on record.
  ///
  /// - Throws: as `changeRoles`.
  public func disableUser(_ name: String, command: CommandID? = nil) async throws {
    try await changeUsers("user.disabled", command: command) { users in
      guard let place = users.firstIndex(where: { $0.name == name }) else {
        throw Diagnostic("USER001", ["user": name])
      }
      users[place].disabledAt = now
    }
  }

  private func changeUsers(
    _ kind: String, command: CommandID?, _ change: (inout [Authority.User]) throws -> Void
  ) async throws {
    try require(.keepUsers)
    _ = try await perform(kind, command: command) { work in
      // what another administrator changed in the meantime is read, not overwritten
      var authority = try await Office.authority(of: store)
      try change(&authority.users)
      guard authority.users.allSatisfy({ !$0.roles.isEmpty }), authority.hasAdministrator else {
        throw Diagnostic("USER012")
      }
      try await work.replaceAuthority(authority)
      return true
    }
  }
}
