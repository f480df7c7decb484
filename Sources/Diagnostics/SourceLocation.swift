/// A place in a file that a person can open: `Workflows/appeal.bpmn:57`.
public struct SourceLocation: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The file as the user named it; never an absolute path the user did not type.
  public let file: String
  /// Counted from 1; `nil` when only the file is known.
  public let line: Int?
  /// Counted from 1, in characters; `nil` when only the line is known.
  public let column: Int?

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String {
    [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
  }
}
