import Commission
import Diagnostics
import Foundation
import TestSupport
import Testing

struct MessagesTests {
  @Test func everyLanguageHasTheSameKeysAndPlaceholders() {
    let english = Messages(.en)
    for language in [Language.az, .ru] {
      let other = Messages(language)
      #expect(other.keys == english.keys)
      for key in english.keys {
        #expect(
          placeholders(other.text(key)) == placeholders(english.text(key)), "\(language) \(key)")
      }
    }
  }

  private func placeholders(_ text: String) -> Set<Substring> {
    Set(
      text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
        $0.split(separator: "}").first?.split(separator: "#").first
      })
  }

  @Test(arguments: [
    (Language.en, 1, "1 day"), (.en, 5, "5 days"), (.ru, 1, "1 день"), (.ru, 3, "3 дня"),
    (.ru, 11, "11 дней"), (.ru, 22, "22 дня"), (.az, 5, "5 gün"),
  ])
  func wordsAgreeWithNumbers(_ language: Language, _ count: Int, _ expected: String) {
    let forms = [Language.en: "day|days", .ru: "день|дня|дней", .az: "gün|gün"]
    let messages = Messages(language, texts: ["days": "{n} {n#\(forms[language] ?? "")}"])
    #expect(messages.text("days", ["n": "\(count)"]) == expected)
  }

  /// Suffixes after a number in digits follow the vowels of its last word.
  @Test(arguments: try Examples.files(in: "Cases/suffixes"))
  func suffixesFollowTheirNumber(_ examples: Examples) throws {
    let messages = Messages(.az, texts: ["number": "{n#-ci} {n#-dən}"])
    try examples.check { ["= \(messages.text("number", ["n": String($0)]))"] }
  }

  /// Every code that the sources throw has a sentence and a next step.
  @Test func everyCodeHasWords() throws {
    let messages = Messages(.en)
    let sources = Corpus.checkout.appending(path: "Sources")
    let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String }
    for name in names ?? [] where name.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
      for match in text.matches(of: #/Diagnostic\(\s*"([A-Z]+[0-9]{3})"/#) {
        let code = String(match.1)
        #expect(messages.optional(code) != nil, "\(code) in \(name)")
        #expect(messages.optional(code + ".next") != nil, "\(code).next in \(name)")
      }
    }
  }

  @Test func resourcesAreTheFilesOfTheCheckout() throws {
    let paths = Resources.paths(below: "Workflows/") + Resources.paths(below: "Forms/")
    #expect(paths.count > 50)
    for path in paths {
      let file = try Array(Data(contentsOf: Corpus.checkout.appending(path: path)))
      #expect(Resources.bytes(path) == file, "run make resources: \(path)")
    }
  }
}
