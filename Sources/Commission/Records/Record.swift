internal import Crypto
public import FEEL

/// One entry of a stream: what one command made happen, by whom, chained to the entry before it.
///
/// A record is never changed or removed. What is stored of it keeps its bytes for ever, because `hash` covers them; in an
/// encrypted store that is the sealed text, so that the chain is whole with and without the key.
public struct Record: Hashable, Sendable {
  public let stream: Stream
  /// From 1, without gaps, within the stream.
  public let sequence: Int
  public let at: Instant
  /// The user who acted; `system` for the clock and for automatic steps.
  public let actor: String
  /// Whom the actor stood in for.
  public let onBehalfOf: String?
  public let reason: String?
  /// The command in the commission's words, a key of `Messages`: `task.completed`.
  public let kind: String
  /// The events as JSON; empty when they were erased.
  public let payload: String
  /// Whether `reason` and `payload` can be read.
  public let content: Content
  /// What is stored, and covered by `hash`.
  private let stored: RecordDraft
  /// SHA-256 of the record before it, 64 hex digits; 64 zeros for the first.
  public let previous: String
  /// SHA-256 over all that is stored.
  public let hash: String

  /// Whether what is stored could be opened.
  public enum Content: Hashable, Sendable {
    case readable
    /// The key was destroyed.
    case erased
    /// The key does not fit: it was changed, or belongs to another place.
    case altered
  }

  /// Chains a new entry to `previous`.
  public init(_ draft: RecordDraft, in stream: Stream, sequence: Int, previous: String) {
    self.init(
      stored: draft, in: stream, sequence: sequence, previous: previous,
      hash: Record.hash(of: draft, in: stream, sequence: sequence, previous: previous))
  }

  /// An entry as it was stored; `audit verify` says whether its hash still fits.
  public init(
    stored draft: RecordDraft, in stream: Stream, sequence: Int, previous: String, hash: String
  ) {
    self.init(
      stored: draft, opened: draft, content: .readable, in: stream, sequence: sequence,
      previous: previous, hash: hash)
  }

  private init(
    stored: RecordDraft, opened: RecordDraft, content: Content, in stream: Stream, sequence: Int,
    previous: String, hash: String
  ) {
    self.stream = stream
    self.sequence = sequence
    at = opened.at
    actor = opened.actor
    onBehalfOf = opened.onBehalfOf
    reason = opened.reason
    kind = opened.kind
    payload = opened.payload
    self.content = content
    self.stored = stored
    self.previous = previous
    self.hash = hash
  }

  /// The same entry, with what its sealed text says.
  public func opened(reason: String?, payload: String, _ content: Content) -> Record {
    let opened = RecordDraft(
      at: at, actor: actor, onBehalfOf: onBehalfOf, reason: reason, kind: kind, payload: payload)
    return Record(
      stored: stored, opened: opened, content: content, in: stream, sequence: sequence,
      previous: previous, hash: hash)
  }

  /// Whether the stored hash is the one that belongs to what is stored, and the key fits.
  public var isIntact: Bool {
    content != .altered
      && hash == Record.hash(of: stored, in: stream, sequence: sequence, previous: previous)
  }

  /// The same content without its place in the chain.
  public var draft: RecordDraft {
    RecordDraft(
      at: at, actor: actor, onBehalfOf: onBehalfOf, reason: reason, kind: kind, payload: payload)
  }

  /// What the first entry of a stream is chained to.
  public static let origin = String(repeating: "0", count: 64)

  /// Every field is preceded by its length, so that no two contents share one text.
  private static func hash(
    of draft: RecordDraft, in stream: Stream, sequence: Int, previous: String
  ) -> String {
    let fields = [
      previous, stream.description, String(sequence), draft.at.description, draft.actor,
      draft.onBehalfOf ?? "", draft.reason ?? "", draft.kind, draft.payload,
    ]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(fields.reduce(0) { $0 + $1.utf8.count + 8 })
    for field in fields {
      bytes += "\(field.utf8.count):".utf8
      bytes += field.utf8
    }
    return fingerprint(bytes)
  }
}

/// A record that has no place in a stream yet.
public struct RecordDraft: Hashable, Sendable {
  public let at: Instant
  public let actor: String
  public let onBehalfOf: String?
  public let reason: String?
  public let kind: String
  public let payload: String

  public init(
    at: Instant, actor: String, onBehalfOf: String? = nil, reason: String? = nil, kind: String,
    payload: String
  ) {
    self.at = at
    self.actor = actor
    self.onBehalfOf = onBehalfOf
    self.reason = reason
    self.kind = kind
    self.payload = payload
  }
}

extension Sequence<UInt8> {
  /// Lower-case hexadecimal digits, two per byte.
  public var hex: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * underestimatedCount)
    for byte in self {
      for half in [byte >> 4, byte & 15] { digits.append(half + (half < 10 ? 48 : 87)) }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}

/// SHA-256 of `bytes` as 64 hex digits: the identifier of documents and definitions.
public func fingerprint(_ bytes: [UInt8]) -> String {
  SHA256.hash(data: bytes).hex
}
