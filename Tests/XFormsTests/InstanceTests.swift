import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// `Cases/instances/<form>/good/*.xml` are accepted by the form and by its schema. `bad/*.xml` are refused with the codes
/// of their comment, and by the schema where it says `schema`; `UPDATE=1` records those comments.
@Test(arguments: try InstanceFile.all())
func instance(_ file: InstanceFile) throws {
  let form = try FormLibrary.form(file.form)
  let schema = try XMLSchema(compiling: form.schema(), file: "\(file.form).xsd")
  let tree = try XMLTree(parsing: file.bytes, file: file.name, limits: .definition)
  let isRefusedBySchema = !schema.problems(in: tree).isEmpty
  let found = try file.codes(of: form)
  if file.isGood {
    #expect(found == [])
    #expect(!isRefusedBySchema)
    return
  }
  let marks = found + (isRefusedBySchema ? ["schema"] : [])
  if ProcessInfo.processInfo.environment["UPDATE"] == "1" {
    try file.record(marks)
  } else {
    #expect(file.expected == marks)
    #expect(!found.isEmpty, "a bad instance that is not refused")
  }
}

/// Every form that a person fills has documents that are accepted and some that are not.
@Test func everyFormHasInstances() throws {
  let files = try InstanceFile.all()
  for name in FormLibrary.names {
    let (good, bad) = (
      files.count { $0.form == name && $0.isGood }, files.count { $0.form == name && !$0.isGood }
    )
    #expect(good >= 1 && bad >= 2, "\(name) has \(good) good and \(bad) bad instances")
  }
}

/// The schemas are what another tool takes for schemas too, and it comes to the same result.
@Test(arguments: Set(try InstanceFile.all().map(\.form)).sorted())
func schemaOfAnotherTool(_ form: String) throws {
  let tool = URL(filePath: "/usr/bin/xmllint")
  guard FileManager.default.isExecutableFile(atPath: tool.path) else {
    print("skipped: no xmllint for the schemas of forms")
    return
  }
  let schema = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xsd")
  try Data(FormLibrary.form(form).schema()).write(to: schema)
  defer { try? FileManager.default.removeItem(at: schema) }
  for file in try InstanceFile.all() where file.form == form {
    let process = Process()
    process.executableURL = tool
    process.arguments = ["--noout", "--nonet", "--schema", schema.path, file.url.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let isExpected = file.isGood || !file.expected.contains("schema")
    #expect((process.terminationStatus == 0) == isExpected, "\(file.name)")
  }
}

/// One document of a form.
struct InstanceFile: CustomTestStringConvertible, Sendable {
  let form: String
  let isGood: Bool
  let url: URL

  static func all() throws -> [InstanceFile] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/instances")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".xml") }.sorted()
    return paths.compactMap { path in
      let parts = path.split(separator: "/").map(String.init)
      guard parts.count == 3, ["good", "bad"].contains(parts[1]) else { return nil }
      return InstanceFile(
        form: parts[0], isGood: parts[1] == "good", url: folder.appending(path: path))
    }
  }

  var name: String { "\(form)/\(isGood ? "good" : "bad")/\(url.lastPathComponent)" }
  var testDescription: String { name }

  var bytes: [UInt8] { (try? Data(contentsOf: url)).map { Array($0) } ?? [] }

  private var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The words of the comment before the root.
  var expected: [String] {
    guard let start = text.firstRange(of: "<!-- "), let end = text.firstRange(of: " -->") else {
      return []
    }
    return text[start.upperBound..<end.lowerBound].split(separator: " ").map(String.init)
  }

  func record(_ marks: [String]) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("<!-- ") }
    let comment = "<!-- \(marks.joined(separator: " ")) -->"
    let all = [String(lines[0]), comment] + lines.dropFirst().map(String.init)
    try all.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
  }

  /// What the form finds wrong, each code once.
  func codes(of form: Form) throws -> [String] {
    guard let now = DateTime("2026-06-01T10:00:00+04:00") else { return ["no time"] }
    do {
      let xml = try Element(parsing: bytes, file: name)
      let problems = try Answers.read(xml, of: form, now: now, language: "az").problems
      return Set(problems.filter { $0.severity == .error }.map(\.code)).sorted()
    } catch let problem as Diagnostic {
      return [problem.code]
    }
  }
}
