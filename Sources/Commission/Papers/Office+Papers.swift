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
    /// Who gets one of their own: `person`, `institution`, the code of an implementer …; of a letter who got it.
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
    var issued: [PaperEntry] = []
    for document in loaded.printable {
      let content = try await store.intact(document.identifier)
      issued.append(
        PaperEntry(
          name: document.name, kind: document.form ?? "", number: document.number,
          at: document.at, by: document.by,
          receivers: try loaded.receivers(of: document, content), channel: nil, format: nil))
    }
    let letters = try await CaseHistory(work: work, number: number).letters.enumerated().map {
      PaperEntry(
        name: "letter-\($0 + 1)", kind: $1.notice.template, number: nil, at: $1.notice.at,
        by: $1.by, receivers: [$1.notice.recipient], channel: $1.notice.channel,
        format: $1.notice.format)
    }
    return (issued + letters).sorted { $0.at < $1.at }
  }

  /// The paper `name` of a case, ready to print.
  ///
  /// - Parameters:
  ///   - receiver: `person` when absent, `institution`, `employer`, or the code of an implementer: what each is told.
  ///   - language: that of the person when absent, Azerbaijani for others; a letter stays in the language it was written
  ///     in.
  ///   - format: that of the person when absent, plain for others; of a letter the one it was written in.
  /// - Throws: `PAPER003` when the case has no such paper; `PAPER004` when this receiver gets none of it; `PAPER008` when a
  ///   letter was written in another language.
  public func paper(
    _ name: String, of number: CaseNumber, for receiver: String? = nil,
    in language: Language? = nil,
    as format: PaperFormat? = nil
  ) async throws -> (paper: Paper, format: PaperFormat) {
    try require(.readPapers)
    let (reader, loaded) = try await reading(number, for: .paper)
    var work = reader
    let letters = try await CaseHistory(work: work, number: number).letters.map(\.notice)
    if name.hasPrefix("letter-"), let place = Int(name.dropFirst(7)),
      letters.indices.contains(place - 1)
    {
      return try await letter(letters[place - 1], for: receiver, in: language, as: format)
    }
    guard let document = loaded.printable.last(where: { $0.name == name }) else {
      let known = loaded.printable.map(\.name) + letters.indices.map { "letter-\($0 + 1)" }
      throw Diagnostic(
        "PAPER003",
        [
          "paper": String(name.prefix(60)), "number": number.description,
          "known": known.removingRepeats().joined(separator: ", "),
        ])
    }
    let known = try await loaded.receivers(of: document, store.intact(document.identifier))
    let receiver = try wanted(receiver ?? "person", among: known)
    let identity = try await work.person(loaded.state.opening.person).identity
    let preferred = NoticePreferences(identity, recipient: receiver)
    let source = PaperSource(
      work: work, loaded: loaded, identity: identity, language: language ?? preferred.language,
      texts: try await texts(in: language ?? preferred.language))
    let writer = try await source.writer(of: document, receiver: receiver)
    let shape = format ?? preferred.format
    guard let template = try loaded.template(of: document, for: receiver) else {
      return (writer.paper(), shape)
    }
    let paper = writer.paper(template, isEasy: shape == .easyRead)
    // an implementer without a measure is not told who the person is
    guard template.receiver != "implementer" || paper.hasRows else {
      throw notAReceiver(receiver, known.filter { $0 != receiver })
    }
    return (paper, shape)
  }

  /// The receiver that a word means, in small letters or large ones.
  private func wanted(_ word: String, among known: [String]) throws -> String {
    guard word != "person" else { return word }
    guard let receiver = known.first(where: { $0.lowercased() == word.lowercased() }) else {
      throw notAReceiver(word, known)
    }
    return receiver
  }

  private func notAReceiver(_ word: String, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "PAPER004",
      ["receiver": String(word.prefix(60)), "known": known.joined(separator: ", ")])
  }

  /// A letter as it was written, in paragraphs.
  private func letter(
    _ notice: Notice, for receiver: String?, in language: Language?, as format: PaperFormat?
  ) async throws -> (paper: Paper, format: PaperFormat) {
    if let receiver, receiver != notice.recipient {
      throw notAReceiver(receiver, [notice.recipient])
    }
    let written = Language(rawValue: notice.language) ?? .az
    if let language, language != written {
      throw Diagnostic("PAPER008", ["language": written.rawValue])
    }
    let text = try await String(decoding: store.intact(notice.document).bytes, as: UTF8.self)
    let paragraphs = text.split(separator: "\n\n")
    let paper = Paper(
      language: written, title: Messages(written).text("paper.letter"),
      head: paragraphs.prefix(1).flatMap { $0.split(separator: "\n").map(String.init) },
      parts: paragraphs.dropFirst().map { .text($0.trimmingNewlines) }, foot: [])
    return (paper, format ?? notice.format.flatMap(PaperFormat.init) ?? .plain)
  }

  private func texts(in language: Language) async throws -> ModelTexts {
    language == .en ? .none : try await deployedTexts()
  }
}

/// Everything that a paper of one case is filled from.
private struct PaperSource {
  let work: Work
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
      trace = try await content(of: reasons)
    }
    return try PaperWriter(
      messages: messages, citations: Citations(loaded.set.legalActs(), messages), texts: texts,
      set: loaded.set, answers: answers, trace: trace,
      signatures: await signatures(of: document, messages),
      scope: scope(document, answers, day, receiver), environment: environment,
      head: [
        work.authority.commissionName(loaded.state.opening.commission),
        messages.text(
          "paper.number", ["number": document.number ?? "–", "date": day.onPaper]),
        messages.text("paper.case", ["case": loaded.number.description]),
      ])
  }

  private func content(of document: CaseDocument) async throws -> Element {
    try await work.store.intact(document.identifier).xml(of: document)
  }

  private func answers(of document: CaseDocument) async throws -> Answers {
    // as on the day it was issued, whatever a form asks of today
    try await Answers.read(
      content(of: document), of: loaded.set.form(document.form ?? ""),
      now: loaded.set.calendar.wallTime(at: document.at), language: language.rawValue
    ).answers
  }

  private func scope(
    _ document: CaseDocument, _ answers: Answers, _ day: Day, _ receiver: String
  ) -> FEELContext {
    let shown = answers.questions().filter { !$0.path.contains("/") && !$0.display.isEmpty }
      .map { ($0.path, FEELValue.string($0.display)) }
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
        FEELContext(
          [("name", .string(identity.fullName))] + identity.entries.map { ($0.name, $0.value) })),
      "receiver": .string(receiver), "receiverName": .string(implementer ?? receiver),
      "appealBy": loaded.lastDayToAppeal(deliveredAt: document.at).map { .date($0) } ?? .null,
    ]
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
      let xml = try await content(of: signature)
      guard xml.child("decision")?.text == "sign" else { continue }
      let title = work.authority.users.first { $0.name == signature.by }?.title ?? signature.by
      let day = loaded.set.calendar.day(of: signature.at).onPaper
      facts.removeAll { $0.name == title }
      facts.append(Paper.Fact(name: title, value: messages.text("paper.signed", ["date": day])))
    }
    return facts
  }
}

extension LoadedCase {
  /// The issued documents that people get.
  fileprivate var printable: [CaseDocument] {
    state.documents.filter {
      $0.role == .issued && $0.form != nil && $0.name != "decision-trace"
    }
  }

  /// The template for a receiver; `nil` when the person gets every answer under its question.
  fileprivate func template(
    of document: CaseDocument, for receiver: String
  ) throws -> PaperTemplate? {
    let templates = try set.papers(of: document.form ?? "")
    return templates.first { $0.receiver == receiver }
      ?? (receiver == "person" ? nil : templates.first { $0.receiver == "implementer" })
  }

  /// Who gets a paper of their own; of implementers those that the document names.
  fileprivate func receivers(
    of document: CaseDocument, _ stored: StoredDocument
  ) throws -> [String] {
    let content = try stored.xml(of: document)
    return try set.papers(of: document.form ?? "").map(\.receiver).flatMap { receiver in
      guard receiver == "implementer" else { return [receiver] }
      let list = try set.list("implementer")
      return content.texts.filter { list?.contains($0) ?? false }
    }.removingRepeats()
  }
}

extension Paper {
  fileprivate var hasRows: Bool { parts.contains { if case .rows = $0 { true } else { false } } }
}

extension Element {
  /// What stands in the elements that hold nothing but text.
  fileprivate var texts: [String] {
    elements.isEmpty ? [text] : elements.flatMap(\.texts)
  }
}

extension StoredDocument {
  fileprivate func xml(of document: CaseDocument) throws -> Element {
    try Element(parsing: bytes, file: "\(document.name).xml")
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
