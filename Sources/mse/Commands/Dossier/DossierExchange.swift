internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation

/// Puts messages that another program wrote on their way.
struct DossierSend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: help("dossier.send"))

  @Argument(help: ArgumentHelp(help("dossier.paths"))) var paths: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let output = Output(global)
    let files = try Files.some(below: paths, endings: [".xml"])
    try await output.series("dossier.send", isList: !files.isOne) { series in
      for file in files.paths {
        let message = try await office.send(Files.bytes(file), file: file)
        let words = ["kind": output.text("kind.\(message.kind)"), "receiver": message.receiver]
        try series.show(
          [output.text("send.done", words)],
          json: [
            ("file", .string(file)), ("message", .string(message.identifier)),
            ("kind", .string(message.kind)), ("receiver", .string(message.receiver)),
          ])
      }
    }
  }
}

/// Sends a paper of a case to another agency.
struct DossierForward: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: help("dossier.forward"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("dossier.forward.document"))) var document: String
  @Option(help: ArgumentHelp(help("dossier.forward.kind"), valueName: "kind")) var kind: String
  @Option(help: ArgumentHelp(help("dossier.forward.to"), valueName: "agency")) var to: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let message = try await office.forward(
      document, of: global.number(number, in: office), as: OptionWord.value(kind), to: to,
      command: global.command)
    let output = Output(global)
    let words = ["kind": output.text("kind.\(message.kind)"), "receiver": message.receiver]
    try output.show(
      [output.text("send.done", words)], schema: "dossier.forward",
      json: [
        ("message", .string(message.identifier)), ("kind", .string(message.kind)),
        ("receiver", .string(message.receiver)),
      ])
  }
}

/// Answers that are waited for: by us, and by others.
struct DossierWaiting: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waiting", abstract: help("dossier.waiting"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let open = try await office.openExchange()
    let output = Output(global)
    let now = office.now
    var table = Table(
      headings: ["message", "kind", "agency", "case", "since", "answer-by", "standing"].map {
        output.text("column.\($0)")
      })
    var items: [[(String, JSONValue)]] = []
    func add(
      _ message: String, _ kind: String, _ agency: String, _ number: CaseNumber?, since: Instant,
      by end: Instant?, _ standing: String, codes: [String], attempts: Int
    ) {
      let words = ["codes": codes.joined(separator: ", "), "attempts": "\(attempts)"]
      table.rows.append([
        String(message.prefix(13)), output.text("kind.\(kind)"), agency,
        number?.description ?? "–", output.moment(since),
        end.map {
          $0 < now ? output.text("due.late", ["date": output.moment($0)]) : output.moment($0)
        } ?? "–",
        output.text("waiting.\(standing)", words),
      ])
      items.append([
        ("message", .string(message)), ("kind", .string(kind)), ("agency", .string(agency)),
        ("case", JSONValue(number?.description)), ("since", .string(since.description)),
        ("answerBy", JSONValue(end?.description)),
        ("overdue", .boolean(end.map { $0 < now } ?? false)), ("standing", .string(standing)),
        ("attempts", JSONValue(attempts)), ("codes", JSONValue(codes)),
      ])
    }
    for one in open.awaited {
      let standing = one.status == .sent && one.next == nil ? "silent" : one.status.rawValue
      add(
        one.message, one.kind, one.receiver, one.caseNumber, since: one.sentAt, by: one.replyBy,
        standing, codes: one.codes, attempts: one.attempts)
    }
    for one in open.held {
      add(
        one.message, one.kind, one.sender, nil, since: one.since, by: one.replyBy, "gap",
        codes: [], attempts: 0)
    }
    try output.show(
      table,
      summary: output.text(
        "waiting.count", ["ours": "\(open.awaited.count)", "theirs": "\(open.held.count)"]),
      schema: "dossier.waiting", items: items)
  }
}

struct DossierResend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resend", abstract: help("dossier.resend"))

  @Argument(help: ArgumentHelp(help("dossier.message"))) var message: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let awaited = try await office.resend(message, command: global.command)
    let output = Output(global)
    try output.show(
      [output.text("resend.done", ["receiver": awaited.receiver])], schema: "dossier.resend",
      json: [("message", .string(awaited.message)), ("receiver", .string(awaited.receiver))])
  }
}

struct DossierSettle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle", abstract: help("dossier.settle"))

  @Argument(help: ArgumentHelp(help("dossier.message"))) var message: String
  @Option(
    help: ArgumentHelp(help("dossier.settle.reason"), valueName: "text"),
    transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let awaited = try await office.settle(message, reason: reason, command: global.command)
    let output = Output(global)
    try output.show(
      [output.text("settle.done", ["receiver": awaited.receiver])], schema: "dossier.settle",
      json: [("message", .string(awaited.message)), ("receiver", .string(awaited.receiver))])
  }
}

/// What others sent that belongs to no case of this office.
struct DossierList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("dossier.list"))

  @Option(help: ArgumentHelp(help("dossier.list.to"), valueName: "folder")) var to: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let output = Output(global)
    var table = Table(
      headings: ["received", "kind", "agency", "case", "file"].map {
        output.text("column.\($0)")
      })
    var items: [[(String, JSONValue)]] = []
    if let to {
      try? FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    }
    let filed = try await office.filed()
    let cancelled = Set(filed.compactMap(\.message.cancels))
    for (at, one) in filed {
      let kind = output.text("kind.\(one.kind)")
      let isCancelled = cancelled.contains(one.message)
      let path = to.map { "\($0)/\(one.message).xml" }
      if let path { try Files.write(await office.bytes(ofMessage: one.document), to: path) }
      table.rows.append([
        output.moment(at), isCancelled ? output.text("filed.cancelled", ["kind": kind]) : kind,
        one.sender, one.number ?? "–", path ?? "–",
      ])
      items.append([
        ("received", .string(at.description)), ("message", .string(one.message)),
        ("kind", .string(one.kind)), ("agency", .string(one.sender)),
        ("case", JSONValue(one.number)), ("sha256", .string(one.document)),
        ("cancelled", .boolean(isCancelled)), ("cancels", JSONValue(one.cancels)),
        ("file", JSONValue(path)),
      ])
    }
    try output.show(
      table, summary: output.text("filed.count", ["count": "\(filed.count)"]),
      schema: "dossier.list", items: items)
  }
}
