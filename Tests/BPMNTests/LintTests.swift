import BPMN
import Diagnostics
import Foundation
import TestSupport
import Testing

/// Each block is a model, its results are what `lint` says about it.
@Test(arguments: try Examples.files(in: "Cases/lint"))
func lint(_ examples: Examples) throws {
  try examples.check { block in
    try ModelText.model(block).lint().map { "! \($0.severity) \($0)" }
  }
}

/// Every code has a sentence and a next step in all three languages, and no sentence asks for a word it does not get.
@Test func everyProblemHasItsWords() throws {
  for language in ["az", "en", "ru"] {
    let file = Corpus.checkout.appending(path: "Sources/Commission/Messages/\(language).json")
    let messages = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
    let block = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Cases/lint/models.txt"), encoding: .utf8)
    for text in block.components(separatedBy: "\n\n") {
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("! ") }
      for problem in try ModelText.model(lines.joined(separator: "\n")).lint()
      where problem.code.hasPrefix("BPMN") {
        let sentence = try #require(messages[problem.code], "\(problem.code) \(language)")
        #expect(messages[problem.code + ".next"] != nil, "\(problem.code).next \(language)")
        let asked = sentence.matches(of: /\{(\w+)\}/).map { String($0.1) }
        #expect(asked.allSatisfy { problem.arguments[$0] != nil }, "\(problem.code): \(sentence)")
      }
    }
  }
}

@Test func otherXMLIsRefused() throws {
  #expect(throws: Diagnostic.self) {
    try ProcessModel(parsing: Array("<definitions/>".utf8), file: "other.xml")
  }
}

/// The models of other people are read, judged, compiled where they can be, and drawn; none of them breaks anything.
@Test func corpusIsHandled() throws {
  guard let corpus = try Corpus.url("bpmn-corpus") else { return }
  let paths =
    FileManager.default.enumerator(atPath: corpus.path)?.compactMap { $0 as? String } ?? []
  for path in paths where path.hasSuffix(".bpmn") {
    let bytes = [UInt8](try Data(contentsOf: corpus.appending(path: path)))
    guard let model = try? ProcessModel(parsing: bytes, file: path) else { continue }
    let errors = model.lint().filter { $0.severity == .error }
    if errors.isEmpty { #expect(throws: Never.self, "\(path)") { try model.compiled() } }
    let svg = model.svg(words: DiagramWords(title: path))
    #expect(svg.hasPrefix("<svg"))
    #expect(!model.outline(words: DiagramWords(title: path)).isEmpty || model.processes.isEmpty)
  }
}
