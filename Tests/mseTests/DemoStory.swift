import Foundation
import TestSupport
import Testing

/// The story of `mse demo`, or a part or variant of it.
struct DemoStory {
  private var lines: [String]

  /// - Parameter chapters: how many of the numbered chapters are told.
  init(chapters: Int = .max) throws {
    let url = Corpus.checkout.appending(path: "Samples/demo/story.txt")
    let text = try String(contentsOf: url, encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let next = "# \(chapters &+ 1)."
    if let end = lines.firstIndex(where: { $0.hasPrefix(next) }) { lines.removeSubrange(end...) }
  }

  /// The same without what is refused on the way.
  mutating func leaveOutRefusals() {
    while let place = lines.firstIndex(where: { $0.hasPrefix("fails ") }) {
      lines.removeSubrange(place...place + 1)
    }
  }

  /// Says `new` wherever the story says `old`.
  mutating func replace(_ old: String, with new: String) {
    #expect(lines.contains { $0.contains(old) }, "the story has no \(old)")
    lines = lines.map { $0.replacingOccurrences(of: old, with: new) }
  }

  mutating func append(_ line: String) { lines.append(line) }

  /// Plays it in `folder`; every step is an `mse` command in one process.
  func play(in folder: URL) throws -> Program.Outcome {
    let url = folder.appending(path: "story.txt")
    try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
    let outcome = try Program.run(["demo", "--keep", ".", "--story", "story.txt"], in: folder)
    try FileManager.default.removeItem(at: url)
    return outcome
  }
}

/// Folders in which the story was played up to a chapter, each played once and then copied.
actor PlayedStories {
  static let shared = PlayedStories()

  private var played: [Int: Result<URL, any Error>] = [:]
  private var databases: [Int: String] = [:]

  /// A folder for reading only, as it is after `chapters`.
  func folder(after chapters: Int) throws -> URL {
    if let known = played[chapters] { return try known.get() }
    let result = Result { try play(chapters) }
    played[chapters] = result
    return try result.get()
  }

  /// A database that holds the same store.
  ///
  /// - Throws: `PostgreSQLMissing`; ask for the server first.
  func database(after chapters: Int, on server: PostgreSQLServer) throws -> String {
    if let known = databases[chapters] { return known }
    let address = try server.database()
    let copied = try Program.run(
      ["store", "copy", address, "--user", "r.huseynli", "--now", "2026-04-21T10:00"],
      in: folder(after: chapters))
    try #require(copied.code == 0, "\(copied.errors)")
    databases[chapters] = address
    return address
  }

  private func play(_ chapters: Int) throws -> URL {
    let folder = Folders.root.appending(path: "after-\(chapters)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let outcome = try DemoStory(chapters: chapters).play(in: folder)
    try #require(outcome.code == 0, "chapter \(chapters) is not reached: \(outcome.errors)")
    return folder
  }
}

/// A sample of the checkout, as text.
func sample(_ path: String) throws -> String {
  try String(
    contentsOf: Corpus.checkout.appending(path: "Samples/\(path)"), encoding: .utf8)
}

/// Answers that a story takes instead of the sample of the same name.
func lay(_ text: String, as path: String, in folder: URL) throws {
  let url = folder.appending(path: path)
  try FileManager.default.createDirectory(
    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try text.write(to: url, atomically: true, encoding: .utf8)
}
