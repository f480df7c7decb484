import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// Documents of other formats: the answers they give and the report on every part, beside the test.
@Test(arguments: try CDASamples.names(in: "good"))
func mappedDocument(_ name: String) throws {
  let mapping = try CDASamples.mapping()
  let document = try mapping.read(
    CDASamples.root("good/\(name)"), into: CDASamples.forms(of: mapping), now: CDASamples.now,
    language: "en")
  try Golden.check(
    report(on: document), against: "\(name).report.txt", in: "Cases/mappings")
  for form in mapping.forms {
    try Golden.check(
      document.answers[form]?.draft().xml() ?? "", against: "\(name).\(form).xml",
      in: "Cases/mappings")
  }
}

/// What is refused before any mapping reads it, with code and line.
@Test func refusedDocuments() throws {
  let mapping = try CDASamples.mapping()
  let lines = try CDASamples.names(in: "bad").map { name in
    do {
      let root = try CDASamples.root("bad/\(name)")
      return "\(name) \(mapping.fits(root) ? "read" : "MAP010:\(root.location?.line ?? 0)")"
    } catch let problem as Diagnostic {
      return "\(name) \(problem.code):\(problem.location?.line ?? 0)"
    }
  }
  try Golden.check(
    lines.joined(separator: "\n") + "\n", against: "refused.txt", in: "Cases/mappings")
}

/// Mistakes of a mapping, each with its line; the mapping that comes with the program has none.
@Test(arguments: try Examples.files(in: "Cases/mappings/mistakes"))
func mappingMistakes(_ examples: Examples) throws {
  try examples.check { text in
    do {
      let mapping = try FormMapping(parsing: Array(text.utf8), file: "m.xml")
      return mapping.lint(forms: try CDASamples.forms(of: mapping)).map { "! \($0)" } + ["="]
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }
}

@Test func shippedMappingHasNoMistakes() throws {
  let mapping = try CDASamples.mapping()
  #expect(try mapping.lint(forms: CDASamples.forms(of: mapping)).isEmpty)
}

/// What a person fills takes the place of what did not fit; the report still tells it.
@Test func filledFormsMakeADocumentWhole() throws {
  let mapping = try CDASamples.mapping()
  let forms = try CDASamples.forms(of: mapping)
  func read(_ name: String) throws -> MappedDocument {
    try mapping.read(
      CDASamples.root("good/\(name)"), into: forms, now: CDASamples.now, language: "en")
  }
  let whole = try read("complete")
  #expect(whole.isComplete)
  var document = try read("child-incomplete")
  let refused = document.lines.filter { $0.outcome == .refused }
  for form in mapping.forms {
    #expect(document.isOpen(form) && !document.isComplete)
    let answers = try #require(whole.answers[form])
    document.replace(answers, problems: answers.problems())
  }
  #expect(document.isComplete)
  #expect(document.lines.filter { $0.outcome == .refused } == refused)
}

/// A document with more parts than anybody reads: the report ends, and says how many lines it leaves out.
@Test func reportsEnd() throws {
  let mapping = try CDASamples.mapping()
  let parts = String(repeating: "<part value=\"1\"/>", count: 20_000)
  let text = """
    <ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="1.2.643.5.1.13.13.14.34.9.6"/>\(parts)</ClinicalDocument>
    """
  let root = try Element(parsing: Array(text.utf8), file: "parts.xml", limits: .foreignMessage)
  let document = try mapping.read(
    root, into: CDASamples.forms(of: mapping), now: CDASamples.now, language: "en")
  #expect(document.omitted > 19_000)
  #expect(document.lines.count < 1_100)
  #expect(!document.isComplete)
}

/// One line for each part; no value of the document stands in it.
private func report(on document: MappedDocument) -> String {
  document.lines.map { line in
    [
      line.outcome.rawValue, line.line.map { "\($0)" } ?? "-", line.section, line.source ?? "-",
      line.form.map { "\($0)/\(line.path ?? "")" } ?? "-",
      line.problem?.code ?? line.reason["en"] ?? "",
    ].joined(separator: "\t").trimmingCharacters(in: .whitespaces) + "\n"
  }.joined()
}

/// The documents of `Samples/cda`: synthetic persons.
private enum CDASamples {
  static let folder = Corpus.checkout.appending(path: "Samples/cda")

  static let now: DateTime = {
    guard let now = DateTime("2026-03-04T09:00:00+04:00") else { fatalError("a moment") }
    return now
  }()

  static func names(in part: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path)
      .filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }.sorted()
  }

  static func root(_ name: String) throws -> Element {
    let bytes = Array(try Data(contentsOf: folder.appending(path: "\(name).xml")))
    return try Element(parsing: bytes, file: "\(name).xml", limits: .foreignMessage)
  }

  static func mapping() throws -> FormMapping {
    try FormMapping(
      parsing: FormLibrary.bytes("mappings/cda-referral-6.xml") ?? [],
      file: "Forms/mappings/cda-referral-6.xml")
  }

  static func forms(of mapping: FormMapping) throws -> [String: Form] {
    Dictionary(
      uniqueKeysWithValues: mapping.forms.compactMap { name in
        (try? FormLibrary.form(name)).map { (name, $0) }
      })
  }
}
