import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The whole story, on real files.
struct DemoTests {
  @Test func theStoryLeavesFilesThatAreRead() async throws {
    let folder = try await PlayedStories.shared.folder(after: 14)
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let pictures = files.filter { $0.hasSuffix(".svg") }
    #expect(!pictures.isEmpty)
    for picture in pictures {
      let parser = XMLParser(data: try Data(contentsOf: folder.appending(path: picture)))
      #expect(parser.parse(), "\(picture): \(String(describing: parser.parserError))")
    }
    let counts = try Program.counts(in: folder)
    #expect(counts.cases == 2)
    #expect(counts.records > 40)
  }

  /// What was sent is for others, and that is all `dossier validate` has against it: the rules about addressee and test
  /// flag are the last layer, so bytes, XML, schema with forms, ids, manifest and attachments were good.
  @Test func whatWasSentIsValid() async throws {
    let folder = try await PlayedStories.shared.folder(after: 14)
    let sent = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "sent").path)
    #expect(sent.contains("07-2026-000001-decision-CLIN-12.xml"))
    #expect(sent.contains("07-2026-000002-appeal-decision-CLIN-12.xml"))
    #expect(sent.contains { $0.contains("-irp-") })
    for file in sent {
      let outcome = try Program.run(
        [
          "dossier", "validate", "sent/\(file)", "--json", "--user", "l.aliyeva", "--now",
          "2026-04-21T10:00",
        ], in: folder)
      #expect(outcome.code == 65)
      let problem = try #require(outcome.json()["error"] as? [String: Any])
      let causes = try #require(problem["causes"] as? [[String: Any]], "\(outcome.errors)")
      #expect(causes.compactMap { $0["code"] as? String } == ["DOSS034"], "\(file)")
    }
  }

  @Test func playedAgainNothingChanges() async throws {
    let played = try await PlayedStories.shared.folder(after: 14)
    try inFreshFolder { parent in
      let folder = parent.appending(path: "again")
      try FileManager.default.copyItem(at: played, to: folder)
      let before = try Program.counts(in: folder)
      let outcome = try DemoStory().play(in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let after = try Program.counts(in: folder)
      #expect(after == before)
    }
  }
}
