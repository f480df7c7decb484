internal import Diagnostics

/// A classification such as ICD-10: chapters, blocks in them, categories in these.
struct Classification: Sendable {
  enum Kind: String, Hashable, Sendable {
    case chapter, block, category
  }

  struct Class: Sendable {
    let code: String
    let kind: Kind
    /// The code of what it belongs to; `nil` for a chapter.
    let parent: String?
    /// By language: what it is called.
    let titles: [Language: String]
    let location: SourceLocation
  }

  /// As the publisher says; `nil` when the file does not.
  let version: String?
  /// In the order of the file, which is that of the publication.
  let classes: [Class]
  private let places: [String: Int]

  /// - Throws: `LIST001` with everything that is wrong: codes twice, without title, below nothing or below themselves.
  init(version: String?, _ classes: [Class], file: String) throws {
    self.version = version
    self.classes = classes
    places = Dictionary(
      classes.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let problems = problems()
    guard problems.isEmpty else {
      throw Diagnostic(
        "LIST001", ["count": "\(problems.count)"], at: SourceLocation(file: file), causes: problems)
    }
    guard classes.contains(where: { $0.kind == .category }) else {
      throw Diagnostic("LIST008", at: SourceLocation(file: file))
    }
  }

  subscript(_ code: String) -> Class? { places[code].map { classes[$0] } }

  /// What `item` belongs to of that kind, itself not counted.
  func ancestor(of item: Class, kind: Kind) -> Class? {
    var current = item.parent.flatMap { self[$0] }
    while let found = current, found.kind != kind { current = found.parent.flatMap { self[$0] } }
    return current
  }

  private func problems() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for (place, item) in classes.enumerated() {
      func problem(_ code: String, _ arguments: [String: String] = [:]) {
        problems.append(
          Diagnostic(code, ["code": item.code].merging(arguments) { $1 }, at: item.location))
      }
      if item.code.isEmpty || item.code.contains(where: \.isWhitespace) { problem("LIST002") }
      if places[item.code] != place { problem("LIST003") }
      if item.titles.isEmpty { problem("LIST004") }
      if let parent = item.parent {
        if self[parent] == nil { problem("LIST005", ["parent": parent]) }
        if isBelowItself(item) { problem("LIST006") }
      }
    }
    return problems
  }

  private func isBelowItself(_ item: Class) -> Bool {
    var steps = 0
    var current = item.parent.flatMap { self[$0] }
    while let found = current {
      steps += 1
      if found.code == item.code || steps > classes.count { return true }
      current = found.parent.flatMap { self[$0] }
    }
    return false
  }
}

extension Classification {
  /// Reads ClaML, or a table with the columns `code`, `kind`, `parent` and the languages.
  ///
  /// - Parameter language: what titles are written in where the file does not say it.
  /// - Throws: `LIST001` with every problem and its line; `LIST007` when it is neither of both.
  init(parsing bytes: [UInt8], file: String, language: Language) throws {
    let start = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    if start == UInt8(ascii: "<") {
      try self.init(claML: bytes, file: file, language: language)
    } else {
      try self.init(table: CSV(parsing: bytes, file: file), file: file)
    }
  }

  private init(table: CSV, file: String) throws {
    var problems: [Diagnostic] = []
    let classes = table.rows.compactMap { row -> Class? in
      guard let kind = row["kind"].isEmpty ? .category : Kind(rawValue: row["kind"]) else {
        problems.append(
          Diagnostic("LIST009", ["code": row["code"], "kind": row["kind"]], at: row.location))
        return nil
      }
      let titles = Language.allCases.compactMap { language in
        row[language.rawValue].isEmpty ? nil : (language, row[language.rawValue])
      }
      return Class(
        code: row["code"], kind: kind, parent: row["parent"].isEmpty ? nil : row["parent"],
        titles: Dictionary(titles) { first, _ in first }, location: row.location)
    }
    guard problems.isEmpty else {
      throw Diagnostic(
        "LIST001", ["count": "\(problems.count)"], at: SourceLocation(file: file), causes: problems)
    }
    guard table.rows.contains(where: { !$0["code"].isEmpty }) else {
      throw Diagnostic("LIST007", at: SourceLocation(file: file))
    }
    try self.init(version: table.about["version"], classes, file: file)
  }
}
