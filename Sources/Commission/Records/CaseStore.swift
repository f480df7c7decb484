internal import Diagnostics
public import FEEL

/// Where everything is kept. Memory, SQLite and PostgreSQL answer the same calls alike.
///
/// Reading never waits for a writer. `commit` is the only call that changes what is recorded.
public protocol CaseStore: Sendable {
  /// Adds all of `batch` in one durable transaction, or nothing of it.
  ///
  /// A command that was committed before changes nothing again and gives its first answer.
  /// - Throws: `STORE001` when another writer was first on one of the streams: read again, step again.
  func commit(_ batch: Batch) async throws -> CommitReceipt

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

  /// Deployed definitions, all versions, in the order they were deployed.
  func definitions() async throws -> [StoredDefinition]

  /// The deployed definitions of one kind, all versions, in the order they were deployed.
  func definitions(of kind: StoredDefinition.Kind) async throws -> [StoredDefinition]

  /// People by personal number, or by what `PersonRow.search` holds.
  func people(_ query: PersonQuery) async throws -> [PersonRow]

  /// Messages to other agencies, oldest first.
  func outbox(case number: CaseNumber?) async throws -> [OutboxMessage]

  /// Work that nobody else has: timers due at `instant` and, when asked for, messages that were not delivered; at most
  /// `limit` of each.
  ///
  /// It is the caller's for `seconds` by the clock of the store; then others get it, in case the caller has vanished.
  func lease(dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int) async throws
    -> DueWork

  /// Returns when there may be new work, at the latest after `seconds`.
  func waitForWork(seconds: Int) async throws
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
  public var cases: [CaseRows]
  public var people: [PersonRow]
  public var outbox: [OutboxMessage]
  /// Messages of the outbox that have left; each can leave once.
  public var deliveries: [Delivery]

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

/// Bytes that belong to a case and are never changed: a completed form, a letter, a received file.
public struct StoredDocument: Hashable, Sendable {
  /// SHA-256 of `bytes`, 64 hex digits.
  public let identifier: String
  public let mediaType: String
  public let bytes: [UInt8]
  /// The answers as JSON of a FEEL context; empty when it is not a form.
  public let context: String

  public init(mediaType: String, bytes: [UInt8], context: String = "") {
    identifier = fingerprint(bytes)
    self.mediaType = mediaType
    self.bytes = bytes
    self.context = context
  }

  /// A document as it was stored.
  public init(identifier: String, mediaType: String, bytes: [UInt8], context: String) {
    self.identifier = identifier
    self.mediaType = mediaType
    self.bytes = bytes
    self.context = context
  }
}

/// A message for another agency, written in the transaction of the step that sends it.
public struct OutboxMessage: Hashable, Sendable {
  public let identifier: String
  public let caseNumber: CaseNumber
  /// A dossier kind: `decision`, `irp`.
  public let kind: String
  public let receiver: String
  public let at: Instant
  /// The document that holds the XML.
  public let document: String

  public init(
    identifier: String, caseNumber: CaseNumber, kind: String, receiver: String, at: Instant,
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
