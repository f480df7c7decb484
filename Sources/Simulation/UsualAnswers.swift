internal import Diagnostics

/// What usually stands in a form, so that a run names only what matters: `Samples/simulation/answers.txt`.
///
/// A line `[form]`, then `path = text`; the form `*` is any form, the row `[*]` any row, `TODAY+14` a day two weeks on.
public struct UsualAnswers: Sendable {
  private let texts: [String: [String: String]]

  /// - Throws: `SIM004` with the line that is neither a form nor an answer.
  public init(parsing bytes: [UInt8], file: String) throws {
    var texts: [String: [String: String]] = [:]
    var form = ""
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      if line.hasPrefix("["), line.hasSuffix("]") {
        form = String(line.dropFirst().dropLast())
        continue
      }
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, !form.isEmpty else {
        throw Diagnostic("SIM004", at: SourceLocation(file: file, line: index + 1))
      }
      texts[form, default: [:]][Self.trimmed(parts[0])] = Self.trimmed(parts[1])
    }
    self.texts = texts
  }

  /// The text that usually stands at `path`; an answer of that name in any form when the form has none of its own.
  func text(at path: String, in form: String) -> String? {
    texts[form]?[Self.anyRow(path)] ?? texts["*"]?[String(path.split(separator: "/").last ?? "")]
  }

  /// `measures[3]/unit` → `measures[*]/unit`.
  private static func anyRow(_ path: String) -> String {
    var plain = ""
    var isRow = false
    for letter in path {
      if letter == "[" {
        isRow = true
        plain += "[*"
      }
      if letter == "]" { isRow = false }
      if !isRow { plain.append(letter) }
    }
    return plain
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " }
    return String(
      start.prefix(upTo: start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex)
    )
  }
}
