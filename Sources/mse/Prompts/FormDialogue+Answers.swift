internal import Commission
internal import Diagnostics
internal import Foundation
internal import XForms

// One question: what is shown, and what the typed line means.

extension FormDialogue {
  mutating func askAnswer(_ question: Question) async throws -> Move {
    let indent = String(repeating: "  ", count: min(question.level, 3))
    if question.isReadonly {
      if !question.display.isEmpty { output.say("\(indent)\(question.label): \(question.display)") }
      return .next
    }
    let choices = question.hasLongList ? [] : try answers.choices(at: question.path)
    show(question, choices, indent)
    guard let line = Prompt.line() else { return .leave }
    switch line.trimmingCharacters(in: .whitespaces) {
    case "": return keep(question)
    case "<": return .back
    case ">": return .nextProblem
    case "!": return .leave
    case "?":
      output.say(indent + (question.help ?? question.hint ?? output.text("fill.no-help")))
      return .stay
    case "-": return try await put("", at: question)
    case "=":
      list()
      return .stay
    case let text:
      if question.hasLongList { return try await search(text, question, indent) }
      guard let answer = meaning(of: text, choices) else {
        complain(Diagnostic("FORM009", ["label": question.label, "path": question.path]))
        return .stay
      }
      return try await put(answer, at: question)
    }
  }

  private func show(_ question: Question, _ choices: [Choice], _ indent: String) {
    for (number, choice) in choices.enumerated() {
      output.say("\(indent)  \(number + 1) \(choice.label)")
    }
    var parts = [indent + question.label]
    if question.isRequired { parts.append(" *") }
    if let hint = question.hint { parts.append(" (\(hint))") }
    if question.hasLongList { parts.append(" " + output.text("fill.search")) }
    if !question.display.isEmpty { parts.append(" [\(question.display)]") }
    if let origin = origin(of: question) { parts.append(" " + origin) }
    output.say(parts.joined() + ":")
  }

  /// Where a value comes from that nobody typed here.
  private func origin(of question: Question) -> String? {
    guard let prefill, !question.value.isEmpty,
      let filled = prefill.answers.question(at: question.path), filled.isPrefilled,
      filled.value == question.value
    else { return nil }
    return output.text("fill.prefilled", ["date": prefill.day])
  }

  private func keep(_ question: Question) -> Move {
    if question.value.isEmpty, question.isRequired {
      output.say("  " + output.text("fill.required"))
    }
    return .next
  }

  /// Numbers stand for choices; several are separated by blanks or commas; words find a choice by its label: the only
  /// one that begins with them, else the only one that has them. `nil` when that is none.
  private func meaning(of text: String, _ choices: [Choice]) -> String? {
    guard !choices.isEmpty else { return text }
    let words = text.split { $0 == "," || $0 == " " }
    let codes = words.map { word -> String in
      if let number = Int(word), choices.indices.contains(number - 1) {
        return choices[number - 1].value
      }
      return choices.first { $0.value.lowercased() == word.lowercased() }?.value ?? String(word)
    }
    if codes.allSatisfy({ code in choices.contains { $0.value == code } }) {
      return codes.joined(separator: " ")
    }
    // in Azerbaijani `i` is the small letter of `İ`
    let locale = Locale(identifier: answers.language)
    let places = choices.map {
      $0.label.range(of: text, options: .caseInsensitive, locale: locale)
    }
    for isFound in [
      { (place: Int) in places[place]?.lowerBound == choices[place].label.startIndex },
      { (place: Int) in places[place] != nil },
    ] {
      let found = choices.indices.filter(isFound)
      if found.count == 1 { return choices[found[0]].value }
    }
    return nil
  }

  // MARK: Long lists

  /// A code, or words that lead to some: those are numbered, and the next line picks one or searches again.
  private mutating func search(
    _ text: String, _ question: Question, _ indent: String
  ) async throws -> Move {
    var text = text
    while true {
      let found = try answers.choices(at: question.path, matching: text)
      if let exact = found.first(where: { $0.value.lowercased() == text.lowercased() }) {
        return try await pick(exact, question, indent)
      }
      guard !found.isEmpty else {
        output.say(indent + "  " + output.text("fill.not-found", ["text": text]))
        return .stay
      }
      if found.count == 1 { return try await pick(found[0], question, indent) }
      for (number, choice) in found.enumerated() {
        output.say("\(indent)  \(number + 1) \(choice.value) \(choice.label)")
      }
      output.say(indent + output.text("fill.pick"))
      guard let line = Prompt.line() else { return .leave }
      let typed = line.trimmingCharacters(in: .whitespaces)
      if typed.isEmpty || typed == "<" { return .stay }
      if typed == "!" { return .leave }
      if let number = Int(typed), found.indices.contains(number - 1) {
        return try await pick(found[number - 1], question, indent)
      }
      text = typed
    }
  }

  private mutating func pick(
    _ choice: Choice, _ question: Question, _ indent: String
  ) async throws -> Move {
    output.say("\(indent)  \(choice.value) \(choice.label)")
    guard question.kind == .many else { return try await put(choice.value, at: question) }
    let chosen = question.value.split(separator: " ").map(String.init)
    let all = chosen.contains(choice.value) ? chosen : chosen + [choice.value]
    let move = try await put(all.joined(separator: " "), at: question)
    if case .next = move { return .stay }  // one more, or Enter
    return move
  }

  // MARK: Storing

  private mutating func put(_ text: String, at question: Question) async throws -> Move {
    do {
      try answers.set(question.path, to: text)
      try useCapitals(text, at: question)
    } catch let problem as Diagnostic {
      complain(problem)
      return .stay
    }
    try await save(answers)
    if let problem = answers.problem(at: question.path) {
      complain(problem)
      return .stay
    }
    return .next
  }

  /// Capital letters where only those are allowed; what was written is shown.
  private mutating func useCapitals(_ text: String, at question: Question) throws {
    let capitals = String(text.map { $0.isASCII ? Character($0.uppercased()) : $0 })
    guard case .text = question.kind, capitals != text,
      answers.problem(at: question.path) != nil
    else { return }
    try answers.set(question.path, to: capitals)
    if answers.problem(at: question.path) == nil {
      output.say("  " + capitals)
    } else {
      try answers.set(question.path, to: text)
    }
  }

  /// The form's own messages say what to do by themselves.
  private func complain(_ problem: Diagnostic) {
    output.say("  " + output.messages.sentence(problem))
    if problem.arguments["message"] == nil, let next = output.messages.next(problem) {
      output.say("  \(output.text("next")): \(next)")
    }
  }
}
