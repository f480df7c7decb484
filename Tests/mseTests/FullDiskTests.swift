import Foundation
import Testing

/// A disk that is full: the step is refused with a clear word, nothing of it is there, and with space it is done.
struct FullDiskTests {
  private let file = "dossiers/referral/good/quliyev-coxarthrosis.xml"
  private let always = ["--user", "l.aliyeva", "--now", "2026-03-04T09:05"]

  @Test func aStepThatDoesNotFitLeavesNothing() async throws {
    let played = try await PlayedStories.shared.folder(after: 1)
    try inFreshFolder { parent in
      let folder = parent.appending(path: "full")
      try FileManager.default.copyItem(at: played, to: folder)
      let before = try Program.counts(in: folder)
      var refusals = 0
      // the log of the transaction has room for more and more of it
      for blocks in stride(from: 72, through: 232, by: 32) {
        let outcome = try Program.run(
          ["dossier", "import", file] + always, in: folder, largestFile: blocks)
        guard outcome.code != 0 else { break }
        #expect(outcome.code == 69, "\(outcome.errors)")
        refusals += outcome.errors.contains("STORE010") ? 1 : 0
        let counts = try Program.counts(in: folder)
        #expect(counts == before)
      }
      #expect(refusals > 0, "the disk was never full in the middle of a step")
      let outcome = try Program.run(["dossier", "import", file] + always, in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let after = try Program.counts(in: folder)
      #expect(after.cases == before.cases + 1)
    }
  }
}
