internal import XML

/// A person's approval of a document, made with the person's own key (interchange.md 6.2, rule 10).
public struct Approval: Hashable, Sendable {
  /// `chair`, `member`, …
  public let role: String
  /// The person's code.
  public let person: String
  public let at: UTCTime
  /// The name of the key.
  public let key: String
  /// The person voted against and signs with a dissenting opinion.
  public let isDissent: Bool
  /// r and s, 32 bytes each.
  public let signature: [UInt8]

  /// The one way in which approvals are made.
  public static let method = "ecdsa-p256-sha256"

  public init(
    role: String, person: String, at: UTCTime, key: String, isDissent: Bool, signature: [UInt8]
  ) {
    self.role = role
    self.person = person
    self.at = at
    self.key = key
    self.isDissent = isDissent
    self.signature = signature
  }

  /// The approval of `content` with a private key.
  ///
  /// - Parameter content: the exclusive canonical form of the form.
  public init(
    of content: [UInt8], role: String, person: String, at: UTCTime, isDissent: Bool,
    with key: SealKey
  ) throws {
    let text = Self.statement(content, role: role, person: person, at: at, isDissent: isDissent)
    self.init(
      role: role, person: person, at: at, key: key.name, isDissent: isDissent,
      signature: try key.sign(text))
  }

  /// Whether the person approved exactly this content, and how the key stood then.
  ///
  /// - Parameter receivedAt: when the document was first received, by our own log.
  public func check(
    of content: [UInt8], keys: KeyDirectory, receivedAt: UTCTime
  ) -> (isIntact: Bool, key: KeyStanding) {
    let standing = keys.standing(
      of: key, owner: person, use: .approval, created: at, receivedAt: receivedAt)
    let text = Self.statement(content, role: role, person: person, at: at, isDissent: isDissent)
    let isIntact =
      keys.entry(key, owner: person)?.publicKey.verifies(signature, of: text) ?? false
    return (isIntact, standing)
  }

  /// What is signed: six lines, none of which can hold a line end.
  private static func statement(
    _ content: [UInt8], role: String, person: String, at: UTCTime, isDissent: Bool
  ) -> [UInt8] {
    let lines = [
      "msec-approval-1", Digest(of: content).description, role, person, at.description,
      isDissent ? "dissent" : "assent",
    ]
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }
}

extension Approval {
  /// Reads what the schema has found to be right; a signature that is none is kept and never verifies.
  init?(_ element: Element) throws {
    guard let at = UTCTime(try element.attribute("at")) else { return nil }
    self.init(
      role: try element.attribute("role"), person: try element.attribute("person"), at: at,
      key: try element.attribute("key"), isDissent: try element.attribute("dissent") == "true",
      signature: Base64.decode(element.text) ?? [])
  }
}
