import DMN
import Diagnostics
import FEEL
import Foundation
import XML

/// The DMN Technology Compatibility Kit: models and test cases as published in `dmn-tck/tck`, folder `TestCases`.
///
/// Many cases expect only null, which an engine without any logic answers too: the others are counted apart.
enum DMNTCKSuite {
  static func run(_ directory: String) throws -> Suite.Report {
    let root = URL(filePath: directory)
    var tally = Tally()
    for file in try testFiles(below: root) {
      run(file, named: try name(of: file, below: root), into: &tally)
    }
    return Suite.Report(
      failures: tally.failures,
      summary: "\(tally.passed) of \(tally.total) cases, "
        + "\(tally.passedNonNull) of \(tally.totalNonNull) non-null")
  }

  private struct Tally {
    var passed = 0
    var total = 0
    var passedNonNull = 0
    var totalNonNull = 0
    var failures: [String] = []
  }

  private static func testFiles(below root: URL) throws -> [URL] {
    guard
      let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    else { throw CocoaError(.fileNoSuchFile) }
    return files.compactMap { $0 as? URL }
      .filter {
        $0.pathExtension == "xml" && !$0.pathComponents.contains("non-compliant")
          && $0.lastPathComponent.contains("-test-")
      }
      .sorted { $0.path < $1.path }
  }

  /// `compliance-level-2/0004-simpletable-U/0004-simpletable-U-test-01`, wherever the folder lies.
  private static func name(of file: URL, below root: URL) throws -> String {
    let parts = file.deletingPathExtension().standardizedFileURL.pathComponents
    return parts.suffix(3).joined(separator: "/")
  }

  private static func run(_ file: URL, named name: String, into tally: inout Tally) {
    let tests: DMNTCKFile
    do {
      tests = try DMNTCKFile(reading: file)
    } catch {
      tally.total += 1
      tally.failures.append("\(name): expected a readable test file got \(error)")
      return
    }
    let model = Result { try load(tests.modelName, beside: file) }
    for test in tests.cases {
      tally.total += 1
      if !test.expectsOnlyNull { tally.totalNonNull += 1 }
      let problems = test.problems(in: model)
      if problems.isEmpty {
        tally.passed += 1
        if !test.expectsOnlyNull { tally.passedNonNull += 1 }
      }
      tally.failures += problems.map { "\(name)/\(test.id): \($0)" }
    }
  }

  /// The model of a test, with every other model of its folder offered as an import.
  private static func load(_ modelName: String, beside file: URL) throws -> DecisionModel {
    let folder = file.deletingLastPathComponent()
    let others = try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "dmn" && $0.lastPathComponent != modelName }
      .sorted { $0.path < $1.path }
    return try DecisionModel.load(
      Array(Data(contentsOf: folder.appending(path: modelName))), file: modelName,
      offering: others.map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) })
  }
}

extension DecisionModel {
  /// Reads `bytes` after those of the `others` that it imports, directly or not.
  static func load(
    _ bytes: [UInt8], file: String, offering others: [(file: String, bytes: [UInt8])]
  ) throws -> DecisionModel {
    var loaded: [DecisionModel] = []
    var waiting = others
    while !waiting.isEmpty {
      let count = waiting.count
      waiting.removeAll { other in
        guard
          let model = try? DecisionModel(parsing: other.bytes, file: other.file, imports: loaded)
        else { return false }
        loaded.append(model)
        return true
      }
      if waiting.count == count { break }  // what is left imports something that is not there
    }
    return try DecisionModel(parsing: bytes, file: file, imports: loaded)
  }
}
