internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation
internal import Store

/// Plays the whole story on real files: every step is an `mse` command, and repeating it changes nothing.
///
/// Killed at any moment and started again with the same folder, it goes on where it was.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "demo", abstract: help("demo"))

  @Option(help: ArgumentHelp(help("demo.keep"), valueName: "folder")) var keep: String?
  @Option(help: ArgumentHelp(help("demo.story"), valueName: "file")) var story: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let output = Output(global)
    let folder = keep ?? NSTemporaryDirectory() + "mse-demo-\(getpid())"
    let start = FileManager.default.currentDirectoryPath
    let text = try story.map(Files.bytes) ?? Resources.bytes("Samples/demo/story.txt") ?? []
    let steps = try Story(String(decoding: text, as: UTF8.self)).steps
    try lay(into: folder)
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw Diagnostic("USE001", ["file": folder])
    }
    let store = database ?? "mse.sqlite"
    setenv("MSE_STORE", store, 1)
    defer { _ = FileManager.default.changeCurrentDirectoryPath(start) }
    for (index, step) in steps.enumerated() {
      switch step {
      case .narration(let text): output.line(text.isEmpty ? "" : "# " + text)
      case .command(let words, let expected):
        output.line("$ mse " + shown(words))
        if expected != 0, try await isBehind(index, of: steps.count, in: store) { continue }
        let code = await Main.run(words + ["--command-id", "demo-\(index + 1)"])
        guard code == expected else {
          throw Diagnostic(
            "USE007", ["step": shown(words), "code": "\(code)", "expected": "\(expected)"])
        }
        TransactionWatch.tell("s\(index + 1)\n")
      }
    }
    output.line(output.text("demo.done", ["folder": keep ?? folder]))
  }

  /// The database that was named instead of a file in the folder.
  private var database: String? {
    if case .postgresql(let address) = StoreLocation(global.storePath) { address } else { nil }
  }

  /// Whether a later step was done in an earlier run: a refusal is not tried again after what followed it.
  private func isBehind(_ index: Int, of count: Int, in store: String) async throws -> Bool {
    guard let store = try? await global.openStore(StoreLocation(store)) else { return false }
    for later in (index + 2)..<(count + 1)
    where try await store.answer(to: CommandID("demo-\(later)")) != nil {
      return true
    }
    return false
  }

  /// Writes the samples the story works on, where they are not there yet.
  private func lay(into folder: String) throws {
    for path in Resources.paths(below: "Samples/") {
      let target = "\(folder)/\(path.dropFirst("Samples/".count))"
      guard !FileManager.default.fileExists(atPath: target) else { continue }
      let parent = URL(filePath: target).deletingLastPathComponent()
      try? FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try Files.write(Resources.bytes(path) ?? [], to: target)
    }
  }

  /// The command as a person would type it.
  private func shown(_ words: [String]) -> String {
    words.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
  }
}

/// A story: `#` lines are told, `now` and `as` set clock and user, `mse` lines are run, `fails 65` before one says that it
/// must be refused with that code.
struct Story {
  enum Step {
    case narration(String)
    case command([String], expected: Int32)
  }

  let steps: [Step]

  /// - Throws: `USE008` with the line that is none of these.
  init(_ text: String) throws {
    var steps: [Step] = []
    var now: [String] = []
    var user: [String] = []
    var expected: Int32 = 0
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = Story.words(of: line)
      switch words.first {
      case nil: steps.append(.narration(""))
      case "#": steps.append(.narration(line.dropFirst(2).description))
      case "now" where words.count == 2: now = ["--now", words[1]]
      case "as" where words.count == 2: user = ["--user", words[1]]
      case "fails" where words.count == 2: expected = Int32(words[1]) ?? 1
      case "mse":
        steps.append(.command(Array(words.dropFirst()) + now + user, expected: expected))
        expected = 0
      default: throw Diagnostic("USE008", ["line": "\(number + 1)"])
      }
    }
    self.steps = steps
  }

  /// Words between blanks; double quotes keep blanks in a word.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var hasWord = false
    for letter in line {
      switch letter {
      case "\"":
        isQuoted.toggle()
        hasWord = true
      case " " where !isQuoted:
        if hasWord { words.append(word) }
        (word, hasWord) = ("", false)
      default:
        word.append(letter)
        hasWord = true
      }
    }
    if hasWord { words.append(word) }
    return words
  }
}
