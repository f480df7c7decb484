import Commission
import FEEL
import Foundation
import Simulation
import TestSupport

/// The definitions of this checkout, as `mse deploy` would store them.
enum TestDefinitions {
  static let files: [DefinitionFile] = {
    do {
      return try paths.map { path in
        let url = Corpus.checkout.appending(path: path)
        return try DefinitionFile(path: path, bytes: Array(Data(contentsOf: url)))
      }
    } catch {
      fatalError("the definitions of this checkout cannot be read: \(error)")
    }
  }()

  private static var paths: [String] {
    ["Workflows", "Forms"].flatMap { folder in
      let root = Corpus.checkout.appending(path: folder).path
      let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      return names.filter { name in
        [".bpmn", ".dmn", ".xml", ".csv"].contains { name.hasSuffix($0) }
      }.sorted().map { "\(folder)/\($0)" }
    }
  }

  /// Everything that holds for `profile`.
  static func set(_ profile: String) throws -> DefinitionSet {
    let day = Day("2026-03-04")!
    let stored = files.map { file in
      StoredDefinition(
        kind: file.kind, identifier: file.identifier, version: 1, profile: file.profile,
        effectiveFrom: file.effectiveFrom, effectiveTo: file.effectiveTo, file: file.path,
        bytes: file.bytes, deployedBy: "test", deployedAt: Instant(seconds: 0))
    }
    return try DefinitionSet(stored.filter { $0.holds(for: profile, on: day) })
  }

  /// What people usually answer.
  static func usualAnswers() throws -> UsualAnswers {
    let path = "Samples/simulation/answers.txt"
    let bytes = try Array(Data(contentsOf: Corpus.checkout.appending(path: path)))
    return try UsualAnswers(parsing: bytes, file: path)
  }
}
