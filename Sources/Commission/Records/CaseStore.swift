internal import Diagnostics
public import FEEL

/// Where everything is kept. Memory, SQLite and PostgreSQL answer the same calls alike.
///
/// Reading never waits for a writer. Only the two calls of `commit` change what is recorded.
public protocol CaseStore: Sendable {
  /// Adds all of `batch` in one durable transaction, or nothing of it.
  ///
  /// A command that was committed before changes nothing again and gives its first answer.
  /// - Throws: `STORE001` when another writer was first on one of the streams: read again, step again.
  func commit(_ batch: Batch) async throws -> CommitReceipt

  /// Adds all of `batches`, each to what the ones before it have left, in one durable transaction, or nothing of any.
  ///
  /// - Throws: `STORE001` as above, and when one of the commands was committed before.
  func commit(together batches: [Batch]) async throws

  /// The answer of a command that was committed before; `nil` when it never was.
  func answer(to command: CommandID) async throws -> String?

  /// The records of `stream` after number `sequence`, oldest first.
  func records(of stream: Stream, after sequence: Int) async throws -> [Record]

  /// The live state of `stream`; `nil` when nothing was ever recorded in it.
  func state(of stream: Stream) async throws -> StreamState?

  /// The heads of all streams whose name begins with `prefix`, by name.
  func heads(of prefix: String) async throws -> [StreamHead]

  /// The stored document with that SHA-256.
  func document(_ identifier: String) async throws -> StoredDocument?

  /// Cases, earliest due first; cases without anything due last.
  func cases(_ query: CaseQuery) async throws -> [CaseRow]

  /// Tasks, earliest due first.
  func tasks(_ query: TaskQuery) async throws -> [TaskRow]

  /// Timers that are due at `instant`, earliest first.
  func timers(dueBy instant: Instant) async throws -> [TimerRow]

  /// Who waits for the message `name` with `correlationKey`.
  func subscriptions(to name: String, correlationKey: String) async throws -> [SubscriptionRow]

  /// What the lists of timers, subscriptions, incidents and clocks hold of a case.
  func lines(of number: CaseNumber) async throws -> CaseLines

  /// The identifiers of the messages that have not left.
  func undelivered() async throws -> [String]

  /// Deployed definitions, all versions, in the order they were deployed.
  func definitions() async throws -> [StoredDefinition]

  /// The deployed definitions of one kind, all versions, in the order they were deployed.
  func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition]

  /// People by personal number, or by what `PersonRow.search` holds.
  func people(_ query: PersonQuery) async throws -> [PersonRow]

  /// Messages to other agencies, oldest first.
  func outbox(case number: CaseNumber?) async throws -> [OutboxMessage]

  /// Messages that have left and are not answered for good, oldest first: all, or those that are to be handed over again
  /// at `instant`.
  func unanswered(dueBy instant: Instant?) async throws -> [OutboxMessage]

  /// Work that nobody else has: timers due at `instant` and, when asked for, messages that were not delivered; at most
  /// `limit` of each.
  ///
  /// It is the caller's for `seconds` by the clock of the store; then others get it, in case the caller has vanished.
  func lease(dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int) async throws
    -> DueWork

  /// Adds one record to the access log `stream`, after whatever stands there: durable when the call returns.
  ///
  /// After a crash of the server the same reading may be noted twice, but none is missing.
  func note(_ reading: RecordDraft, in stream: Stream) async throws

  /// Heads that have moved on since they last became leaves of the Merkle tree, by name, at most `limit`; never that of
  /// the checkpoints themselves.
  func headsBeyondTree(limit: Int) async throws -> [StreamHead]

  /// The leaves of the Merkle tree from `position` on (the first is 0), in their order, at most `limit`.
  func leaves(from position: Int, limit: Int) async throws -> [TreeLeaf]

  /// Returns when there may be new work, at the latest after `seconds`.
  func waitForWork(seconds: Int) async throws

  /// Whether what is erased cannot be read any more: only in an encrypted store.
  var canErase: Bool { get }

  /// Overwrites what was erased where the database would keep it in free pages or logs.
  func scrub() async throws
}

extension CaseStore {
  /// The document of that identifier, unchanged.
  ///
  /// - Throws: `STORE004` when it is missing or was changed.
  func intact(_ identifier: String) async throws -> StoredDocument {
    guard let document = try await document(identifier), document.isIntact else {
      throw Diagnostic("STORE004", ["document": identifier])
    }
    return document
  }

  public var canErase: Bool { false }

  public func scrub() async throws {}
}

/// What a worker has taken on.
public struct DueWork: Hashable, Sendable {
  /// Earliest first.
  public let timers: [TimerRow]
  /// Oldest first.
  public let messages: [OutboxMessage]

  public init(timers: [TimerRow], messages: [OutboxMessage]) {
    self.timers = timers
    self.messages = messages
  }
}

/// Names one command for ever; the same id twice gives the first answer.
public struct CommandID: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}

/// What one command changes, over all streams it touches.
public struct Batch: Sendable {
  public var command: CommandID?
  /// What `command` answers now and whenever it is repeated.
  public var answer: String
  public var appends: [Append]
  public var documents: [StoredDocument]
  public var definitions: [StoredDefinition]
  /// Each case at most once.
  public var cases: [CaseRows]
  public var people: [PersonRow]
  public var outbox: [OutboxMessage]
  /// Messages of the outbox that have left; each can leave once.
  public var deliveries: [Delivery]
  /// Messages of the outbox whose answer is waited for now, or no longer.
  public var answers: [Awaiting]
  /// New leaves of the Merkle tree.
  public var leaves: [TreeLeaf]
  /// New keys of an encrypted store.
  public var keys: [StoredKey]
  /// Cases and people whose content is to be unreadable for ever: their keys, states, documents, tasks and names go, their
  /// records stay.
  public var erasures: [Stream]

  public init(command: CommandID? = nil, answer: String = "") {
    self.command = command
    self.answer = answer
    appends = []
    documents = []
    definitions = []
    cases = []
    people = []
    outbox = []
    deliveries = []
    answers = []
    leaves = []
    keys = []
    erasures = []
  }

  /// A message of the outbox that was handed over.
  public struct Delivery: Hashable, Sendable {
    /// `OutboxMessage.identifier`.
    public let message: String
    public let at: Instant

    public init(message: String, at: Instant) {
      self.message = message
      self.at = at
    }
  }

  /// Whether the answer to a message of the outbox is waited for.
  public struct Awaiting: Hashable, Sendable {
    /// `OutboxMessage.identifier`.
    public let message: String
    public let isOpen: Bool
    /// When it is handed over again; `nil`: not any more.
    public let next: Instant?

    public init(message: String, isOpen: Bool, next: Instant?) {
      self.message = message
      self.isOpen = isOpen
      self.next = next
    }
  }

  /// Records to add to one stream, and the state after them.
  public struct Append: Sendable {
    public let stream: Stream
    /// The version the caller stepped from.
    public let after: Int
    public let records: [RecordDraft]
    /// The whole live state as JSON; written over the one before.
    public let state: String

    public init(to stream: Stream, after: Int, records: [RecordDraft], state: String) {
      self.stream = stream
      self.after = after
      self.records = records
      self.state = state
    }
  }
}

public struct CommitReceipt: Hashable, Sendable {
  /// The answer of the command: this one's, or the first one's when it is repeated.
  public let answer: String
  public let wasRepeated: Bool

  public init(answer: String, wasRepeated: Bool) {
    self.answer = answer
    self.wasRepeated = wasRepeated
  }
}

public struct StreamState: Hashable, Sendable {
  public let version: Int
  /// JSON.
  public let state: String

  public init(version: Int, state: String) {
    self.version = version
    self.state = state
  }
}

public struct StreamHead: Hashable, Sendable {
  public let stream: Stream
  public let version: Int
  public let hash: String

  public init(stream: Stream, version: Int, hash: String) {
    self.stream = stream
    self.version = version
    self.hash = hash
  }
}

/// A head that was taken into the Merkle tree of the authority.
public struct TreeLeaf: Hashable, Sendable {
  /// Counted from 0, without gaps.
  public let position: Int
  public let head: StreamHead

  public init(position: Int, head: StreamHead) {
    self.position = position
    self.head = head
  }
}

/// A key of an encrypted store, itself sealed with the key of the key file.
public struct StoredKey: Hashable, Sendable {
  /// What it opens: `case/07-2026-000001`, `person/…`, `store`.
  public let name: String
  /// Which key of the key file seals it.
  public let wrapping: String
  public let wrapped: String

  public init(name: String, wrapping: String, wrapped: String) {
    self.name = name
    self.wrapping = wrapping
    self.wrapped = wrapped
  }
}

/// Bytes that belong to a case and are never changed: a completed form, a letter, a received file.
public struct StoredDocument: Hashable, Sendable {
  /// SHA-256 of `bytes`, and of `context` where there is one: 64 hex digits.
  public let identifier: String
  public let mediaType: String
  public let bytes: [UInt8]
  /// The answers as JSON of a FEEL context; empty when it is not a form.
  public let context: String
  /// The stream it goes with, whose key seals it; empty when it belongs to no case.
  public let owner: String

  /// - Parameter number: the case that it belongs to; where a record of a case names its identifier, that is clear.
  public init(
    mediaType: String, bytes: [UInt8], context: String = "", of number: CaseNumber? = nil
  ) {
    self.init(
      identifier: StoredDocument.identifier(of: bytes, context: context), mediaType: mediaType,
      bytes: bytes, context: context,
      owner: number.map { Stream.case($0).description } ?? "")
  }

  /// Whether bytes and context are those that the identifier was made of.
  public var isIntact: Bool {
    identifier == StoredDocument.identifier(of: bytes, context: context)
  }

  /// Neither XML nor JSON holds a NUL: it parts the two.
  private static func identifier(of bytes: [UInt8], context: String) -> String {
    fingerprint(context.isEmpty ? bytes : bytes + [0] + Array(context.utf8))
  }

  /// A document as it was stored.
  public init(
    identifier: String, mediaType: String, bytes: [UInt8], context: String, owner: String = ""
  ) {
    self.identifier = identifier
    self.mediaType = mediaType
    self.bytes = bytes
    self.context = context
    self.owner = owner
  }
}

/// A message for another agency, written in the transaction of the step that sends it.
public struct OutboxMessage: Hashable, Sendable {
  public let identifier: String
  /// `nil`: it was written by hand, or answers a message.
  public let caseNumber: CaseNumber?
  /// A dossier kind: `decision`, `irp`.
  public let kind: String
  public let receiver: String
  public let at: Instant
  /// The document that holds the XML.
  public var document: String

  public init(
    identifier: String, caseNumber: CaseNumber?, kind: String, receiver: String, at: Instant,
    document: String
  ) {
    self.identifier = identifier
    self.caseNumber = caseNumber
    self.kind = kind
    self.receiver = receiver
    self.at = at
    self.document = document
  }
}
