internal import Diagnostics

/// Words of options.
enum OptionWord {
  /// One of a few things.
  ///
  /// - Throws: `USE013` listing the words when it is none of them.
  static func value<Value: RawRepresentable & CaseIterable>(_ text: String) throws -> Value
  where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic("USE013", ["word": String(text.prefix(40)), "known": known])
    }
    return value
  }

  /// A text that says something.
  ///
  /// - Throws: `USE025` when it is empty.
  static func filled(_ text: String) throws -> String {
    guard !text.allSatisfy(\.isWhitespace) else { throw Diagnostic("USE025") }
    return text
  }
}
