/// How wide text is drawn, without a font at hand: the widths of DejaVu Sans, the widest font a viewer is likely to use.
public enum TextWidths {
  /// Thousandths of the font size, and the characters that are about so wide.
  private static let groups: [(Int, String)] = [
    (275, "ijlıî"), (300, "IJİÎ"), (325, " ,./:;\\|’'"), (350, "-f"), (400, "!()[]rt"),
    (450, "\""), (500, "*_`–°§"), (525, "?szş„“”гз"), (550, "Lcçсэ"), (575, "Fkт"),
    (600, "PTYovxyö«»ГРТУвкоухчья"), (625, "$0123456789ESabdeghnpqu{}əğŞüâûЕаберёЁ"),
    (650, "KЗийлнп"), (675, "ABVXZÂАБВХЧЬц"), (700, "CRÇКСЭЯдъ"), (725, "UÜÛ"), (750, "HNИЙЛНПм"),
    (775, "&DGOQƏĞÖДОЦ"), (800, "ы"), (825, "wЪ"), (850, "#+<=>^~Ффю"), (875, "MМЫ"), (900, "ж"),
    (925, "ш"), (950, "%щ"), (975, "m"), (1000, "@W—…"), (1050, "№"), (1075, "ЖШЮ"), (1100, "Щ"),
  ]
  /// What an unknown character takes: a wide capital, so that text is rather wrapped too early.
  private static let unknown = 800

  private static let widths: [Character: Int] = {
    var widths: [Character: Int] = [:]
    for (width, characters) in groups {
      for character in characters { widths[character] = width }
    }
    return widths
  }()

  /// - Parameter size: of the font; the width is in the same unit.
  public static func width(of text: some StringProtocol, size: Double) -> Double {
    var thousandths = 0
    for character in text { thousandths += widths[character] ?? unknown }
    return Double(thousandths) / 1000 * size
  }

  /// `text` in lines no wider than `width`: at blanks, and inside a word only when it alone is too wide.
  ///
  /// - Parameter limit: how many lines there is room for; what does not fit ends in "…".
  static func wrap(_ text: String, to width: Double, size: Double, limit: Int = .max) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      let longer = line.isEmpty ? word : line + " " + word
      if self.width(of: longer, size: size) <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = word
      while self.width(of: line, size: size) > width, line.count > 1 {
        let head = prefix(of: line, fitting: width, size: size)
        lines.append(head)
        line.removeFirst(head.count)
      }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > limit, limit > 0 else { return limit > 0 ? lines : [] }
    return Array(lines.prefix(limit - 1))
      + [ellipsized(lines[limit - 1], to: width, size: size)]
  }

  private static func prefix(of text: String, fitting width: Double, size: Double) -> String {
    var used = 0.0
    var head = ""
    for character in text {
      used += Self.width(of: String(character), size: size)
      if used > width, !head.isEmpty { break }
      head.append(character)
    }
    return head
  }

  private static func ellipsized(_ line: String, to width: Double, size: Double) -> String {
    var line = line
    while !line.isEmpty, Self.width(of: line + "…", size: size) > width { line.removeLast() }
    return line + "…"
  }
}
