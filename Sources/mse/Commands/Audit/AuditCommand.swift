internal import ArgumentParser
internal import Commission

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: help("audit"), subcommands: [AuditVerify.self])
}

struct AuditVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: help("audit.verify"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let audit = try await global.office(passingTime: false).verifyAudit()
    let output = Output(global)
    var lines = audit.breaks.map {
      output.text(
        $0.problem, ["stream": $0.stream.description, "sequence": "\($0.sequence)"])
    }
    lines.append(
      output.text(
        audit.breaks.isEmpty ? "audit.intact" : "audit.broken",
        [
          "records": "\(audit.records)", "streams": "\(audit.streams)",
          "breaks": "\(audit.breaks.count)",
        ]))
    try output.show(
      lines, schema: "audit.verify",
      json: [
        ("streams", JSONValue(audit.streams)), ("records", JSONValue(audit.records)),
        ("intact", .boolean(audit.breaks.isEmpty)),
        (
          "breaks",
          .list(
            audit.breaks.map {
              .object([
                ("stream", .string($0.stream.description)), ("record", JSONValue($0.sequence)),
                ("problem", .string($0.problem)),
              ])
            })
        ),
      ])
    if !audit.breaks.isEmpty { throw ExitCode(ExitCodes.data) }
  }
}
