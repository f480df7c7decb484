internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation

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
    let output = Output(global)
    var table = Table(
      headings: ["name", "kind", "key", "at", "receiver", "format"].map {
        output.text("column.\($0)")
      })
    for paper in papers {
      let kind = output.messages.optional("document.\(paper.kind)") ?? paper.kind
      let format = [paper.channel, paper.format].compactMap { $0 }.joined(separator: ", ")
      table.rows.append([
        paper.name, kind, paper.number ?? "", output.moment(paper.at),
        paper.receivers.joined(separator: ", "), format,
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
    let text = paper.text(as: format)
    guard let out else { return FileHandle(forWriting: .standardOutput).write(text) }
    try Files.write(Array(text.utf8), to: out)
    let output = Output(global)
    try output.show(
      [output.text("file.written", ["file": out])], schema: "paper.print",
      json: [("file", .string(out)), ("format", .string(format.rawValue))])
  }
}

/// Words of options that name one of a few things.
enum OptionWord {
  /// - Throws: `USE013` listing the words when it is none of them.
  static func value<Value: RawRepresentable & CaseIterable>(_ text: String) throws -> Value
  where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic("USE013", ["word": String(text.prefix(40)), "known": known])
    }
    return value
  }
}
