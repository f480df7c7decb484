internal import ArgumentParser
internal import BPMN
internal import Commission
internal import DMN
internal import Diagnostics
internal import FEEL

struct DecisionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision", abstract: help("decision"),
    subcommands: [
      DecisionList.self, DecisionTry.self, DecisionTest.self, DecisionWhatIf.self,
    ])
}

struct DecisionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("decision.list"))

  @Option(help: ArgumentHelp(help("option.profile"))) var profile = "AZ-2022"
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let set = try await global.office(passingTime: false).currentDefinitions(for: profile)
    let output = Output(global)
    let decisions = set.engine.decisions.sorted { $0.key < $1.key }
    var table = Table(
      headings: ["decision", "name", "inputs"].map { output.text("column.\($0)") })
    var items: [[(String, JSONValue)]] = []
    for (identifier, model) in decisions {
      guard let summary = model.decisions.first(where: { $0.id == identifier }) else { continue }
      let inputs = summary.inputs.map(\.name)
      table.rows.append([identifier, summary.name, inputs.joined(separator: ", ")])
      items.append([
        ("decision", .string(identifier)), ("name", .string(summary.name)),
        ("inputs", JSONValue(inputs)),
      ])
    }
    try output.show(
      table, summary: output.text("decision.list.count", ["count": "\(items.count)"]),
      schema: "decision.list", items: items)
  }
}

struct DecisionTry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try", abstract: help("decision.try"))

  @Argument(help: ArgumentHelp(help("decision.name"))) var name: String
  @Argument(help: ArgumentHelp(help("decision.inputs"))) var inputs: [String] = []
  @Option(help: ArgumentHelp(help("option.profile"))) var profile = "AZ-2022"
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let result = try await office.tryDecision(name, inputs: context(), profile: profile)
    let output = Output(global)
    var lines = valueLines(result.value)
    lines += ExplanationText(output: output).tree(result.trace)
    // An input that nobody gave is null, which is an answer and no trouble.
    let absent = result.notes.filter { $0.code == "DMN106" }.compactMap { $0.arguments["name"] }
    if !absent.isEmpty {
      lines.append(
        output.text("decision.try.absent", ["inputs": absent.joined(separator: ", ")]))
    }
    let notes = result.notes.filter { $0.code != "DMN106" }
    lines += notes.map { output.messages.sentence($0) }
    try output.show(
      lines, schema: "decision.try",
      json: [
        ("value", JSONValue(result.value)),
        ("trace", ExplanationText(output: output).json(result.trace)),
        ("notGiven", JSONValue(absent)),
        ("notes", .list(notes.map { .string($0.description) })),
      ])
  }

  /// Values are FEEL: `percent=78`, `date=@"2026-01-02"`; what does not parse is a text.
  private func context() throws -> FEELContext {
    var context = FEELContext()
    for input in inputs {
      let change = try AnswerChange(input)
      if let expression = try? FEELExpression(parsing: change.value),
        expression.freeNames.isEmpty
      {
        context[change.path] = expression.evaluate(in: [:]).value
      } else {
        context[change.path] = .string(change.value)
      }
    }
    return context
  }

  private func valueLines(_ value: FEELValue) -> [String] {
    guard case .context(let context) = value else { return ["= \(value)"] }
    let width = context.names.map { displayWidth($0) }.max() ?? 0
    return context.names.map { name in
      let gap = String(repeating: " ", count: width - displayWidth(name) + 2)
      return "\(name)\(gap)\(context[name] ?? .null)"
    }
  }
}
