internal import ArgumentParser
internal import Commission
internal import DMN
internal import Diagnostics
internal import FEEL

struct DecisionWhatIf: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif", abstract: help("decision.whatif"))

  @Argument(help: ArgumentHelp(help("decision.name"))) var name: String
  @Argument(help: ArgumentHelp(help("decision.whatif.before"), valueName: "version|file"))
  var before: String
  @Argument(help: ArgumentHelp(help("decision.whatif.after"), valueName: "version|file"))
  var after: String
  @Option(help: ArgumentHelp(help("decision.whatif.cases"), valueName: "file")) var cases: String
  @Option(help: ArgumentHelp(help("option.profile"))) var profile = "AZ-2022"
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let old = try await office.trial(name, version: DecisionVersion(before), profile: profile)
    let new = try await office.trial(name, version: DecisionVersion(after), profile: profile)
    let rows = try DecisionFiles.cases(cases, for: name, of: [old.model, new.model])
    let report = try old.model.whatIf(
      name, becomes: new.model, for: rows.map(\.inputs), environment: old.environment)
    let output = Output(global)
    try WhatIfText(output: output, report: report, numbers: rows.map(\.number)).show()
    if !report.changes.isEmpty { throw ExitCode(ExitCodes.findings) }
  }
}

extension DecisionVersion {
  /// A version number of the store, else a file.
  ///
  /// - Throws: `USE001` when the file cannot be read.
  init(_ text: String) throws {
    if let number = Int(text) {
      self = .number(number)
    } else {
      self = .file(text, bytes: try Files.bytes(text))
    }
  }
}

/// Files with inputs of decisions.
enum DecisionFiles {
  /// JSON by the name of the file, else a table.
  static func cases(_ path: String, for decision: String, of models: [DecisionModel]) throws
    -> [DecisionCases.Row]
  {
    let text = try text(path)
    return path.lowercased().hasSuffix(".json")
      ? try DecisionCases(json: text, file: path, for: decision, of: models).rows
      : try DecisionCases(csv: text, file: path, for: decision, of: models).rows
  }

  /// The text of a file, without a byte order mark.
  ///
  /// - Throws: `USE001` when it cannot be read.
  static func text(_ path: String) throws -> String {
    let text = String(decoding: try Files.bytes(path), as: UTF8.self)
    return text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
  }
}

/// Whose outcome changes, and which rules make it change.
private struct WhatIfText {
  let output: Output
  let report: WhatIfReport
  /// Line or place of each case in its file.
  let numbers: [Int]

  func show() throws {
    var table = Table(
      headings: ["line", "inputs", "before", "after", "why"].map { output.text("column.\($0)") })
    table.rows = report.changes.map(row)
    try output.show(
      report.changes.flatMap(paragraph), else: table, summary: summary, schema: "decision.whatif",
      json: [
        ("total", JSONValue(report.total)), ("changes", .list(report.changes.map(json))),
        ("missing", .object(missing.map { ($0.key, JSONValue($0.value)) })),
      ])
  }

  private var missing: [(key: String, value: Int)] {
    report.missingInputs.sorted { $0.key < $1.key }
  }

  private var summary: [String] {
    [
      output.text(
        "decision.whatif.summary",
        ["total": "\(report.total)", "changes": "\(report.changes.count)"])
    ]
      + missing.map { name, count in
        output.text("decision.whatif.missing", ["name": name, "count": "\(count)"])
      }
  }

  private func row(_ change: WhatIfReport.Change) -> [String] {
    let parts = change.differingValues
    let rules = TraceDifference(change.before.trace, change.after.trace)
    return [
      "\(numbers[change.index])", change.inputs.inWords, "\(parts.before)", "\(parts.after)",
      "\(rules.before.map(words).joined(separator: ", ")) → "
        + rules.after.map(words).joined(separator: ", "),
    ]
  }

  private func paragraph(_ change: WhatIfReport.Change) -> [String] {
    let parts = change.differingValues
    let rules = TraceDifference(change.before.trace, change.after.trace)
    return [
      output.text(
        "decision.line", ["line": "\(numbers[change.index])", "inputs": change.inputs.inWords]),
      "├ \(output.text("decision.whatif.was", ["value": "\(parts.before)"]))",
    ] + rules.before.map { "│   " + words($0) } + [
      "└ \(output.text("decision.whatif.becomes", ["value": "\(parts.after)"]))"
    ] + rules.after.map { "    " + words($0) }
  }

  private func words(_ match: TraceDifference.Match) -> String {
    let rule = output.text(
      "decision.rule",
      ["decision": match.decision, "rule": "\(match.rule.number)", "of": "\(match.ruleCount)"])
    return match.rule.annotation.isEmpty ? rule : "\(rule)  \(match.rule.annotation)"
  }

  private func json(_ change: WhatIfReport.Change) -> JSONValue {
    let explanation = ExplanationText(output: output)
    return .object([
      ("line", JSONValue(numbers[change.index])),
      ("inputs", JSONValue(FEELValue.context(change.inputs))),
      ("before", JSONValue(change.before.value)), ("after", JSONValue(change.after.value)),
      ("traceBefore", explanation.json(change.before.trace)),
      ("traceAfter", explanation.json(change.after.trace)),
    ])
  }
}

extension WhatIfReport.Change {
  /// The two values; of contexts only the members that differ.
  fileprivate var differingValues: (before: FEELValue, after: FEELValue) {
    guard case .context(let old) = before.value, case .context(let new) = after.value else {
      return (before.value, after.value)
    }
    let names = (old.names + new.names.filter { old[$0] == nil }).filter { old[$0] != new[$0] }
    func part(_ context: FEELContext) -> FEELValue {
      .context(FEELContext(names.compactMap { name in context[name].map { (name, $0) } }))
    }
    return (part(old), part(new))
  }
}

extension FEELContext {
  /// `percent = 65, child = false`.
  var inWords: String { entries.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") }
}

/// The rules that made two outcomes, without those that both of them rest on.
private struct TraceDifference {
  struct Match: Hashable {
    let decision: String
    let rule: DecisionTrace.MatchedRule
    let ruleCount: Int
  }

  let before: [Match]
  let after: [Match]

  init(_ before: DecisionTrace, _ after: DecisionTrace) {
    let (old, new) = (Self.matches(before), Self.matches(after))
    self.before = old.filter { !new.contains($0) }
    self.after = new.filter { !old.contains($0) }
  }

  private static func matches(_ trace: DecisionTrace) -> [Match] {
    trace.matched.map {
      Match(decision: trace.decision.name, rule: $0, ruleCount: trace.ruleCount ?? 0)
    } + trace.required.flatMap(matches)
  }
}
