internal import Foundation

/// A recorded text (XML, SVG, HTML, a transcript) beside the tests; `UPDATE=1 swift test` records it again.
public enum Golden {
  /// Compares `actual` with the file `name` in `folder` beside the calling test file.
  ///
  /// - Throws: `GoldenMismatch` with the first line that differs, also when there is no such file yet.
  public static func check(
    _ actual: String, against name: String, in folder: String, beside file: String = #filePath
  ) throws {
    let url = URL(filePath: file).deletingLastPathComponent().appending(path: folder).appending(
      path: name)
    let expected = try? String(contentsOf: url, encoding: .utf8)
    guard expected != actual else { return }
    if ProcessInfo.processInfo.environment["UPDATE"] == "1" {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try actual.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let old = (expected ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
      zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    throw GoldenMismatch(
      file: name, line: line + 1, expected: line < old.count ? String(old[line]) : "(end)",
      actual: line < new.count ? String(new[line]) : "(end)")
  }
}

public struct GoldenMismatch: Error, CustomStringConvertible {
  let file: String
  let line: Int
  let expected: String
  let actual: String

  public var description: String { "\(file):\(line)\nexpected: \(expected)\ngot:      \(actual)" }
}
