import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// The small form of `Cases/forms`, which has one of everything.
enum Demo {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Cases/forms")
  static let now = DateTime("2024-05-15T10:00:00+04:00")!

  static func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: name))).map { Array($0) }
  }

  static func form() throws -> Form {
    let list = try CodeList(parsing: bytes("icd.csv") ?? [], file: "lists/icd.csv")
    return try Form(
      folded: bytes("demo.xml") ?? [], file: "demo.xml", blocks: { bytes("\($0).xml") },
      lists: { $0 == "icd" ? list : nil })
  }
}

@Test(arguments: try Examples.files(in: "Cases/answers"))
func answers(_ examples: Examples) throws {
  let form = try Demo.form()
  try examples.check { input in
    var player = AnswersPlayer(Answers(form, now: Demo.now, language: "en"))
    return input.split(separator: "\n").flatMap { player.play(String($0)) }
  }
}

/// Carries out the lines of an example.
struct AnswersPlayer {
  private var answers: Answers

  init(_ answers: Answers) { self.answers = answers }

  mutating func play(_ line: String) -> [String] {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    let path = words.count > 1 ? words[1] : ""
    let value = words.count > 2 ? words[2] : ""
    do {
      switch words[0] {
      case "set":
        try answers.set(path, to: value)
        return []
      case "add": try answers.addRow(path)
      case "remove": try answers.removeRow(path)
      case "move": try answers.moveRow(path, to: Int(value) ?? 0)
      case "show": return ["= \(path) '\(answers.value(at: path) ?? "none")'"]
      case "choices":
        return try answers.choices(at: path).map { "= \($0.value) \($0.label)" }
      case "search":
        return try answers.choices(at: path, matching: value).map { "= \($0.value) \($0.label)" }
      case "problem": return answers.problem(at: path).map { ["! \($0)"] } ?? ["= good"]
      case "problems":
        let problems = answers.problems()
        return problems.isEmpty ? ["= good"] : problems.map { "! \($0)" }
      case "xml":
        return answers.xml().xml(declaration: false).split(separator: "\n").map { "= \($0)" }
      case "context": return ["= \(FEELValue.context(answers.context()))"]
      default: return ["! what is \(words[0])?"]
      }
      return []
    } catch { return ["! \(error)"] }
  }
}

/// What was typed comes back from a draft, also where it is not relevant; a document comes back from its XML.
@Test func draftsAndDocumentsAreReadBack() throws {
  let form = try Demo.form()
  var answers = Answers(form, now: Demo.now)
  try answers.set("person/birthDate", to: "17.05.2010")
  try answers.set("person/guardian", to: "Əliyeva")
  try answers.set("person/birthDate", to: "17.05.1980")
  try answers.addRow("diagnoses")
  try answers.set("diagnoses[2]/percent", to: "30")
  let saved = try Element(parsing: Array(answers.draft().xml().utf8), file: "draft.xml")
  var restored = try Answers(form, draft: saved, now: Demo.now)
  #expect(restored.draft() == answers.draft())
  try restored.set("person/birthDate", to: "17.05.2010")
  #expect(restored.value(at: "person/guardian") == "Əliyeva")
}

@Test func prefillFillsFieldsAndRowsOfTheSameNames() throws {
  let prefill: FEELContext = [
    "issued": .date(Day("2024-05-01")!), "unknown": "ignored",
    "person": ["surname": "Həsənov", "birthDate": .date(Day("2015-01-31")!)],
    "purposes": ["program", "first"],
    "diagnoses": [["role": "main", "percent": 35], ["role": "other"]],
  ]
  let answers = Answers(try Demo.form(), prefill: prefill, now: Demo.now)
  #expect(answers.value(at: "issued") == "2024-05-01")
  #expect(answers.value(at: "person/age") == "9")
  #expect(answers.value(at: "diagnoses[2]/role") == "other")
  #expect(answers.value(at: "total") == "35")
  #expect(answers.question(at: "person/surname")?.isPrefilled == true)
  #expect(answers.question(at: "person/fin")?.isPrefilled == false)
}

/// One question at a time: what a person is asked, in order, in three languages.
@Test(arguments: ["az", "en", "ru"])
func questions(_ language: String) throws {
  var answers = Answers(try Demo.form(), now: Demo.now, language: language)
  try answers.set("diagnoses[1]/chapter", to: "i")
  try answers.set("diagnoses[1]/percent", to: "50")
  let lines = answers.questions().map { question in
    let indent = String(repeating: "  ", count: question.level)
    let marks = (question.isRequired ? " *" : "") + (question.problem.map { " ! \($0.code)" } ?? "")
    return
      "\(indent)\(question.path) [\(question.kind)] \(question.label): \(question.display)\(marks)"
  }
  try Golden.check(
    lines.joined(separator: "\n") + "\n", against: "questions.\(language).txt", in: "Cases/forms")
}

/// The clock of a named zone, as the program has it, is the same moment as with its offset.
@Test func todayOfANamedZone() throws {
  let source = """
    <form xmlns="urn:msec:form-definition:1" id="f" version="1.0"><title az="a" en="b" ru="c"/>
    <calculate name="on" type="date" keep="yes" calculate="today()"/></form>
    """
  let form = try Form(
    folded: Array(source.utf8), file: "f.xml", blocks: { _ in nil }, lists: { _ in nil })
  for text in ["2026-06-01T01:30:00@Asia/Baku", "2026-06-01T01:30:00+04:00", "2026-06-01T01:30:00"]
  {
    let now = try #require(DateTime(text))
    #expect(Answers(form, now: now).value(at: "on") == "2026-06-01")
  }
}
