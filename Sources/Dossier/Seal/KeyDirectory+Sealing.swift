public import Diagnostics
internal import XML

/// Refusing to seal with what no receiver would accept.
extension KeyDirectory {
  /// Lets `key` pass when a receiver that knows these keys would accept its seal.
  ///
  /// - Parameters:
  ///   - owner: the agency that seals.
  ///   - created: when what is sealed says it was made.
  ///   - now: a stolen key is judged by it.
  ///   - location: of the envelope whose sender and moment they are.
  /// - Throws: `DOSS045` when no key of that name is known; `DOSS084` when `key` is the secret half of another one;
  ///   `DOSS085` when it is not in force at `created`; `DOSS086` when it was taken back; `DOSS087` when it is no seal key of
  ///   `owner`.
  public func check(
    _ key: SealKey, of owner: String, created: UTCTime, now: UTCTime,
    at location: SourceLocation? = nil
  ) throws {
    let name = key.name.quotedForMessage
    guard let entry = entries.first(where: { $0.name == key.name }) else {
      throw Diagnostic("DOSS045", ["key": name])
    }
    guard entry.publicKey == key.publicKey else {
      throw Diagnostic("DOSS084", ["key": name])
    }
    switch standing(of: key.name, owner: owner, use: .seal, created: created, receivedAt: now) {
    case .good: return
    case .unknown, .foreign:
      throw Diagnostic(
        "DOSS087", ["key": name, "sender": owner.quotedForMessage], at: location)
    case .notYetValid, .expired:
      throw Diagnostic(
        "DOSS085",
        [
          "key": name, "created": created.description, "from": entry.from.description,
          "until": entry.until.description,
        ], at: location)
    case .revoked:
      throw Diagnostic(
        "DOSS086", ["key": name, "at": entry.revocation?.at.description ?? ""])
    }
  }

  /// The same for a message that is to be sealed: its sender, and when it was made.
  ///
  /// - Parameter file: only for messages.
  /// - Throws: also `XML032` and the codes of `XMLTree` when it is not a message.
  public func check(
    _ key: SealKey, sealing message: [UInt8], file: String, now: UTCTime
  ) throws {
    let root = try Element(parsing: message, file: file, limits: .message)
    let claim = try SealVerifier.Claim(envelopeOf: root)
    try check(
      key, of: claim.sender, created: claim.created, now: now,
      at: root.child("Envelope")?.location)
  }
}
