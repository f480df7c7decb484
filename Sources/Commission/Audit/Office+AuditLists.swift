internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import XML

/// Checking what is kept beside the chains and follows from them: lists, threads of messages, the outbox.
extension Office {
  // MARK: Lists

  /// The lists of a case that are not what its state says.
  ///
  /// Due instants of paused clocks are left out: they move with the time.
  func breaksOfLists(_ loaded: LoadedCase, head: StreamHead) async throws -> [Audit.Break] {
    let expected = try loaded.rows(now: now)
    let lines = try await store.lines(of: loaded.number)
    let row = try await store.cases(CaseQuery(number: loaded.number)).first
    let tasks = try await store.tasks(TaskQuery(caseNumber: loaded.number))
    let open = expected.tasks.filter { $0.status == .open }
    let fits = [
      "audit.rows": row.map(ListedCase.init) == ListedCase(expected.row)
        && Set(tasks.map(ListedTask.init)) == Set(open.map(ListedTask.init)),
      "audit.timers": Set(lines.timers) == Set(expected.timers),
      "audit.subscriptions": Set(lines.subscriptions) == Set(expected.subscriptions),
      "audit.incidents": Set(lines.incidents) == Set(expected.incidents),
      "audit.clocks": Set(lines.clocks.map(ListedClock.init))
        == Set(expected.clocks.map(ListedClock.init)),
    ]
    return fits.filter { !$0.value }.keys.sorted().map {
      Audit.Break($0, head.stream, head.version)
    }
  }

  /// Timers of cases that are not there.
  func breaksOfForeignTimers(_ cases: Set<CaseNumber>) async throws -> [Audit.Break] {
    try await store.timers(dueBy: .endOfTime).map(\.caseNumber)
      .removingRepeats().filter { !cases.contains($0) }.map {
        Audit.Break("audit.timers", .case($0), 0)
      }
  }

  // MARK: Threads

  /// Whether the state of a thread is the sum of its records.
  func threadFits(_ chain: [Record], state: String?) throws -> Bool {
    var ledger = ChannelLedger()
    for record in chain {
      let link = try Payload().value(ChannelLedger.Link.self, from: record.payload)
      switch record.kind {
      case "dossier.held": ledger.hold(link)
      case "dossier.dropped": ledger.drop(link)
      default:
        guard link.sequence == ledger.nextSequence else { return false }
        ledger.apply(link)
      }
    }
    return try state == Payload().text(ledger)
  }

  // MARK: Outbox

  /// Messages of the outbox that are not those that were written, or are said to have left when they have not.
  ///
  /// - Parameter cases: the cases that are there and readable.
  func breaksOfOutbox(_ cases: Set<CaseNumber>) async throws -> [Audit.Break] {
    let messages = try await store.outbox(case: nil)
    let written = try await writtenMessages(of: cases)
    var breaks = written.filter { entry in !messages.contains { entry.fits($0) } }
      .map { Audit.Break("audit.outbox", $0.stream, 0, document: $0.identifier) }
    for message in messages {
      let stream = message.caseNumber.map { Stream.case($0) } ?? .interchange
      let isKnown =
        if let number = message.caseNumber {
          cases.contains(number) && written.contains { $0.fits(message) }
        } else {
          try await isItself(message)
        }
      if !isKnown {
        breaks.append(Audit.Break("audit.outbox", stream, 0, document: message.identifier))
      }
    }
    let waiting = try await Set(store.undelivered())
    let sent = try await Set(exchanged("dossier.sent").map(\.message))
    breaks += messages.filter { waiting.contains($0.identifier) == sent.contains($0.identifier) }
      .map { Audit.Break("audit.delivery", .interchange, 0, document: $0.identifier) }
    return try await breaks + breaksOfAnswers(to: messages)
  }

  /// Messages of the outbox of which it says otherwise than their own streams whether their answer is waited for, or when
  /// they are handed over again.
  private func breaksOfAnswers(to messages: [OutboxMessage]) async throws -> [Audit.Break] {
    var awaited: [AwaitedAnswer] = []
    for message in messages {
      guard let (answer, _) = try await AwaitedAnswer.read(message.identifier, in: store) else {
        continue
      }
      awaited.append(answer)
    }
    func differences(dueBy instant: Instant?) async throws -> Set<String> {
      let listed = try await store.unanswered(dueBy: instant).map(\.identifier)
      let expected = awaited.filter { answer in
        guard let instant else { return !answer.isSettled }
        return answer.next.map { $0 <= instant } ?? false
      }
      return Set(listed).symmetricDifference(expected.map(\.message))
    }
    var wrong = try await differences(dueBy: nil)
    wrong.formUnion(try await differences(dueBy: .endOfTime))
    // neither sooner nor later
    for next in Set(awaited.compactMap(\.next)) {
      wrong.formUnion(try await differences(dueBy: next))
      wrong.formUnion(try await differences(dueBy: Instant(seconds: next.seconds - 1)))
    }
    return wrong.sorted().map { Audit.Break("audit.answer", .interchange, 0, document: $0) }
  }

  /// What the events of the cases, and the record of what was written by hand, say was put into the outbox.
  private func writtenMessages(of cases: Set<CaseNumber>) async throws -> [WrittenMessage] {
    var written = try await exchanged("dossier.queued").map {
      WrittenMessage(
        stream: .interchange, identifier: $0.message, document: $0.document, kind: nil,
        receiver: nil)
    }
    for number in cases.sorted() {
      let (work, _) = try await reading(number, for: nil)
      for entry in try await CaseHistory(work: work, number: number).entries {
        if case .dossierSent(let message, let kind, let receiver, let document) = entry.event {
          written.append(
            WrittenMessage(
              stream: .case(number), identifier: message, document: document, kind: kind,
              receiver: receiver))
        }
      }
    }
    return written
  }

  private func exchanged(_ kind: String) async throws -> [ExchangedMessage] {
    try await store.records(of: .interchange, after: 0).filter { $0.kind == kind }.map {
      try Payload().value(ExchangedMessage.self, from: $0.payload)
    }
  }

  /// Whether a message that belongs to no case says of itself what the outbox says of it.
  private func isItself(_ message: OutboxMessage) async throws -> Bool {
    guard let stored = try await store.document(message.document), stored.isIntact else {
      return false
    }
    let root = try? Element(parsing: stored.bytes, file: message.identifier, limits: .message)
    let envelope = root?.child("Envelope")
    return envelope?.child("MessageId")?.text == message.identifier
      && envelope?.child("Kind")?.text == message.kind
      && envelope?.child("Receiver")?["code"] == message.receiver
  }
}

/// A message that the records know.
private struct WrittenMessage {
  let stream: Stream
  let identifier: String
  let document: String
  /// `nil`: the record does not say; the message itself does.
  let kind: String?
  let receiver: String?

  func fits(_ message: OutboxMessage) -> Bool {
    let home = message.caseNumber.map { Stream.case($0) } ?? .interchange
    return home == stream && message.identifier == identifier && message.document == document
      && kind.map { $0 == message.kind } ?? true
      && receiver.map { $0 == message.receiver } ?? true
  }
}

/// What the record of the exchange says of a message that was written or has left.
private struct ExchangedMessage: Decodable {
  let message: String
  let document: String
}

/// What must stand in the list of cases.
private struct ListedCase: Equatable {
  let words: [String]
  let birthYear: Int?
  let times: [Instant?]

  init(_ row: CaseRow) {
    words = [row.kind, row.profile, row.status, row.person, row.initials] + row.standsAt
    birthYear = row.birthYear
    times = [row.openedAt, row.closedAt]
  }
}

/// What must stand in the list of tasks.
private struct ListedTask: Hashable {
  let key: Int
  let words: [String]
  let assignee: String?
  let groups: Set<String>

  init(_ task: TaskRow) {
    key = task.key
    words = [task.element, task.name, task.form]
    assignee = task.assignee
    groups = Set(task.groups)
  }
}

/// What must stand in the list of clocks.
private struct ListedClock: Hashable {
  let parameter: String
  /// `nil`: it stands still.
  let due: Instant?

  init(_ clock: ClockRow) {
    parameter = clock.parameter
    due = clock.isPaused ? nil : clock.due
  }
}

extension Instant {
  /// The last second of the year 9999: everything that is ever due is due by then.
  fileprivate static let endOfTime = Instant(seconds: 253_402_300_799)
}
