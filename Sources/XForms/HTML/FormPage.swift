public import Diagnostics

/// The words around the questions, from whoever knows the language of the reader.
public struct FormWords: Sendable {
  let text: @Sendable (_ key: String, _ arguments: [String: String]) -> String
  let sentence: @Sendable (Diagnostic) -> String
  /// Where a prefilled answer comes from, and of what day; `nil` when that is not known.
  let origin: @Sendable (_ path: String) -> String?

  /// - Parameters:
  ///   - text: the text of a key such as `page.errors`, with its arguments.
  ///   - sentence: what is wrong with an answer.
  ///   - origin: the source and date of the prefilled answer at a path.
  public init(
    text: @escaping @Sendable (_ key: String, _ arguments: [String: String]) -> String,
    sentence: @escaping @Sendable (Diagnostic) -> String,
    origin: @escaping @Sendable (_ path: String) -> String? = { _ in nil }
  ) {
    self.text = text
    self.sentence = sentence
    self.origin = origin
  }
}

/// A form as HTML, filled or empty: only what is relevant, in the language of the answers, without any script.
///
/// Error summary with links, real labels and fieldsets, hints and errors named by `aria-describedby` (GOV.UK Design
/// System; WCAG 2.2 AA). Controls are named by the path of their answer.
public struct FormPage: Sendable {
  public enum Purpose: Hashable, Sendable {
    /// Controls to fill; with what is wrong, when the reader has asked to hand in.
    case filling(showsProblems: Bool)
    /// The answers as text.
    case reading
    /// An empty form for the pen.
    case paper
  }

  let answers: Answers
  let words: FormWords
  let purpose: Purpose
  var html = HTMLText()

  public init(_ answers: Answers, words: FormWords, purpose: Purpose) {
    self.answers = purpose == .paper ? Self.withRoom(answers) : answers
    self.words = words
    self.purpose = purpose
  }

  /// With a row to write in where a table has none.
  private static func withRoom(_ answers: Answers) -> Answers {
    var answers = answers
    for question in answers.questions() {
      guard case .rows(count: 0, mayChange: true, _, _) = question.kind else { continue }
      _ = try? answers.addRow(question.path)
    }
    return answers
  }

  /// A whole document with its style sheet.
  public func document() -> String {
    var page = self
    let title = answers.form.title[answers.language] ?? answers.form.id
    page.html.raw("<!DOCTYPE html>\n")
    page.html.open("html", ["lang": answers.language])
    page.html.open("head")
    page.html.void("meta", ["charset": "utf-8"])
    page.html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    let hasErrors = !page.shownProblems.isEmpty
    let prefix = hasErrors ? word("page.error") + " " : ""
    page.html.element("title", prefix + title)
    page.html.raw("<style>\n\(Self.style)</style>\n")
    page.html.close()
    page.html.open("body")
    page.html.open("main", ["id": "page_main"])
    page.writeForm()
    page.html.close()
    page.html.close()
    page.html.close()
    return page.html.text
  }

  /// The heading, the error summary and the questions, to stand in another page.
  public func fragment() -> String {
    var page = self
    page.writeForm()
    return page.html.text
  }

  func word(_ key: String, _ arguments: [String: String] = [:]) -> String {
    words.text(key, arguments)
  }

  /// What is wrong, when that is to be shown.
  var shownProblems: [Diagnostic] {
    purpose == .filling(showsProblems: true)
      ? answers.problems().filter { $0.severity == .error } : []
  }

  private mutating func writeForm() {
    let form = answers.form
    let problems = shownProblems
    let questions = answers.questions()
    writeSummary(problems, questions)
    html.element("h1", ["id": "page_title"], form.title[answers.language] ?? form.id)
    writeStanding()
    let isFilling = purpose != .reading && purpose != .paper
    if isFilling {
      html.open(
        "form", ["method": "post", "novalidate": "", "aria-labelledby": "page_title"])
    } else {
      html.open("section", ["aria-labelledby": "page_title"])
    }
    writeQuestions(questions)
    if isFilling {
      html.open("p", ["class": "actions"])
      html.element(
        "button", ["type": "submit", "name": "action", "value": "complete"], word("page.complete"))
      html.element(
        "button", ["type": "submit", "name": "action", "value": "save", "class": "secondary"],
        word("page.save"))
      html.close()
    }
    html.close()
  }

  /// Version, and what has not been compared with its source.
  private mutating func writeStanding() {
    let form = answers.form
    html.element("p", ["class": "version"], word("page.version", ["version": form.version]))
    guard !form.isVerified else { return }
    let lists = form.unverifiedLists.joined(separator: ", ")
    html.open("p", ["class": "standing", "role": "note"])
    html.write(word("page.unverified", ["source": form.metadata["source"] ?? "–"]))
    if !lists.isEmpty { html.write(" " + word("page.unverified-lists", ["lists": lists])) }
    html.close()
  }

  private mutating func writeSummary(_ problems: [Diagnostic], _ questions: [Question]) {
    guard !problems.isEmpty else { return }
    let shown = Set(questions.map(\.path))
    html.open(
      "div",
      [
        "class": "error-summary", "role": "alert", "aria-labelledby": "error_summary",
        "tabindex": "-1",
      ])
    html.element("h2", ["id": "error_summary"], word("page.errors"))
    html.open("ul")
    for problem in problems {
      html.open("li")
      let path = problem.arguments["path"] ?? ""
      if shown.contains(path) {
        html.element("a", ["href": "#\(Self.identifier(path))"], line(problem, path, questions))
      } else {
        html.write(line(problem, path, questions))
      }
      html.close()
    }
    html.close()
    html.close()
  }

  /// The row comes first: the same question stands in each.
  private func line(_ problem: Diagnostic, _ path: String, _ questions: [Question]) -> String {
    let row = questions.last { question in
      guard case .row = question.kind else { return false }
      return path.hasPrefix(question.path + "/")
    }
    guard let row, case .row(let number) = row.kind else { return words.sentence(problem) }
    return "\(rowName(row, number)) · \(words.sentence(problem))"
  }

  /// `diagnoses[2]/icd` as `diagnoses-2-icd`.
  static func identifier(_ path: String) -> String {
    var result = ""
    for character in path where character != "]" {
      result.append(character == "/" || character == "[" ? "-" : character)
    }
    return result
  }
}

extension Form {
  /// The definition and every list it offers were compared with their sources.
  public var isVerified: Bool { metadata["verified"] != "false" && unverifiedLists.isEmpty }

  /// The code lists whose content was not compared with its source yet.
  public var unverifiedLists: [String] {
    Set(codeLists.values.filter { !$0.isVerified }.map(\.name)).sorted()
  }
}
