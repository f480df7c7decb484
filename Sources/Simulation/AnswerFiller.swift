internal import Commission
public import FEEL
public import XForms

/// Answers a form the way a careful person would: what is given first, then what usually stands there, then the first
/// thing that fits.
public struct AnswerFiller {
  /// One answer that is to stand in the form.
  public struct Given: Hashable, Sendable {
    public let path: String
    public let text: String

    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  let given: [Given]
  /// Picks one of several choices at a path: the first, or by the dice of a random run.
  let pick: (_ path: String, _ count: Int) -> Int
  let today: Day
  /// Whether the usual answers go before others; a careless person gives what no rule forbids.
  let isCareful: Bool
  let usual: UsualAnswers

  public init(
    _ usual: UsualAnswers, given: [Given] = [], today: Day, isCareful: Bool = true,
    pick: @escaping (_ path: String, _ count: Int) -> Int = { _, _ in 0 }
  ) {
    self.usual = usual
    self.given = given
    self.today = today
    self.isCareful = isCareful
    self.pick = pick
  }

  /// Fills `answers` until nothing that is required is empty; what the form does not take is tried in other ways.
  ///
  /// - Throws: when a given answer has no place in the form.
  public func fill(_ answers: inout Answers) throws {
    var open = given
    var tried: Set<String> = []
    for _ in 0..<400 {
      try put(&open, into: &answers)
      let questions = answers.questions().filter { question in
        question.kind.isAnswerable && !question.isReadonly
          && !tried.contains(question.path) && !given.contains { $0.path == question.path }
      }
      let empty = questions.first { question in
        question.isOpen
          && (question.isRequired || usual(question.path, in: answers.form.id) != nil)
      }
      guard let next = empty ?? questions.first(where: { $0.problem != nil }) else { break }
      tried.insert(next.path)
      try answer(next, in: &answers)
    }
    for answer in open { try answers.set(answer.path, to: answer.text) }
  }

  /// The first of several answers that the form takes; what stood there, or the first, when it takes none.
  private func answer(_ question: Question, in answers: inout Answers) throws {
    let ways = try texts(for: question, in: answers)
    for text in ways {
      try answers.set(question.path, to: text)
      if answers.question(at: question.path)?.problem == nil { return }
    }
    if let last = question.isOpen ? ways.first : question.value {
      try answers.set(question.path, to: last)
    }
  }

  /// Sets what has a place by now; a row that is not there yet is added.
  private func put(_ open: inout [Given], into answers: inout Answers) throws {
    for answer in open {
      if let repeated = answer.path.split(separator: "[").first, answer.path.contains("["),
        answers.question(at: answer.path) == nil,
        let rows = try? answers.rows(at: String(repeated)), rows.mayGrow
      {
        _ = try answers.addRow(String(repeated))
      }
      guard answers.question(at: answer.path) != nil else { continue }
      try answers.set(answer.path, to: answer.text)
      open.removeAll { $0.path == answer.path }
    }
  }

  /// `TODAY` is today, `TODAY+14` two weeks from now.
  private func usual(_ path: String, in form: String) -> String? {
    guard let words = usual.text(at: path, in: form), words.hasPrefix("TODAY") else {
      return usual.text(at: path, in: form)
    }
    return today.adding(days: Int(words.dropFirst("TODAY+".count)) ?? 0)?.description
  }

  /// What might stand there, the likeliest first.
  private func texts(for question: Question, in answers: Answers) throws -> [String] {
    let usual = usual(question.path, in: answers.form.id).map { [$0] } ?? []
    let others = try others(for: question, in: answers)
    let isChoice = question.kind == .one || question.kind == .many
    return isCareful || !isChoice ? usual + others : others + usual
  }

  private func others(for question: Question, in answers: Answers) throws -> [String] {
    switch question.kind {
    case .one, .many:
      let codes = try answers.choices(at: question.path).map(\.value)
      let start =
        codes.isEmpty
        ? 0 : (pick(question.path, codes.count) + row(of: question.path)) % codes.count
      return Array(codes[start...] + codes[..<start])
    case .date: return days
    case .dateTime: return days.map { "\($0)T10:00:00" }
    case .time: return ["10:00:00"]
    case .number, .range: return ["1", "0", "5", "10", "35", "40", "50", "65", "100"]
    case .acknowledgement: return ["OK"]
    case .file: return ["sened.pdf"]
    case .text:
      return [
        "Sənədlər öyrənilib, nəticə iş materialları ilə təsdiq olunur.", "10:30", "M16.1",
        "07-2026-decision-1", "5ABCDE1", "AZ123", "Əhmədova Sevil",
      ]
    case .heading, .rows, .row, .note: return []
    }
  }

  /// Today, then days before and after it.
  private var days: [String] {
    [0, -1, 1, 7, 14, 30, 90, 200, 365, -30, -200, -3650].compactMap {
      today.adding(days: $0)?.description
    }
  }

  /// The number of the innermost row, counted from 0: two rows seldom say the same.
  private func row(of path: String) -> Int {
    guard let open = path.lastIndex(of: "["), let close = path.lastIndex(of: "]") else { return 0 }
    return (Int(path[path.index(after: open)..<close]) ?? 1) - 1
  }
}

extension Question {
  /// Whether nobody has answered it yet; `open` is the code of a document nobody has considered.
  fileprivate var isOpen: Bool { value.isEmpty || value == "open" }
}
