/// A paper as people read it: what stands on it, in one language, whatever it is printed on.
public struct Paper: Hashable, Sendable {
  /// One thing that is said, and what it is called.
  public struct Fact: Hashable, Sendable {
    public let name: String
    public let value: String
  }

  public enum Part: Hashable, Sendable {
    case heading(String)
    case text(String)
    case facts([Fact])
    /// Rows of one kind; every row has the facts that were given in it.
    case rows([[Fact]])
    case items([String])
  }

  public let language: Language
  public let title: String
  /// Who issued it, its number and day: the lines above the title.
  public let head: [String]
  public let parts: [Part]
  /// The lines below everything.
  public let foot: [String]
  /// Its rows are one table across, however many columns it has.
  public var isWide = false
  /// The columns of that table; those of the rows when empty.
  public var columns: [String] = []
}

/// How a paper is made for its reader: the code list `format` (S3 Art. 22).
///
/// An interpreter is booked with the invitation and changes no paper.
public enum PaperFormat: String, CaseIterable, Hashable, Sendable, Codable {
  /// A page of HTML, A4.
  case plain
  /// The same in letters of 18 points.
  case largePrint = "large-print"
  /// Only what is said in plain words, in large letters.
  case easyRead = "easy-read"
  /// Text in pages of 25 lines of 40 cells, as embossers take it.
  case braille
  /// Text to be read aloud: one sentence after the other, no tables.
  case audio

  /// The first of a person's formats that changes a paper; else `plain`.
  init(of codes: [String]) {
    self = codes.lazy.compactMap(PaperFormat.init).first { $0 != .plain } ?? .plain
  }
}

extension Paper {
  /// The paper as a file: HTML, or UTF-8 text for `braille` and `audio`.
  public func text(as format: PaperFormat) -> String {
    switch format {
    case .plain: html(isLarge: false)
    case .largePrint, .easyRead: html(isLarge: true)
    case .braille: BraillePages(lines(width: BraillePages.cells)).text
    case .audio: lines(width: nil).joined(separator: "\n") + "\n"
    }
  }
}
