internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import XForms
internal import XML

/// Messages that answer ours: receipts, decisions of others, reports on a program.
extension Intake {
  /// An identity that comes along is right, also where only its being there counts.
  mutating func checkIdentity() async throws {
    let kind = message.envelope.kind
    guard kind != .referral, !kind.isFiled,
      let identity = message.documents.first(where: { $0.form == "identity" })
    else { return }
    _ = try await Commission.answers(
      of: identity, in: set(), language: work.language)
  }

  // MARK: Receipts

  /// What another agency says of a message of ours.
  ///
  /// - Throws: `DOSS068` when we sent no such message; `DOSS069` when it had other bytes.
  mutating func takeReceipt() async throws -> Office.Reception {
    guard let receipt = message.receipt else { throw Diagnostic("DOSS039") }
    let sender = message.envelope.sender
    let known = try await AwaitedAnswer.read(receipt.of, in: work.store)?.0
    guard let known, known.receiver == sender, !known.isSettled else {
      // settled before: what comes late changes nothing
      let sent = CommandID("sent/\(receipt.of)")
      guard try await work.store.answer(to: sent) != nil else {
        throw Diagnostic("DOSS068", ["message": receipt.of])
      }
      return noted(nil)
    }
    guard known.digest == receipt.digest.description else {
      throw Diagnostic("DOSS069", ["message": receipt.of])
    }
    try await work.changeAwaited(receipt.of, "dossier.answered") { $0.take(receipt) }
    return noted(known.caseNumber)
  }

  private func noted(_ number: CaseNumber?) -> Office.Reception {
    Office.Reception(
      outcome: .noted, kind: message.envelope.kind.rawValue, number: number, sha256: digest)
  }

  // MARK: Papers of others

  /// Keeps what another agency decided for people to read; the message lies with the case it names, when that is ours.
  ///
  /// - Throws: `DOSS077` when a correction is of a paper that never came from this sender; `DOSS078` when its revision is
  ///   not newer.
  mutating func file() async throws -> Office.Reception {
    let sender = message.envelope.sender
    var indexed: Set<String> = []
    // of one paper the newest revision counts, also when a message brings several
    for document in message.documents.sorted(by: { $0.revision > $1.revision })
    where document.form != "identity" && indexed.insert(document.setID).inserted {
      let (known, version) = try await PaperIndex.read(
        document.setID, from: sender, in: work.store)
      if message.envelope.kind == .correction {
        guard let known else { throw Diagnostic("DOSS077", ["sender": sender]) }
        guard document.revision > known.revision else {
          throw Diagnostic(
            "DOSS078", ["revision": "\(document.revision)", "known": "\(known.revision)"],
            at: document.content.location)
        }
      }
      guard document.revision > known?.revision ?? 0 else { continue }
      let index = PaperIndex(message: message.envelope.messageID, revision: document.revision)
      try await work.note(
        "paper.indexed", in: PaperIndex.stream(document.setID, from: sender),
        Payload().text(index), state: Payload().text(index), after: version)
    }
    return try await filed(about: nil)
  }

  /// - Parameter cancelled: the message that is not to be relied on any more.
  private mutating func filed(about cancelled: String?) async throws -> Office.Reception {
    let entry = Office.FiledMessage(
      message: message.envelope.messageID, kind: message.envelope.kind.rawValue,
      sender: message.envelope.sender, assigner: message.envelope.caseReference?.assigner,
      number: message.envelope.caseReference?.number, document: digest, cancels: cancelled)
    try await work.note("dossier.filed", in: .filed, Payload().text(entry))
    return Office.Reception(outcome: .filed, kind: entry.kind, number: nil, sha256: digest)
  }

  /// A message that came before is taken back: nothing is deleted. It lies among the papers, and with the case that the
  /// message opened or went on with, where a person decides what follows.
  ///
  /// - Throws: `DOSS076` when no such message came from this sender.
  mutating func takeCancellation() async throws -> Office.Reception {
    let form = try await form("cancellation", in: set())
    let cancelled = form.context["message"]?.text ?? ""
    let sender = message.envelope.sender
    guard
      let first = try await work.store.answer(to: Incoming.command(for: cancelled, from: sender))
    else { throw Diagnostic("DOSS076", ["message": cancelled, "sender": sender]) }
    let reception = try await filed(about: cancelled)
    guard let number = try Payload().value(Office.Reception.self, from: first).number else {
      return reception
    }
    try await addReceived(form, as: "cancellation", to: number)
    return self.reception(.filed, number)
  }

  // MARK: Applications and notices

  /// An application that another agency passes on opens a case as one at the desk does.
  ///
  /// - Throws: `DOSS025` when it is about a decision that is not there.
  mutating func takeApplication() async throws -> Office.Reception {
    let set = try await set()
    let identity = try form("identity", in: set)
    for document in message.documents {
      guard let kind = ApplicationIntake.kind(of: document.form) else { continue }
      let request = try form(document.form, in: set)
      if let decision = request.context["decisionNumber"]?.text,
        try await DecisionIndex.caseNumber(of: decision, in: work.store) == nil
      {
        throw Diagnostic("DOSS025", ["decision": decision])
      }
      var intake = ApplicationIntake(
        work: work, profile: message.envelope.profile, seed: message.envelope.messageID,
        lodgedBy: message.envelope.sender)
      let number = try await intake.take(
        request.answers, kind: kind, identity: identity.answers, in: set)
      work = intake.work
      return reception(.opened, number)
    }
    throw Diagnostic("DOSS026", ["form": "*-request"])
  }

  /// A death ends every open case of the person as its workflow says, and what is established. When no case ends, the
  /// notice lies among the papers; a later notice corrects the day.
  ///
  /// - Throws: `DOSS079` when nobody is known under that personal number; `CASE086` when the person was born later.
  mutating func takeDeathNotice() async throws -> Office.Reception {
    let set = try await set()
    let notice = try form("death-notice", in: set)
    let identity = try form("identity", in: set).context
    let fin = identity["fin"]?.text.flatMap(PersonalNumber.init)?.description ?? ""
    let people = try await work.store.people(.personalNumber(fin))
    guard !people.isEmpty, let day = notice.context.day("diedOn") else {
      throw Diagnostic("DOSS079")
    }
    var ended: [CaseNumber] = []
    for row in people {
      ended += try await work.recordDeath(
        of: row.identifier, on: day,
        notice: (message.envelope.messageID, ["death": .context(notice.context)])
      ).ended
    }
    for number in ended { try await addReceived(notice, as: "death-notice", to: number) }
    guard let first = ended.first else { return try await filed(about: nil) }
    return reception(.continued, first)
  }

  // MARK: Answers to what was sent

  /// What another agency says of a measure or a question: kept with the case, and put into the open task for exactly
  /// that. A person looks at it and completes the task.
  ///
  /// - Parameter asked: what it answers.
  /// - Throws: `DOSS070` or `DOSS080` when that was never sent to this agency; `DOSS028` when no task waits for it.
  mutating func takeReport(_ name: String, on asked: DossierKind) async throws -> Office.Reception {
    let number = try addressedCase()
    let sender = message.envelope.sender
    guard
      try await work.store.outbox(case: number).contains(where: {
        $0.kind == asked.rawValue && $0.receiver == sender
      })
    else {
      throw Diagnostic(
        asked == .irp ? "DOSS070" : "DOSS080", ["sender": sender, "number": number.description])
    }
    let form = try await form(name, in: set())
    let report = form.answers
    let tasks = try await waiting(for: report, in: number)
    guard !tasks.isEmpty else { throw Diagnostic("DOSS028", ["number": number.description]) }
    try await addReceived(form, as: name, to: number)
    // which of two equal measures is meant, only a person can say
    if let task = tasks.first, tasks.count == 1, task.draft == nil {
      let asked = report.questions().filter { $0.kind.isAnswerable && !$0.isReadonly }
      let draft = TaskDraft(
        answered: asked.count { !$0.value.isEmpty }, of: asked.count, by: sender, at: work.now,
        document: try work.storeXML(report.draft(), context: nil))
      try await work.record(.draftSaved(task: ElementKey(task.key), draft), in: number)
    }
    return reception(.continued, number)
  }

  /// The open tasks of that form whose fixed answers are those of the report.
  private func waiting(for report: Answers, in number: CaseNumber) async throws -> [TaskRow] {
    var work = work
    let loaded = try await work.loaded(number)
    let given = report.context()
    return try await work.store.tasks(TaskQuery(caseNumber: number)).filter { row in
      guard row.form == report.form.id,
        let task = loaded.openTask(ElementKey(row.key))
      else { return false }
      // a task that fixes nothing waits for any answer of its form
      guard case .context(let fixed)? = task.variables["prefill"] else { return true }
      return fixed.entries.allSatisfy { name, value in (given[name] ?? .null) == value }
        && (fixed["implementer"] == nil
          || fixed["implementer"] == .string(message.envelope.sender))
    }
  }
}

/// The newest revision of a paper that an agency sent, by its set id.
struct PaperIndex: Codable {
  /// The message that brought it.
  let message: String
  let revision: Int

  static func stream(_ setID: String, from sender: String) -> Stream {
    Stream("paper/\(sender)/\(setID)")
  }

  /// What is known, with the number of records it was read with.
  static func read(
    _ setID: String, from sender: String, in store: any CaseStore
  ) async throws -> (PaperIndex?, Int) {
    guard let stored = try await store.state(of: stream(setID, from: sender)) else {
      return (nil, 0)
    }
    return (try Payload().value(PaperIndex.self, from: stored.state), stored.version)
  }
}
