import Commission
import DMN
import Diagnostics
import FEEL
import Foundation
import Testing
import XForms

/// An analyst changes a band, a term and a question by editing files only: lint and deploy take them, new cases follow,
/// running ones keep what they began with.
struct AnalystTests {
  /// The file of this checkout with another text in place of `old`.
  private func edited(_ path: String, _ changes: [(old: String, new: String)]) throws
    -> DefinitionFile
  {
    let file = try #require(TestDefinitions.files.first { $0.path == path })
    var text = String(decoding: file.bytes, as: UTF8.self)
    for change in changes {
      #expect(text.contains(change.old), "\(path) has no \(change.old)")
      text = text.replacingOccurrences(of: change.old, with: change.new)
    }
    return try DefinitionFile(path: path, bytes: Array(text.utf8))
  }

  private func edits() throws -> [DefinitionFile] {
    let question = """
        <select1 name="callBack" list="yes-no">
          <label az="Müəssisəyə zəng edilib?" en="Was the institution called?" ru="Учреждению звонили?"/>
        </select1>
        <select1 name="decision"
      """
    return try [
      edited(
        "Workflows/assessment/degree-az-2022.dmn",
        [
          ("<text>(30..60]</text>", "<text>(30..65]</text>"),
          ("<text>(60..80]</text>", "<text>(65..80]</text>"),
        ]),
      edited(
        "Workflows/shared/deadlines.dmn",
        [
          (
            "<text>10</text>\n        </outputEntry>\n        <outputEntry id=\"clock-parameter-rule-4-out-3\">",
            "<text>12</text>\n        </outputEntry>\n        <outputEntry id=\"clock-parameter-rule-4-out-3\">"
          )
        ]),
      edited("Forms/completeness.xml", [("  <select1 name=\"decision\"", question)]),
    ]
  }

  @Test func aChangedFileChangesWhatHappens() async throws {
    var player = try await ScenarioPlayer()
    _ = try await player.play("now 2026-03-04T09:05")
    _ = try await player.play("dossier referral/good/quliyev-coxarthrosis.xml")
    let before = try await outcome(of: &player)
    #expect(before == Outcome(band: "61-80", term: 10, asksForCall: false))

    let head = try await player.office("r.huseynli")
    let files = try edits()
    #expect(try await head.lint(files).allSatisfy { $0.severity != .error })
    #expect(try await head.deploy(files).added.count == files.count)
    // the running case keeps its question and its term
    #expect(try await !asksForCall(player))
    _ = try await player.play("dossier referral/good/quliyev-coxarthrosis.xml as 7AN0001")
    let after = try await outcome(of: &player)
    #expect(after == Outcome(band: "31-60", term: 12, asksForCall: true))
    _ = try await player.play("case 1")
    #expect(try await term(player) == 10)
  }

  /// What the three files are about, as the office lives it.
  private struct Outcome: Equatable {
    let band: FEELValue?
    let term: Int?
    let asksForCall: Bool
  }

  private func outcome(of player: inout ScenarioPlayer) async throws -> Outcome {
    let asks = try await asksForCall(player)
    try await player.complete("confirm-completeness", [])
    let result = try await player.office("l.aliyeva").tryDecision(
      "disability-band", inputs: ["percent": .number(63)], profile: "AZ-2022")
    var band: FEELValue?
    if case .context(let row) = result.value { band = row["band"] }
    return try await Outcome(band: band, term: term(player), asksForCall: asks)
  }

  private func asksForCall(_ player: ScenarioPlayer) async throws -> Bool {
    guard let task = try await player.tasks().first(where: { $0.element == "confirm-completeness" })
    else { return false }
    let form = try await player.office("l.aliyeva").form(of: task.identifier ?? 0)
    return form.answers.question(at: "callBack") != nil
  }

  private func term(_ player: ScenarioPlayer) async throws -> Int? {
    let clocks = try await player.office("l.aliyeva").clocks(of: player.number)
    return clocks.first { $0.clock.parameter.identifier == "T-MSEC" }?.clock.amount
  }
}
