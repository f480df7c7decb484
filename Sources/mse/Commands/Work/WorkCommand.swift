internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import Foundation

/// The worker: fires timers that are due, takes in what others send and sends what waits, until it is stopped. Any number
/// of them can run.
struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "work", abstract: help("work"))

  @Flag(help: ArgumentHelp(help("work.once"))) var once = false
  @Option(help: ArgumentHelp(help("work.send"), valueName: "folder")) var send: String?
  @Option(help: ArgumentHelp(help("work.receive"), valueName: "folder")) var receive: String?
  @OptionGroup var seal: SealOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let output = Output(global)
    let office = try await global.office(passingTime: false)
    let key = try seal.sealKey()
    if let key { try await office.check(key) }
    let inbox = try receive.map { try InFolder(path: $0) }
    var total = Office.Round()
    var (received, refused) = (0, 0)
    while true {
      let files = inbox?.claim(limit: 20) ?? []
      for file in files {
        if try await take(file, in: office, key: key) { received += 1 } else { refused += 1 }
      }
      var round = try await office.work(deliver: sender, sealingWith: key)
      // an answer that lies in the folder comes before asking again
      if files.isEmpty, let sender {
        round.messages += try await office.repeatUnanswered(deliver: sender)
      }
      total.cases += round.cases
      total.messages += round.messages
      total.started += round.started
      for problem in round.problems {
        ErrorOutput(arguments: CommandLine.arguments).show(problem)
      }
      if !round.isEmpty || !files.isEmpty { continue }
      if once { break }
      // timers and files come without anybody saying so: look again by oneself
      try await office.store.waitForWork(seconds: inbox == nil ? 10 : 2)
    }
    try output.show(
      [
        output.text(
          "work.done",
          [
            "cases": "\(total.cases)", "messages": "\(total.messages)",
            "started": "\(total.started)",
          ])
      ]
        + (inbox == nil
          ? []
          : [output.text("work.received", ["files": "\(received)", "refused": "\(refused)"])]),
      schema: "work",
      json: [
        ("cases", JSONValue(total.cases)), ("messages", JSONValue(total.messages)),
        ("started", JSONValue(total.started)),
        ("received", JSONValue(received)), ("refused", JSONValue(refused)),
      ])
  }

  /// Takes a file in and answers it; answers that were given before are given again.
  ///
  /// - Returns: false when it was refused; then it lies in `refused` with the reasons.
  private func take(
    _ file: ClaimedFile, in office: Office, key: SealKey?
  ) async throws -> Bool {
    let handling = try await office.handle(
      file.bytes(), file: file.name, answeringWith: key)
    if let sender {
      for answer in handling.repeated {
        let (message, xml) = try await office.message(of: answer)
        try sender(message, xml)
      }
    }
    guard let refusal = handling.refusal else {
      file.finish()
      return true
    }
    let words = Messages(Settings.language)
    let problems = refusal.causes.isEmpty ? [refusal] : refusal.causes
    try file.refuse(
      because: problems.map { problem in
        let line = problem.location?.line.map { "\($0): " } ?? ""
        let next = words.next(problem).map { " \(words.text("next")): \($0)" } ?? ""
        return "\(problem.code) \(line)\(words.sentence(problem))\(next)"
      })
    ErrorOutput(arguments: CommandLine.arguments).show(refusal)
    return false
  }

  /// Writes each message to a file; the same message twice gives the same file.
  private var sender: (@Sendable (OutboxMessage, [UInt8]) throws -> Void)? {
    guard let send else { return nil }
    return { message, xml in
      // a code becomes the name of a folder
      guard message.receiver.utf8.allSatisfy({ $0 != UInt8(ascii: "/") && $0 > 32 }),
        !message.receiver.hasPrefix(".")
      else { throw Diagnostic("USE002", ["file": send]) }
      let folder = "\(send)/\(message.receiver)"
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Files.write(xml, to: "\(folder)/\(message.identifier).xml")
    }
  }
}

/// The secret key that messages leave with.
struct SealOptions: ParsableArguments {
  @Option(help: ArgumentHelp(help("seal.key"), valueName: "file")) var key: String?
  @Option(help: ArgumentHelp(help("key.name"), valueName: "name")) var name: String?

  func validate() throws {
    guard (key == nil) == (name == nil) else { throw ValidationError(help("seal.both")) }
  }

  /// `nil`: none is given.
  ///
  /// - Throws: `DOSS056` when the file holds none.
  func sealKey() throws -> SealKey? {
    guard let key, let name else { return nil }
    return try SealKey(name: name, pem: String(decoding: Files.bytes(key), as: UTF8.self))
  }
}
