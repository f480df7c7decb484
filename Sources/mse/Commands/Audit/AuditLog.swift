internal import ArgumentParser
internal import Commission

/// Who saw and who did what.
struct AuditLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "log", abstract: help("audit.log"))

  @Option(
    name: .customLong("case"), help: ArgumentHelp(help("audit.log.case"), valueName: "number"))
  var number: String?
  @Option(help: ArgumentHelp(help("audit.log.of"), valueName: "name")) var of: String?
  @Flag(help: ArgumentHelp(help("audit.log.readings"))) var readings = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let entries = try await office.accessLog(
      case: number.map { try global.number($0, in: office) }, user: of
    ).filter { $0.isReading || !readings }
    let output = Output(global)
    var table = Table(headings: ["at", "case", "what", "by"].map { output.text("column.\($0)") })
    for entry in entries {
      table.rows.append([
        output.moment(entry.at), entry.caseNumber.description, words(entry, output),
        entry.onBehalfOf.map {
          output.text("timeline.behalf", ["user": entry.actor, "absent": $0])
        } ?? entry.actor,
      ])
    }
    try output.show(
      table, summary: output.text("timeline.count", ["count": "\(entries.count)"]),
      schema: "audit.log",
      items: entries.map { entry in
        [
          ("at", JSONValue(entry.at)), ("case", .string(entry.caseNumber.description)),
          ("kind", .string(entry.kind)), ("by", .string(entry.actor)),
          ("onBehalfOf", JSONValue(entry.onBehalfOf)), ("reason", JSONValue(entry.reason)),
          ("refused", JSONValue(entry.refusal)),
        ]
      })
  }

  private func words(_ entry: Office.LogEntry, _ output: Output) -> String {
    let words = output.messages.optional("record.\(entry.kind)") ?? entry.kind
    return entry.refusal.map {
      output.text("audit.log.refused", ["what": words, "code": $0])
    } ?? words
  }
}
