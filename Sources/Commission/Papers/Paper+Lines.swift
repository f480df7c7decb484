extension Paper {
  /// The paper as lines of text; broken between words when they may only be `width` letters long.
  func lines(width: Int?) -> [String] {
    var lines: [String] = []
    func add(_ text: String) {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        lines += width.map { Paper.broken(String(line), at: $0) } ?? [String(line)]
      }
    }
    for line in head { add(line) }
    lines.append("")
    add(title)
    for part in parts {
      lines.append("")
      switch part {
      case .heading(let text), .text(let text): add(text)
      case .facts(let facts): for fact in facts { add(Paper.sentence(fact)) }
      case .rows(let rows):
        for (number, row) in rows.enumerated() {
          add("\(number + 1). " + row.map(Paper.sentence).joined(separator: " "))
        }
      case .items(let items): for item in items { add("- \(item)") }
      }
    }
    if !foot.isEmpty { lines.append("") }
    for line in foot { add(line) }
    return lines
  }

  private static func sentence(_ fact: Fact) -> String {
    let end = fact.value.last.map { ".!?".contains($0) } ?? true
    return "\(fact.name): \(fact.value)\(end ? "" : ".")"
  }

  /// `text` in lines of at most `width` letters; words that are longer are cut.
  private static func broken(_ text: String, at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      var rest = word
      if !line.isEmpty, line.count + 1 + rest.count > width {
        lines.append(line)
        line = ""
      }
      while rest.count > width {
        lines.append(String(rest.prefix(width)))
        rest = rest.dropFirst(width)
      }
      line += line.isEmpty ? String(rest) : " \(rest)"
    }
    return lines + [line]
  }
}

/// Lines as a Braille embosser takes them: 40 cells, 25 lines, the number of the page in the last one, a form feed between
/// pages. The letters stay those of the language: the embosser has its Braille tables.
struct BraillePages {
  static let cells = 40
  private static let linesOfPage = 25
  private let lines: [String]

  init(_ lines: [String]) { self.lines = lines.map(BraillePages.plain) }

  var text: String {
    let room = BraillePages.linesOfPage - 1
    return stride(from: 0, to: max(lines.count, 1), by: room).enumerated().map { number, start in
      var page = Array(lines.dropFirst(start).prefix(room))
      page += Array(repeating: "", count: room - page.count)
      let mark = "\(number + 1)"
      page.append(String(repeating: " ", count: BraillePages.cells - mark.count) + mark)
      return page.joined(separator: "\n")
    }.joined(separator: "\n\u{0C}") + "\n"
  }

  /// Without signs that Braille tables do not know.
  private static func plain(_ line: String) -> String {
    let signs: [Character: String] = [
      "–": "-", "—": "-", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"", "’": "'",
      "…": "...", "№": "No", "·": "-", "\u{A0}": " ",
    ]
    return line.reduce(into: "") { $0 += signs[$1] ?? String($1) }
  }
}
