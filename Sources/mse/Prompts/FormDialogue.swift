internal import Commission
internal import Diagnostics
internal import Foundation
internal import XForms

/// Fills a form line by line: plain prompts, keyboard only, nothing is redrawn.
///
/// Enter keeps, `?` helps, `<` goes back, `>` goes to the next mistake, `-` clears, `=` lists, `!` saves and leaves.
/// Every answer is saved at once.
struct FormDialogue {
  enum End {
    /// The person handed the answers in.
    case handedIn
    /// The person left; the draft is kept.
    case left
  }

  /// Where to go from a question.
  enum Move {
    case next, back, stay, leave
    /// The next question that stands against handing in.
    case nextProblem
    /// Over all rows of the table at this path.
    case pastRows(String)
    /// Into a row, until its end.
    case into(String)
  }

  var answers: Answers
  let output: Output
  /// Keeps the answers so far.
  let save: (Answers) async throws -> Void
  /// What the workflow filled in, and of what day.
  let prefill: (answers: Answers, day: String)?
  /// The answers before anybody gave one, when a draft goes on.
  let begun: Answers?
  /// The rows that are being filled in, the innermost last.
  var openRows: [String] = []
  /// Tables that led into a first row by themselves already.
  var seenTables: Set<String> = []

  init(
    _ answers: Answers, output: Output, prefill: (answers: Answers, day: String)? = nil,
    begun: Answers? = nil,
    save: @escaping (Answers) async throws -> Void
  ) {
    self.answers = answers
    self.output = output
    self.prefill = prefill
    self.begun = begun
    self.save = save
  }

  mutating func run() async throws -> End {
    output.say(output.text("fill.keys"))
    var position = placeToGoOn()
    while true {
      let questions = answers.questions()
      position = leaveFinishedRows(position, questions)
      guard position < questions.count else {
        switch try await finish() {
        case .handedIn: return .handedIn
        case .left: return .left
        case .again(let place): position = place
        }
        continue
      }
      let move = try await ask(questions[position])
      guard let next = place(after: move, at: position, in: questions) else { return .left }
      position = next
    }
  }

  /// Where a draft was left: after the last answer that somebody gave; at the table when that is in its rows.
  private func placeToGoOn() -> Int {
    guard let begun else { return 0 }
    let questions = answers.questions()
    let last = questions.lastIndex { question in
      question.kind.isAnswerable && !question.isReadonly
        && question.value != begun.question(at: question.path)?.value ?? ""
    }
    guard let last else { return 0 }
    let place = outermostTable(of: questions[last].path, in: questions) ?? last + 1
    guard questions.indices.contains(place) else { return place }
    let section = questions[..<place].last { question in
      question.kind == .heading && !question.label.isEmpty
        && question.level < questions[place].level
    }
    if let section { output.say("\n\(section.label)") }
    return place
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
      output.say(
        "\n" + output.text("fill.row", ["label": question.label, "number": "\(number)"]))
      return .next
    case .rows: return try await askRows(question)
    case .text, .number, .date, .time, .dateTime, .one, .many, .range, .acknowledgement, .file:
      return try await askAnswer(question)
    }
  }

  // MARK: Moving

  /// The place to go on at; `nil` when the person leaves. Answers may have changed what is asked.
  private mutating func place(after move: Move, at position: Int, in asked: [Question]) -> Int? {
    let question = asked[position]
    let questions = answers.questions()
    let here =
      question.path.isEmpty
      ? position : questions.firstIndex { $0.path == question.path } ?? position
    switch move {
    case .leave: return nil
    case .stay: return here
    case .next: return here + 1
    case .back: return previous(before: here, in: questions)
    case .nextProblem:
      openRows = []
      return nextProblem(after: here, in: questions)
    case .pastRows(let path):
      return questions.lastIndex { $0.path.hasPrefix(path + "[") }.map { $0 + 1 } ?? here + 1
    case .into(let row):
      openRows.append(row)
      return questions.firstIndex { $0.path == row } ?? here + 1
    }
  }

  private mutating func previous(before position: Int, in questions: [Question]) -> Int {
    let earlier = questions[..<min(position, questions.count)].lastIndex { question in
      question.kind.isAnswerable && !question.isReadonly
    }
    guard let earlier else { return 0 }
    // out of a table backwards is to the table, not into its last row
    if let row = openRows.last, !questions[earlier].path.hasPrefix(row + "/") {
      openRows.removeLast()
      return questions.firstIndex { $0.path == repeatPath(row) } ?? earlier
    }
    if openRows.isEmpty, let table = outermostTable(of: questions[earlier].path, in: questions) {
      return table
    }
    return earlier
  }

  /// The table that a question stands in, when its rows are edited one by one.
  private func outermostTable(of path: String, in questions: [Question]) -> Int? {
    questions.firstIndex { table in
      guard case .rows(_, let mayChange, _, _) = table.kind, mayChange else { return false }
      return path.hasPrefix(table.path + "[")
    }
  }

  /// The first problem after this question, or the first at all; the end when there is none, the start when it is
  /// about a value that nobody is asked for.
  private func nextProblem(after position: Int, in questions: [Question]) -> Int {
    let problems = answers.problems().filter { $0.severity == .error }
    let paths = Set(problems.compactMap { $0.arguments["path"] })
    let places = questions.indices.filter { paths.contains(questions[$0].path) }
    return places.first { $0 > position } ?? places.first
      ?? (problems.isEmpty ? questions.count : 0)
  }

  /// At the end of a row that was gone into, back to its table.
  private mutating func leaveFinishedRows(_ position: Int, _ questions: [Question]) -> Int {
    var position = position
    while let row = openRows.last {
      guard let start = questions.firstIndex(where: { $0.path == row }) else {
        openRows.removeLast()
        continue
      }
      let end =
        questions.indices.dropFirst(start + 1)
        .first { questions[$0].level <= questions[start].level } ?? questions.count
      if (start..<end).contains(position) { return position }
      openRows.removeLast()
      if position == end || position >= questions.count {
        position = questions.firstIndex { $0.path == repeatPath(row) } ?? position
      }
    }
    return position
  }

  /// `diagnoses[2]` as `diagnoses`.
  func repeatPath(_ row: String) -> String {
    String(row[..<(row.lastIndex(of: "[") ?? row.endIndex)])
  }

  // MARK: End

  func list() {
    for question in answers.questions() {
      if case .heading = question.kind, !question.label.isEmpty { output.say(question.label) }
      if case .row(let number) = question.kind {
        output.say(
          "  " + output.text("fill.row", ["label": question.label, "number": "\(number)"]))
      }
      guard question.kind.isAnswerable else { continue }
      output.say("  \(question.label): \(question.display.isEmpty ? "–" : question.display)")
    }
  }

  /// The row comes first: the same question stands in each.
  private func line(_ problem: Diagnostic) -> String {
    let sentence = output.messages.sentence(problem)
    let path = problem.arguments["path"] ?? ""
    let rows = answers.questions().filter { path.hasPrefix($0.path + "/") }
    for row in rows.reversed() {
      guard case .row(let number) = row.kind else { continue }
      let name = output.text("fill.row", ["label": row.label, "number": "\(number)"])
      return "\(name) · \(sentence)"
    }
    return sentence
  }

  /// Reads everything back; problems lead to their questions.
  private mutating func finish() async throws -> Finish {
    let problems = answers.problems().filter { $0.severity == .error }
    openRows = []
    guard problems.isEmpty else {
      for problem in problems { output.say("  " + line(problem)) }
      output.say(output.text("fill.problems", ["count": "\(problems.count)"]))
      guard let line = Prompt.line(), line.trimmingCharacters(in: .whitespaces) != "!" else {
        return .left
      }
      return .again(nextProblem(after: -1, in: answers.questions()))
    }
    list()
    output.say(output.text("fill.confirm"))
    guard let line = Prompt.line() else { return .left }
    switch line.trimmingCharacters(in: .whitespaces).lowercased() {
    case "y", "b", "д": return .handedIn
    case "!": return .left
    default: return .again(0)
    }
  }
}
