public import Diagnostics

/// The messages of one thread from one sender, each bound to the one before: a gap is seen, a fork refused.
///
/// Digests are of the bytes as received. Signatures are not compared: there are two spellings of each.
public struct ChannelLedger: Hashable, Sendable, Codable {
  /// A message's place in its thread.
  public struct Link: Hashable, Sendable, Codable {
    public let messageID: String
    /// From 1.
    public let sequence: Int
    /// SHA-256 of the bytes of the message before; none for the first.
    public let previous: Digest?
    /// SHA-256 of its own bytes.
    public let digest: Digest

    public init(messageID: String, sequence: Int, previous: Digest?, digest: Digest) {
      self.messageID = messageID
      self.sequence = sequence
      self.previous = previous
      self.digest = digest
    }
  }

  /// What is to be done with a message.
  public enum Placement: Hashable, Sendable {
    /// Apply it now.
    case next
    /// Keep it until the messages before it are here.
    case held
    /// It was here before, with the same bytes: give the first answer again.
    case repeated
  }

  /// How far ahead of the gap a message may be.
  public static let reach = 100

  /// Applied messages, the first first.
  public private(set) var applied: [Link] = []
  /// Messages behind a gap, by their number.
  public private(set) var held: [Link] = []

  public init() {}

  /// The number that is waited for.
  public var nextSequence: Int { applied.count + 1 }

  /// The message that was held and is due now; `nil`: there is none.
  public var due: Link? { held.first { $0.sequence == nextSequence } }

  /// Where `link` belongs.
  ///
  /// - Throws: `DOSS020` when the message id came before with other bytes, `DOSS051` for a number that is used, `DOSS052`
  ///   when it does not follow the message before it, `DOSS053` when only one of number 1 and "nothing before" is said,
  ///   `DOSS054` when it is too far ahead.
  public func placement(of link: Link, at location: SourceLocation? = nil) throws -> Placement {
    let number = ["number": "\(link.sequence)"]
    if let known = (applied + held).first(where: { $0.messageID == link.messageID }) {
      guard known.digest == link.digest else {
        throw Diagnostic("DOSS020", ["message": link.messageID], at: location)
      }
      guard held.contains(known) else { return .repeated }
      guard due == known else { return .held }
      guard known.previous == applied.last?.digest else {
        throw Diagnostic("DOSS052", number, at: location)
      }
      return .next
    }
    guard (link.sequence == 1) == (link.previous == nil), link.sequence > 0 else {
      throw Diagnostic("DOSS053", number, at: location)
    }
    guard link.sequence >= nextSequence, !held.contains(where: { $0.sequence == link.sequence })
    else { throw Diagnostic("DOSS051", number, at: location) }
    guard link.sequence == nextSequence else {
      guard link.sequence < nextSequence + Self.reach else {
        throw Diagnostic(
          "DOSS054", ["expected": "\(nextSequence)"].merging(number) { $1 }, at: location)
      }
      return .held
    }
    guard link.previous == applied.last?.digest else {
      throw Diagnostic("DOSS052", number, at: location)
    }
    return .next
  }

  /// Takes the message that is next.
  public mutating func apply(_ link: Link) {
    precondition(link.sequence == nextSequence, "only the next message is applied")
    held.removeAll { $0.messageID == link.messageID }
    applied.append(link)
  }

  /// Keeps a message that is ahead.
  public mutating func hold(_ link: Link) {
    if !held.contains(link) { held.append(link) }
  }

  /// Lets a held message go that turned out not to follow the one before it: its number is free again.
  public mutating func drop(_ link: Link) { held.removeAll { $0 == link } }
}

extension Digest: Codable {
  public init(from decoder: any Decoder) throws {
    guard let digest = Digest(try decoder.singleValueContainer().decode(String.self)) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no digest"))
    }
    self = digest
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
