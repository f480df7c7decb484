import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing

@testable import XForms

/// The words of the program, as `Messages` would give them.
enum PageWords {
  static func words(_ language: String) throws -> FormWords {
    let url = Corpus.checkout.appending(path: "Sources/Commission/Messages/\(language).json")
    let texts = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url))
    let fill: @Sendable (String, [String: String]) -> String = { key, arguments in
      arguments.reduce(texts[key] ?? key) {
        $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value)
      }
    }
    return FormWords(
      text: fill, sentence: { fill($0.code, $0.arguments) },
      origin: { $0 == "issued" ? "2024-05-01" : nil })
  }
}

@Test(arguments: ["az", "en", "ru"])
func formAsPage(_ language: String) throws {
  var answers = Answers(
    try Demo.form(), prefill: ["issued": "2024-05-01"], now: Demo.now, language: language)
  try answers.set("person/birthDate", to: "17.05.2010")
  try answers.set("person/fin", to: "5ABCDI1")
  try answers.set("purposes", to: "first repeat")
  try answers.set("diagnoses[1]/chapter", to: "i")
  try answers.set("person/surname", to: "<b>\"Əliyeva\"</b> & co")
  let words = try PageWords.words(language)
  let page = FormPage(answers, words: words, purpose: .filling(showsProblems: true)).fragment()
  try Golden.check(page, against: "page.\(language).html", in: "Cases/forms")
  let read = FormPage(answers, words: words, purpose: .reading).fragment()
  try Golden.check(read, against: "page-read.\(language).html", in: "Cases/forms")
}

/// Every form, in every language and for every purpose: ids are unique, every reference leads somewhere, every control
/// has its label, and there is no script.
@Test(arguments: FormLibrary.names)
func pagesOfShippedForms(_ name: String) throws {
  let form = try FormLibrary.form(name)
  for language in ["az", "en", "ru"] {
    let answers = Answers(form, now: Demo.now, language: language)
    let words = try PageWords.words(language)
    for purpose in [
      FormPage.Purpose.filling(showsProblems: true), .filling(showsProblems: false), .reading,
      .paper,
    ] {
      let page = FormPage(answers, words: words, purpose: purpose).document()
      check(page, "\(name) \(language) \(purpose)")
      #expect(page.contains("<html lang=\"\(language)\">"))
    }
  }
}

private func check(_ page: String, _ what: Comment) {
  let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
  #expect(Set(ids).count == ids.count, what)
  let known = Set(ids)
  for reference in page.matches(of: ##/(?: for="| href="#)([^"]*)"/##) {
    #expect(known.contains(String(reference.output.1)), what)
  }
  for list in page.matches(of: #/ aria-(?:describedby|labelledby)="([^"]*)"/#) {
    for id in list.output.1.split(separator: " ") { #expect(known.contains(String(id)), what) }
  }
  let labelled = Set(page.matches(of: /<label for="([^"]*)"/).map { String($0.output.1) })
  for control in page.matches(of: /<(?:input|textarea|select) id="([^"]*)"/) {
    #expect(labelled.contains(String(control.output.1)), what)
  }
  #expect(!page.contains("<script") && !page.contains("onclick"), what)
  #expect(!page.contains("page."), what)
}
