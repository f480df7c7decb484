import Foundation
import TestSupport
import Testing

/// A declaration of conflicts is its expert's own: nobody else opens the form, and least of all the draft.
///
/// Not a transcript, so that `UPDATE=1` cannot record a leak as what is expected.
@Test(arguments: ["show", "fill"])
func strangersDoNotSeeAForm(_ verb: String) async throws {
  let played = try await PlayedStories.shared.folder(after: 3)
  try inFreshFolder { parent in
    let folder = parent.appending(path: "work")
    try FileManager.default.copyItem(at: played, to: folder)
    func mse(_ words: String..., user: String, input: String = "") throws -> Program.Outcome {
      try Program.run(
        words + ["--now", "2026-03-05T09:00"], in: folder, input: input, user: user)
    }
    let own = try mse("task", "fill", "T-2", user: "o.nagiyev", input: "yes\n!\n")
    try #require(own.code == 0, "\(own.errors)")
    let stranger = try mse("task", verb, "T-2", user: "e.aliyev")
    #expect(stranger.code == 77)
    #expect(stranger.errors.contains("TASK004"), "\(stranger.errors)")
    #expect(!(stranger.output + stranger.errors).contains("o.nagiyev, 05.03.2026"))
    #expect(!(stranger.output + stranger.errors).contains("Are you related"))
  }
}
