/// A place in a file that a person can open: `Workflows/appeal.bpmn:57`.
public struct SourceLocation: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The file as the user named it; never an absolute path the user did not type.
  public let file: String
  // every element of every document has one: zero stands for `nil`
  private let lineNumber: UInt32
  private let columnNumber: UInt32

  /// Counted from 1; `nil` when only the file is known.
  public var line: Int? { lineNumber == 0 ? nil : Int(lineNumber) }
  /// Counted from 1, in characters; `nil` when only the line is known.
  public var column: Int? { columnNumber == 0 ? nil : Int(columnNumber) }

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    lineNumber = UInt32(clamping: line ?? 0)
    columnNumber = UInt32(clamping: column ?? 0)
  }

  public var description: String {
    [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
  }

  private enum CodingKeys: CodingKey {
    case file, line, column
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      file: try values.decode(String.self, forKey: .file),
      line: try values.decodeIfPresent(Int.self, forKey: .line),
      column: try values.decodeIfPresent(Int.self, forKey: .column))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(file, forKey: .file)
    try values.encodeIfPresent(line, forKey: .line)
    try values.encodeIfPresent(column, forKey: .column)
  }
}
