internal import ArgumentParser
internal import Commission

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: help("audit"),
    subcommands: [
      AuditVerify.self, AuditCheckpoint.self, AuditProof.self, AuditLog.self,
    ])
}

struct AuditVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: help("audit.verify"))

  @Option(help: ArgumentHelp(help("audit.against"), valueName: "file")) var against: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    var outside: Checkpoint?
    if let against {
      outside = try await office.keptCheckpoint(parsing: Files.bytes(against), file: against)
    }
    let audit = try await office.verifyAudit(against: outside)
    let output = Output(global)
    try output.show(
      output.lines(for: audit), schema: "audit.verify", json: output.json(for: audit))
    if !audit.breaks.isEmpty { throw ExitCode(ExitCodes.data) }
  }
}

extension Output {
  /// What was found, and the sum.
  func lines(for audit: Office.Audit) -> [String] {
    audit.breaks.map {
      text(
        $0.problem,
        [
          "stream": $0.stream.description, "sequence": "\($0.sequence)", "document": $0.document,
        ])
    } + [
      text(
        audit.breaks.isEmpty ? "audit.intact" : "audit.broken",
        [
          "records": "\(audit.records)", "streams": "\(audit.streams)",
          "readings": "\(audit.readings)", "breaks": "\(audit.breaks.count)",
        ])
    ] + (audit.erased == 0 ? [] : [text("audit.erasures", ["count": "\(audit.erased)"])])
  }

  func json(for audit: Office.Audit) -> [(String, JSONValue)] {
    let breaks = audit.breaks.map {
      JSONValue.object([
        ("stream", .string($0.stream.description)), ("record", JSONValue($0.sequence)),
        ("problem", .string($0.problem)), ("document", .string($0.document)),
      ])
    }
    return [
      ("streams", JSONValue(audit.streams)), ("records", JSONValue(audit.records)),
      ("readings", JSONValue(audit.readings)), ("erased", JSONValue(audit.erased)),
      ("intact", .boolean(audit.breaks.isEmpty)),
      ("breaks", .list(breaks)),
    ]
  }
}
