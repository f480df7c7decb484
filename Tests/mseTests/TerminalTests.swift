import Foundation
import TestSupport
import Testing

/// `Terminal/<name>.keys`: what a person types at a terminal; `Terminal/<name>.txt`: what then stands there.
///
/// `now` and `as` set clock and user. `$ mse …` is run; `| …` is a line typed into it when it asks, and `cut …` one in
/// the middle of which the power is cut. The case of the test has two tasks, the person's data and the referral.
/// `UPDATE=1` records again what stands there: read it as somebody who sees the program for the first time.
@Test(arguments: try TerminalScript.all())
func terminal(_ script: TerminalScript) throws {
  try inFreshFolder { folder in
    try layPaperReferral(in: folder)
    let seen = try script.play(in: folder)
    #expect(!seen.contains(Folders.root.path), "a path of this machine")
    try Golden.check(seen, against: "\(script.name).txt", in: "Terminal")
  }
}

/// Killed after any answer, with the next one half typed: every answer that was given is in the draft.
@Test(arguments: 1...4)
func aPowerCutLosesOnlyTheLineBeingTyped(_ count: Int) throws {
  let given = ["5ABCDE1", "Əhmədova", "Nərgiz", "Tofiq qızı", "14.06.1985"]
  try inFreshFolder { folder in
    var terminal = try PseudoTerminal(
      ["form", "fill", "identity", "--draft", "draft.xml", "--out", "out.xml", "--lang", "az"],
      in: folder, user: nil)
    for line in given.prefix(count) { try terminal.type(line) }
    try terminal.type(String(given[count].prefix(3)), thenEnter: false)
    terminal.cutPower()
    #expect(try terminal.end() == nil)
    let draft = try String(contentsOf: folder.appending(path: "draft.xml"), encoding: .utf8)
    for line in given.prefix(count) { #expect(draft.contains(">\(line)<")) }
    #expect(!draft.contains(given[count].prefix(3)))
  }
}

/// A store in which a referral that came on paper is waited for.
private func layPaperReferral(in folder: URL) throws {
  let samples = Corpus.checkout.appending(path: "Samples").resolvingSymlinksInPath()
  for name in ["demo", "dossiers"] {
    try FileManager.default.copyItem(
      at: samples.appending(path: name), to: folder.appending(path: name))
  }
  let definitions = ["paper-referral.bpmn", "paper-texts.csv"]
  for name in definitions {
    try FileManager.default.copyItem(
      at: TerminalScript.folder.appending(path: name), to: folder.appending(path: name))
  }
  for (user, words) in [
    ("r.huseynli", ["init", "--test", "--office", "demo/office"]), ("r.huseynli", ["deploy"]),
    ("r.huseynli", ["deploy"] + definitions),
    ("l.aliyeva", ["case", "open", "--dossier", "dossiers/referral/good/ahmadova-child.xml"]),
  ] {
    let outcome = try Program.run(
      words + ["--now", "2026-03-04T09:00"], in: folder, user: user)
    try #require(outcome.code == 0, "\(outcome.errors)")
  }
}

/// One file of keys.
struct TerminalScript: CustomTestStringConvertible, Sendable {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Terminal")

  let name: String

  static func all() throws -> [TerminalScript] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".keys") }.map { TerminalScript(name: String($0.dropLast(5))) }
  }

  var testDescription: String { name }

  /// What stands on the screen, command after command.
  func play(in folder: URL) throws -> String {
    let url = Self.folder.appending(path: "\(name).keys")
    var lines = try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var (now, user): (String?, String?)
    var seen = ""
    while let line = lines.popFirst() {
      if line.hasPrefix("now ") { now = String(line.dropFirst(4)) }
      if line.hasPrefix("as ") { user = String(line.dropFirst(3)) }
      guard line.hasPrefix("$ mse ") else { continue }
      let words = line.dropFirst(6).split(separator: " ").map(String.init)
      var terminal = try PseudoTerminal(
        words + (now.map { ["--now", $0] } ?? []), in: folder, user: user)
      while let next = lines.first, next.hasPrefix("|") || next.hasPrefix("cut ") {
        lines.removeFirst()
        if next.hasPrefix("|") {
          try terminal.type(String(next.dropFirst(2)))
        } else {
          try terminal.type(String(next.dropFirst(4)), thenEnter: false)
          terminal.cutPower()
        }
      }
      let code = try terminal.end()
      let screen = terminal.screen + (terminal.screen.hasSuffix("\n") ? "" : "\n")
      seen += "\(line)\n\(screen)(\(code.map { "exit \($0)" } ?? "killed"))\n\n"
    }
    return String(seen.dropLast())
  }
}
