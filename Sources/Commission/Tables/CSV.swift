public import Diagnostics

/// A table of comma-separated values with a heading row, as Excel and LibreOffice write it (RFC 4180).
///
/// Lines before the heading that begin with `#` hold `name=value` words about the table.
public struct CSV: Sendable {
  /// One row and where it stands.
  public struct Row: Sendable {
    public let line: Int
    let file: String
    let values: [String: String]

    /// Where it begins.
    public var location: SourceLocation { SourceLocation(file: file, line: line) }

    /// The value of a column, empty when the row ends before it.
    public subscript(_ column: String) -> String { values[column] ?? "" }

    /// The value of a column that must not be empty.
    ///
    /// - Throws: `CASE010` with file, line and column.
    public func required(_ column: String) throws -> String {
      guard let value = values[column], !value.isEmpty else {
        throw Diagnostic("CASE010", ["column": column], at: location)
      }
      return value
    }
  }

  /// The words of the comment lines.
  public let about: [String: String]
  public let rows: [Row]

  /// Reads UTF-8 `bytes`; `file` is only for messages.
  ///
  /// Empty columns at the end, as a spreadsheet may write them, are not there.
  /// - Throws: `CASE009` when a row has more values than the heading, two headings are equal, or a quote is left open.
  public init(parsing bytes: [UInt8], file: String) throws {
    var about: [String: String] = [:]
    var heading: [String] = []
    var rows: [Row] = []
    for (line, fields) in try CSV.lines(of: bytes, file: file) {
      if heading.isEmpty, let first = fields.first, first.hasPrefix("#") {
        for word in fields.joined(separator: ",").dropFirst().split(separator: " ") {
          let parts = word.split(separator: "=", maxSplits: 1)
          if parts.count == 2 { about[String(parts[0])] = String(parts[1]) }
        }
      } else if heading.isEmpty {
        heading = fields.withoutEmptyEnd
        guard Set(heading).count == heading.count else {
          throw Diagnostic("CASE009", at: SourceLocation(file: file, line: line))
        }
      } else {
        guard fields.withoutEmptyEnd.count <= heading.count else {
          throw Diagnostic("CASE009", at: SourceLocation(file: file, line: line))
        }
        let values = Dictionary(uniqueKeysWithValues: zip(heading, fields))
        rows.append(Row(line: line, file: file, values: values))
      }
    }
    self.about = about
    self.rows = rows
  }

  /// The fields of each line that is not empty, with the number of the line they begin on.
  private static func lines(of bytes: [UInt8], file: String) throws -> [(Int, [String])] {
    var lines: [(Int, [String])] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var line = 1
    var start = 1
    func endLine() {
      fields.append(String(decoding: field, as: UTF8.self))
      if fields != [""] { lines.append((start, fields)) }
      (fields, field) = ([], [])
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var index = content.startIndex
    while index < content.endIndex {
      let byte = content[index]
      let next = content.index(after: index)
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && next < content.endIndex && content[next] == byte:
        field.append(byte)
        index = next
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      case UInt8(ascii: "\r") where !isQuoted: break
      case UInt8(ascii: "\n") where !isQuoted:
        endLine()
        line += 1
        start = line
      default:
        if byte == UInt8(ascii: "\n") { line += 1 }
        field.append(byte)
      }
      index = content.index(after: index)
    }
    guard !isQuoted else {
      throw Diagnostic("CASE009", at: SourceLocation(file: file, line: start))
    }
    endLine()
    return lines
  }
}

extension [String] {
  /// Without the empty values at the end.
  fileprivate var withoutEmptyEnd: [String] {
    Array(prefix((lastIndex { !$0.isEmpty } ?? -1) + 1))
  }
}
