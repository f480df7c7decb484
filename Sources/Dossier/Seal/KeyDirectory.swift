/// The keys an office knows: whose each is, from when until when, and whether it was taken back.
///
/// Keys inside messages are never looked at; what is not here does not count.
public struct KeyDirectory: Hashable, Sendable, Codable {
  public private(set) var entries: [KeyEntry]

  public init(_ entries: [KeyEntry] = []) { self.entries = entries }

  /// The key of that name and owner.
  public func entry(_ name: String, owner: String) -> KeyEntry? {
    entries.first { $0.name == name && $0.owner == owner }
  }

  /// How the key stood when `owner` is said to have used it.
  ///
  /// - Parameters:
  ///   - created: what the sender says. A key that was replaced is judged by it.
  ///   - receivedAt: what our own log says. A stolen key is judged by it alone: a thief can write any date.
  public func standing(
    of name: String, owner: String, use: KeyEntry.Use, created: UTCTime, receivedAt: UTCTime
  ) -> KeyStanding {
    guard let entry = entry(name, owner: owner), entry.use == use else {
      return entries.contains { $0.name == name } ? .foreign : .unknown
    }
    if created < entry.from { return .notYetValid }
    if entry.until < created { return .expired }
    guard let revocation = entry.revocation else { return .good }
    let witnessed = revocation.reason == .compromised ? receivedAt : min(created, receivedAt)
    return witnessed < revocation.at ? .good : .revoked
  }

  /// Adds a key. The same one again changes nothing but its revocation, which is never lifted.
  ///
  /// - Returns: false when another key has this name: names are given once.
  public mutating func add(_ entry: KeyEntry) -> Bool {
    guard let place = entries.firstIndex(where: { $0.name == entry.name }) else {
      entries.append(entry)
      entries.sort { ($0.owner, $0.name) < ($1.owner, $1.name) }
      return true
    }
    let known = entries[place]
    guard known.owner == entry.owner, known.publicKey == entry.publicKey, known.use == entry.use
    else { return false }
    if known.revocation == nil { entries[place].revocation = entry.revocation }
    return true
  }

  /// Takes a key back from `at` on.
  ///
  /// - Returns: false when there is no such key or it was taken back before.
  public mutating func revoke(_ name: String, _ revocation: KeyEntry.Revocation) -> Bool {
    guard let place = entries.firstIndex(where: { $0.name == name }),
      entries[place].revocation == nil
    else { return false }
    entries[place].revocation = revocation
    return true
  }
}

/// One public key and what it is good for.
public struct KeyEntry: Hashable, Sendable, Codable {
  /// What may be done with a key.
  public enum Use: String, CaseIterable, Hashable, Sendable, Codable {
    /// Sealing messages of an agency.
    case seal
    /// Approving a document as a person.
    case approval
  }

  /// Why a key was taken back.
  public enum RevocationReason: String, CaseIterable, Hashable, Sendable, Codable {
    /// Somebody else may have it.
    case compromised
    /// Another one is used now.
    case replaced
    /// Its holder no longer works there.
    case left
  }

  public struct Revocation: Hashable, Sendable, Codable {
    public let at: UTCTime
    public let reason: RevocationReason

    public init(at: UTCTime, reason: RevocationReason) {
      self.at = at
      self.reason = reason
    }
  }

  /// Given once, for ever: `TSEK-07/2026`.
  public let name: String
  /// The agency's code; for an approval the person's.
  public let owner: String
  public let use: Use
  /// First and last moment at which it may be used.
  public let from: UTCTime
  public let until: UTCTime
  public let publicKey: PublicSealKey
  public var revocation: Revocation?

  public init(
    name: String, owner: String, use: Use, from: UTCTime, until: UTCTime,
    publicKey: PublicSealKey, revocation: Revocation? = nil
  ) {
    self.name = name
    self.owner = owner
    self.use = use
    self.from = from
    self.until = until
    self.publicKey = publicKey
    self.revocation = revocation
  }
}

/// How a key stood at a moment.
public enum KeyStanding: String, CaseIterable, Hashable, Sendable, Codable {
  case good
  /// Nobody told us of a key of that name.
  case unknown
  /// It belongs to somebody else, or is for another use.
  case foreign
  case notYetValid = "not-yet-valid"
  case expired
  case revoked
}

extension PublicSealKey: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let key = Base64.decode(text).flatMap(PublicSealKey.init(der:)) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no P-256 key"))
    }
    self = key
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Base64.encode(der))
  }
}
