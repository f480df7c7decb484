internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation

struct RegisterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: help("register"),
    subcommands: [RegisterList.self, RegisterPrint.self, RegisterImport.self])
}

/// Which days of a register.
struct RegisterPeriod: ParsableArguments {
  @Option(help: ArgumentHelp(help("register.month"), valueName: "yyyy-mm")) var month: String?
  @Option(help: ArgumentHelp(help("register.year"), valueName: "yyyy")) var year: Int?
  @Option(help: ArgumentHelp(help("register.from"), valueName: "day")) var from: String?
  @Option(help: ArgumentHelp(help("register.to"), valueName: "day")) var to: String?

  /// The first and the last day; of this year when nothing is said.
  ///
  /// - Throws: `USE009` when one of them is no day, `USE016` no year, `USE017` no month; `USE015` when the last comes before
  ///   the first; `USE018` when a month, a year and days are named together.
  func days(in office: Office) async throws -> (from: Day, to: Day) {
    let isDays = from != nil || to != nil
    guard [month != nil, year != nil, isDays].count(where: \.self) < 2 else {
      throw Diagnostic("USE018")
    }
    let year = self.year ?? office.today.year
    guard (1900...2999).contains(year) else { throw Diagnostic("USE016", ["year": "\(year)"]) }
    if let month {
      guard month.count == 7, let first = Day(month + "-01"), let last = first.lastOfMonth else {
        throw Diagnostic("USE017", ["month": String(month.prefix(40))])
      }
      return (first, last)
    }
    let calendar = try await office.currentDefinitions(for: GlobalOptions.anyProfile).calendar
      .workCalendar
    func day(_ text: String) throws -> Day {
      try DayWord(text).day(today: office.today, calendar: calendar)
    }
    let first = try day(from ?? "\(year)-01-01")
    let last = try day(to ?? "\(max(year, first.year))-12-31")
    guard first <= last else {
      throw Diagnostic("USE015", ["from": first.onPaper, "to": last.onPaper])
    }
    return (first, last)
  }
}

extension Day {
  /// The last day of its month.
  fileprivate var lastOfMonth: Day? {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    return Day("\(next.0)-\(next.1 < 10 ? "0" : "")\(next.1)-01")?.adding(days: -1)
  }
}

struct RegisterList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("register.list"))

  @Argument(help: ArgumentHelp(help("register.name"))) var register: String?
  @OptionGroup var period: RegisterPeriod
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let output = Output(global)
    guard let register else {
      return try await overview(office, output)
    }
    let (from, to) = try await period.days(in: office)
    let page = try await office.page(of: RegisterName(rawValue: register), from: from, to: to)
    var table = Table(headings: page.columns.map { output.text("column.\($0)") })
    table.rows = page.entries.map(\.shown)
    try output.show(
      table, summary: page.summary(in: Settings.language).joined(separator: " "),
      schema: "register.entries",
      items: page.entries.map { entry in
        zip(page.columns, entry.values).map { ($0, JSONValue($1, of: RegisterColumn($0))) }
      })
  }

  private func overview(_ office: Office, _ output: Output) async throws {
    let year = try await period.days(in: office).to.year
    let registers = try await office.registers(in: year)
    var table = Table(
      headings: ["register", "name", "count", "imported"].map { output.text("column.\($0)") })
    for register in registers {
      let name = register.register.rawValue
      table.rows.append([
        name, output.messages.optional("register.\(name)") ?? name,
        register.count.map(String.init) ?? "–",
        register.imported == 0 ? "" : "\(register.imported)",
      ])
    }
    try output.show(
      table, summary: output.text("register.year", ["year": "\(year)"]), schema: "register.list",
      items: registers.map {
        [
          ("register", .string($0.register.rawValue)), ("count", JSONValue($0.count)),
          ("imported", JSONValue($0.imported)),
        ]
      })
  }
}

struct RegisterPrint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print", abstract: help("register.print"))

  @Argument(help: ArgumentHelp(help("register.name"))) var register: String
  @Option(
    help: ArgumentHelp(
      help("paper.format"),
      valueName: PaperFormat.allCases.map(\.rawValue).joined(separator: "|")))
  var format = PaperFormat.plain.rawValue
  @Option(help: ArgumentHelp(help("paper.out"), valueName: "file")) var out: String?
  @OptionGroup var period: RegisterPeriod
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let (from, to) = try await period.days(in: office)
    let page = try await office.page(of: RegisterName(rawValue: register), from: from, to: to)
    let authority = office.authority
    let text = try page.paper(
      in: Settings.language, commission: authority.commissionName(authority.commission)
    ).text(as: OptionWord.value(format))
    try Output(global).write(
      text, to: out, schema: "register.print", json: [("entries", JSONValue(page.entries.count))])
  }
}

struct RegisterImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: help("register.import"))

  @Argument(help: ArgumentHelp(help("register.import.name"))) var register: String
  @Argument(help: ArgumentHelp(help("register.import.file"), valueName: "file")) var file: String
  @Flag(help: ArgumentHelp(help("register.import.dry-run"))) var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let table = try CSV(parsing: Files.bytes(file), file: file)
    let report = try await office.takeOver(
      table, as: RegisterName(rawValue: register), isTrial: dryRun, command: global.command)
    let output = Output(global)
    try show(report, output)
    if !report.isComplete { throw ExitCode(ExitCodes.findings) }
  }

  private func show(_ report: Office.PaperImport, _ output: Output) throws {
    var table = Table(
      headings: ["line", "number", "state", "reason"].map { output.text("column.\($0)") })
    for line in report.lines {
      table.rows.append([
        "\(line.line)", line.number, output.text("register.line.\(outcome(line))"),
        reasons(line.problem, output).joined(separator: " "),
      ])
    }
    let key =
      !report.isComplete
      ? "register.import.none" : dryRun ? "register.import.trial" : "register.import.done"
    try output.show(
      table,
      summary: output.text(
        key,
        [
          "lines": "\(report.lines.count)", "taken": "\(report.count(.taken))",
          "already": "\(report.count(.already))", "wrong": "\(report.count(.wrong))",
        ]), schema: "register.import",
      items: report.lines.map { line in
        [
          ("line", JSONValue(line.line)), ("number", .string(line.number)),
          ("outcome", .string(outcome(line))), ("code", JSONValue(line.problem?.code)),
          ("problems", JSONValue(reasons(line.problem, output))),
        ]
      })
  }

  /// A trial takes nothing.
  private func outcome(_ line: Office.PaperImport.Line) -> String {
    dryRun && line.outcome == .taken ? "trial" : line.outcome.rawValue
  }

  /// What is wrong with a line, each cause with its column.
  private func reasons(_ problem: Diagnostic?, _ output: Output) -> [String] {
    guard let problem else { return [] }
    return (problem.causes.isEmpty ? [problem] : problem.causes).map(output.messages.sentence)
  }
}

extension JSONValue {
  /// A value of a register: numbers as numbers, what is not known as `null`.
  fileprivate init(_ value: String, of column: RegisterColumn) {
    switch column {
    case .number: self = Int(value).map { .number("\($0)") } ?? JSONValue(value, of: .text)
    case .text, .day, .code, .word: self = value.isEmpty ? .null : .string(value)
    }
  }
}
