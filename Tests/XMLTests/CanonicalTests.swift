import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

/// `Cases/canonical`: a document and its exclusive canonical form without the first `{urn:seal}S` below the root; a first
/// line `at NAME...` asks for the element below the root instead.
@Test(arguments: try Examples.files(in: "Cases/canonical"))
func canonicalForm(_ examples: Examples) throws {
  try examples.check { input in
    let lines = input.split(separator: "\n", maxSplits: 1)
    let isPart = input.hasPrefix("at ")
    let document = isPart ? lines[1] : input[...]
    do {
      let tree = try XMLTree(parsing: Array(document.utf8), file: "case", limits: .definition)
      let names = lines[0].split(separator: " ").dropFirst()
      let bytes =
        isPart
        ? try tree.canonical(of: names.map { ElementName(String($0), in: "urn:a") })
        : try tree.canonical(leavingOut: ElementName("S", in: "urn:seal"))
      return ["= " + String(decoding: bytes, as: UTF8.self).debugDescription]
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }
}

/// An independent implementation over all documents of the corpora.
@Test func canonicalFormsAreThoseOfXmllint() throws {
  guard let corpus = try Corpus.url("bad-xml/ok"),
    FileManager.default.fileExists(atPath: "/usr/bin/xmllint")
  else { return }
  for url in try FileManager.default.contentsOfDirectory(
    at: corpus, includingPropertiesForKeys: nil)
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/xmllint")
    process.arguments = ["--exc-c14n", url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let expected = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let tree = try XMLTree(parsing: Array(Data(contentsOf: url)), file: url.lastPathComponent)
    let same = try tree.canonical(of: []) == Array(expected)
    #expect(same, "\(url.lastPathComponent)")
  }
}
