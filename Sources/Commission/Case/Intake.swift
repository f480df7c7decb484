internal import BPMN
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import XForms
internal import XML

/// Matches a received dossier with its case, or opens one.
struct Intake {
  var work: Work
  let message: DossierMessage
  /// SHA-256 of the received bytes.
  let digest: String
  /// Those that were read before.
  let forms: FilledForms?

  mutating func take() async throws -> Office.Reception {
    try await checkIdentity()
    switch message.envelope.kind {
    case .referral: return try await takeReferral()
    case .supplement: return try await takeSupplement()
    case .withdrawal: return try await publish("M-WITHDRAW", variables: [:], in: addressedCase())
    case .appeal: return try await takeAppeal()
    case .irpAcceptance: return try await takeReport("irp-acknowledgement", on: .irp)
    case .irpReport: return try await takeReport("execution-report", on: .irp)
    case .information: return try await takeReport("additional-result", on: .informationRequest)
    case .application, .courtAct: return try await takeApplication()
    case .deathNotice: return try await takeDeathNotice()
    case .cancellation: return try await takeCancellation()
    case .return, .decision, .irp, .appealDecision, .irpCompensation, .informationRequest,
      .childrenOpinion, .specialConclusion, .socialReferral, .notice, .correction:
      return try await file()
    case .receipt: return try await takeReceipt()
    }
  }

  // MARK: Referral

  private mutating func takeReferral() async throws -> Office.Reception {
    let set = try await set()
    let referral = try form("referral", in: set)
    let identity = try form("identity", in: set)
    let setID = referral.context["setId"]?.text ?? ""
    let version = referral.context.integer("version") ?? 1
    if let known = try await ReferralIndex.read(setID, in: work.store) {
      return try await takeVersion(version, of: known, referral: referral)
    }
    let person = try await register(identity.context)
    let kind: CaseKind =
      referral.context["order"]?.text == "repeat" ? .reExamination : .initial
    let number = try await open(kind, person: person, set: set)
    let index = ReferralIndex(number: number, version: version)
    try await note(index, of: setID)
    try await addReceived(identity, as: "identity", to: number)
    try await addReceived(referral, as: "referral", to: number)
    try await start(
      message: "M-REF", in: number,
      variables: [
        "case": .context(caseContext(number)),
        "identity": .context(identity.context), "referral": .context(referral.context),
        "institutionListed": .boolean(isListed(referral.context)),
        "cumulativeYears": .number(
          Decimal128(person.accumulatedYears(on: set.calendar.day(of: work.now)))),
      ])
    try await work.announce(number, of: person)
    return reception(.opened, number)
  }

  /// Whether the office knows the institution as one that may issue referrals.
  private func isListed(_ referral: FEELContext) -> Bool {
    let code = referral.nested("institution", "code").text
    return work.authority.institutions.contains { $0.code == code }
  }

  private mutating func note(_ index: ReferralIndex, of setID: String) async throws {
    let text = try Payload().text(index)
    try await work.note(
      "referral.indexed", in: ReferralIndex.stream(setID), text, state: text)
  }

  /// A newer version goes to the case that waits for it; an older one is refused.
  private mutating func takeVersion(
    _ version: Int, of known: ReferralIndex, referral: FilledForm
  ) async throws -> Office.Reception {
    guard version > known.version else {
      throw Diagnostic(
        "DOSS023", ["version": "\(version)", "known": "\(known.version)"],
        at: message.documents.first?.content.location)
    }
    return try await takeNewReferral(referral, version: version, in: known.number)
  }

  private mutating func takeSupplement() async throws -> Office.Reception {
    let referral = try await form("referral", in: set())
    let setID = referral.context["setId"]?.text ?? ""
    guard let known = try await ReferralIndex.read(setID, in: work.store) else {
      throw Diagnostic("DOSS024", ["set": setID])
    }
    return try await takeVersion(
      referral.context.integer("version") ?? 1, of: known, referral: referral)
  }

  private mutating func takeNewReferral(
    _ referral: FilledForm, version: Int, in number: CaseNumber
  ) async throws -> Office.Reception {
    let setID = referral.context["setId"]?.text ?? ""
    let index = ReferralIndex(number: number, version: version)
    try await addReceived(referral, as: "referral", to: number)
    let reception = try await publish(
      "M-SUPPLEMENT", variables: ["referral": .context(referral.context)], in: number)
    try await note(index, of: setID)
    return reception
  }

  // MARK: Appeal

  private mutating func takeAppeal() async throws -> Office.Reception {
    let set = try await set()
    let appeal = try form("appeal", in: set)
    let decision = appeal.context["decisionNumber"]?.text ?? ""
    guard let contested = try await DecisionIndex.caseNumber(of: decision, in: work.store) else {
      throw Diagnostic("DOSS025", ["decision": decision])
    }
    var first = ContestedCase(work: work, number: contested, decision: decision)
    let facts = try await first.context()
    let identifier = try await work.loaded(contested).state.opening.person
    let person = try await work.person(identifier)
    let number = try await open(.appeal, person: person, set: set)
    try await addReceived(appeal, as: "appeal", to: number)
    try await work.record(
      .linked(CaseLink(relation: .appealOf, number: contested)), in: number)
    try await work.record(
      .linked(CaseLink(relation: .appealedIn, number: number)), in: contested)
    try await start(
      message: "M-APPEAL", in: number,
      variables: [
        "case": .context(caseContext(number)), "appeal": .context(appeal.context),
        "identity": .context(person.identity), "contested": .context(facts),
      ])
    return reception(.opened, number)
  }

  // MARK: Parts

  mutating func set() async throws -> DefinitionSet {
    try await work.definitions.set(
      for: message.envelope.profile, on: work.now.officeDay, in: work.store)
  }

  func form(_ name: String, in set: DefinitionSet) throws -> FilledForm {
    guard let document = message.documents.first(where: { $0.form == name }) else {
      throw Diagnostic("DOSS026", ["form": name])
    }
    if let forms, forms.set === set, let form = forms.forms[name] { return form }
    return try FilledForm(
      Commission.answers(of: document, in: set, language: work.language))
  }

  private mutating func register(_ identity: FEELContext) async throws -> Person {
    try await work.registered(identity, seed: message.envelope.messageID)
  }

  private mutating func open(_ kind: CaseKind, person: Person, set: DefinitionSet) async throws
    -> CaseNumber
  {
    try await work.openCase(
      kind, person: person, profile: message.envelope.profile, set: set,
      seed: message.envelope.messageID)
  }

  private func caseContext(_ number: CaseNumber) async throws -> FEELContext {
    var work = work
    return try await work.caseContext(number)
  }

  mutating func addReceived(_ filled: FilledForm, as name: String, to number: CaseNumber)
    async throws
  {
    let form = filled.answers.form
    work.store(filled.document)
    try await work.change(number) { $0.know(filled.context, as: filled.document.identifier) }
    try await work.add(
      CaseDocument(
        name: name, role: .received, identifier: filled.document.identifier, form: form.id,
        formVersion: form.version, number: nil, by: message.envelope.sender, at: work.now,
        variable: camelCase(name), element: nil), in: number)
  }

  private mutating func start(
    message name: String, in number: CaseNumber, variables: [String: FEELValue]
  ) async throws {
    try await work.run(
      .startByMessage(
        Message(name: name, correlationKey: number.description, variables: variables)),
      in: number)
  }

  /// The case that the envelope names.
  func addressedCase() throws -> CaseNumber {
    guard let reference = message.envelope.caseReference else { throw Diagnostic("DOSS027") }
    guard reference.assigner == work.authority.commission else {
      throw Diagnostic(
        "DOSS072", ["assigner": reference.assigner, "us": work.authority.commission])
    }
    return try CaseNumber(reference.number)
  }

  private mutating func publish(
    _ name: String, variables: [String: FEELValue], in number: CaseNumber
  ) async throws -> Office.Reception {
    do {
      if try await work.tell(name, to: number, id: message.envelope.messageID, variables) {
        return reception(.continued, number)
      }
    } catch let problem as Diagnostic where ["CASE011", "STORE022"].contains(problem.code) {
      // there is no such case, or not any more
    }
    throw Diagnostic("DOSS028", ["number": number.description])
  }

  func reception(_ outcome: Office.Reception.Outcome, _ number: CaseNumber)
    -> Office.Reception
  {
    Office.Reception(
      outcome: outcome, kind: message.envelope.kind.rawValue, number: number, sha256: digest)
  }
}

/// Which case a referral belongs to, by its set id, and its newest version.
struct ReferralIndex: JSONRecord {
  let number: CaseNumber
  let version: Int

  static func members(of value: ReferralIndex?, in json: inout JSONCoder) throws -> ReferralIndex {
    try ReferralIndex(
      number: json.member("number", value?.number), version: json.member("version", value?.version))
  }

  static func stream(_ setID: String) -> Stream { Stream("referral/\(setID)") }

  static func read(_ setID: String, in store: any CaseStore) async throws -> ReferralIndex? {
    try await store.state(of: stream(setID)).map {
      try Payload().value(ReferralIndex.self, from: $0.state)
    }
  }
}

/// Which case issued a paper, by its number: the register's record says so.
enum DecisionIndex {
  /// The case of the paper `07-2026-decision-5`; `nil` when there is no such paper.
  static func caseNumber(of paper: String, in store: any CaseStore) async throws -> CaseNumber? {
    let parts = paper.split(separator: "-")
    guard parts.count >= 4, let year = Int(parts[1]), let serial = Int(parts[parts.count - 1]),
      serial > 0
    else { return nil }
    let register = parts[2..<(parts.count - 1)].joined(separator: "-")
    let stream = Stream.register(register, commission: String(parts[0]), year: year)
    guard let record = try await store.records(of: stream, after: serial - 1).first else {
      return nil
    }
    let subject = try Payload().value([String].self, from: record.payload).first ?? ""
    return try subject.split(separator: " ").first.map { try CaseNumber(String($0)) }
  }
}
