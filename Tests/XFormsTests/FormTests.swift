import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// Every mistake of a form at once, with its line.
@Test(arguments: try Examples.files(in: "Cases/forms").filter { $0.description == "broken.txt" })
func brokenForm(_ examples: Examples) throws {
  try examples.check { body in
    let text = """
      <form xmlns="urn:msec:form-definition:1" id="broken" version="1.0">
      <title az="a" en="b" ru="c"/>\(body)</form>
      """
    do {
      _ = try Form(
        folded: Array(text.utf8), file: "f.xml", blocks: { _ in nil }, lists: { _ in nil })
      return ["= accepted"]
    } catch let problem as Diagnostic {
      return problem.causes.map { "! \($0)" }
    }
  }
}

/// The forms that the program ships: they load, keep the profile, and have a schema that compiles.
@Test(arguments: FormLibrary.names)
func shippedForm(_ name: String) throws {
  let form = try FormLibrary.form(name)
  #expect(form.id == name)
  #expect(form.lint() == [])
  _ = try XMLSchema(compiling: form.schema(), file: "\(name).xsd")
  let empty = Answers(form, now: Demo.now)
  #expect(try Answers(form, draft: empty.draft(), now: Demo.now).draft() == empty.draft())
}

/// The example from which forms are written is itself a good form.
@Test func exampleOfTheReadmeIsGood() throws {
  let readme = String(decoding: FormLibrary.bytes("README.md") ?? [], as: UTF8.self)
  let example = try #require(readme.split(separator: "```xml\n").dropFirst().first)
  let text = try #require(example.split(separator: "```").first)
  let form = try Form(
    folded: Array(text.utf8), file: "README.md", blocks: FormLibrary.block,
    lists: FormLibrary.list)
  #expect(form.lint().filter { $0.severity == .error } == [])
}

@Test func sampleOfTheDesignLoads() throws {
  guard let url = try Corpus.url("design/sample-referral-xform.xml") else { return }
  let form = try Form(
    odk: Array(try Data(contentsOf: url)), file: "sample.xml",
    resources: { _ in Array("name,label\nI63,Insult\nM17,Gonarthrosis".utf8) })
  var answers = Answers(form, now: Demo.now)
  try answers.set("referral/issued", to: "2024-05-10")
  try answers.set("person/born", to: "2010-01-01")
  try answers.set("diagnosis[1]/code_part", to: "I")
  #expect(answers.value(at: "person/age") == "14")
  #expect(answers.question(at: "person/guardian")?.isRequired == true)
  #expect(try answers.choices(at: "diagnosis[1]/code").map(\.value) == ["I63"])
}
