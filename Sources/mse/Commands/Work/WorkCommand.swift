internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation

/// The worker: fires timers that are due and sends what waits, until it is stopped. Any number of them can run.
struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "work", abstract: help("work"))

  @Flag(help: ArgumentHelp(help("work.once"))) var once = false
  @Option(help: ArgumentHelp(help("work.send"), valueName: "folder")) var send: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let output = Output(global)
    let office = try await global.office(passingTime: false)
    var total = Office.Round()
    while true {
      let round = try await office.work(deliver: sender)
      total.cases += round.cases
      total.messages += round.messages
      total.started += round.started
      for problem in round.problems {
        ErrorOutput(arguments: CommandLine.arguments).show(problem)
      }
      if !round.isEmpty { continue }
      if once { break }
      // timers fall due without anybody saying so: look again at least every ten seconds
      try await office.store.waitForWork(seconds: 10)
    }
    try output.show(
      [
        output.text(
          "work.done",
          [
            "cases": "\(total.cases)", "messages": "\(total.messages)",
            "started": "\(total.started)",
          ])
      ], schema: "work",
      json: [
        ("cases", JSONValue(total.cases)), ("messages", JSONValue(total.messages)),
        ("started", JSONValue(total.started)),
      ])
  }

  /// Writes each message to a file; the same message twice gives the same file.
  private var sender: (@Sendable (OutboxMessage, [UInt8]) throws -> Void)? {
    guard let send else { return nil }
    return { message, xml in
      let folder = "\(send)/\(message.receiver)"
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Files.write(xml, to: "\(folder)/\(message.identifier).xml")
    }
  }
}
