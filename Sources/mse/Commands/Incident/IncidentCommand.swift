internal import ArgumentParser
internal import BPMN
internal import Commission
internal import Diagnostics
internal import FEEL

struct IncidentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident", abstract: help("incident"),
    subcommands: [IncidentList.self, IncidentShow.self, IncidentRetry.self])
}

struct IncidentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("incident.list"))

  @Option(name: .customLong("case"), help: ArgumentHelp(help("case.number"))) var caseNumber:
    String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try caseNumber.map { try global.number($0, in: office) }
    let views = try await office.incidents(of: number)
    let output = Output(global)
    var table = Table(
      headings: ["case", "incident", "step", "kind", "cause", "since"].map {
        output.text("column.\($0)")
      })
    for view in views {
      table.rows.append([
        view.caseNumber.description, "\(view.incident.key)", view.name,
        output.text("incident.kind.\(view.incident.kind.rawValue)"), view.incident.problem.code,
        output.moment(view.at),
      ])
    }
    try output.show(
      table, summary: output.text("incident.count", ["count": "\(views.count)"]),
      schema: "incident.list", items: views.map { IncidentList.json($0, output) })
  }

  static func json(_ view: Office.IncidentView, _ output: Output) -> [(String, JSONValue)] {
    [
      ("case", .string(view.caseNumber.description)),
      ("incident", JSONValue(view.incident.key.value)), ("element", .string(view.element)),
      ("name", .string(view.name)), ("kind", .string(view.incident.kind.rawValue)),
      ("code", .string(view.incident.problem.code)),
      ("message", .string(output.messages.sentence(view.incident.problem))),
      ("next", JSONValue(output.messages.next(view.incident.problem))),
      ("location", JSONValue(view.incident.problem.location?.description)),
      ("at", JSONValue(view.at)), ("by", .string(view.by)),
    ]
  }
}

struct IncidentShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: help("incident.show"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("incident.number"))) var incident: Int
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let view = try await office.incident(incident, of: global.number(number, in: office))
    let output = Output(global)
    let problem = view.incident.problem
    var lines = [
      output.text(
        "incident.head",
        [
          "case": view.caseNumber.description, "incident": "\(view.incident.key)",
          "name": view.name, "kind": output.text("incident.kind.\(view.incident.kind.rawValue)"),
        ]),
      output.text("incident.since", ["at": output.moment(view.at), "by": view.by]),
      "\(problem.code) \(problem.location.map { "\($0): " } ?? "")"
        + output.messages.sentence(problem),
    ]
    lines += problem.causes.map { "  \($0.code) \(output.messages.sentence($0))" }
    if let next = output.messages.next(problem) {
      lines.append("\(output.text("next")): \(next)")
    }
    let names = view.variables.keys.sorted()
    lines.append(
      output.text("incident.variables", ["names": names.joined(separator: ", ")]))
    lines.append(
      output.text(
        "incident.retry",
        ["case": view.caseNumber.description, "incident": "\(view.incident.key)"]))
    try output.show(
      lines, schema: "incident.show",
      json: IncidentList.json(view, output) + [
        (
          "causes",
          .list(
            problem.causes.map {
              .object([
                ("code", .string($0.code)), ("message", .string(output.messages.sentence($0))),
              ])
            })
        ), ("variables", JSONValue(names)),
      ])
  }
}

struct IncidentRetry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: help("incident.retry"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("incident.retry.number"))) var incident: Int?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(help("incident.retry.set"), valueName: "name=value")) var changes: [String] =
      []
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    let pairs = try changes.map { try AnswerChange($0) }.map { ($0.path, value($0.value)) }
    let left = try await office.retry(
      incident, of: number, variables: Dictionary(pairs) { $1 }, reason: reason,
      command: global.command)
    let output = Output(global)
    try output.show(
      [
        output.text(
          left == 0 ? "incident.mended" : "incident.left",
          ["case": number.description, "count": "\(left)"])
      ], schema: "incident.retry",
      json: [("case", .string(number.description)), ("incidents", JSONValue(left))])
    if left > 0 { throw ExitCode(ExitCodes.findings) }
  }

  /// Values are FEEL: `78`, `"text"`, `@"2026-01-02"`; what does not parse is a text.
  private func value(_ text: String) -> FEELValue {
    guard let expression = try? FEELExpression(parsing: text), expression.freeNames.isEmpty else {
      return .string(text)
    }
    return expression.evaluate(in: [:]).value
  }
}
