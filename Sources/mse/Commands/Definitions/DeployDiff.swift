internal import ArgumentParser
internal import Commission
internal import Diagnostics

struct DeployDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: help("deploy.diff"))

  @Argument(help: ArgumentHelp(help("deploy.list.name"))) var name: String
  @Argument(help: ArgumentHelp(help("deploy.diff.old"))) var old: Int?
  @Argument(help: ArgumentHelp(help("deploy.diff.new"))) var new: Int?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let comparison = try await global.office(passingTime: false)
      .compareDefinition(name, from: old, to: new)
    let output = Output(global)
    try output.show(
      ComparisonText(output).lines(comparison), schema: "deploy.diff",
      json: ComparisonText.json(comparison))
  }
}

/// A comparison of two versions as people and programs read it.
struct ComparisonText {
  private let output: Output

  init(_ output: Output) { self.output = output }

  func lines(_ comparison: DefinitionComparison) -> [String] {
    func version(_ number: Int?) -> String {
      number.map { output.text("diff.version", ["version": "\($0)"]) } ?? output.text("diff.file")
    }
    let title = output.text(
      "diff.title",
      [
        "definition": comparison.definition, "old": version(comparison.old),
        "new": version(comparison.new), "count": "\(comparison.changes.count)",
      ])
    return [title] + comparison.changes.map(line)
  }

  private func line(_ change: DefinitionComparison.Change) -> String {
    switch change.kind {
    case .added: "  + \(change.part): \(change.after ?? "")"
    case .removed: "  - \(change.part): \(change.before ?? "")"
    case .changed:
      "  ~ \(change.part), \(change.property ?? ""): \(change.before ?? "–") → \(change.after ?? "–")"
    }
  }

  static func json(_ comparison: DefinitionComparison) -> [(String, JSONValue)] {
    [
      ("definition", .string(comparison.definition)), ("old", JSONValue(comparison.old)),
      ("new", JSONValue(comparison.new)),
      (
        "changes",
        .list(
          comparison.changes.map {
            .object([
              ("kind", .string($0.kind.rawValue)), ("part", .string($0.part)),
              ("property", JSONValue($0.property)), ("before", JSONValue($0.before)),
              ("after", JSONValue($0.after)),
            ])
          })
      ),
    ]
  }
}
