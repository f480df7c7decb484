internal import ArgumentParser
internal import Commission

struct CaseTimeline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: help("case.timeline"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let entries = try await office.timeline(of: global.number(number, in: office))
    let output = Output(global)
    var table = Table(
      headings: ["at", "what", "by"].map { output.text("column.\($0)") })
    for entry in entries {
      table.rows.append([
        output.moment(entry.at), told(entry, output),
        entry.onBehalfOf.map {
          output.text("timeline.behalf", ["user": entry.actor, "absent": $0])
        } ?? entry.actor,
      ])
    }
    try output.show(
      table, summary: output.text("timeline.count", ["count": "\(entries.count)"]),
      schema: "case.timeline",
      items: entries.map { entry in
        [
          ("at", JSONValue(entry.at)), ("event", .string(entry.key)),
          ("by", .string(entry.actor)), ("onBehalfOf", JSONValue(entry.onBehalfOf)),
          ("reason", JSONValue(entry.reason)), ("text", .string(words(entry, output))),
          (
            "arguments",
            .object(entry.arguments.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
          ),
        ]
      })
  }

  /// What happened, and why where somebody said so.
  private func told(_ entry: TimelineEntry, _ output: Output) -> String {
    let words = words(entry, output)
    return entry.reason.map {
      output.text("timeline.reason", ["what": words, "reason": $0])
    } ?? words
  }

  /// Codes among the arguments are shown by their words.
  private func words(_ entry: TimelineEntry, _ output: Output) -> String {
    var arguments = entry.arguments
    for (name, prefix) in [("status", "status"), ("kind", "kind"), ("document", "document")] {
      guard let code = arguments[name] else { continue }
      arguments[name] = output.messages.optional("\(prefix).\(code)") ?? code
    }
    arguments["decision"] = arguments["decision"].map(output.model)
    return output.text(entry.key, arguments)
  }
}
