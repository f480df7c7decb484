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
      if !isPart {
        let values = tree.root()
        let written = try values.canonical(leavingOut: ElementName("S", in: "urn:seal"))
        #expect(written == bytes)
      }
      return ["= " + String(decoding: bytes, as: UTF8.self).debugDescription]
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }
}

/// The form written from values is that of libxml2's tree, whatever stands in the document.
@Test(arguments: 0..<64)
func canonicalFormsOfValuesAreThoseOfTrees(_ seed: UInt64) throws {
  var trees = RandomTrees(numbers: SeededNumbers(seed: seed))
  for _ in 0..<50 {
    let text = trees.tree().xml(indented: false)
    // libxml2 writes such a name as it is, which nobody can read again
    if text.contains(/xmlns[:\w]*="[^"]*&/) { continue }
    let bytes = Array(text.utf8)
    let tree = try XMLTree(parsing: bytes, file: "tree", limits: .definition)
    let element = try Element(parsing: bytes, file: "tree")
    let form = try tree.canonical(of: [])
    try #require(try element.canonical() == form, "\(text)")
    for child in element.elements {
      let name = ElementName(child.name, in: child.namespace)
      #expect(try element.canonical(leavingOut: name) == tree.canonical(leavingOut: name))
    }
    // and of values as a program makes them, which nobody has parsed
    let made = element.withoutPrefixes
    let written = Array(made.xml(indented: false).utf8)
    let settled = try XMLTree(parsing: written, file: "made", limits: .definition)
    try #require(
      try made.canonical() == settled.canonical(), "\(String(decoding: written, as: UTF8.self))")
  }
}

/// A prefix that a program gives to two namespaces in one start tag stands for one of them in what is written.
@Test func aPrefixMeansOneThingInATag() throws {
  let attribute = Attribute("b", namespace: "urn:2", prefix: "p", value: "1")
  let child = Element("c", namespace: "urn:1", prefix: "p", attributes: [attribute])
  let made = Element("a", namespace: "urn:1", prefix: "p", children: [.element(child)])
  let written = Array(made.xml(indented: false).utf8)
  let settled = try Element(parsing: written, file: "made")
  #expect(try made.canonical() == settled.canonical())
  #expect(settled.elements.first?["b", in: "urn:2"] == "1")
}

/// A namespace name is escaped like any other value, and read again.
@Test func referencesInNamespaceNamesAreEscaped() throws {
  let bytes = Array("<a:b xmlns:a=\"urn:r?x=1&amp;y=2\"><c/></a:b>".utf8)
  let element = try Element(parsing: bytes, file: "a.xml")
  let form = try element.canonical()
  #expect(form == Array("<a:b xmlns:a=\"urn:r?x=1&amp;y=2\"><c></c></a:b>".utf8))
  #expect(element.read(canonical: form) == element)
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
