internal import FEEL
internal import XForms

/// Codes, days and numbers of registers and lists in the words of people.
public struct CodeWords: Sendable {
  let messages: Messages
  let set: DefinitionSet

  /// The value itself where there are no words for it.
  public func shown(_ value: String, _ column: RegisterColumn) throws -> String {
    switch column {
    case .text, .number: return value
    case .day: return Day(value)?.onPaper ?? value
    case .code(let list):
      return try set.list(list)?.label(of: value, in: messages.language.rawValue) ?? value
    case .word(let keys):
      let words = value.split(separator: ",").map { part in
        let code = part.drop { $0 == " " }
        return keys.lazy.compactMap { messages.optional("\($0).\(code)") }.first
      }
      let known = words.compactMap(\.self)
      return known.count == words.count ? known.joined(separator: ", ") : value
    }
  }

  func entry(_ entry: RegisterPage.Entry, in columns: [String]) throws -> RegisterPage.Entry {
    var result = entry
    // what was erased has no more than its number
    result.values += Array(repeating: "", count: max(0, columns.count - entry.values.count))
    result.shown = try zip(columns, result.values).map { try shown($1, RegisterColumn($0)) }
    return result
  }
}

extension Office {
  /// The words of codes in the language of the office.
  public func codeWords() async throws -> CodeWords {
    CodeWords(messages: Messages(language), set: try await currentDefinitions(for: "AZ-2022"))
  }
}
