internal import ArgumentParser
internal import Commission

struct CaseOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: help("case.open"))

  @Option(help: ArgumentHelp(help("case.open.dossier"), valueName: "file")) var dossier: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let reception = try await office.receive(Files.bytes(dossier), file: dossier)
    try Output(global).show(reception, file: dossier)
  }
}

extension Output {
  /// What became of a received file.
  func show(_ reception: Office.Reception, file: String) throws {
    try show(
      [
        text(
          "reception.\(reception.outcome.rawValue)",
          ["case": reception.number.description, "kind": text("kind.\(reception.kind)")]),
        text("reception.next", ["case": reception.number.description]),
      ], schema: "dossier.import",
      json: [
        ("file", .string(file)), ("outcome", .string(reception.outcome.rawValue)),
        ("kind", .string(reception.kind)), ("case", .string(reception.number.description)),
        ("sha256", .string(reception.sha256)),
      ])
  }
}
