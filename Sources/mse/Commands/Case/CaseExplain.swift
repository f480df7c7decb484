internal import ArgumentParser
internal import Commission
internal import DMN
internal import Diagnostics

struct CaseExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: help("case.explain"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("case.explain.what"))) var decision: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let explanation = try await office.explanation(of: global.number(number, in: office))
    let steps = decision.map { explanation.steps(of: $0) } ?? explanation.steps
    guard !steps.isEmpty else {
      let known = explanation.steps.map(\.trace.decision.id).joined(separator: ", ")
      throw Diagnostic(
        "USE005", ["decision": decision ?? "–", "known": known.isEmpty ? "–" : known])
    }
    let output = Output(global)
    let lines = steps.flatMap { ExplanationText(output: output).lines($0) }
    try output.show(
      lines, schema: "case.explain",
      json: [
        ("case", .string(explanation.number.description)),
        ("profile", .string(explanation.profile)),
        ("decisions", .list(steps.map { ExplanationText(output: output).json($0) })),
      ])
  }
}
