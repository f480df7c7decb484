import Foundation
import TestSupport
import Testing

/// A partner without our program: `xmllint`, `xmlsec1` and Python are all it has.
struct PartnerKitTests {
  @Test func aPartnerBuildsAReferralFromTheKit() async throws {
    guard tool("xmlsec1") else { return }
    let office = try await PlayedStories.shared.folder(after: 1)
    try inFreshFolder { parent in
      let folder = parent.appending(path: "work")
      try FileManager.default.copyItem(at: office, to: folder)
      let kit = folder.appending(path: "kit")
      #expect(try Program.run(["partner-kit", "kit"], in: folder).code == 0)
      let key = try Program.run(
        [
          "key", "new", "CLIN-12/2026", "--owner", "CLIN-12", "--to", "partner.pem", "--user",
          "r.huseynli", "--now", "2026-03-02T09:00",
        ], in: folder)
      try #require(key.code == 0, "\(key.errors)")
      for name in ["identity", "referral"] {
        try sample("demo/answers/\(name).xml")
          .write(to: folder.appending(path: "\(name).xml"), atomically: true, encoding: .utf8)
      }
      let built = try run(
        [
          "python3", "kit/build.py", "referral", "CLIN-12", "07", "referral-message.xml",
          "identity.xml", "referral.xml", "--test", "--created", "2026-03-03T10:15:00Z", "--key",
          "partner.pem", "--name", "CLIN-12/2026",
        ], in: folder)
      try #require(built == 0)
      let always = ["--user", "l.aliyeva", "--now", "2026-03-04T10:00"]
      let verified = try Program.run(
        ["dossier", "verify", "referral-message.xml"] + always, in: folder)
      #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
      let taken = try Program.run(
        ["dossier", "import", "referral-message.xml"] + always, in: folder)
      #expect(taken.code == 0, "\(taken.errors)")
      #expect(try Program.counts(in: folder).cases == 1)
      try checkSamples(of: kit, in: folder)
    }
  }

  /// One run of `xmllint` over the kit's schemas tells good from bad.
  private func checkSamples(of kit: URL, in folder: URL) throws {
    func isValid(_ file: String) throws -> Bool {
      try run(
        ["xmllint", "--nonet", "--noout", "--schema", "kit/schemas/dossier-1.0.xsd", file],
        in: folder) == 0
    }
    for kind in try names(kit.appending(path: "samples")) {
      for file in try names(kit.appending(path: "samples/\(kind)/good")) {
        #expect(try isValid("kit/samples/\(kind)/good/\(file)"), "\(kind)/\(file)")
      }
    }
    for file in ["unknown-element", "wrong-fin", "many-errors", "cut-off"] {
      #expect(try !isValid("kit/samples/referral/bad/\(file).xml"), "\(file)")
    }
  }

  /// Every field has a name in three languages, every form a blank with its own schema's root.
  @Test func theFieldsAreNamedInThreeLanguages() throws {
    try inFreshFolder { folder in
      #expect(try Program.run(["partner-kit", "kit"], in: folder).code == 0)
      let kit = folder.appending(path: "kit")
      let tables = try names(kit.appending(path: "fields"))
      #expect(tables.count > 8)
      for table in tables {
        let lines = try String(
          contentsOf: kit.appending(path: "fields/\(table)"), encoding: .utf8
        ).split(separator: "\n").dropFirst()
        #expect(!lines.isEmpty, "\(table)")
        for line in lines {
          let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
          #expect(cells.count == 9, "\(table): \(line)")
        }
        let form = table.dropLast(4)
        let blank = try String(
          contentsOf: kit.appending(path: "blank/\(form).xml"), encoding: .utf8)
        #expect(blank.contains("<\(form) xmlns=\"urn:msec:form:\(form):1\""), "\(form)")
      }
      let problems = try String(
        contentsOf: kit.appending(path: "problems.tsv"), encoding: .utf8)
      #expect(problems.contains("DOSS043\tE-SEAL\tresend-same-bytes\t"))
    }
  }

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func tool(_ name: String) -> Bool {
    let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)")
    if !isThere { print("skipped: \(name) is not installed; the partner kit is not tried out") }
    return isThere
  }

  private func run(_ words: [String], in folder: URL) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = Program.environment
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
