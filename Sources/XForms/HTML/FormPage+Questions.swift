import Diagnostics

extension FormPage {
  /// Sections are fieldsets around the questions that stand deeper.
  mutating func writeQuestions(_ questions: [Question]) {
    var open: [Int] = []
    for question in questions {
      while let level = open.last, level >= question.level {
        html.close()
        open.removeLast()
      }
      switch question.kind {
      case .heading:
        openSection(question, name: question.label)
        open.append(question.level)
      case .rows(let count, let mayChange, _, let maximum):
        openSection(question, name: question.label)
        writeRowButton(question, mayAdd: mayChange && count < maximum ?? .max)
        open.append(question.level)
      case .row(let number):
        openSection(question, name: rowName(question, number))
        open.append(question.level)
      case .note: html.element("p", ["class": "note"], question.label)
      case .text, .number, .date, .time, .dateTime, .one, .many, .range, .acknowledgement, .file:
        write(question)
      }
    }
    for _ in open { html.close() }
  }

  func rowName(_ question: Question, _ number: Int) -> String {
    word("page.row", ["label": question.label, "number": "\(number)"])
  }

  private mutating func openSection(_ question: Question, name: String) {
    let id = question.path.isEmpty ? nil : Self.identifier(question.path)
    let hint = question.hint == nil ? nil : id.map { $0 + "_hint" }
    html.open("fieldset", ["id": id, "class": "section", "aria-describedby": hint])
    if !name.isEmpty {
      html.open("legend")
      html.element("h\(min(6, 2 + question.level / 2))", name)
      html.close()
    }
    if let text = question.hint { html.element("p", ["class": "hint", "id": hint], text) }
    if let problem = question.problem, purpose == .filling(showsProblems: true) {
      writeError(problem, id: id.map { $0 + "_error" })
    }
    if case .row = question.kind, purpose != .reading, purpose != .paper,
      rowsMayChange(around: question)
    {
      html.element(
        "button",
        ["type": "submit", "name": "remove", "value": question.path, "class": "secondary"],
        word("page.remove", ["row": name]))
    }
  }

  private func rowsMayChange(around row: Question) -> Bool {
    let repeatPath = String(row.path.prefix(upTo: row.path.lastIndex(of: "[") ?? row.path.endIndex))
    return ((try? answers.rows(at: repeatPath))?.mayChange) ?? false
  }

  private mutating func writeRowButton(_ question: Question, mayAdd: Bool) {
    guard mayAdd, purpose != .reading, purpose != .paper else { return }
    html.element(
      "button", ["type": "submit", "name": "add", "value": question.path, "class": "secondary"],
      word("page.add", ["label": question.label]))
  }

  // MARK: One question

  private mutating func write(_ question: Question) {
    let id = Self.identifier(question.path)
    let isAsked = purpose != .reading && !question.isReadonly
    guard isAsked else { return writeAnswer(question, id) }
    if purpose == .paper { return writeBlank(question, id) }
    let isError = purpose == .filling(showsProblems: true) && question.problem != nil
    html.open("div", ["class": isError ? "question invalid" : "question"])
    switch question.kind {
    case .one where !question.hasLongList, .many where !question.hasLongList:
      writeChoices(question, id)
    case .acknowledgement: writeAcknowledgement(question, id)
    default: writeControl(question, id)
    }
    html.close()
  }

  private func label(_ question: Question) -> String {
    question.isRequired || purpose == .reading
      ? question.label : "\(question.label) \(word("page.optional"))"
  }

  /// The ids of hint, source and error, for `aria-describedby`.
  private func description(_ question: Question, _ id: String) -> String? {
    var parts: [String] = []
    if hint(question) != nil { parts.append(id + "_hint") }
    if question.isPrefilled { parts.append(id + "_source") }
    if question.problem != nil, purpose == .filling(showsProblems: true) {
      parts.append(id + "_error")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private func hint(_ question: Question) -> String? {
    let format: String? =
      switch question.kind {
      case .date: word("page.date")
      case .time: word("page.time")
      case .dateTime: word("page.date-time")
      case .one where question.hasLongList, .many where question.hasLongList: word("page.search")
      default: nil
      }
    let parts = [question.hint, format].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private mutating func writeDescription(_ question: Question, _ id: String) {
    if let hint = hint(question) {
      html.element("p", ["class": "hint", "id": id + "_hint"], hint)
    }
    if let help = question.help {
      html.open("details")
      html.element("summary", word("page.help"))
      html.element("p", help)
      html.close()
    }
    if question.isPrefilled {
      let origin = words.origin(question.path) ?? word("page.prefilled")
      html.element("p", ["class": "source", "id": id + "_source"], origin)
    }
    if let problem = question.problem, purpose == .filling(showsProblems: true) {
      writeError(problem, id: id + "_error")
    }
  }

  private mutating func writeError(_ problem: Diagnostic, id: String?) {
    html.open("p", ["class": "error", "id": id])
    html.element("span", ["class": "unseen"], word("page.error"))
    html.write(words.sentence(problem))
    html.close()
  }

  private mutating func writeControl(_ question: Question, _ id: String) {
    let description = description(question, id)
    let isInvalid = question.problem != nil && purpose == .filling(showsProblems: true)
    html.element("label", ["for": id], label(question))
    writeDescription(question, id)
    let invalid = isInvalid ? "true" : nil
    if case .text(isLong: true) = question.kind {
      html.element(
        "textarea",
        [
          "id": id, "name": question.path, "rows": "5", "aria-describedby": description,
          "aria-invalid": invalid,
        ], question.value)
      return
    }
    let value = question.value.isEmpty ? nil : typed(question)
    switch question.kind {
    case .file(let mediaType):
      html.void(
        "input",
        [
          "id": id, "name": question.path, "type": "file",
          "accept": mediaType.isEmpty ? nil : mediaType, "aria-describedby": description,
          "aria-invalid": invalid,
        ])
      if let value { html.element("p", ["class": "value"], value) }
    default:
      html.void(
        "input",
        [
          "id": id, "name": question.path, "type": "text", "class": width(question),
          "inputmode": inputMode(question), "value": value, "autocomplete": "off",
          "spellcheck": question.hasLongList ? "false" : nil, "aria-describedby": description,
          "aria-invalid": invalid,
        ])
      if question.hasLongList, !question.display.isEmpty {
        html.element("p", ["class": "value"], question.display)
      }
    }
  }

  /// As a person would type it again.
  private func typed(_ question: Question) -> String {
    switch question.kind {
    case .date, .time, .dateTime: question.display
    default: question.value
    }
  }

  private func width(_ question: Question) -> String? {
    switch question.kind {
    case .number, .date, .time, .range: "short"
    case .dateTime: "medium"
    default: nil
    }
  }

  private func inputMode(_ question: Question) -> String? {
    switch question.kind {
    case .number(isWhole: true): "numeric"
    case .number, .range: "decimal"
    default: nil
    }
  }

  private mutating func writeChoices(_ question: Question, _ id: String) {
    let isOne = question.kind == .one
    let isInvalid = question.problem != nil && purpose == .filling(showsProblems: true)
    html.open(
      "fieldset",
      [
        "id": id, "aria-describedby": description(question, id),
        "role": isOne ? "radiogroup" : nil,
        "aria-invalid": isInvalid && isOne ? "true" : nil,
      ])
    html.element("legend", label(question))
    writeDescription(question, id)
    let chosen = question.value.split(separator: " ").map(String.init)
    for (number, choice) in ((try? answers.choices(at: question.path)) ?? []).enumerated() {
      let choiceID = "\(id)_\(number + 1)"
      html.open("div", ["class": "choice"])
      html.void(
        "input",
        [
          "id": choiceID, "name": question.path, "type": isOne ? "radio" : "checkbox",
          "value": choice.value, "checked": chosen.contains(choice.value) ? "" : nil,
        ])
      html.element("label", ["for": choiceID], choice.label)
      html.close()
    }
    html.close()
  }

  private mutating func writeAcknowledgement(_ question: Question, _ id: String) {
    writeDescription(question, id)
    html.open("div", ["class": "choice"])
    html.void(
      "input",
      [
        "id": id, "name": question.path, "type": "checkbox", "value": "OK",
        "checked": question.value == "OK" ? "" : nil,
        "aria-describedby": description(question, id),
      ])
    html.element("label", ["for": id], label(question))
    html.close()
  }

  // MARK: Paper

  private mutating func writeAnswer(_ question: Question, _ id: String) {
    guard !question.display.isEmpty || purpose == .reading else { return }
    html.open("dl", ["id": id, "class": "answer"])
    html.element("dt", question.label)
    html.element("dd", question.display.isEmpty ? word("page.no-answer") : question.display)
    html.close()
  }

  private mutating func writeBlank(_ question: Question, _ id: String) {
    html.open("div", ["class": "question", "id": id])
    html.element("p", ["class": "label"], label(question))
    if let hint = hint(question) { html.element("p", ["class": "hint"], hint) }
    switch question.kind {
    case .one where !question.hasLongList, .many where !question.hasLongList:
      html.open("ul", ["class": "boxes"])
      for choice in (try? answers.choices(at: question.path)) ?? [] {
        html.element("li", choice.label)
      }
      html.close()
    case .acknowledgement:
      html.open("ul", ["class": "boxes"])
      html.element("li", question.label)
      html.close()
    case .text(isLong: true): html.element("p", ["class": "lines"], " ")
    default: html.element("p", ["class": "line"], " ")
    }
    html.close()
  }
}
