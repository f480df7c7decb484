import Diagnostics
import TestSupport
import Testing

@testable import XForms

/// One form for each rule of the profile, and what is found in it.
@Test(arguments: try Examples.files(in: "Cases/lint"))
func formLint(_ examples: Examples) throws {
  let list = try CodeList(parsing: Demo.bytes("icd.csv") ?? [], file: "lists/icd.csv")
  try examples.check { body in
    let text = """
      <form xmlns="urn:msec:form-definition:1" id="linted" version="1.0">
      <title az="Forma" en="Form" ru="Форма"/>\(body)</form>
      """
    do {
      let form = try Form(
        folded: Array(text.utf8), file: "f.xml", blocks: { _ in nil },
        lists: { $0 == "icd" ? list : nil })
      let found = form.lint()
      return found.isEmpty ? ["= clean"] : found.map { "! \($0)" }
    } catch let problem as Diagnostic {
      return problem.causes.map { "! \($0)" }
    }
  }
}
