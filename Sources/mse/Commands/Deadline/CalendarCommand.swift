internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL

struct CalendarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: help("calendar"),
    subcommands: [CalendarShow.self, CalendarCheck.self])
}

struct CalendarShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: help("calendar.show"))

  @Argument(help: ArgumentHelp(help("calendar.show.year"))) var year: Int?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let year = try await global.office(passingTime: false).calendarYear(year)
    let output = Output(global)
    var table = Table(
      headings: ["day", "kind", "name", "source"].map { output.text("column.\($0)") })
    for day in year.days {
      table.rows.append([
        output.date(day.day), output.text("day.\(day.kind)"), day.name,
        day.isVerified ? day.source : output.text("calendar.unverified", ["source": day.source]),
      ])
    }
    try output.show(
      table,
      summary: output.text(
        "calendar.summary",
        [
          "year": "\(year.year)", "version": year.version,
          "count": "\(year.workingDays.reduce(0, +))",
          "months": year.workingDays.map(String.init).joined(separator: " "),
        ]), schema: "calendar.show",
      items: year.days.map {
        [
          ("day", .string($0.day.description)), ("kind", .string($0.kind)),
          ("name", .string($0.name)), ("source", .string($0.source)),
          ("verified", .boolean($0.isVerified)),
        ]
      })
  }
}

struct CalendarCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: help("calendar.check"))

  @Argument(help: ArgumentHelp(help("calendar.check.file"))) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let (comparison, moved) = try await office.tryCalendar(Files.bytes(file), file: file)
    let output = Output(global)
    var lines = ComparisonText(output).lines(comparison)
    lines += moved.map {
      output.text(
        "calendar.moved",
        [
          "case": $0.caseNumber.description, "clock": $0.clock, "before": output.moment($0.before),
          "after": output.moment($0.after),
        ])
    }
    lines.append(output.text("calendar.check.done", ["count": "\(moved.count)"]))
    try output.show(
      lines, schema: "calendar.check",
      json: ComparisonText.json(comparison) + [
        (
          "moved",
          .list(
            moved.map {
              .object([
                ("case", .string($0.caseNumber.description)), ("clock", .string($0.clock)),
                ("before", JSONValue($0.before)), ("after", JSONValue($0.after)),
              ])
            })
        )
      ])
  }
}
