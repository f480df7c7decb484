import Foundation
import TestSupport
import Testing

/// Every sample dossier, in the order of `expected.tsv`, into one store: opened, or refused with the stated codes.
@Test func samplesDoAsExpected() throws {
  try inFreshFolder { folder in
    let top = Corpus.checkout
    func mse(_ words: String..., user: String = "l.aliyeva") throws -> Program.Outcome {
      try Program.run(words + ["--now", "2026-03-04T09:05"], in: folder, user: user)
    }
    let made = try mse(
      "init", "--test", "--office", top.appending(path: "Samples/demo/office").path)
    try #require(made.code == 0, "\(made.errors)")
    let deployed = try mse(
      "deploy", top.appending(path: "Workflows").path, top.appending(path: "Forms").path,
      user: "r.huseynli")
    try #require(deployed.code == 0, "\(deployed.errors)")

    var opened = 0
    for row in try ExpectedRow.all(of: "referral") {
      let file = top.appending(path: "Samples/dossiers/referral/\(row.file)")
      let outcome = try mse("dossier", "import", file.path)
      #expect(outcome.code == (row.isGood ? 0 : 65), "\(row.file): \(outcome.errors)")
      for code in row.codes {
        #expect(
          outcome.errors.contains(row.pattern(for: code)),
          "\(row.file) is not refused with \(code): \(outcome.errors)")
      }
      if outcome.code == 0 {
        opened += 1
      } else {
        let always = ["--now", "2026-03-04T09:05", "--user", "l.aliyeva"]
        #expect(try Program.cases(in: folder, always) == opened, "\(row.file)")
      }
    }
    let audit = try mse("audit", "verify", "--json")
    #expect(audit.code == 0)
  }
}

/// The samples of the other kinds by themselves: valid, or refused with the stated codes. What they do to a case is in the
/// transcripts of the exchange.
@Test func samplesOfEveryKindAreValidOrRefused() async throws {
  let office = try await PlayedStories.shared.folder(after: 1)
  for kind in try ExpectedRow.kinds() where kind != "referral" {
    for row in try ExpectedRow.all(of: kind) {
      let file = Corpus.checkout.appending(path: "Samples/dossiers/\(kind)/\(row.file)")
      let outcome = try Program.run(
        ["dossier", "validate", file.path, "--now", "2026-04-08T14:00"], in: office,
        user: "l.aliyeva")
      #expect(outcome.code == (row.isGood ? 0 : 65), "\(kind)/\(row.file): \(outcome.errors)")
      for code in row.codes {
        #expect(
          outcome.errors.contains(row.pattern(for: code)),
          "\(kind)/\(row.file) is not refused with \(code): \(outcome.errors)")
      }
    }
  }
}

/// `expected.tsv` of every kind lists every sample, and no other.
@Test func everySampleIsExpected() throws {
  for kind in try ExpectedRow.kinds() {
    let folder = Corpus.checkout.appending(path: "Samples/dossiers/\(kind)")
    let files = ["good", "bad"].flatMap { name in
      let found = try? FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: name).path)
      return (found ?? []).filter { $0.hasSuffix(".xml") }.map { "\(name)/\($0)" }
    }
    #expect(try ExpectedRow.all(of: kind).map(\.file).sorted() == files.sorted())
  }
}

/// One row of an `expected.tsv` below `Samples/dossiers`.
private struct ExpectedRow {
  let file: String
  /// Opened or valid.
  let isGood: Bool
  /// Whole codes, or the letters they begin with.
  let codes: [String]

  static func kinds() throws -> [String] {
    let folder = Corpus.checkout.appending(path: "Samples/dossiers")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  static func all(of kind: String) throws -> [ExpectedRow] {
    try sample("dossiers/\(kind)/expected.tsv").split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(
        cells.count == 4 && ["opened", "valid", "refused"].contains(cells[1]), "\(line)")
      return ExpectedRow(
        file: cells[0], isGood: cells[1] != "refused",
        codes: cells[2].split(separator: " ").map(String.init))
    }
  }

  func pattern(for code: String) -> Regex<Substring> {
    let digits = code.last?.isNumber == true ? "" : "[0-9]{3}"
    guard let pattern = try? Regex("\\b\(code)\(digits)\\b", as: Substring.self) else {
      fatalError("codes have letters and digits only")
    }
    return pattern
  }
}
