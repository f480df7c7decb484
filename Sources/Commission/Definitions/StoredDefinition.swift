public import FEEL

/// One version of one definition, as it was deployed: the original bytes and where they hold.
public struct StoredDefinition: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case process, decision, form, block, list, calendar, acts, texts, paper, mapping
  }

  public let kind: Kind
  /// Process id, id of the DMN model, form id, id of the paper or the mapping, or the name of the block, list or calendar.
  public let identifier: String
  /// From 1, per kind and identifier.
  public let version: Int
  /// `AZ-2022`, `AZ-S3` or `any`.
  public let profile: String
  public let effectiveFrom: Day?
  public let effectiveTo: Day?
  /// Path below the definitions folder, for messages.
  public let file: String
  public let bytes: [UInt8]
  /// SHA-256 of `bytes`, 64 hex digits.
  public let hash: String
  public let deployedBy: String
  public let deployedAt: Instant

  public init(
    kind: Kind, identifier: String, version: Int, profile: String, effectiveFrom: Day?,
    effectiveTo: Day?, file: String, bytes: [UInt8], deployedBy: String, deployedAt: Instant
  ) {
    self.kind = kind
    self.identifier = identifier
    self.version = version
    self.profile = profile
    self.effectiveFrom = effectiveFrom
    self.effectiveTo = effectiveTo
    self.file = file
    self.bytes = bytes
    hash = fingerprint(bytes)
    self.deployedBy = deployedBy
    self.deployedAt = deployedAt
  }

  /// Whether it holds for `profile` on `day`, the date of the legal fact.
  public func holds(for profile: String, on day: Day) -> Bool {
    (self.profile == "any" || self.profile == profile)
      && (effectiveFrom.map { $0 <= day } ?? true) && (effectiveTo.map { day <= $0 } ?? true)
  }
}
