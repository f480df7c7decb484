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

/// The first row of `questions` has rows of `votes`, but their template stands in the template around it alone: at any
/// other JavaRosa, and so ODK Validate, fails.
@Test func templatesOfRowsInRowsStandInTemplates() throws {
  let written = try FormLibrary.form("protocol").odk().xml()
  let root = try Element(parsing: Array(written.utf8), file: "protocol.xml")
  let model = try root.required("head").required("model", in: ODK.xforms)
  let primary = try model.required("instance").elements[0]
  let found = primary.children("questions").map { row in
    row.children("votes").map { $0["template", in: ODK.javarosa] != nil }
  }
  #expect(found == [[true, false], [false]])
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

/// Every form of the corpus that is one comes in, or is refused for what no folded form can say: those are in the file.
@Test func formsOfOthersAreImported() throws {
  guard let corpus = try Corpus.url("xforms-corpus") else { return }
  let folder = corpus.appending(path: "forms")
  let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".xml") }.sorted()
  var (lines, count) = (["# forms that are not imported, and why"], 0)
  for file in files {
    let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
    let media = corpus.appending(path: "media").appending(path: file.prefix { $0 != "/" })
    let form = try? Form(odk: bytes, file: file) { address in
      let name = address.split(separator: "/").last.map(String.init) ?? address
      return (try? Data(contentsOf: media.appending(path: name))).map { Array($0) }
    }
    guard let form else { continue }
    do {
      _ = try form.importedAsFolded()
      count += 1
    } catch let problem as Diagnostic {
      #expect(problem.code == "FORM163")
      let causes = problem.causes.map { cause in
        "\(cause.code) \(cause.arguments["path"] ?? cause.arguments["name"] ?? cause.arguments["code"] ?? "")"
      }
      lines.append("\(file): \(Set(causes).sorted().joined(separator: ", "))")
    }
  }
  lines.append("# imported: \(count)")
  try Golden.check(lines.joined(separator: "\n") + "\n", against: "import.txt", in: "Cases/forms")
}

/// The entries of a list come along, its code under the name that our lists have.
@Test func listOfAnImportedForm() throws {
  let source = """
    <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>
    <model><instance><data id="t"><land/><city/></data></instance>
    <instance id="cities"><root><item><name>baku</name><label>Baku</label><of>az</of></item>
    <item><name>oslo</name><label>Oslo, Norway</label><of>no</of></item></root></instance>
    <bind nodeset="/data/land" type="string"/><bind nodeset="/data/city" type="string"/></model></h:head><h:body>
    <input ref="/data/land"><label>Land</label></input>
    <select1 ref="/data/city"><label>City</label><itemset nodeset="randomize(instance('cities')/root/item[of=/data/land])">
    <value ref="name"/><label ref="label"/></itemset></select1></h:body></h:html>
    """
  let form = try Form(odk: Array(source.utf8), file: "t.xml", resources: { _ in nil })
  let imported = try form.importedAsFolded()
  #expect(
    imported.lists.map(\.text) == [
      """
      # system=t.cities version=1.0 source="t" verified=false
      code,az,en,ru,label,of
      baku,Baku,Baku,Baku,Baku,az
      oslo,"Oslo, Norway","Oslo, Norway","Oslo, Norway","Oslo, Norway",no

      """
    ])
  #expect(imported.warnings.contains { $0.arguments["what"] == "randomize" })
  #expect(imported.form.xml().contains("list=\"cities\" filter=\"of = /t/land\""))
}
