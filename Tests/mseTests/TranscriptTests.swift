import Foundation
import TestSupport
import Testing

/// `Transcripts/<noun>-<verb>.txt`: what a person types and sees, replayed in a fresh folder.
///
/// `given 9` begins with the story played up to that chapter; `now` and `as` set clock and user of the lines that follow;
/// `$ mse …` is run, `< …` lines are typed into it, and what it prints follows up to `(exit …)`.
/// `UPDATE=1` records again what is printed.
@Test(arguments: try Examples.files(in: "Transcripts"))
func transcript(_ file: Examples) async throws {
  let text = try String(contentsOf: file.url, encoding: .utf8)
  let steps = try TranscriptStep.all(in: text)
  let printed = try await replayed(steps)
  #expect(!printed.contains(Folders.root.path), "a path of this machine")
  try Golden.check(printed, against: file.url.lastPathComponent, in: "Transcripts")
}

/// The same commands over a PostgreSQL store print the same.
@Test(arguments: try Examples.files(in: "Transcripts"))
func transcriptOnPostgreSQL(_ file: Examples) async throws {
  guard let server = try PostgreSQLServer.available() else { return }
  let text = try String(contentsOf: file.url, encoding: .utf8)
  let steps = try TranscriptStep.all(in: text)
  let start = steps.compactMap(\.chapters).first
  let played = try await start.asyncMap {
    try await PlayedStories.shared.database(after: $0, on: server)
  }
  let address = try server.database(copying: played)
  let printed = try await replayed(steps, store: address)
  let shown = String(address.prefix { $0 != "?" })
  #expect(printed.replacingOccurrences(of: shown, with: "mse.sqlite") == text)
}

/// What the steps print in a fresh folder, or in one where the story was played.
private func replayed(_ steps: [TranscriptStep], store: String? = nil) async throws -> String {
  let start = steps.compactMap(\.chapters).first
  let played = try await start.asyncMap { try await PlayedStories.shared.folder(after: $0) }
  return try inFreshFolder { parent in
    let folder = parent.appending(path: "work")
    if let played {
      try FileManager.default.copyItem(at: played, to: folder)
    } else {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    // the program brings only the samples of its story; the refused ones are of the checkout
    for name in [
      "demo", "dossiers", "decisions", "forms", "registers", "classifications", "definitions",
      "cda", "simulation",
    ] {
      let target = folder.appending(path: name)
      if FileManager.default.fileExists(atPath: target.path) {
        try FileManager.default.removeItem(at: target)
      }
      let samples = Corpus.checkout.appending(path: "Samples").resolvingSymlinksInPath()
      try FileManager.default.copyItem(at: samples.appending(path: name), to: target)
    }
    var replay = Replay(folder: folder, store: store)
    return try steps.map { try replay.run($0) }.joined(separator: "\n")
  }
}

/// Every command of the program has a transcript.
@Test func everyCommandHasATranscript() throws {
  let text = try Examples.files(in: "Transcripts")
    .map { try String(contentsOf: $0.url, encoding: .utf8) }.joined(separator: "\n")
  for command in [
    "status", "init", "demo", "lint", "deploy", "case list", "case show", "case open",
    "case timeline", "case explain", "case diagram", "task list", "task show", "task claim",
    "task fill", "task complete",
    "decision list", "decision try", "decision test",
    "decision whatif", "form show", "form fill", "form check", "form import",
    "form export", "dossier import",
    "dossier export", "dossier validate", "dossier seal", "dossier verify", "dossier diff",
    "dossier redact", "dossier send", "dossier forward", "dossier waiting", "dossier resend",
    "dossier settle", "dossier list", "dossier package", "dossier convert", "partner-kit",
    "key new", "key list", "key add", "key revoke", "key export", "deploy list",
    "task release",
    "task assign", "task delegate", "task resolve", "task recuse", "task draft", "task return",
    "task reopen", "task priority", "task follow-up", "task candidates", "task comment",
    "task substitute", "task substitutes", "deadline list", "deadline explain", "deadline pause",
    "deadline resume", "deadline extend", "deadline correct", "case suspend", "case resume",
    "case reopen", "case cancel", "case withdraw", "case deceased", "deploy diff", "calendar show",
    "calendar check",
    "case migrate", "case note", "case timers", "incident list",
    "incident show", "incident retry",
    "user list", "user add", "user role", "user disable", "user whoami", "audit verify",
    "audit checkpoint", "audit proof", "audit log",
    "store copy", "store backup", "store restore", "store verify", "work", "paper list",
    "paper print", "register list", "register print", "register import", "list import", "simulate",
  ] {
    #expect(text.contains("$ mse \(command)"), "mse \(command)")
  }
}

private enum TranscriptStep {
  /// Kept as it is: a comment, a blank line, or one of the three settings.
  case line(String)
  case command(String, input: [String])

  var chapters: Int? {
    guard case .line(let line) = self, line.hasPrefix("given ") else { return nil }
    return Int(line.dropFirst(6))
  }

  static func all(in text: String) throws -> [TranscriptStep] {
    var steps: [TranscriptStep] = []
    var command: String?
    var input: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let current = command {
        if line.hasPrefix("< ") || line == "<" { input.append(String(line.dropFirst(2))) }
        guard line.wholeMatch(of: /\(exit .*\)/) != nil else { continue }
        steps.append(.command(current, input: input))
        (command, input) = (nil, [])
      } else if line.hasPrefix("$ mse") {
        command = line
      } else {
        steps.append(.line(line))
      }
    }
    try #require(command == nil, "a command without (exit …): \(command ?? "")")
    return steps
  }
}

private struct Replay {
  let folder: URL
  let store: String?
  private var now: String?
  private var user: String?

  init(folder: URL, store: String?) {
    self.folder = folder
    self.store = store
  }

  /// The step as it stands in the file, with what it printed.
  mutating func run(_ step: TranscriptStep) throws -> String {
    switch step {
    case .line(let line):
      if line.hasPrefix("now ") { now = String(line.dropFirst(4)) }
      if line.hasPrefix("as ") { user = String(line.dropFirst(3)) }
      return line
    case .command(let line, let input):
      let words = words(of: line).dropFirst(2)
      let time = now.map { ["--now", $0] } ?? []
      let outcome = try Program.run(
        words + time, in: folder, input: input.map { $0 + "\n" }.joined(), user: user,
        store: store, joined: true)
      let typed = input.map { $0.isEmpty ? "<" : "< \($0)" }
      let output = outcome.output.hasSuffix("\n") ? outcome.output.dropLast() : outcome.output[...]
      return
        ([line] + typed + (output.isEmpty ? [] : [String(output)])
        + ["(exit \(outcome.code))"]).joined(separator: "\n")
    }
  }

  /// Words between blanks; double quotes keep blanks in a word.
  private func words(of line: String) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .reduce(into: [""]) { words, part in
        guard part.offset % 2 == 0 else {
          words[words.count - 1] += part.element
          return
        }
        for (index, word) in part.element.split(
          separator: " ", omittingEmptySubsequences: false
        ).enumerated() {
          if index == 0 { words[words.count - 1] += word } else { words.append(String(word)) }
        }
      }
      .filter { !$0.isEmpty }
  }
}

extension Optional where Wrapped: Sendable {
  fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows
    -> Value?
  {
    guard let self else { return nil }
    return try await transform(self)
  }
}
