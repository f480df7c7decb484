internal import ArgumentParser
internal import Commission
internal import DMN
internal import Diagnostics
internal import FEEL

struct DecisionTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: help("decision.test"))

  @Argument(help: ArgumentHelp(help("decision.name"))) var name: String
  @Argument(help: ArgumentHelp(help("decision.test.examples"), valueName: "file"))
  var examples: String
  @Option(help: ArgumentHelp(help("decision.test.version"), valueName: "version|file"))
  var version: String?
  @Option(help: ArgumentHelp(help("option.profile"))) var profile = "AZ-2022"
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let trial = try await office.trial(
      name, version: version.map { try DecisionVersion($0) } ?? .inForce, profile: profile)
    let examples = try DecisionExamples(
      csv: DecisionFiles.text(examples), file: examples, for: name, of: trial.model)
    let report = try trial.model.test(name, examples: examples, environment: trial.environment)
    try DecisionTestText(output: Output(global), report: report, examples: examples).show()
    if !report.failures.isEmpty { throw ExitCode(ExitCodes.findings) }
  }
}

/// Which examples came out otherwise than expected, why, and which rules no example reaches.
private struct DecisionTestText {
  let output: Output
  let report: DecisionTestReport
  let examples: DecisionExamples

  func show() throws {
    var table = Table(
      headings: ["line", "name", "expected", "found"].map { output.text("column.\($0)") })
    table.rows = report.failures.map {
      ["\($0.line)", $0.output, "\($0.expected)", "\($0.found)"]
    }
    try output.show(
      report.failures.flatMap(paragraph), else: table, summary: summary, schema: "decision.test",
      json: [
        ("total", JSONValue(report.total)), ("passed", JSONValue(report.passed)),
        ("failures", .list(report.failures.map(json))),
        ("rules", .list(report.coverage.map(json))),
      ])
  }

  private var summary: [String] {
    let rules = report.coverage.count
    return [
      output.text(
        "decision.test.summary", ["passed": "\(report.passed)", "total": "\(report.total)"]),
      output.text(
        "decision.test.coverage",
        ["reached": "\(rules - report.uncovered.count)", "rules": "\(rules)"]),
    ]
      + report.uncovered.map {
        output.text("decision.test.unreached", ["table": $0.table, "rule": "\($0.number)"])
      }
  }

  private func paragraph(_ failure: DecisionTestReport.Failure) -> [String] {
    let inputs = examples.rows.first { $0.line == failure.line }?.inputs ?? [:]
    return [
      output.text("decision.line", ["line": "\(failure.line)", "inputs": inputs.inWords]),
      "├ "
        + output.text(
          "decision.test.failure",
          [
            "output": failure.output, "expected": "\(failure.expected)",
            "found": "\(failure.found)",
          ]),
    ] + ExplanationText(output: output).tree(failure.trace).map { "│   " + $0 }
      + failure.notes.map { "│   " + output.messages.sentence($0) }
  }

  private func json(_ failure: DecisionTestReport.Failure) -> JSONValue {
    .object([
      ("line", JSONValue(failure.line)), ("output", .string(failure.output)),
      ("expected", JSONValue(failure.expected)), ("found", JSONValue(failure.found)),
      ("trace", ExplanationText(output: output).json(failure.trace)),
      ("notes", .list(failure.notes.map { .string($0.description) })),
    ])
  }

  private func json(_ rule: DecisionTestReport.RuleCoverage) -> JSONValue {
    .object([
      ("table", .string(rule.table)), ("rule", JSONValue(rule.number)), ("id", .string(rule.id)),
      ("matches", JSONValue(rule.matches)),
    ])
  }
}
