import DMN
import Foundation
import TestSupport
import Testing

/// The DMN TCK, where the corpus is at hand.
@Suite struct CorpusTests {
  /// Cases that must pass; all but those that call Java. Raise it when more pass, never lower it.
  private static let floor = (cases: 2595, nonNull: 1345)

  @Test func technologyCompatibilityKit() throws {
    guard let corpus = try Corpus.url("dmn-tck/TestCases") else { return }
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "conformance")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      print("skipped: no conformance program beside the tests; swift build makes it")
      return
    }
    let process = Process()
    let output = Pipe()
    process.executableURL = program
    process.arguments = ["dmn-tck", corpus.path]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let last = text.split(separator: "\n").last ?? ""
    let figures = last.split(separator: " ").compactMap { Int($0) }
    try #require(figures.count == 4, "\(last)")
    #expect(figures[0] >= Self.floor.cases, "\(text.suffix(2000))")
    #expect(figures[2] >= Self.floor.nonNull, "\(text.suffix(2000))")
  }

  /// The models of the TCK are 1.5; with the namespace of an older version they must read the same.
  @Test(arguments: [
    "http://www.omg.org/spec/DMN/20180521/", "https://www.omg.org/spec/DMN/20191111/",
    "https://www.omg.org/spec/DMN/20211108/",
  ])
  func olderVersions(_ version: String) throws {
    guard let corpus = try Corpus.url("dmn-tck/TestCases/compliance-level-2") else { return }
    let files = try #require(
      FileManager.default.enumerator(at: corpus, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "dmn" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let old = text.replacing("https://www.omg.org/spec/DMN/20230324/", with: version)
      let expected = try DecisionModel(parsing: Array(text.utf8), file: file.lastPathComponent)
      let model = try DecisionModel(parsing: Array(old.utf8), file: file.lastPathComponent)
      #expect(model.decisions == expected.decisions)
      #expect(model.lint() == expected.lint())
    }
  }
}
