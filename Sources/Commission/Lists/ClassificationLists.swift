internal import Diagnostics
internal import XForms

/// A classification as the code lists that forms read: one of its categories, one of its chapters, one of its blocks.
public struct ClassificationLists: Sendable {
  public struct File: Sendable {
    /// `icd10.csv`.
    public let name: String
    public let bytes: [UInt8]
  }

  public let version: String
  public let files: [File]
  /// How many codes the list of categories has.
  public let count: Int
  /// Codes without a title of their own in a language: they show that of the file.
  public let untranslated: [Language: Int]
  /// Codes of the list before that the new one has no more.
  public let dropped: [String]

  /// Makes the lists of a classification that was published as ClaML (ISO 13120) or as a table.
  ///
  /// Titles in languages that the file does not have are taken from the lists before.
  /// - Parameters:
  ///   - name: of the list: `icd10`.
  ///   - before: the lists before by file name; that of the categories also says the code system.
  ///   - language: what titles are written in where the file does not say it.
  ///   - version: of the edition, where the file does not say it.
  /// - Throws: `LIST001` with every problem and its line; `LIST007` when it is no classification; `LIST011` when nobody says
  ///   the version.
  public init(
    parsing bytes: [UInt8], file: String, name: String, before: [String: [UInt8]],
    language: Language,
    version: String? = nil
  ) throws {
    let classification = try Classification(parsing: bytes, file: file, language: language)
    func list(_ suffix: String) throws -> CodeList? {
      try before[name + suffix].map { try CodeList(parsing: $0, file: name + suffix) }
    }
    let base = try list(".csv")
    guard let edition = version ?? classification.version, !edition.isEmpty else {
      throw Diagnostic("LIST011", at: SourceLocation(file: file))
    }
    self.version = edition
    let known: [Classification.Kind: CodeList?] = [
      .category: base, .chapter: try list("-chapter.csv"), .block: try list("-block.csv"),
    ]
    var writer = ListWriter(
      classification: classification, before: known.compactMapValues(\.self),
      system: base?.system ?? name, version: edition,
      source: file.split(separator: "/").last.map(String.init) ?? file)
    files = [
      File(name: "\(name).csv", bytes: writer.categories()),
      File(name: "\(name)-chapter.csv", bytes: writer.list(of: .chapter)),
      File(name: "\(name)-block.csv", bytes: writer.list(of: .block)),
    ].filter { $0.name == "\(name).csv" || $0.bytes.count { $0 == UInt8(ascii: "\n") } > 2 }
    count = classification.classes.count { $0.kind == .category }
    untranslated = writer.untranslated
    dropped = (base?.codes ?? []).filter { classification[$0] == nil }
    for file in files { _ = try CodeList(parsing: file.bytes, file: file.name) }
  }
}

/// Writes the lists of a classification as CSV.
private struct ListWriter {
  let classification: Classification
  let before: [Classification.Kind: CodeList]
  let system: String
  let version: String
  let source: String
  private(set) var untranslated: [Language: Int] = [:]

  init(
    classification: Classification, before: [Classification.Kind: CodeList], system: String,
    version: String,
    source: String
  ) {
    self.classification = classification
    self.before = before
    self.system = system
    self.version = version
    self.source = source
  }

  mutating func categories() -> [UInt8] {
    var lines = [head(system), "code,az,en,ru,chapter,block"]
    for item in classification.classes where item.kind == .category {
      for language in Language.allCases where title(of: item, in: language) == nil {
        untranslated[language, default: 0] += 1
      }
      lines.append(
        line(
          item,
          [
            classification.ancestor(of: item, kind: .chapter)?.code ?? "",
            classification.ancestor(of: item, kind: .block)?.code ?? "",
          ]))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func list(of kind: Classification.Kind) -> [UInt8] {
    let isBelow = kind != .chapter
    var lines = [
      head("\(system).\(kind.rawValue)"), "code,az,en,ru" + (isBelow ? ",parent" : ""),
    ]
    for item in classification.classes where item.kind == kind {
      lines.append(line(item, isBelow ? [item.parent ?? ""] : []))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func head(_ system: String) -> String {
    func word(_ text: String) -> String { "\"\(text.filter { $0 != "\"" })\"" }
    let edition = version.contains(where: \.isWhitespace) ? word(version) : version
    return "# system=\(system) version=\(edition) source=\(word(source)) verified=false"
  }

  private func line(_ item: Classification.Class, _ more: [String]) -> String {
    let fallback = item.titles[.en] ?? Language.allCases.lazy.compactMap { item.titles[$0] }.first
    let titles = [Language.az, .en, .ru].map { title(of: item, in: $0) ?? fallback ?? item.code }
    return ([item.code] + titles + more).map(quoted).joined(separator: ",")
  }

  /// What the file says, else what the list before said.
  private func title(of item: Classification.Class, in language: Language) -> String? {
    item.titles[language] ?? before[item.kind]?.label(of: item.code, in: language.rawValue)
  }

  private func quoted(_ value: String) -> String {
    value.contains { ",\"\n".contains($0) }
      ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
  }
}
