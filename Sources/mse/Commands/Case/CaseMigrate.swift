internal import ArgumentParser
internal import BPMN
internal import Commission
internal import Diagnostics

struct CaseMigrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: help("case.migrate"))

  @OptionGroup var choice: CaseChoice
  @Option(help: ArgumentHelp(help("case.migrate.day"), valueName: "day")) var inForce = "today"
  @Option(
    name: .customLong("map"), parsing: .singleValue,
    help: ArgumentHelp(help("case.migrate.map"), valueName: "old=new")) var map: [String] = []
  @Flag(help: ArgumentHelp(help("case.migrate.keep-rules"))) var keepRules = false
  @Flag(help: ArgumentHelp(help("case.migrate.dry-run"))) var dryRun = false
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard dryRun || reason != nil else { throw ValidationError(help("case.migrate.missing")) }
  }

  func run() async throws {
    let office = try await global.office()
    let numbers = try await choice.cases(global, in: office)
    let calendar = try await office.currentDefinitions(for: GlobalOptions.anyProfile).calendar
    let day = try DayWord(inForce).day(today: office.today, calendar: calendar.workCalendar)
    let pairs = try map.map { try AnswerChange($0) }.map { ($0.path, $0.value) }
    let order = Office.MigrationOrder(
      day: day, elements: Dictionary(pairs) { $1 }, keepsRules: keepRules)
    guard !dryRun, let reason else {
      let views = try await office.migrationReport(of: numbers, order: order)
      try report(views)
      if views.contains(where: { !$0.isPossible }) { throw ExitCode(ExitCodes.findings) }
      return
    }
    let care = try await office.migrate(
      numbers, order: order, reason: reason, command: global.command)
    try CareAnswer(global: global).show("migrate", care)
  }

  private func report(_ views: [Office.MigrationView]) throws {
    let output = Output(global)
    try output.show(
      views.flatMap { lines($0, output) }, schema: "case.migrate.report",
      json: [("cases", .list(views.map { json($0, output) }))])
  }

  private func lines(_ view: Office.MigrationView, _ output: Output) -> [String] {
    let key =
      view.isEmpty ? "migrate.nothing" : view.isPossible ? "migrate.possible" : "migrate.refused"
    var lines = [output.text(key, ["case": view.caseNumber.description])]
    lines += view.change.added.map { output.text("migrate.added", ["definition": $0]) }
    lines += view.change.removed.map { output.text("migrate.removed", ["definition": $0]) }
    lines += view.report.lines.filter { $0.element != $0.target }.map {
      output.text("migrate.line", ["from": $0.element, "to": $0.target])
    }
    lines += view.report.begun.map { output.text("migrate.begun", ["event": $0]) }
    lines += view.report.ended.map { output.text("migrate.ended", ["event": $0]) }
    for problem in view.report.problems {
      lines.append("  ! \(problem.code) \(output.messages.sentence(problem))")
      if let next = output.messages.next(problem) {
        lines.append("    \(output.text("next")): \(next)")
      }
    }
    return lines
  }

  private func json(_ view: Office.MigrationView, _ output: Output) -> JSONValue {
    .object([
      ("case", .string(view.caseNumber.description)), ("possible", .boolean(view.isPossible)),
      ("added", JSONValue(view.change.added)), ("removed", JSONValue(view.change.removed)),
      (
        "steps",
        .list(
          view.report.lines.map {
            .object([("from", .string($0.element)), ("to", .string($0.target))])
          })
      ),
      ("begun", JSONValue(view.report.begun)), ("ended", JSONValue(view.report.ended)),
      (
        "problems",
        .list(
          view.report.problems.map {
            .object([
              ("code", .string($0.code)), ("message", .string(output.messages.sentence($0))),
            ])
          })
      ),
    ])
  }
}
