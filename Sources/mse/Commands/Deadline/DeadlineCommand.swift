internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL

struct DeadlineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deadline", abstract: help("deadline"),
    subcommands: [
      DeadlineList.self, DeadlineExplain.self, DeadlinePause.self, DeadlineResume.self,
      DeadlineExtend.self, DeadlineCorrect.self,
    ], aliases: ["clock"])
}

struct DeadlineList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("deadline.list"))

  @Option(name: .customLong("case"), help: ArgumentHelp(help("case.number"))) var caseNumber:
    String?
  @Option(help: ArgumentHelp(help("deadline.list.due"), valueName: "day")) var due: String?
  @Option(help: ArgumentHelp(help("list.limit"), valueName: "n")) var limit = 200
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try caseNumber.map { try global.number($0, in: office) }
    var dueBy: Instant?
    if let due {
      let calendar = try await office.currentDefinitions(for: GlobalOptions.anyProfile).calendar
      dueBy = calendar.end(
        of: try DayWord(due).day(today: office.today, calendar: calendar.workCalendar))
    }
    let views = try await office.clocks(of: number, dueBy: dueBy, limit: limit)
    let output = Output(global)
    let words = ClockWords(output: output, now: office.now)
    var table = Table(
      headings: ["case", "clock", "due", "left", "source"].map { output.text("column.\($0)") })
    for view in views {
      table.rows.append([
        view.caseNumber.description, view.clock.parameter.identifier, words.due(view),
        words.left(view), view.clock.parameter.source,
      ])
    }
    try output.show(
      table, summary: output.text("deadline.count", ["count": "\(views.count)"]),
      schema: "deadline.list", items: views.map { words.json($0) })
  }
}

struct DeadlineExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: help("deadline.explain"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("deadline.name"))) var clock: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    let views = try await office.explainClocks(of: number)
      .filter { clock == nil || $0.clock.parameter.identifier == clock }
    if let clock, views.isEmpty { throw Diagnostic("CASE048", ["clock": clock]) }
    let output = Output(global)
    let words = ClockWords(output: output, now: office.now)
    let none = output.messages.text("deadline.none", ["case": number.description])
    try output.show(
      views.isEmpty ? [none] : views.flatMap { words.explanation($0) }, schema: "deadline.explain",
      json: [
        ("case", .string(number.description)),
        ("clocks", .list(views.map { .object(words.json($0)) })),
      ])
  }
}

/// The answer of a command that changed a clock: what is due now.
struct ClockAnswer {
  let global: GlobalOptions
  let office: Office

  func show(_ verb: String, _ clock: String, of number: CaseNumber) async throws {
    let output = Output(global)
    let words = ClockWords(output: output, now: office.now)
    let views = try await office.clocks(of: number)
      .filter { $0.clock.parameter.identifier == clock }
    try output.show(
      [output.text("deadline.done.\(verb)", ["clock": clock, "case": number.description])]
        + views.flatMap { words.explanation($0) }, schema: "deadline.\(verb)",
      json: views.first.map { words.json($0) } ?? [("clock", .string(clock))])
  }
}

struct DeadlinePause: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: help("deadline.pause"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("deadline.name"))) var clock = "T-MSEC"
  @Option(help: ArgumentHelp(help("deadline.pause.reason"), valueName: "code")) var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.pauseClock(clock, of: number, reason: reason, command: global.command)
    try await ClockAnswer(global: global, office: office).show("pause", clock, of: number)
  }
}

struct DeadlineResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: help("deadline.resume"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("deadline.name"))) var clock = "T-MSEC"
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.resumeClock(clock, of: number, command: global.command)
    try await ClockAnswer(global: global, office: office).show("resume", clock, of: number)
  }
}

struct DeadlineExtend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: help("deadline.extend"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("deadline.name"))) var clock = "T-MSEC"
  @Option(help: ArgumentHelp(help("deadline.extend.to"), valueName: "n")) var to: Int?
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.extendClock(
      clock, of: number, to: to, reason: reason, command: global.command)
    try await ClockAnswer(global: global, office: office).show("extend", clock, of: number)
  }
}

struct DeadlineCorrect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: help("deadline.correct"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("deadline.name"))) var clock = "T-MSEC"
  @Option(help: ArgumentHelp(help("deadline.correct.amount"), valueName: "n")) var amount: Int?
  @Option(help: ArgumentHelp(help("deadline.correct.start"), valueName: "time")) var start: String?
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.correctClock(
      clock, of: number, amount: amount, startedAt: start.map { try Moment.parse($0) },
      reason: reason, command: global.command)
    try await ClockAnswer(global: global, office: office).show("correct", clock, of: number)
  }
}
