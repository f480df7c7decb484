internal import ArgumentParser
internal import Commission
internal import Diagnostics

struct Lint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "lint", abstract: help("lint"))

  @Argument(help: ArgumentHelp(help("deploy.paths"))) var paths: [String] = []
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    var files: [DefinitionFile] = []
    let findings: [Diagnostic]
    do {
      files = try DefinitionFiles.read(paths)
      // a single file is checked beside the definitions that came with mse
      findings = try DefinitionLint(files, beside: paths.isEmpty ? [] : DefinitionFiles.read([]))
        .findings()
    } catch let problem as Diagnostic where problem.code == "CASE018" {
      findings = problem.causes
    }
    let output = Output(global)
    let errors = findings.count { $0.severity == .error }
    let summary = output.text(
      "lint.summary",
      ["files": "\(files.count)", "errors": "\(errors)", "warnings": "\(findings.count - errors)"])
    var lines: [String] = []
    for finding in findings {
      let place = finding.location.map { "\($0)  " } ?? ""
      let severity = output.text("severity.\(finding.severity.rawValue)")
      lines.append("\(place)\(severity)  \(finding.code)  \(output.messages.sentence(finding))")
      if let next = output.messages.next(finding) {
        lines.append("    \(output.text("next")): \(next)")
      }
    }
    try output.show(
      lines + [summary], schema: "lint",
      json: [
        ("findings", .list(findings.map { json($0, output) })), ("errors", JSONValue(errors)),
        ("warnings", JSONValue(findings.count - errors)),
      ])
    if errors > 0 { throw ExitCode(ExitCodes.findings) }
  }

  private func json(_ finding: Diagnostic, _ output: Output) -> JSONValue {
    .object([
      ("code", .string(finding.code)), ("severity", .string(finding.severity.rawValue)),
      ("file", JSONValue(finding.location?.file)), ("line", JSONValue(finding.location?.line)),
      ("message", .string(output.messages.sentence(finding))),
      ("next", JSONValue(output.messages.next(finding))),
    ])
  }
}
