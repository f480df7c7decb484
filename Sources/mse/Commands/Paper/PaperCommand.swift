internal import ArgumentParser
internal import Commission

struct PaperCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paper", abstract: help("paper"), subcommands: [PaperList.self, PaperPrint.self])
}

struct PaperList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("paper.list"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let papers = try await office.papers(of: global.number(number, in: office))
    let codes = try await office.codeWords()
    let output = Output(global)
    var table = Table(
      headings: ["name", "kind", "number", "at", "receiver", "format"].map {
        output.text("column.\($0)")
      })
    for paper in papers {
      let format = try [
        paper.channel.map { try codes.shown($0, .code("channel")) },
        paper.format.map { try codes.shown($0, .code("format")) },
      ].compactMap(\.self).joined(separator: ", ")
      let receivers = try paper.receivers.map { code in
        let words = try codes.shown(code, .word(["receiver"]))
        // what --for takes, where it is another word
        return paper.channel != nil || [words, "person"].contains(code)
          ? words : "\(words) (\(code))"
      }
      table.rows.append([
        paper.name, try codes.shown(paper.kind, .word(["document"])), paper.number ?? "",
        output.moment(paper.at), receivers.joined(separator: ", "), format,
      ])
    }
    try output.show(
      table, summary: output.text("paper.count", ["count": "\(papers.count)"]),
      schema: "paper.list",
      items: papers.map {
        [
          ("name", .string($0.name)), ("kind", .string($0.kind)),
          ("number", JSONValue($0.number)), ("at", JSONValue($0.at)), ("by", .string($0.by)),
          ("receivers", JSONValue($0.receivers)), ("channel", JSONValue($0.channel)),
          ("format", JSONValue($0.format)),
        ]
      })
  }
}

struct PaperPrint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print", abstract: help("paper.print"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("paper.name"))) var name: String
  @Option(name: .customLong("for"), help: ArgumentHelp(help("paper.for"), valueName: "receiver"))
  var receiver: String?
  @Option(
    help: ArgumentHelp(
      help("paper.format"),
      valueName: PaperFormat.allCases.map(\.rawValue).joined(separator: "|")))
  var format: String?
  @Option(
    name: .customLong("in"), help: ArgumentHelp(help("paper.language"), valueName: "az|en|ru"))
  var language: String?
  @Option(help: ArgumentHelp(help("paper.out"), valueName: "file")) var out: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let (paper, format) = try await office.paper(
      name, of: global.number(number, in: office), for: receiver,
      in: language.map { try OptionWord.value($0) }, as: format.map { try OptionWord.value($0) })
    try Output(global).write(
      paper.text(as: format), to: out, schema: "paper.print",
      json: [("format", .string(format.rawValue))])
  }
}
