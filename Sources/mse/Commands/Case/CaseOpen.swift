internal import ArgumentParser
internal import Commission
internal import XML

struct CaseOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: help("case.open"))

  @Option(help: ArgumentHelp(help("case.open.dossier"), valueName: "file")) var dossier: String?
  @Option(help: ArgumentHelp(help("case.open.application"), valueName: "file"))
  var application: String?
  @Option(help: ArgumentHelp(help("case.open.person"), valueName: "file")) var person: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if dossier != nil, application == nil, person == nil { return }
    if dossier == nil, application != nil, person != nil { return }
    throw ValidationError(help("case.open.either"))
  }

  func run() async throws {
    let office = try await global.office()
    if let dossier {
      let reception = try await office.receive(Files.bytes(dossier), file: dossier)
      try Output(global).show(reception, file: dossier)
    } else if let application, let person {
      let number = try await office.apply(
        Element(parsing: Files.bytes(application), file: application),
        for: Element(parsing: Files.bytes(person), file: person))
      let output = Output(global)
      let words = ["case": number.description]
      try output.show(
        [output.text("application.received", words), output.text("reception.next", words)],
        schema: "case.open",
        json: [("file", .string(application)), ("case", .string(number.description))])
    }
  }
}

extension Output {
  /// What became of a received file.
  func show(_ reception: Office.Reception, file: String) throws {
    let number = reception.number?.description
    let words = ["case": number ?? "", "kind": text("kind.\(reception.kind)")]
    let sentence =
      switch reception.outcome {
      case .already where number == nil: text("reception.again", words)
      default: text("reception.\(reception.outcome.rawValue)", words)
      }
    let next =
      switch reception.outcome {
      case .filed: [text("reception.filed.next")]
      default: number == nil ? [] : [text("reception.next", words)]
      }
    try show(
      [sentence] + next, schema: "dossier.import",
      json: [
        ("file", .string(file)), ("outcome", .string(reception.outcome.rawValue)),
        ("kind", .string(reception.kind)), ("case", JSONValue(number)),
        ("sha256", .string(reception.sha256)),
      ])
  }
}
