public import Diagnostics

/// What became of a message, told to its sender (interchange.md 6.4). A receipt is never answered.
public struct Receipt: Hashable, Sendable {
  public enum Status: String, CaseIterable, Hashable, Sendable, Codable {
    /// Durably kept; nothing else is decided.
    case received
    /// Kept until the messages before it are here.
    case held
    case accepted, rejected
  }

  public let status: Status
  /// The id of the message.
  public let of: String
  /// SHA-256 of the bytes received.
  public let digest: Digest
  public let receivedAt: UTCTime
  /// The receiver's log when the receipt was written: whoever keeps the receipt can prove a later log wrong.
  public let log: Head?
  public let problems: [Problem]

  public struct Head: Hashable, Sendable {
    public let size: Int
    public let root: Digest

    public init(size: Int, root: Digest) {
      self.size = size
      self.root = root
    }
  }

  public init(
    status: Status, of: String, digest: Digest, receivedAt: UTCTime, log: Head? = nil,
    problems: [Problem] = []
  ) {
    self.status = status
    self.of = of
    self.digest = digest
    self.receivedAt = receivedAt
    self.log = log
    self.problems = problems
  }

  /// One reason for a refusal.
  public struct Problem: Hashable, Sendable {
    /// How many a receipt holds at most.
    public static let limit = 20

    public let fault: FaultClass
    /// The code of the message catalogue: `DOSS032`.
    public let code: String
    /// Of the received file, from 1.
    public let line: Int?
    /// The element: `/Dossier/Envelope/Kind`.
    public let path: String?
    /// The sentence for people, by language.
    public let texts: [String: String]

    public init(
      fault: FaultClass, code: String, line: Int?, path: String?, texts: [String: String]
    ) {
      self.fault = fault
      self.code = code
      self.line = line
      self.path = path
      self.texts = texts
    }

    /// The problems of a refusal; `texts` gives the sentence of one.
    public static func all(
      of refusal: Diagnostic, texts: (Diagnostic) -> [String: String]
    ) -> [Problem] {
      let causes = refusal.causes.isEmpty ? [refusal] : refusal.causes
      return causes.prefix(limit).map { cause in
        Problem(
          fault: FaultClass(cause) ?? FaultClass(refusal) ?? .semantic, code: cause.code,
          line: cause.location?.line, path: cause.arguments["path"], texts: texts(cause))
      }
    }
  }
}

extension FaultClass {
  /// What the sender is to do.
  public enum Action: String, CaseIterable, Hashable, Sendable, Codable {
    case resendSameBytes = "resend-same-bytes"
    case correctAndResend = "correct-and-resend"
    case call
  }

  /// What the sender is to do about a fault of this class.
  public var action: Action {
    switch self {
    case .encoding, .malformed, .documentType, .forbidden, .limit, .namespace, .schema,
      .duplicateIdentifier, .attachment, .semantic:
      .correctAndResend
    case .seal: .resendSameBytes
    case .duplicate, .sequence: .call
    }
  }
}
