import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// Folded → ODK → folded gives the same file, and the file is the one that was written by hand, blocks written out.
@Test(arguments: FormLibrary.names)
func shippedFormComesBackFromODK(_ name: String) throws {
  let form = try FormLibrary.form(name)
  let folded = form.folded().xml()
  let source = try Element(parsing: FormLibrary.bytes("\(name).xml") ?? [], file: name)
  #expect(
    try normal(Element(parsing: Array(folded.utf8), file: name))
      == normal(source, including: FormLibrary.block))
  try expectSame(form, lists: FormLibrary.list)
}

@Test func smallFormComesBackFromODK() throws {
  let form = try Demo.form()
  let list = form.lists["icd"]
  try expectSame(form, lists: { $0 == "icd" ? list : nil })
  try Golden.check(form.odk().xml(), against: "demo.odk.xml", in: "Cases/forms")
}

private func expectSame(_ form: Form, lists: (String) -> CodeList?) throws {
  let folded = form.folded().xml()
  let again = try Form(
    folded: Array(folded.utf8), file: form.file, blocks: { _ in nil }, lists: lists)
  #expect(again.folded().xml() == folded)
  let odk = form.odk().xml()
  let back = try Form(odk: Array(odk.utf8), file: form.file, resources: { _ in nil })
  #expect(back.folded().xml() == folded)
  #expect(back.odk().xml() == odk)
  #expect(back.schema() == form.schema())
  #expect(back.lint().map(\.code).sorted() == form.lint().map(\.code).sorted())
  let (first, second) = (
    Answers(form, now: Demo.now, language: "az"), Answers(back, now: Demo.now, language: "az")
  )
  #expect(lines(first) == lines(second))
  #expect(first.draft() == second.draft())
  #expect(first.problems().map { "\($0)" } == second.problems().map { "\($0)" })
}

private func lines(_ answers: Answers) -> [String] {
  answers.questions().map {
    "\($0.level) \($0.path) \($0.kind) \($0.label) \($0.hint ?? "") \($0.help ?? "") \($0.isRequired) \($0.isReadonly) \($0.appearance.sorted()) \($0.hasLongList)"
  }
}

/// Without comments, white space and order of attributes; blocks in place; what is the default left out.
private func normal(
  _ element: Element, including block: (String) -> [UInt8]? = { _ in nil }
) throws -> [String] {
  var attributes = element.attributes
  if element.name != "calculate" {
    attributes.removeAll { $0.name == "keep" && $0.value == "yes" }
  }
  attributes.removeAll { $0.name == "type" && $0.value == "string" }
  let words = attributes.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: " ")
  var lines = ["\(element.name) \(words)"]
  let texts = ["label", "hint", "help", "alert", "requiredMessage"]
  let order = element.elements.filter { texts.contains($0.name) }
    .sorted { texts.firstIndex(of: $0.name)! < texts.firstIndex(of: $1.name)! }
  for child in order + element.elements.filter({ !texts.contains($0.name) }) {
    guard child.name == "include" else {
      lines += try normal(child, including: block).map { "  " + $0 }
      continue
    }
    let included = try Element(parsing: block(child["block"] ?? "") ?? [], file: "block")
    lines += try normal(included, including: block).dropFirst()
  }
  return lines
}

/// The printed form of an expression reads as the same expression.
@Test func expressionsArePrinted() throws {
  var sources = try FormLibrary.names.flatMap { name in
    try FormLibrary.form(name).fields.flatMap {
      [$0.required, $0.relevant, $0.constraint, $0.calculate].compactMap { $0?.source }
    }
  }
  sources += [
    "1 - (2 - 3)", "-(1 + 2) * 3", "(a | b)/c[1][d = \"it's\"]/@e", "not(a or b and c)",
    "(a or b) and c", "a = (b = c)", "instance('x')/root/item[name = current()/../y]/label",
    "jr:choice-name(../x, '../x')", "../preceding-sibling::*[self::node()]/text()", "/",
    "-(-1)", "/a//b", "a mod 2 div 3", "*[processing-instruction('p')]",
  ]
  if let cases = try Corpus.url("xforms-corpus/xpath/cases.tsv") {
    sources += try String(contentsOf: cases, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { String($0.split(separator: "\t", omittingEmptySubsequences: false)[9]) }
  }
  var count = 0
  for source in sources {
    guard let expression = try? XPathExpression(parsing: source) else { continue }
    let printed = expression.term.text
    let again = try? XPathExpression(parsing: printed)
    #expect(again?.term == expression.term, "\(source) printed as \(printed)")
    count += 1
  }
  #expect(count > 100)
}
