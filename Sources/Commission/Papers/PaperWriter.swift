internal import BPMN
internal import DMN
internal import Diagnostics
public import FEEL
internal import XForms
internal import XML

/// Fills a template from a document of a case.
struct PaperWriter {
  let messages: Messages
  let citations: Citations
  let texts: ModelTexts
  let set: DefinitionSet
  /// The answers that the document holds, in the language of the paper.
  let answers: Answers
  /// The reasons that were issued with it.
  let trace: Element?
  /// Who signed it, and when.
  let signatures: [Paper.Fact]
  /// What texts may name: `paper`, `shown`, `issued`, `case`, `person`, `appealBy`, `receiver`.
  let scope: FEELContext
  let environment: FEELEnvironment
  let head: [String]

  /// - Parameter isEasy: only what is said in plain words.
  func paper(_ template: PaperTemplate, isEasy: Bool) -> Paper {
    let title = template.title.map(text) ?? title
    let parts = expanded(template.parts)
    let said = isEasy ? parts.filter(\.isSummary) : parts
    let written = said.flatMap(written)
    let citesUnverified = !isEasy && parts.contains(where: \.isReasons) && hasUnverifiedRules
    return Paper(
      language: messages.language, title: title, head: head,
      parts: isEasy && written.isEmpty ? parts.flatMap(self.written) : written,
      foot: citesUnverified ? [messages.text("paper.unverified")] : [])
  }

  /// A paper without template: every answer under the name of its question.
  func paper() -> Paper {
    Paper(
      language: messages.language, title: title, head: head,
      parts: written(.answers(nil)) + written(.signatures), foot: [])
  }

  private var title: String {
    answers.form.title[messages.language.rawValue] ?? answers.form.id
  }

  /// With the parts of included papers in their places.
  private func expanded(_ parts: [PaperTemplate.Part], depth: Int = 0) -> [PaperTemplate.Part] {
    parts.flatMap { part -> [PaperTemplate.Part] in
      guard case .include(let name) = part else { return [part] }
      guard depth < 5, let template = try? set.paper(name) else { return [] }
      return expanded(template.parts, depth: depth + 1)
    }
  }

  private func written(_ part: PaperTemplate.Part) -> [Paper.Part] {
    switch part {
    case .heading(let text): return [.heading(self.text(text))]
    case .text(let text, let condition):
      return holds(condition, in: scope) ? [.text(self.text(text))] : []
    case .answers(let names): return answered(names)
    case .rows(let name, let names, let condition): return rows(name, names, condition)
    case .reasons: return reasons
    case .signatures:
      return signatures.isEmpty
        ? [] : [.heading(messages.text("paper.signatures")), .facts(signatures)]
    case .summary(let parts): return parts.flatMap(written)
    case .include: return []
    }
  }

  // MARK: Texts

  private func text(_ text: PaperTemplate.Text) -> String {
    (text.pieces[messages.language] ?? []).map { piece in
      switch piece {
      case .literal(let text): citations.expanded(text)
      case .value(let expression):
        shown(expression.evaluate(in: scope, environment: environment).value)
      }
    }.joined()
  }

  private func holds(_ condition: FEELExpression?, in scope: FEELContext) -> Bool {
    guard let condition else { return true }
    return condition.evaluate(in: scope, environment: environment).value == .boolean(true)
  }

  private func shown(_ value: FEELValue) -> String {
    switch value {
    case .null: "–"
    case .date(let day): day.onPaper
    case .list(let values): values.map(shown).joined(separator: ", ")
    case .boolean(let truth): messages.text(truth ? "explain.yes" : "explain.no")
    default: value.text ?? value.description
    }
  }

  // MARK: Answers

  /// The answers in the order of the form, under its headings when all of them are shown.
  private func answered(_ names: [String]?) -> [Paper.Part] {
    var parts: [Paper.Part] = []
    var facts: [Paper.Fact] = []
    func endFacts() {
      if !facts.isEmpty { parts.append(.facts(facts)) }
      facts = []
    }
    for question in answers.questions() {
      switch question.kind {
      case .heading, .rows, .row:
        guard names == nil, !question.label.isEmpty else { continue }
        endFacts()
        if case .row = question.kind { continue }
        parts.append(.heading(question.label))
      case .note: continue
      case .text, .number, .date, .time, .dateTime, .one, .many, .range, .acknowledgement, .file:
        guard !question.display.isEmpty, names?.contains(question.path) ?? true else { continue }
        facts.append(Paper.Fact(name: question.label, value: question.display))
      }
    }
    endFacts()
    return parts.withoutEmptyHeadings
  }

  private func rows(_ name: String, _ names: [String], _ condition: FEELExpression?)
    -> [Paper.Part]
  {
    guard case .list(let values)? = answers.context()[name] else { return [] }
    let questions = Dictionary(answers.questions().map { ($0.path, $0) }) { first, _ in first }
    let rows = values.enumerated().compactMap { index, value -> [Paper.Fact]? in
      guard case .context(let row) = value,
        holds(condition, in: FEELContext((scope.entries + row.entries).map { ($0.name, $0.value) }))
      else { return nil }
      return names.compactMap { column in
        let path = "\(name)[\(index + 1)]/\(column)"
        guard let question = questions[path], !question.display.isEmpty else { return nil }
        return Paper.Fact(name: question.label, value: question.display)
      }
    }
    return rows.isEmpty ? [] : [.rows(rows)]
  }

  // MARK: Reasons

  /// Each decision that was made, with the rule and the article it rests on.
  private var reasons: [Paper.Part] {
    let items = (trace?.elements ?? []).flatMap { decisions(in: $0) }.compactMap {
      decision -> String? in
      let rules = decision.children("rule").filter { $0.child("annotation") != nil }
      guard !rules.isEmpty else { return nil }
      let annotations = rules.compactMap { $0.child("annotation")?.text }
      let places = places(of: rules, annotations, among: decision["rules"] ?? "")
      let name = texts.text(decision["name"] ?? "", in: messages.language)
      let basis = citations.text(of: annotations).map { " (\($0))" } ?? ""
      return "\(name): \(places)\(basis)"
    }
    return items.isEmpty ? [] : [.heading(messages.text("paper.reasons")), .items(items)]
  }

  /// Which rules of a decision held; they explain themselves in English only.
  private func places(
    of rules: [Element], _ annotations: [String], among count: String
  ) -> String {
    func place(_ key: String, _ numbers: [String]) -> String {
      messages.text(key, ["rule": numbers.joined(separator: ", "), "of": count])
    }
    let numbers = rules.map { messages.text("paper.rule.number", ["rule": $0["number"] ?? ""]) }
    guard messages.language == .en else {
      return place(numbers.count > 1 ? "paper.rules" : "paper.rule", numbers)
    }
    return zip(numbers, annotations).map { number, annotation in
      let reason = annotation.drop { $0 != "]" }.dropFirst().drop { $0 == " " }
      let place = place("paper.rule", [number])
      return reason.isEmpty ? place : "\(place): \(reason)"
    }.joined(separator: "; ")
  }

  /// A decision and those it used, these first.
  private func decisions(in element: Element) -> [Element] {
    let required = element.child("required").map { $0.elements.flatMap(decisions) } ?? []
    return required + [element]
  }

  private var hasUnverifiedRules: Bool {
    (trace?.elements ?? []).flatMap { decisions(in: $0) }.contains { decision in
      decision["id"].flatMap { set.engine.decisions[$0] }?.metadata.verified == false
    }
  }
}

extension PaperTemplate.Part {
  fileprivate var isSummary: Bool { if case .summary = self { true } else { false } }

  fileprivate var isReasons: Bool { if case .reasons = self { true } else { false } }
}

extension [Paper.Part] {
  /// Headings below which nothing was answered say nothing.
  fileprivate var withoutEmptyHeadings: [Paper.Part] {
    enumerated().filter { index, part in
      guard case .heading = part else { return true }
      guard index + 1 < count else { return false }
      if case .heading = self[index + 1] { return false }
      return true
    }.map(\.element)
  }
}

extension Day {
  /// `17.05.2024`, as papers show it.
  public var onPaper: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(day)).\(two(month)).\(year)"
  }
}
