import Diagnostics
import FEEL
import Foundation
import TestSupport
import XForms

/// Answers a form the way a careful person would: what is given first, then what usually stands there, then the first
/// thing that fits.
struct AnswerFiller {
  /// Path and text, in order.
  let given: [(path: String, text: String)]
  /// Picks one of several choices: the first, or by the dice of a random run.
  var pick: (_ count: Int) -> Int = { _ in 0 }
  var today: String
  /// Whether the usual answers go before others; a careless person gives what no rule forbids.
  var isCareful = true

  /// `Scenarios/answers.txt`: a line `[form]`, then `path = text`; `*` is any row, `TODAY+14` a day.
  private static let usual: [String: [String: String]] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Scenarios/answers.txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else {
      fatalError("Scenarios/answers.txt cannot be read")
    }
    var result: [String: [String: String]] = [:]
    var form = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        form = String(line.dropFirst().dropLast())
      } else {
        let parts = line.split(separator: "=", maxSplits: 1)
        result[form, default: [:]][parts[0].trimmingSpaces] = parts[1].trimmingSpaces
      }
    }
    return result
  }()

  /// Fills `answers` until nothing that is required is empty; what the form does not take is tried in other ways.
  ///
  /// - Throws: when a given answer has no place in the form.
  func fill(_ answers: inout Answers) throws {
    var open = given
    var tried: Set<String> = []
    for _ in 0..<400 {
      try put(&open, into: &answers)
      let questions = answers.questions().filter { question in
        question.kind.isAnswerableByHand && !question.isReadonly
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
    for (path, text) in open { try answers.set(path, to: text) }
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
  private func put(_ open: inout [(path: String, text: String)], into answers: inout Answers)
    throws
  {
    for (path, text) in open {
      if let repeated = path.split(separator: "[").first, path.contains("["),
        answers.question(at: path) == nil,
        let rows = try? answers.rows(at: String(repeated)), rows.mayGrow
      {
        _ = try answers.addRow(String(repeated))
      }
      guard answers.question(at: path) != nil else { continue }
      try answers.set(path, to: text)
      open.removeAll { $0.path == path }
    }
  }

  private func usual(_ path: String, in form: String) -> String? {
    var plain = ""
    var isRow = false
    for letter in path {
      if letter == "[" {
        isRow = true
        plain += "[*"
      }
      if letter == "]" { isRow = false }
      if !isRow { plain.append(letter) }
    }
    let words = AnswerFiller.usual[form]?[plain] ?? AnswerFiller.usual["*"]?[lastName(of: path)]
    return words.map(dated)
  }

  /// `TODAY` is today, `TODAY+14` two weeks from now.
  private func dated(_ words: String) -> String {
    guard words.hasPrefix("TODAY") else { return words }
    let days = Int(words.dropFirst("TODAY+".count)) ?? 0
    return Day(today)?.adding(days: days)?.description ?? today
  }

  private func lastName(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
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
      let start = codes.isEmpty ? 0 : (pick(codes.count) + row(of: question.path)) % codes.count
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
    guard let day = Day(today) else { return [today] }
    return [0, -1, 1, 7, 14, 30, 90, 200, 365, -30, -200, -3650].compactMap {
      day.adding(days: $0)?.description
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

extension Question.Kind {
  /// Whether a person answers it.
  var isAnswerableByHand: Bool {
    switch self {
    case .heading, .rows, .row, .note: false
    case .text, .number, .date, .time, .dateTime, .one, .many, .range, .acknowledgement, .file:
      true
    }
  }
}
