import Diagnostics

/// A code list with system and version (`Forms/lists/*.csv`): columns `code`, `az`, `en`, `ru` and others.
public struct CodeList: Sendable {
  public let name: String
  /// The code system that goes into documents: `az.cause`.
  public let system: String
  public let version: String
  /// Where the list comes from; a legal act or a publication.
  public let source: String
  /// The content was compared with its source.
  public let isVerified: Bool
  let table: CodeTable

  /// Reads comment lines `# system=… version=… source="…" verified=…`, the names of the columns and the codes.
  ///
  /// - Parameter file: for messages; its name without folder and extension is the name of the list.
  /// - Throws: `FORM150` with everything that is wrong: header, cells per line, codes twice or with blanks.
  public init(parsing bytes: [UInt8], file: String) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    var head: [String: String] = [:]
    var skipped = 0
    var rest = text[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while rest.first == "#" {
      let end = rest.firstIndex { $0.isNewline } ?? rest.endIndex
      head.merge(Self.properties(rest[..<end].dropFirst())) { first, _ in first }
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
      skipped += 1
    }
    let records = CSV.records(String(rest), separator: ",")
    var problems = Self.problems(records, skipped: skipped, file: file)
    for name in ["system", "version"] where (head[name] ?? "").isEmpty {
      problems.append(Diagnostic("FORM151", ["name": name], at: .init(file: file, line: 1)))
    }
    guard problems.isEmpty, let columns = records.first?.cells else {
      throw Diagnostic(
        "FORM150", ["file": file, "count": "\(problems.count)"], at: .init(file: file),
        causes: problems)
    }
    name = Self.name(ofFile: file)
    system = head["system"] ?? ""
    version = head["version"] ?? ""
    source = head["source"] ?? ""
    isVerified = head["verified"] == "true"
    table = CodeTable(columns: columns, rows: records.dropFirst().map(\.cells))
  }

  /// A list made of the `item`s of one question, or read back from an exported form.
  init(
    name: String, system: String, version: String, source: String = "", isVerified: Bool = true,
    table: CodeTable
  ) {
    self.name = name
    self.system = system
    self.version = version
    self.source = source
    self.isVerified = isVerified
    self.table = table
  }

  /// The codes in the order of the file.
  public var codes: [String] {
    guard let column = table.column("code") else { return [] }
    return (0..<table.rowCount).map { table.cell($0, column) }
  }

  /// What `code` is called; `nil` when the list does not have it.
  public func label(of code: String, in language: String) -> String? {
    guard let row = table.rows(where: "code", is: code)?.first else { return nil }
    return table.column(language).map { table.cell(Int(row), $0) }
  }

  public func contains(_ code: String) -> Bool {
    !(table.rows(where: "code", is: code) ?? []).isEmpty
  }

  private static func name(ofFile file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".csv") ? String(last.dropLast(4)) : last
  }

  /// `name=value` words; a value with blanks stands in quotes.
  private static func properties(_ line: Substring) -> [String: String] {
    var result: [String: String] = [:]
    var rest = line.drop { $0 == " " }
    while let equal = rest.firstIndex(of: "=") {
      let name = String(rest[..<equal])
      rest = rest[rest.index(after: equal)...]
      let isQuoted = rest.first == "\""
      if isQuoted { rest = rest.dropFirst() }
      let end = rest.firstIndex { isQuoted ? $0 == "\"" : $0 == " " } ?? rest.endIndex
      result[name] = String(rest[..<end])
      rest = rest[end...].drop { $0 == " " || $0 == "\"" }
    }
    return result
  }

  private static func problems(
    _ records: [CSV.Record], skipped: Int, file: String
  ) -> [Diagnostic] {
    func place(_ line: Int) -> SourceLocation { .init(file: file, line: line + skipped) }
    guard let columns = records.first?.cells, Set(["code", "az", "en", "ru"]).isSubset(of: columns)
    else {
      return [Diagnostic("FORM152", at: place(1))]
    }
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    let code = columns.firstIndex(of: "code") ?? 0
    if code != 0 { problems.append(Diagnostic("FORM152", at: place(1))) }
    for record in records.dropFirst() {
      guard record.cells.count == columns.count else {
        let counts = ["found": "\(record.cells.count)", "expected": "\(columns.count)"]
        problems.append(Diagnostic("FORM153", counts, at: place(record.line)))
        continue
      }
      let value = record.cells[code]
      if value.isEmpty || value.unicodeScalars.contains(where: \.isXMLSpace) {
        problems.append(Diagnostic("FORM154", ["code": value], at: place(record.line)))
      } else if !seen.insert(value).inserted {
        problems.append(Diagnostic("FORM155", ["code": value], at: place(record.line)))
      }
    }
    return problems
  }
}

/// Comma separated values (RFC 4180).
enum CSV {
  struct Record {
    var line: Int
    var cells: [String]
  }

  static func records(_ text: String, separator: Unicode.Scalar) -> [Record] {
    var records: [Record] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var (line, start) = (1, 1)
    func endRecord() {
      cells.append(String(cell))
      cell = .init()
      if cells != [""] { records.append(Record(line: start, cells: cells)) }
      cells = []
    }
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      if scalar == "\n" { line += 1 }
      switch scalar {
      case "\"" where isQuoted && next == "\"":
        cell.append("\"")
        next = scalars.next()
      case "\"": isQuoted.toggle()
      case separator where !isQuoted:
        cells.append(String(cell))
        cell = .init()
      case "\n" where !isQuoted:
        endRecord()
        start = line
      case "\r" where !isQuoted: break
      default: cell.append(scalar)
      }
    }
    endRecord()
    return records
  }
}
