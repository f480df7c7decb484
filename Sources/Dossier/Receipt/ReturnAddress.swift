internal import Diagnostics
internal import XML

/// What a message says of itself, read before anything of it is believed: enough to answer it.
public struct ReturnAddress: Hashable, Sendable {
  /// A lower-case UUID.
  public let messageID: String
  public let kind: DossierKind
  /// Agency codes.
  public let sender: String
  public let receiver: String
  public let profile: String
  public let isTest: Bool

  public init(of message: DossierMessage) {
    let envelope = message.envelope
    messageID = envelope.messageID
    kind = envelope.kind
    sender = envelope.sender
    receiver = envelope.receiver
    profile = envelope.profile
    isTest = envelope.isTest
  }

  /// What the envelope in `bytes` says; `nil`: it cannot be read, so that nobody can be answered.
  public init?(claimedIn bytes: [UInt8]) {
    guard let root = try? Element(parsing: bytes, file: "message.xml", limits: .message),
      root.name == "Dossier", root.namespace == DossierMessage.namespace,
      let envelope = root.child("Envelope"),
      let message = envelope.child("MessageId")?.text, Self.isUUID(message),
      let kind = envelope.child("Kind").flatMap({ DossierKind(rawValue: $0.text) }),
      let sender = envelope.child("Sender")?["code"],
      let receiver = envelope.child("Receiver")?["code"],
      let profile = envelope.child("Profile")?.text, let test = envelope.child("Test")?.text
    else { return nil }
    messageID = message
    self.kind = kind
    self.sender = sender
    self.receiver = receiver
    self.profile = profile
    isTest = ["true", "1"].contains(test)
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy {
        $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
      }
  }
}
