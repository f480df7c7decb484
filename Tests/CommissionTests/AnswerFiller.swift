import Diagnostics
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

  /// `Scenarios/answers.txt`: a line `[form]`, then `path = text`; `*` is any row.
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

  /// Fills `answers` until nothing that is required is empty.
  ///
  /// - Throws: when a given answer has no place in the form.
  func fill(_ answers: inout Answers) throws {
    var open = given
    for _ in 0..<200 {
      try put(&open, into: &answers)
      let empty = answers.questions().first { question in
        question.kind.isAnswerableByHand && !question.isReadonly && question.value.isEmpty
          && (question.isRequired || usual(question.path, in: answers.form.id) != nil)
          && !given.contains { $0.path == question.path }
      }
      guard let empty else { break }
      try answers.set(empty.path, to: text(for: empty, in: answers))
    }
    for (path, text) in open { try answers.set(path, to: text) }
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
    return words?.replacingOccurrences(of: "TODAY", with: today)
  }

  private func lastName(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  private func text(for question: Question, in answers: Answers) throws -> String {
    if let usual = usual(question.path, in: answers.form.id) { return usual }
    switch question.kind {
    case .one, .many:
      let choices = try answers.choices(at: question.path)
      guard !choices.isEmpty else { return "" }
      return choices[pick(choices.count)].value
    case .date: return today
    case .dateTime: return "\(today)T10:00:00"
    case .time: return "10:00:00"
    case .number, .range: return "1"
    case .acknowledgement: return "OK"
    case .file: return "sened.pdf"
    case .text: return "Sənədlər öyrənilib, nəticə iş materialları ilə təsdiq olunur."
    case .heading, .rows, .row, .note: return ""
    }
  }
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
