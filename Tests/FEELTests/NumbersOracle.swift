import Foundation

/// Random cases with their results from a Python script in `Oracle/`.
///
/// `MSE_ORACLE_CASES` sets how many: 5,000 by default, a million (five minutes) before a release.
enum Oracle {
  private static let longestRun = 50_000

  private static var count: Int {
    ProcessInfo.processInfo.environment["MSE_ORACLE_CASES"].flatMap(Int.init) ?? 5_000
  }

  /// What `check` answers for the lines of `script`, split at tabs; nothing, with a message, where there is no Python.
  static func mismatches(
    with script: String, _ check: ([Substring]) throws -> String?
  ) throws -> [String] {
    guard let python else {
      print("skipped: no python3 in PATH; install it to run \(script)")
      return []
    }
    return try stride(from: 0, to: count, by: longestRun).flatMap { start in
      let run = min(longestRun, count - start)
      return try lines(of: script, python: python, count: run, seed: start / longestRun + 1)
        .compactMap { try check($0.split(separator: "\t")) }
    }
  }

  private static func lines(
    of script: String, python: URL, count: Int, seed: Int, beside file: String = #filePath
  ) throws -> [Substring] {
    let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Oracle")
    let process = Process()
    process.executableURL = python
    process.arguments = ["-B", folder.appending(path: script).path, String(count), String(seed)]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw OracleFailure(script: script) }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  private static var python: URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: "python3") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}

struct OracleFailure: Error {
  let script: String
}
