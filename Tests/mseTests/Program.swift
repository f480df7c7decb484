import Foundation
import TestSupport
import Testing

/// The built `mse`, run as a person runs it.
enum Program {
  /// What a run left behind.
  struct Outcome {
    let code: Int32
    let output: String
    /// Empty where both channels were joined.
    let errors: String

    /// The one object that `--json` printed.
    func json() throws -> [String: Any] {
      let text = output.isEmpty ? errors : output
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      return try #require(value as? [String: Any], "no object: \(text)")
    }
  }

  /// Beside the tests that run now, else in the build folder of the checkout; `MSE_BINARY` names another.
  static let url: URL = {
    let environment = ProcessInfo.processInfo.environment
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let candidates = [
      environment["MSE_BINARY"].map { URL(filePath: $0) },
      tests.deletingLastPathComponent().appending(path: "mse"),
      Bundle.main.bundleURL.appending(path: "mse"),
      Bundle.main.bundleURL.deletingLastPathComponent().appending(path: "mse"),
      Corpus.checkout.appending(path: ".build/debug/mse"),
    ]
    let found = candidates.compactMap { $0 }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else { fatalError("no mse to test: run swift build, or set MSE_BINARY") }
    return found
  }()

  /// Nothing of the machine it runs on reaches the program.
  static let environment = [
    "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "en_US.UTF-8", "TZ": "UTC",
    "COLUMNS": "110", "TMPDIR": FileManager.default.temporaryDirectory.path,
  ]

  /// Runs `mse` with `arguments` in `folder`.
  ///
  /// - Parameters:
  ///   - store: another store than the file in the folder.
  ///   - joined: one channel for results and talk, in the order they were written.
  ///   - largestFile: as on a full disk, no file may grow beyond so many blocks of 512 bytes.
  static func run(
    _ arguments: [String], in folder: URL, input: String = "", user: String? = nil,
    store: String? = nil, joined: Bool = false, largestFile: Int? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    if let largestFile {
      process.executableURL = URL(filePath: "/bin/sh")
      let limited = "trap '' XFSZ; ulimit -f \(largestFile); exec \"$0\" \"$@\""
      process.arguments = ["-c", limited, url.path] + arguments
    }
    process.currentDirectoryURL = folder
    process.environment = environment.merging(user.map { ["MSE_USER": $0] } ?? [:]) { $1 }
      .merging(store.map { ["MSE_STORE": $0] } ?? [:]) { $1 }
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "mse-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    func file(_ name: String, _ text: String = "") throws -> URL {
      let url = scratch.appending(path: name)
      try Data(text.utf8).write(to: url)
      return url
    }
    // files, not pipes: a full pipe that nobody reads would stop the program
    let (output, errors) = try (file("output"), file("errors"))
    let writer = try FileHandle(forWritingTo: output)
    process.standardInput = try FileHandle(forReadingFrom: file("input", input))
    process.standardOutput = writer
    process.standardError = joined ? writer : try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// How many cases a store has, and how many records its unbroken chains.
  static func counts(in folder: URL) throws -> (cases: Int, records: Int) {
    let always = ["--user", "l.aliyeva", "--now", "2026-04-21T10:00"]
    let audit = try run(["audit", "verify", "--json"] + always, in: folder)
    #expect(audit.code == 0, "\(audit.errors)")
    let object = try audit.json()
    #expect(object["intact"] as? Bool == true)
    return (
      try cases(in: folder, always), try #require(object["records"] as? Int, "\(audit.output)")
    )
  }

  /// How many cases a store has, closed ones too.
  static func cases(in folder: URL, _ always: [String]) throws -> Int {
    let list = try run(["case", "list", "--all", "--json", "number"] + always, in: folder)
    return try #require(list.json()["items"] as? [Any], "\(list.errors)").count
  }
}

/// A folder that is gone after `body`.
func inFreshFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = Folders.root.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

enum Folders {
  /// One for this run of the tests, removed when it ends.
  static let root: URL = {
    atexit { try? FileManager.default.removeItem(at: Folders.path) }
    return path
  }()

  private static let path = FileManager.default.temporaryDirectory
    .appending(path: "mse-tests-\(getpid())")
}
