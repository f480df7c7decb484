/// Columns for people at a terminal; tab-separated lines without headings for everything else.
struct Table {
  let headings: [String]
  var rows: [[String]] = []

  /// Lines of one row each; where these are too wide without cutting numbers, a paragraph for each row.
  ///
  /// - Parameter width: of the terminal, in columns; columns of words give way.
  func lines(width: Int) -> [String] {
    let all = [headings] + rows
    let count = headings.count
    var widths = (0..<count).map { column in all.map { displayWidth($0[column]) }.max() ?? 0 }
    let floors = widths.indices.map(narrowest)
    func excess() -> Int { widths.reduce(0, +) + 2 * (count - 1) - width }
    while excess() > 0,
      let widest = widths.indices.filter({ widths[$0] > floors[$0] })
        .max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
    }
    guard excess() <= 0 else { return paragraphs }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let shown = shortened(cell, to: widths[column])
        line += shown
        if column < count - 1 {
          line += String(repeating: " ", count: widths[column] - displayWidth(shown) + 2)
        }
      }
      return line
    }
  }

  /// How far a column gives way: numbers, days and codes stay whole; sentences are cut between words.
  private func narrowest(_ column: Int) -> Int {
    rows.map { row -> Int in
      let cell = row[column]
      let words = cell.split(separator: " ")
      let least = min(displayWidth(cell), 12)
      guard cell.contains(where: \.isNumber) else { return least }
      guard words.count > 5 else { return displayWidth(cell) }
      let longest =
        words.filter { $0.contains(where: \.isNumber) }
        .map { displayWidth(String($0)) }.max() ?? 0
      return max(least, longest + 1)
    }.max() ?? 0
  }

  /// Each row below its first value, what is empty left out.
  private var paragraphs: [String] {
    rows.flatMap { row -> [String] in
      zip(headings, row).enumerated().compactMap { place, cell in
        guard place > 0 else { return cell.1 }
        return cell.1.isEmpty ? nil : "  \(cell.0): \(cell.1)"
      }
    }
  }

  /// A row as sentences for a screen reader, what is empty left out.
  func spoken(_ row: [String]) -> String {
    zip(headings, row).filter { !$1.isEmpty }.map { "\($0): \($1)" }.reduce("") { text, next in
      guard let last = text.last else { return next }
      return text + (".!?…".contains(last) ? " " : ". ") + next
    }
  }

  var plainLines: [String] {
    rows.map { row in
      row.map { cell in
        String(cell.map { $0 == "\t" || $0 == "\n" ? " " : $0 })
      }.joined(separator: "\t")
    }
  }

  /// Cut between words where a number would be cut.
  private func shortened(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    var result = ""
    for letter in text where displayWidth(result) + displayWidth(String(letter)) < width {
      result.append(letter)
    }
    if let word = result.split(separator: " ").last, word.contains(where: \.isNumber),
      word.count < result.count
    {
      result = String(result.dropLast(word.count + 1))
    }
    return result + "…"
  }
}

/// How many columns a text takes: combining marks none, East Asian wide letters two.
func displayWidth(_ text: String) -> Int {
  text.reduce(0) { width, letter in
    guard let scalar = letter.unicodeScalars.first else { return width }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60,
      0x1F300...0x1FAFF:
      return width + 2
    default: return scalar.properties.isDefaultIgnorableCodePoint ? width : width + 1
    }
  }
}
