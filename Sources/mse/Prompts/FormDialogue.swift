internal import Commission
internal import Diagnostics
internal import Foundation
internal import XForms

/// Fills a form line by line: plain prompts, keyboard only, nothing is redrawn.
///
/// Enter keeps, `?` helps, `<` goes back, `-` clears, `=` lists, `!` saves and leaves. Every answer is saved at once.
struct FormDialogue {
  enum End {
    /// The person handed the answers in.
    case handedIn
    /// The person left; the draft is kept.
    case left
  }

  private(set) var answers: Answers
  let output: Output
  /// Keeps the answers so far.
  let save: (Answers) async throws -> Void

  init(_ answers: Answers, output: Output, save: @escaping (Answers) async throws -> Void) {
    self.answers = answers
    self.output = output
    self.save = save
  }

  mutating func run() async throws -> End {
    output.say(output.text("fill.keys"))
    var position = 0
    while true {
      let questions = answers.questions()
      guard position < questions.count else {
        switch try await finish() {
        case .handedIn: return .handedIn
        case .left: return .left
        case .again(let place): position = place
        }
        continue
      }
      switch try await ask(questions[position]) {
      case .next: position += 1
      case .back: position = previous(before: position, in: questions)
      case .stay: break
      case .leave: return .left
      }
    }
  }

  private enum Move {
    case next, back, stay, leave
  }

  private enum Finish {
    case handedIn, left
    case again(Int)
  }

  private mutating func ask(_ question: Question) async throws -> Move {
    switch question.kind {
    case .heading, .note:
      if !question.label.isEmpty { output.say("\n\(question.label)") }
      return .next
    case .row(let number):
      output.say(output.text("fill.row", ["number": "\(number)"]))
      return .next
    case .rows(let count, let mayChange, _, let maximum):
      return try await askRows(
        question, count: count, mayAdd: mayChange && count < maximum ?? Int.max)
    case .text, .number, .date, .time, .dateTime, .one, .many, .range, .acknowledgement, .file:
      return try await askAnswer(question)
    }
  }

  private mutating func askAnswer(_ question: Question) async throws -> Move {
    let indent = String(repeating: "  ", count: question.level)
    if question.isReadonly {
      if !question.display.isEmpty { output.say("\(indent)\(question.label): \(question.display)") }
      return .next
    }
    let choices = try answers.choices(at: question.path)
    if !choices.isEmpty, choices.count <= 30 {
      for (number, choice) in choices.enumerated() {
        output.say("\(indent)  \(number + 1) \(choice.label)")
      }
    }
    let current = question.display.isEmpty ? "" : " [\(question.display)]"
    let mark = question.isRequired ? " *" : ""
    output.say("\(indent)\(question.label)\(mark)\(current):")
    guard let line = readLine() else { return .leave }
    switch line.trimmingCharacters(in: .whitespaces) {
    case "": return question.value.isEmpty && question.isRequired ? keepAsking(question) : .next
    case "<": return .back
    case "!": return .leave
    case "?":
      output.say(question.help ?? question.hint ?? output.text("fill.no-help"))
      return .stay
    case "-": return try await put("", at: question)
    case "=":
      list()
      return .stay
    case let text: return try await put(meaning(of: text, choices), at: question)
    }
  }

  private func keepAsking(_ question: Question) -> Move {
    output.say(output.text("fill.required"))
    return .next
  }

  /// Numbers stand for choices; several are separated by blanks or commas; words find a choice by its label.
  private func meaning(of text: String, _ choices: [Choice]) -> String {
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
    let found = choices.filter { $0.label.localizedCaseInsensitiveContains(text) }
    for choice in found.prefix(10) { output.say("    \(choice.value) \(choice.label)") }
    return found.count == 1 ? found[0].value : text
  }

  private mutating func put(_ text: String, at question: Question) async throws -> Move {
    do {
      try answers.set(question.path, to: text)
    } catch let problem as Diagnostic {
      output.say("  " + output.messages.sentence(problem))
      return .stay
    }
    try await save(answers)
    if let problem = answers.problem(at: question.path) {
      output.say("  " + output.messages.sentence(problem))
      return .stay
    }
    return .next
  }

  private mutating func askRows(_ question: Question, count: Int, mayAdd: Bool) async throws -> Move
  {
    guard mayAdd else { return .next }
    output.say(
      output.text("fill.rows", ["label": question.label, "count": "\(count)"]))
    guard let line = readLine() else { return .leave }
    switch line.trimmingCharacters(in: .whitespaces) {
    case "+":
      _ = try answers.addRow(question.path)
      try await save(answers)
      return .stay
    case "-" where count > 0:
      try answers.removeRow("\(question.path)[\(count)]")
      try await save(answers)
      return .stay
    case "<": return .back
    case "!": return .leave
    default: return .next
    }
  }

  private func previous(before position: Int, in questions: [Question]) -> Int {
    let earlier = questions[..<position].lastIndex { $0.kind.isAnswerable && !$0.isReadonly }
    return earlier ?? 0
  }

  private func list() {
    for question in answers.questions() where question.kind.isAnswerable {
      output.say("  \(question.label): \(question.display.isEmpty ? "–" : question.display)")
    }
  }

  /// Reads everything back; problems lead to their questions.
  private mutating func finish() async throws -> Finish {
    let problems = answers.problems()
    guard problems.isEmpty else {
      for problem in problems { output.say("  " + output.messages.sentence(problem)) }
      output.say(output.text("fill.problems", ["count": "\(problems.count)"]))
      guard readLine() != nil else { return .left }
      let questions = answers.questions()
      return .again(questions.firstIndex { $0.problem != nil } ?? 0)
    }
    list()
    output.say(output.text("fill.confirm"))
    guard let line = readLine() else { return .left }
    switch line.trimmingCharacters(in: .whitespaces).lowercased() {
    case "y", "b", "д": return .handedIn
    case "!": return .left
    default: return .again(0)
    }
  }
}
