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
    let codes = try await office.codeWords()
    let output = Output(global)
    func told(_ entry: TimelineEntry) throws -> String {
      let words = try words(entry, output, codes)
      return entry.reason.map {
        output.text("timeline.reason", ["what": words, "reason": $0])
      } ?? words
    }
    var table = Table(
      headings: ["at", "what", "by"].map { output.text("column.\($0)") })
    for entry in entries {
      table.rows.append([
        output.moment(entry.at), try told(entry),
        entry.onBehalfOf.map {
          output.text("timeline.behalf", ["user": entry.actor, "absent": $0])
        } ?? entry.actor,
      ])
    }
    try output.show(
      table, summary: output.text("timeline.count", ["count": "\(entries.count)"]),
      schema: "case.timeline",
      items: entries.map { entry in
        try [
          ("at", JSONValue(entry.at)), ("event", .string(entry.key)),
          ("by", .string(entry.actor)), ("onBehalfOf", JSONValue(entry.onBehalfOf)),
          ("reason", JSONValue(entry.reason)), ("text", .string(words(entry, output, codes))),
          (
            "arguments",
            .object(entry.arguments.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
          ),
        ]
      })
  }

  /// Codes among the arguments are shown by their words.
  private func words(
    _ entry: TimelineEntry, _ output: Output, _ codes: CodeWords
  ) throws -> String {
    var arguments = entry.arguments
    let columns: [(String, RegisterColumn)] = [
      ("status", .word(["status"])), ("kind", .word(["kind"])), ("document", .word(["document"])),
      ("template", .word(["document"])), ("recipient", .word(["receiver"])),
      ("channel", .code("channel")),
    ]
    for (name, column) in columns {
      // of several of a kind the later ones are numbered: signature 2
      guard let words = arguments[name]?.split(separator: " ", maxSplits: 1), let code = words.first
      else { continue }
      arguments[name] =
        try codes.shown(String(code), column)
        + (words.count > 1 ? " \(words[1])" : "")
    }
    if let unit = arguments["unit"], let amount = arguments["amount"] {
      arguments["value"] = output.messages.optional("unit.\(unit)", ["count": amount])
    }
    arguments["decision"] = arguments["decision"].map(output.model)
    return output.text(entry.key, arguments)
  }
}
