internal import BPMN
internal import Diagnostics
public import FEEL
internal import XForms
internal import XML

/// Printing what a case holds: issued papers, extracts of them, letters.
extension Office {
  /// One line of the list of papers of a case.
  public struct PaperEntry: Hashable, Sendable {
    /// What it is printed by: `conclusion`, `letter-2`.
    public let name: String
    /// The id of the form, or the template of a letter.
    public let kind: String
    /// The number in its register.
    public let number: String?
    public let at: Instant
    public let by: String
    /// Who gets one of their own: `person`, `employer` …; of a letter who got it.
    public let receivers: [String]
    /// How it was to be delivered; `nil`: it is no letter.
    public let channel: String?
    /// How the person wants to read it; `nil`: it is no letter.
    public let format: String?
  }

  /// The papers that were issued in a case and the letters that were written, oldest first.
  ///
  /// - Throws: `CASE011` when there is no such case; `USER004` when the user may not see papers.
  public func papers(of number: CaseNumber) async throws -> [PaperEntry] {
    try require(.readPapers)
    let (work, loaded) = try await reading(number, for: .paper)
    let issued = try loaded.state.documents.filter { $0.role == .issued && $0.form != nil }.map {
      try PaperEntry(
        name: $0.name, kind: $0.form ?? "", number: $0.number, at: $0.at, by: $0.by,
        receivers: loaded.set.papers(of: $0.form ?? "").map(\.receiver), channel: nil, format: nil)
    }
    let letters = try await CaseHistory(work: work, number: number).letters.enumerated().map {
      PaperEntry(
        name: "letter-\($0 + 1)", kind: $1.notice.template, number: nil, at: $1.notice.at,
        by: $1.by, receivers: [$1.notice.recipient], channel: $1.notice.channel,
        format: $1.notice.format)
    }
    return (issued.filter { $0.name != "decision-trace" } + letters).sorted { $0.at < $1.at }
  }

  /// The paper `name` of a case, ready to print.
  ///
  /// - Parameters:
  ///   - receiver: `person` when absent, `employer`, `institution`, or the code of an implementer: what each is told.
  ///   - language: that of the person when absent; a letter stays in the language it was written in.
  ///   - format: that of the person when absent.
  /// - Throws: `PAPER003` when the case has no such paper; `PAPER004` when this receiver gets none of it.
  public func paper(
    _ name: String, of number: CaseNumber, for receiver: String? = nil,
    in language: Language? = nil,
    as format: PaperFormat? = nil
  ) async throws -> (paper: Paper, format: PaperFormat) {
    try require(.readPapers)
    let (reader, loaded) = try await reading(number, for: .paper)
    var work = reader
    let identity = try await work.person(loaded.state.opening.person).identity
    let preferred = NoticePreferences(identity, recipient: "person")
    let format = format ?? preferred.format
    if let letter = try await letter(name, of: number, work) { return (letter, format) }
    let documents = loaded.state.documents.filter { $0.role == .issued && $0.name == name }
    guard let document = documents.last, let form = document.form else {
      let known = loaded.state.documents.filter { $0.role == .issued }.map(\.name)
      throw Diagnostic(
        "PAPER003",
        [
          "paper": String(name.prefix(60)),
          "known": known.removingRepeats().joined(separator: ", "),
        ])
    }
    let source = PaperSource(
      work: work, loaded: loaded, identity: identity, language: language ?? preferred.language,
      texts: try await texts(in: language ?? preferred.language))
    let templates = try loaded.set.papers(of: form)
    let wanted = receiver ?? "person"
    guard
      let template = templates.first(where: { $0.receiver == wanted })
        ?? templates.first(where: { $0.receiver == "implementer" && wanted != "person" })
    else {
      guard wanted == "person" else {
        let known = templates.map(\.receiver).joined(separator: ", ")
        throw Diagnostic("PAPER004", ["receiver": String(wanted.prefix(60)), "known": known])
      }
      return (try await source.writer(of: document, receiver: wanted).paper(), format)
    }
    let writer = try await source.writer(of: document, receiver: wanted)
    return (writer.paper(template, isEasy: format == .easyRead), format)
  }

  /// The letter `letter-2`, in paragraphs.
  private func letter(_ name: String, of number: CaseNumber, _ work: Work) async throws -> Paper? {
    guard name.hasPrefix("letter-"), let place = Int(name.dropFirst(7)) else { return nil }
    let letters = try await CaseHistory(work: work, number: number).letters
    guard letters.indices.contains(place - 1) else {
      let known = letters.indices.map { "letter-\($0 + 1)" }.joined(separator: ", ")
      throw Diagnostic("PAPER003", ["paper": name, "known": known])
    }
    let notice = letters[place - 1].notice
    guard let stored = try await store.document(notice.document) else {
      throw Diagnostic("STORE004", ["document": notice.document])
    }
    let language = Language(rawValue: notice.language) ?? .az
    let paragraphs = String(decoding: stored.bytes, as: UTF8.self).split(separator: "\n\n")
    return Paper(
      language: language, title: Messages(language).text("paper.letter"),
      head: paragraphs.prefix(1).flatMap { $0.split(separator: "\n").map(String.init) },
      parts: paragraphs.dropFirst().map { .text($0.trimmingNewlines) }, foot: [])
  }

  private func texts(in language: Language) async throws -> ModelTexts {
    language == .en ? .none : try await deployedTexts()
  }
}

/// Everything that a paper of one case is filled from.
private struct PaperSource {
  var work: Work
  let loaded: LoadedCase
  let identity: FEELContext
  let language: Language
  let texts: ModelTexts

  func writer(of document: CaseDocument, receiver: String) async throws -> PaperWriter {
    let messages = Messages(language)
    let answers = try await answers(of: document)
    let environment = CaseEnvironment(
      clocks: loaded.state.clocks, decisions: loaded.set.engine.decisions,
      calendar: loaded.set.calendar, now: document.at
    ).feel
    let day = loaded.set.calendar.day(of: document.at)
    var trace: Element?
    if let reasons = loaded.state.documents.last(where: {
      $0.name == "decision-trace" && $0.number == document.number
    }) {
      trace = try await Element(parsing: bytes(of: reasons), file: "decision-trace.xml")
    }
    return PaperWriter(
      messages: messages, texts: texts, set: loaded.set, answers: answers, trace: trace,
      signatures: try await signatures(of: document, messages),
      scope: scope(document, answers, day, receiver), environment: environment,
      head: [
        commission,
        messages.text(
          "paper.number", ["number": document.number ?? "–", "date": day.onPaper]),
        messages.text("paper.case", ["case": loaded.number.description]),
      ])
  }

  /// The name of the commission; its code where it has none.
  private var commission: String {
    let code = loaded.state.opening.commission
    return work.authority.bodies.first { $0.code == code }?.name ?? code
  }

  private func bytes(of document: CaseDocument) async throws -> [UInt8] {
    guard let stored = try await work.store.document(document.identifier), stored.isIntact else {
      throw Diagnostic("STORE004", ["document": document.identifier])
    }
    return stored.bytes
  }

  private func answers(of document: CaseDocument) async throws -> Answers {
    let xml = try await Element(parsing: bytes(of: document), file: "\(document.name).xml")
    return try Answers.read(
      xml, of: loaded.set.form(document.form ?? ""), now: work.localNow(loaded),
      language: language.rawValue
    ).answers
  }

  private func scope(
    _ document: CaseDocument, _ answers: Answers, _ day: Day, _ receiver: String
  ) -> FEELContext {
    let shown = answers.questions().filter { !$0.path.contains("/") && !$0.display.isEmpty }
      .map { ($0.path, FEELValue.string($0.display)) }
    let name = ["surname", "given", "patronymic"].compactMap { identity[$0]?.text }
      .joined(separator: " ")
    let implementer = try? loaded.set.list("implementer")?.label(
      of: receiver, in: language.rawValue)
    return [
      "paper": .context(answers.context()), "shown": .context(FEELContext(shown)),
      "issued": .context([
        "number": .string(document.number ?? ""), "date": .date(day),
        "document": .string(document.name),
      ]),
      "case": .context([
        "number": .string(loaded.number.description),
        "kind": .string(loaded.state.opening.kind.rawValue),
        "profile": .string(loaded.state.opening.profile),
      ]),
      "person": .context(
        FEELContext([("name", .string(name))] + identity.entries.map { ($0.name, $0.value) })),
      "receiver": .string(receiver), "receiverName": .string(implementer ?? receiver),
      "appealBy": lastDayToAppeal(document) ?? .null,
    ]
  }

  /// The last day to appeal for somebody who got the paper on the day it was issued.
  private func lastDayToAppeal(_ document: CaseDocument) -> FEELValue? {
    guard let parameter = try? ClockParameter("T-APPEAL", in: loaded.set.engine.decisions),
      let end = try? Clock(parameter, startedAt: document.at).due(
        in: loaded.set.calendar, now: document.at)
    else { return nil }
    return .date(loaded.set.calendar.day(of: end))
  }

  /// Who signed between the paper before it and this one, each once.
  private func signatures(of document: CaseDocument, _ messages: Messages) async throws
    -> [Paper.Fact]
  {
    let place = loaded.state.documents.lastIndex(of: document) ?? 0
    let earlier = loaded.state.documents[..<place]
    let start = earlier.lastIndex { $0.role == .issued }.map { $0 + 1 } ?? 0
    var facts: [Paper.Fact] = []
    for signature in earlier[start...] where signature.form == "signature" {
      let xml = try await Element(parsing: bytes(of: signature), file: "signature.xml")
      guard xml.child("decision")?.text == "sign" else { continue }
      let title = work.authority.users.first { $0.name == signature.by }?.title ?? signature.by
      let day = loaded.set.calendar.day(of: signature.at).onPaper
      facts.removeAll { $0.name == title }
      facts.append(Paper.Fact(name: title, value: messages.text("paper.signed", ["date": day])))
    }
    return facts
  }
}

extension CaseHistory {
  /// The letters of the case with who wrote them, oldest first.
  var letters: [(notice: Notice, by: String)] {
    entries.compactMap { entry in
      if case .noticeIssued(let notice) = entry.event { (notice, entry.actor) } else { nil }
    }
  }
}

extension Substring {
  fileprivate var trimmingNewlines: String {
    String(drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed())
  }
}
