/// Comma or semicolon separated values (RFC 4180); semicolons when the first line has no comma.
struct CSVReader {
  struct Row {
    /// Counted from 1.
    let line: Int
    let fields: [String]
  }

  /// The rows that are not empty; quotes around fields are taken off.
  static func rows(of text: String) -> [Row] {
    var reader = CSVReader(text)
    var rows: [Row] = []
    while let row = reader.next() {
      if row.fields != [""] { rows.append(row) }
    }
    return rows
  }

  private let characters: [Character]
  private let separator: Character
  private var position = 0
  private var line = 1

  private init(_ text: String) {
    characters = Array(text)
    let first = text.prefix { !$0.isNewline }
    separator = first.contains(",") || !first.contains(";") ? "," : ";"
  }

  private mutating func next() -> Row? {
    guard position < characters.count else { return nil }
    let start = line
    var fields: [String] = []
    while true {
      fields.append(field())
      guard position < characters.count, characters[position] == separator else { break }
      position += 1
    }
    if position < characters.count {
      position += 1
      line += 1
    }
    return Row(line: start, fields: fields)
  }

  /// The field at `position`, which then stands on the separator or line end behind it.
  private mutating func field() -> String {
    var text = ""
    var isQuoted = false
    var wasQuoted = false
    while position < characters.count {
      let character = characters[position]
      if character == "\"", isQuoted || text.trimmed.isEmpty && !wasQuoted {
        if isQuoted, position + 1 < characters.count, characters[position + 1] == "\"" {
          text.append("\"")
          position += 1
        } else {
          if !isQuoted { text = "" }
          isQuoted.toggle()
          wasQuoted = true
        }
      } else if !isQuoted, character == separator || character.isNewline {
        break
      } else {
        if character.isNewline { line += 1 }
        text.append(character)
      }
      position += 1
    }
    return wasQuoted ? text : text.trimmed
  }
}
