import Commission
import Diagnostics
import Dossier
import FEEL
import Foundation
import Store
import TestSupport
import XForms
import XML

/// One of several people who work at the same time. Number n of a client is the same command whenever it is done.
struct Client: Sendable {
  private let index: Int
  private let next: Int
  private let store: any CaseStore
  private let now: Instant
  private let definitions: DefinitionCache
  /// A referral, of which every opening is a copy with its own numbers.
  private let referral: DossierMessage

  init(
    _ index: Int, next: Int, store: any CaseStore, now: Instant, definitions: DefinitionCache,
    referral: [UInt8]
  ) async throws {
    self.index = index
    self.next = next
    self.store = store
    self.now = now
    self.definitions = definitions
    let office = try await Office(
      store: store, user: "a.one", now: now, definitions: definitions)
    self.referral = try await office.validate(referral, file: "referral.xml")
    // what every case needs is compiled before the clock of the kills starts
    for row in try await store.cases(CaseQuery(limit: 1)) {
      _ = try await office.clocks(of: row.number)
    }
  }

  func work() async throws {
    var number = next
    while true {
      do {
        let kind = try await step(number)
        Teller.tell("s\(index):\(number):\(kind)\n")
      } catch let problem as Diagnostic where !problem.code.hasPrefix("STORE") {
        // somebody else was faster, or it is not for this user: nothing has happened
        Teller.tell("n\(index):\(number)\n")
      }
      number += 1
    }
  }

  /// What this client does as number `number`.
  ///
  /// - Returns: what it was: 0 a case opened, 1 a remark, 2 a task handed in, 3 a task taken, 4 a look, 5 anything else.
  private func step(_ number: Int) async throws -> Int {
    var chance = SeededNumbers(seed: UInt64(index) << 32 | UInt64(number))
    let command = CommandID("load/\(index)/\(number)")
    let user = ["a.one", "b.two"][chance.next(below: 2)]
    let office = try await Office(
      store: store, user: user, now: now, definitions: definitions)
    let cases = try await store.cases(CaseQuery(isOpen: true)).map(\.number)
    let place = cases[chance.next(below: cases.count)]
    switch chance.next(below: 100) {
    case 0..<2:
      _ = try await office.receive(copy(number), file: "referral.xml")
      return 0
    case 2..<35:
      try await office.comment(place, "remark \(index):\(number)", command: command)
      return 1
    case 35..<60:
      try await complete(in: place, command)
      return 2
    case 60..<75:
      if try await store.answer(to: command) != nil { return 3 }
      try await office.claim(try await task(of: place).identifier ?? 0, command: command)
      return 3
    case 75..<92:
      _ = try await office.overview(of: place)
      return 4
    case 92..<96: _ = try await office.work { _, _ in }
    default: _ = try await office.checkpoint()
    }
    return 5
  }

  private func task(of number: CaseNumber) async throws -> TaskRow {
    guard let row = try await store.tasks(TaskQuery(caseNumber: number)).first else {
      throw Diagnostic("TASK001", ["task": ""])
    }
    return row
  }

  /// Hands in the first open task of a case, whoever may.
  private func complete(in number: CaseNumber, _ command: CommandID) async throws {
    if try await store.answer(to: command) != nil { return }
    let row = try await task(of: number)
    let user = row.assignee ?? (row.element == "check" ? "b.two" : "a.one")
    let office = try await Office(
      store: store, user: user, now: now, definitions: definitions)
    var answers = try await office.form(of: row.identifier ?? 0).answers
    try answers.set("decision", to: "sign")
    try await office.complete(row.identifier ?? 0, with: answers, command: command)
  }

  /// The referral as another message about another referral.
  private func copy(_ number: Int) throws -> [UInt8] {
    let digits = String(1_000_000_000 + index * 100_000_000 + number)
    let envelope = DossierEnvelope(
      messageID: "00000000-0000-8000-a000-00\(digits)", kind: referral.envelope.kind,
      sender: referral.envelope.sender, receiver: referral.envelope.receiver,
      caseReference: referral.envelope.caseReference, created: referral.envelope.created,
      profile: referral.envelope.profile, isTest: referral.envelope.isTest)
    let documents = referral.documents.map { document in
      var content = document.content
      content.children = content.children.map { node in
        guard case .element(var child) = node, child.name == "setId" else { return node }
        child.children = [.text("R-\(digits)")]
        return .element(child)
      }
      return DossierDocument(
        id: document.id, form: document.form, formVersion: document.formVersion,
        setID: document.setID, revision: document.revision, language: document.language,
        issuedBy: document.issuedBy, issuedAt: document.issuedAt,
        protocolNumber: document.protocolNumber, content: content)
    }
    return try DossierMessage(envelope: envelope, documents: documents, attachments: []).xml()
  }
}
