internal import BPMN
internal import DMN
internal import Diagnostics
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// `issue-document` and `notify`: papers that leave the commission.
extension Work {
  /// Gives the completed form its number and freezes it; the reasons of every decision go with it.
  mutating func issueDocument(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue]
  {
    let loaded = try await loaded(number)
    let name = try job.header("document")
    let today = loaded.set.calendar.day(of: now)
    let form = try loaded.set.form(job.header("form"))
    let register = IssuedPaper(rawValue: name)?.register ?? "notice"
    let serial = try await nextNumber(
      in: register, commission: loaded.state.opening.commission, year: today.year,
      for: "\(number) \(name)")
    let paperNumber = "\(loaded.state.opening.commission)-\(today.year)-\(register)-\(serial)"
    var content = try job.context("content")
    if IssuedPaper(rawValue: name) == .certificate {
      let code = FEELValue.string(verificationCode(of: paperNumber))
      content = FEELContext(
        content.entries.map { ($0.name, $0.value) } + [("verificationCode", code)])
    }
    let answers = Answers(form, prefill: content, now: localNow(loaded))
    let stored = try storeXML(answers.xml(), context: nil)
    try await add(
      CaseDocument(
        name: name, role: .issued, identifier: stored, form: form.id, formVersion: form.version,
        number: paperNumber, by: actor, at: now, variable: nil, element: job.element),
      in: number)
    if IssuedPaper(rawValue: name)?.carriesTrace == true {
      let trace = try await storeXML(traces(of: number), context: nil)
      try await add(
        CaseDocument(
          name: "decision-trace", role: .issued, identifier: trace, form: "decision-trace",
          formVersion: "1.0", number: paperNumber, by: actor, at: now, variable: nil,
          element: job.element), in: number)
    }
    return [
      "issued": .context([
        "number": .string(paperNumber), "date": .date(today), "document": .string(name),
      ])
    ]
  }

  /// What shows that the certificate `number` is from this commission: the register has it too, so whoever asks can be told
  /// whether both belong together.
  private func verificationCode(of number: String) -> String {
    let digits = fingerprint(Array("certificate|\(number)|\(authority.drawSecret)".utf8))
      .prefix(12).uppercased()
    return stride(from: 0, to: 12, by: 4).map { digits.dropFirst($0).prefix(4) }
      .joined(separator: "-")
  }

  /// Writes a letter in the person's language and through the channel the person chose.
  mutating func notify(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let loaded = try await loaded(number)
    let template = try job.header("template")
    let recipient = try job.header("recipient")
    let person = try await person(loaded.state.opening.person)
    let preferences = NoticePreferences(person.identity, recipient: recipient)
    let letter = LetterWriter(
      messages: Messages(preferences.language), loaded: loaded, person: person,
      commission: authority.commissionName(loaded.state.opening.commission), now: now,
      sheet: job.variables["completenessSheet"], clock: job.headers["clock"],
      given: (try? job.context("words")) ?? [:]
    ).letter(template, to: recipient, issued: job.variables["issued"])
    let document = StoredDocument(mediaType: "text/plain; charset=utf-8", bytes: Array(letter.utf8))
    store(document)
    let notice = Notice(
      template: template, recipient: recipient, channel: preferences.channel,
      language: preferences.language.rawValue, format: preferences.format.rawValue,
      document: document.identifier, at: now)
    try await record(.noticeIssued(notice), in: number)
    return ["notice": .context(["template": .string(template)])]
  }

  /// The reasons of the newest evaluation of every decision of the case, in the order they were made.
  func traces(of number: CaseNumber) async throws -> Element {
    let traces = try await CaseHistory(work: self, number: number).newestTraces()
    return Element(
      "traces", namespace: DecisionTrace.namespace, children: traces.map { .element($0.xml()) })
  }

  mutating func add(_ document: CaseDocument, in number: CaseNumber) async throws {
    try await record(.documentAdded(document), in: number)
  }

  /// Stores XML and gives its identifier; `context` is what expressions see of it.
  mutating func storeXML(_ element: Element, context: FEELContext?) throws -> String {
    let document = try StoredDocument(element, context: context)
    store(document)
    return document.identifier
  }

  func localNow(_ loaded: LoadedCase) -> DateTime {
    loaded.set.calendar.wallTime(at: now)
  }
}

extension StoredDocument {
  /// An XML document; `context` is what expressions see of it.
  init(_ element: Element, context: FEELContext?) throws {
    try self.init(
      mediaType: "application/xml", bytes: Array(element.xml().utf8),
      context: context.map { try Payload().text($0) } ?? "")
  }
}

/// The papers with a register of their own.
enum IssuedPaper: String {
  case conclusion, refusal, certificate, program
  case appealDecision = "appeal-decision"
  case childrenOpinion = "children-opinion"
  case employmentConclusion = "employment-conclusion"
  case independentLiving = "independent-living"
  case lostCapacity = "lost-capacity"
  case socialReferral = "social-referral"

  var register: String {
    switch self {
    case .conclusion, .refusal: "decision"
    case .certificate: "certificate"
    case .program: "program"
    case .appealDecision: "appeal-decision"
    case .childrenOpinion: "children-opinion"
    case .employmentConclusion, .independentLiving, .lostCapacity: "special-conclusion"
    case .socialReferral: "social-referral"
    }
  }

  /// Whether the reasons of the decisions go with it.
  var carriesTrace: Bool {
    switch self {
    case .conclusion, .refusal, .appealDecision, .employmentConclusion, .independentLiving: true
    case .certificate, .program, .childrenOpinion, .lostCapacity, .socialReferral: false
    }
  }
}

/// Language, channel and format of a letter.
struct NoticePreferences {
  let language: Language
  let channel: String
  let format: PaperFormat

  /// Of the person, as the form `identity` says; offices get Azerbaijani through the portal.
  init(_ identity: FEELContext, recipient: String) {
    guard recipient == "person" else {
      (language, channel, format) = (.az, "portal", .plain)
      return
    }
    language = identity["language"]?.text.flatMap(Language.init) ?? .az
    if case .list(let channels)? = identity["channels"], let first = channels.first?.text {
      channel = first
    } else {
      channel = "post"
    }
    if case .list(let codes)? = identity["formats"] {
      format = PaperFormat(of: codes.compactMap(\.text))
    } else {
      format = .plain
    }
  }
}
