internal import Dossier
public import FEEL

/// A message that left, and how far its answer is. Each has a stream of its own: sending one costs the same however many
/// wait.
public struct AwaitedAnswer: Hashable, Sendable, Codable {
  public enum Status: String, Hashable, Sendable, Codable {
    /// Nothing came back yet.
    case sent
    /// The receiver keeps it and has not decided.
    case received
    /// The receiver waits for the messages before it.
    case held
    /// The receiver refused it: a person has to look.
    case rejected
  }

  public let message: String
  /// A dossier kind.
  public let kind: String
  public let receiver: String
  public let caseNumber: CaseNumber?
  /// SHA-256 of the sealed file, which is kept under it.
  public let digest: String
  public let sentAt: Instant
  /// When the answer is overdue.
  public let replyBy: Instant
  /// How often it was handed over.
  public private(set) var attempts = 1
  /// When it is handed over again by itself; `nil`: not any more.
  public private(set) var next: Instant?
  public private(set) var status = Status.sent
  /// The codes of a refusal.
  public private(set) var codes: [String] = []
  /// It was accepted, or a person has settled the matter: nothing is waited for any more.
  private(set) var isSettled = false

  /// Seconds between one attempt and the next; after the last one a person decides.
  static let waits = [60, 300, 1_800, 7_200, 43_200]

  /// Seconds within which every message is answered. A rule of the exchange, not a term of the law.
  static let term = 86_400

  init(
    message: String, kind: String, receiver: String, caseNumber: CaseNumber?, digest: String,
    sentAt: Instant
  ) {
    self.message = message
    self.kind = kind
    self.receiver = receiver
    self.caseNumber = caseNumber
    self.digest = digest
    self.sentAt = sentAt
    replyBy = Instant(seconds: sentAt.seconds + Self.term)
    next = Instant(seconds: sentAt.seconds + Self.waits[0])
  }

  public func isOverdue(at now: Instant) -> Bool { replyBy < now }

  /// It was handed over once more.
  mutating func repeated(at now: Instant) {
    next =
      attempts < Self.waits.count ? Instant(seconds: now.seconds + Self.waits[attempts]) : nil
    attempts += 1
  }

  /// A person has it handed over again.
  mutating func restart(at now: Instant) {
    attempts = 1
    next = Instant(seconds: now.seconds + Self.waits[0])
    status = .sent
    codes = []
  }

  /// Nothing is waited for any more.
  mutating func settle() {
    isSettled = true
    next = nil
  }

  /// What the receiver says; an answer that is not final does not undo one that is.
  mutating func take(_ receipt: Receipt) {
    // what is kept is decided soon; when that answer is lost, asking again at the end of the term brings it
    next = receipt.status == .rejected ? nil : replyBy
    switch receipt.status {
    case .received: if status == .sent { status = .received }
    case .held: if status != .rejected { status = .held }
    case .rejected:
      status = .rejected
      codes = receipt.problems.map(\.code).removingRepeats()
    case .accepted: settle()
    }
  }

  /// As it is kept, and the version of the stream that says so; `nil` when no such message left.
  static func read(
    _ message: String, in store: any CaseStore
  ) async throws -> (AwaitedAnswer, Int)? {
    guard let stored = try await store.state(of: .awaited(message)) else { return nil }
    return (try Payload().value(AwaitedAnswer.self, from: stored.state), stored.version)
  }
}

/// A message that came before the ones it follows.
public struct HeldMessage: Hashable, Sendable, Codable {
  public let message: String
  public let kind: String
  public let sender: String
  public let since: Instant
  /// When its sender expects the answer.
  public let replyBy: Instant?
}

/// What of one other agency waits for its messages before, and the log of what came from it.
struct Partner: Hashable, Sendable, Codable {
  var held: [HeldMessage] = []
  private var size = 0
  private var peaks: [Digest] = []

  /// What was taken into its threads, in the order it came: leaves are the digests of the bytes.
  var head: Receipt.Head {
    let log = MerkleFrontier(size: size, peaks: peaks) ?? MerkleFrontier()
    return Receipt.Head(size: log.size, root: log.root)
  }

  mutating func enter(_ digest: Digest) {
    guard var log = MerkleFrontier(size: size, peaks: peaks) else {
      fatalError("size and peaks were kept together")
    }
    log.append(digest.bytes)
    (size, peaks) = (log.size, log.peaks)
  }

  /// As it is kept, and the version of the stream that says so.
  static func read(_ code: String, in store: any CaseStore) async throws -> (Partner, Int) {
    guard let stored = try await store.state(of: .partner(code)) else { return (Partner(), 0) }
    return (try Payload().value(Partner.self, from: stored.state), stored.version)
  }
}
