internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import XForms

/// Messages that answer ours: receipts, decisions of others, reports on a program.
extension Intake {
  /// An identity that comes along is right, also where only its being there counts.
  mutating func checkIdentity() async throws {
    let kind = message.envelope.kind
    guard kind != .referral, !kind.isFiled,
      let identity = message.documents.first(where: { $0.form == "identity" })
    else { return }
    _ = try await Commission.answers(of: identity, in: set())
  }

  // MARK: Receipts

  /// What another agency says of a message of ours.
  ///
  /// - Throws: `DOSS068` when we sent no such message; `DOSS069` when it had other bytes.
  mutating func takeReceipt() async throws -> Office.Reception {
    guard let receipt = message.receipt else { throw Diagnostic("DOSS039") }
    let sender = message.envelope.sender
    let known = try await Partner.read(sender, in: work.store).0.awaited
      .first { $0.message == receipt.of }
    guard let known else {
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
    _ = try await work.changePartner(sender, "dossier.answered", receipt.of) { partner in
      guard let place = partner.awaited.firstIndex(of: known) else { return }
      if receipt.status == .accepted {
        partner.awaited.remove(at: place)
      } else {
        partner.awaited[place].take(receipt)
      }
    }
    return noted(known.caseNumber)
  }

  private func noted(_ number: CaseNumber?) -> Office.Reception {
    Office.Reception(
      outcome: .noted, kind: message.envelope.kind.rawValue, number: number, sha256: digest)
  }

  // MARK: Papers of others

  /// Keeps what another agency decided: with the case it names, when the case is ours, else for people to read.
  mutating func file() async throws -> Office.Reception {
    let entry = Office.FiledMessage(
      message: message.envelope.messageID, kind: message.envelope.kind.rawValue,
      sender: message.envelope.sender, assigner: message.envelope.caseReference?.assigner,
      number: message.envelope.caseReference?.number, document: digest)
    try await work.note("dossier.filed", in: .filed, Payload().text(entry))
    return Office.Reception(outcome: .filed, kind: entry.kind, number: nil, sha256: digest)
  }

  // MARK: Reports on a program

  /// What an implementer says of a measure: kept with the case, and put into the open task for exactly that measure. A
  /// person looks at it and completes the task.
  ///
  /// - Throws: `DOSS070` when the program was never sent to this agency; `DOSS028` when no measure waits for it.
  mutating func takeReport(_ form: String) async throws -> Office.Reception {
    let number = try addressedCase()
    let sender = message.envelope.sender
    guard
      try await work.store.outbox(case: number).contains(where: {
        $0.kind == DossierKind.irp.rawValue && $0.receiver == sender
      })
    else { throw Diagnostic("DOSS070", ["sender": sender, "number": number.description]) }
    let report = try await answers(form, in: set())
    let tasks = try await waiting(for: report, in: number)
    guard !tasks.isEmpty else { throw Diagnostic("DOSS028", ["number": number.description]) }
    try await addReceived(report, as: form, to: number)
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
        case .context(let fixed)? = loaded.openTask(ElementKey(row.key))?.variables["prefill"]
      else { return false }
      return fixed.entries.allSatisfy { name, value in (given[name] ?? .null) == value }
        && (fixed["implementer"] == nil
          || fixed["implementer"] == .string(message.envelope.sender))
    }
  }
}
