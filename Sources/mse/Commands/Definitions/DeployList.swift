internal import ArgumentParser
internal import Commission
internal import FEEL

struct DeployCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy", abstract: help("deploy"),
    subcommands: [Deploy.self, DeployList.self, DeployDiff.self], defaultSubcommand: Deploy.self)
}

struct DeployList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("deploy.list"))

  @Argument(help: ArgumentHelp(help("deploy.list.name"))) var name: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let versions = try await global.office(passingTime: false).deployedVersions(of: name)
    let output = Output(global)
    var table = Table(
      headings: ["definition", "version", "from", "profile", "deployed", "cases"].map {
        output.text("column.\($0)")
      })
    for version in versions {
      let definition = version.definition
      table.rows.append([
        "\(definition.kind.rawValue)/\(definition.identifier)", "\(definition.version)",
        definition.effectiveFrom.map { output.date($0) } ?? "–", definition.profile,
        "\(output.moment(definition.deployedAt)) \(definition.deployedBy)",
        version.openCases.map { "\($0)" } ?? "–",
      ])
    }
    try output.show(
      table, summary: output.text("deploy.list.count", ["count": "\(versions.count)"]),
      schema: "deploy.list",
      items: versions.map { version in
        let definition = version.definition
        return [
          ("kind", .string(definition.kind.rawValue)), ("name", .string(definition.identifier)),
          ("version", JSONValue(definition.version)), ("profile", .string(definition.profile)),
          ("from", JSONValue(definition.effectiveFrom?.description)),
          ("to", JSONValue(definition.effectiveTo?.description)),
          ("sha256", .string(definition.hash)), ("by", .string(definition.deployedBy)),
          ("at", JSONValue(definition.deployedAt)), ("openCases", JSONValue(version.openCases)),
        ]
      })
  }
}
