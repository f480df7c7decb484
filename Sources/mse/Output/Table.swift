/// Columns for people at a terminal; tab-separated lines without headings for everything else.
struct Table {
  let headings: [String]
  var rows: [[String]] = []

  /// - Parameter width: of the terminal, in columns; the widest column gives way.
  func lines(width: Int) -> [String] {
    let all = [headings] + rows
    let count = headings.count
    var widths = (0..<count).map { column in all.map { displayWidth($0[column]) }.max() ?? 0 }
    let total = widths.reduce(0, +) + 2 * (count - 1)
    if total > width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
      widths[widest] = max(8, widths[widest] - (total - width))
    }
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

  var plainLines: [String] {
    rows.map { row in
      row.map { cell in
        String(cell.map { $0 == "\t" || $0 == "\n" ? " " : $0 })
      }.joined(separator: "\t")
    }
  }

  private func shortened(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    var result = ""
    for letter in text where displayWidth(result) + displayWidth(String(letter)) < width {
      result.append(letter)
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
