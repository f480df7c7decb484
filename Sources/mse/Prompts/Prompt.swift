internal import CEdit
internal import Foundation

/// Where a person types.
enum Prompt {
  /// One typed line without its end; `nil` at the end of input.
  ///
  /// At a terminal the line can be corrected with the arrow keys; from a file or pipe it is taken as it is.
  static func line() -> String? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return readLine() }
    guard let line = cedit_line() else { return nil }
    defer { free(line) }
    return String(cString: line)
  }
}
