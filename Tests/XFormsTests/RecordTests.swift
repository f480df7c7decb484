import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

@testable import XForms

/// `Sources/Dossier/Schemas/records/<record>.xsd`, of what the system writes and nobody fills: `Cases/records/<record>/good/*.xml` are
/// accepted and `bad/*.xml` refused, by us and by another tool.
@Test(arguments: try RecordFile.all())
func record(_ file: RecordFile) throws {
  let schema = try XMLSchema(
    compiling: Array(Data(contentsOf: file.schema)), file: file.schema.lastPathComponent)
  let tree = try XMLTree(
    parsing: Array(Data(contentsOf: file.url)), file: file.name, limits: .definition)
  #expect(schema.problems(in: tree).isEmpty == file.isGood)
  let tool = URL(filePath: "/usr/bin/xmllint")
  guard FileManager.default.isExecutableFile(atPath: tool.path) else {
    print("skipped: no xmllint for the schemas of records")
    return
  }
  let process = Process()
  process.executableURL = tool
  process.arguments = ["--noout", "--nonet", "--schema", file.schema.path, file.url.path]
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  #expect(process.terminationStatus == (file.isGood ? 0 : 3))  // 3: not valid
}

/// Every schema has documents of both kinds.
@Test func everyRecordHasDocuments() throws {
  let names = try FileManager.default.contentsOfDirectory(atPath: RecordFile.schemas.path)
    .filter { $0.hasSuffix(".xsd") }.map { String($0.dropLast(4)) }.sorted()
  let all = try RecordFile.all()
  #expect(names == Set(all.map(\.record)).sorted())
  for name in names {
    let files = all.filter { $0.record == name }
    #expect(files.contains(where: \.isGood) && files.count { !$0.isGood } >= 3, "\(name)")
  }
}

/// One document of a record.
struct RecordFile: CustomTestStringConvertible, Sendable {
  static let schemas = Corpus.checkout.appending(path: "Sources/Dossier/Schemas/records")

  let record: String
  let isGood: Bool
  let url: URL

  static func all() throws -> [RecordFile] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/records")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".xml") }.sorted().compactMap { path in
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count == 3 else { return nil }
        return RecordFile(
          record: parts[0], isGood: parts[1] == "good", url: folder.appending(path: path))
      }
  }

  var schema: URL { Self.schemas.appending(path: "\(record).xsd") }
  var name: String { "\(record)/\(isGood ? "good" : "bad")/\(url.lastPathComponent)" }
  var testDescription: String { name }
}
