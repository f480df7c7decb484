internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import Foundation

struct DossierCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier", abstract: help("dossier"),
    subcommands: [
      DossierImport.self, DossierExport.self, DossierValidate.self, DossierSeal.self,
      DossierVerify.self, DossierDiff.self, DossierRedact.self, DossierSend.self,
      DossierForward.self, DossierWaiting.self, DossierResend.self, DossierSettle.self,
      DossierList.self, DossierConvert.self, DossierPackage.self,
    ])
}

struct DossierValidate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: help("dossier.validate"))

  @Argument(help: ArgumentHelp(help("dossier.paths"))) var paths: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let output = Output(global)
    let files = try Files.some(below: paths, endings: [".xml"])
    var refused = 0
    try await output.series("dossier.validate", isList: !files.isOne) { series in
      for file in files.paths {
        do {
          let kind = try await office.validate(Files.bytes(file), file: file).envelope.kind.rawValue
          try series.show(
            [output.text("validate.good", ["file": file, "kind": output.text("kind.\(kind)")])],
            json: [
              ("file", .string(file)), ("valid", .boolean(true)), ("kind", .string(kind)),
            ])
        } catch let problem as Diagnostic {
          refused += 1
          ErrorOutput(arguments: CommandLine.arguments).show(problem)
        }
      }
    }
    if refused > 0 {
      throw ExitCode(files.paths.count == 1 ? ExitCodes.data : ExitCodes.findings)
    }
  }
}

struct DossierExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: help("dossier.export"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(help: ArgumentHelp(help("dossier.export.to"), valueName: "folder")) var to = "."
  @OptionGroup var seal: SealOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    let messages = try await messages(of: number, in: office)
    let output = Output(global)
    try? FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    var table = Table(
      headings: ["kind", "receiver", "file"].map { output.text("column.\($0)") })
    var items: [[(String, JSONValue)]] = []
    for (message, xml) in messages {
      let path = "\(to)/\(number)-\(message.kind)-\(message.receiver).xml"
      try Files.write(xml, to: path)
      table.rows.append([output.text("kind.\(message.kind)"), message.receiver, path])
      items.append([
        ("message", .string(message.identifier)), ("kind", .string(message.kind)),
        ("receiver", .string(message.receiver)), ("file", .string(path)),
      ])
    }
    try output.show(
      table, summary: output.text("export.count", ["count": "\(messages.count)"]),
      schema: "dossier.export", items: items)
  }

  /// Sealed when a key is given.
  private func messages(
    of number: CaseNumber, in office: Office
  ) async throws -> [(message: OutboxMessage, xml: [UInt8])] {
    guard let key = try seal.sealKey() else { return try await office.exported(number) }
    return try await office.sealed(number, with: key)
  }
}
