public import Foundation

/// One file of examples: blocks of input lines, then `=` results and `!` notes; blank lines between blocks, `#` comments.
///
/// `UPDATE=1 swift test` rewrites the results; read that diff before you commit it.
public struct Examples: CustomStringConvertible, Sendable {
  public let url: URL

  public var description: String { url.lastPathComponent }

  /// The `.txt` files of `folder`, which stands beside the calling test file.
  public static func files(in folder: String, beside file: String = #filePath) throws -> [Examples]
  {
    let directory = URL(filePath: file).deletingLastPathComponent().appending(path: folder)
    return try FileManager.default.contentsOfDirectory(
      at: directory, includingPropertiesForKeys: nil
    )
    .filter { $0.pathExtension == "txt" }
    .sorted { $0.path < $1.path }
    .map(Examples.init(url:))
  }

  /// Runs `evaluate` on the input of every block and compares its lines with the recorded ones.
  ///
  /// - Throws: `ExampleMismatch` naming file, line, expected and actual lines of every block that differs.
  public func check(_ evaluate: (String) throws -> [String]) throws {
    var mismatches: [String] = []
    var rewritten: [String] = []
    for block in try Block.all(in: String(contentsOf: url, encoding: .utf8)) {
      let actual = block.input.isEmpty ? [] : try evaluate(block.input.joined(separator: "\n"))
      rewritten.append((block.comments + block.input + actual).joined(separator: "\n"))
      if !block.input.isEmpty, actual != block.results {
        mismatches.append(
          """
          \(url.lastPathComponent):\(block.line)
          \(block.input.joined(separator: "\n"))
          expected: \(block.results.joined(separator: " | "))
          got:      \(actual.joined(separator: " | "))
          """)
      }
    }
    guard !mismatches.isEmpty else { return }
    if ProcessInfo.processInfo.environment["UPDATE"] == "1" {
      try (rewritten.joined(separator: "\n\n") + "\n").write(
        to: url, atomically: true, encoding: .utf8)
    } else {
      throw ExampleMismatch(mismatches: mismatches)
    }
  }
}

/// The blocks of an example file whose results are not the recorded ones.
public struct ExampleMismatch: Error, CustomStringConvertible {
  let mismatches: [String]

  public var description: String { "\n" + mismatches.joined(separator: "\n\n") }
}

private struct Block {
  var line: Int
  var comments: [String] = []
  var input: [String] = []
  var results: [String] = []

  static func all(in text: String) -> [Block] {
    var blocks: [Block] = []
    var current: Block?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard !line.isEmpty else {
        current.map { blocks.append($0) }
        current = nil
        continue
      }
      var block = current ?? Block(line: index + 1)
      if line.hasPrefix("= ") || line.hasPrefix("! ") || line == "=" {
        block.results.append(String(line))
      } else if line.hasPrefix("#"), block.input.isEmpty {
        block.comments.append(String(line))
      } else {
        block.input.append(String(line))
      }
      current = block
    }
    current.map { blocks.append($0) }
    return blocks
  }
}
