internal import ArgumentParser
internal import Commission
internal import Diagnostics

/// The cases that a command is for: by number, by state, or all of a batch.
struct CaseChoice: ParsableArguments {
  @Argument(help: ArgumentHelp(help("case.numbers"))) var numbers: [String] = []
  @Option(help: ArgumentHelp(help("case.choice.state"), valueName: "state")) var state: String?
  @Option(help: ArgumentHelp(help("case.choice.batch"), valueName: "B-n")) var batch: String?

  func cases(_ global: GlobalOptions, in office: Office) async throws -> [CaseNumber] {
    var result = try numbers.map { try global.number($0, in: office) }
    if let state {
      result += try await office.store.cases(
        CaseQuery(status: state, isOpen: true, limit: 1_000_000)
      ).map(\.number)
    }
    if let batch { result += try await office.cases(ofBatch: batch) }
    return result
  }
}

/// The answer of a command over cases.
struct CareAnswer {
  let global: GlobalOptions

  func show(_ verb: String, _ care: Office.Care) throws {
    let output = Output(global)
    var lines = care.cases.prefix(20).map {
      output.text("case.done.\(verb)", ["case": $0.description])
    }
    if let batch = care.batch {
      lines.append(
        output.text("case.batch", ["batch": batch, "count": "\(care.cases.count)"]))
    }
    try output.show(
      lines, schema: "case.\(verb)",
      json: [
        ("cases", JSONValue(care.cases.map(\.description))), ("batch", JSONValue(care.batch)),
      ])
  }
}

struct CaseSuspend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend", abstract: help("case.suspend"))

  @OptionGroup var choice: CaseChoice
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let care = try await office.suspend(
      choice.cases(global, in: office), reason: reason, command: global.command)
    try CareAnswer(global: global).show("suspend", care)
  }
}

struct CaseResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: help("case.resume"))

  @OptionGroup var choice: CaseChoice
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let care = try await office.resume(
      choice.cases(global, in: office), reason: reason, command: global.command)
    try CareAnswer(global: global).show("resume", care)
  }
}

struct CaseCancel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: help("case.cancel"))

  @OptionGroup var choice: CaseChoice
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let care = try await office.cancel(
      choice.cases(global, in: office), reason: reason, command: global.command)
    try CareAnswer(global: global).show("cancel", care)
  }
}

struct CaseWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: help("case.withdraw"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.withdraw(number, reason: reason, command: global.command)
    try CareAnswer(global: global).show("withdraw", Office.Care(number))
  }
}

struct CaseErase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: help("case.erase"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    let erasure = try await office.erase(number, reason: reason, command: global.command)
    let output = Output(global)
    let words = ["number": number.description]
    var lines = [output.text("case.erase.\(erasure.rawValue)", words)]
    lines.append(output.text(erasure == .asked ? "case.erase.next" : "case.erase.backups", words))
    try output.show(
      lines, schema: "case.erase",
      json: [("number", .string(number.description)), ("outcome", .string(erasure.rawValue))])
  }
}

struct CaseDeceased: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deceased", abstract: help("case.deceased"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(help: ArgumentHelp(help("case.deceased.on"), valueName: "day")) var on: String
  @Flag(help: ArgumentHelp(help("case.deceased.correct"))) var correct = false
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let calendar = try await office.currentDefinitions(for: GlobalOptions.anyProfile).calendar
    let notice = try await office.recordDeath(
      in: global.number(number, in: office),
      on: DayWord(on).day(today: office.today, calendar: calendar.workCalendar), reason: reason,
      isCorrection: correct, command: global.command)
    let output = Output(global)
    func lines(_ numbers: [CaseNumber], _ key: String) -> [String] {
      numbers.map { output.text(key, ["number": $0.description]) }
    }
    try output.show(
      [output.text("case.deceased.done")] + lines(notice.ended, "case.deceased.ended")
        + lines(notice.left, "case.deceased.left"),
      schema: "case.deceased",
      json: [
        ("ended", JSONValue(notice.ended.map(\.description))),
        ("left", JSONValue(notice.left.map(\.description))),
      ])
  }
}

struct CaseReopen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: help("case.reopen"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(help: ArgumentHelp(help("case.reopen.at"), valueName: "step")) var at: String
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.reopen(number, at: at, reason: reason, command: global.command)
    try CareAnswer(global: global).show("reopen", Office.Care(number))
  }
}

struct CaseNote: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: help("case.note"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Argument(help: ArgumentHelp(help("task.comment.text"))) var text: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    try await office.comment(number, text, command: global.command)
    try CareAnswer(global: global).show("note", Office.Care(number))
  }
}

struct CaseTimers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timers", abstract: help("case.timers"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(help: ArgumentHelp(help("case.timers.set"), valueName: "n")) var set: Int?
  @Option(help: ArgumentHelp(help("case.timers.due"), valueName: "time")) var due: String?
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (set == nil) == (due == nil), (set == nil) == (reason == nil) else {
      throw ValidationError(help("case.timers.missing"))
    }
  }

  func run() async throws {
    let office = try await global.office()
    let number = try global.number(number, in: office)
    if let set, let due, let reason {
      try await office.changeTimer(
        set, of: number, due: Moment.parse(due), reason: reason, command: global.command)
    }
    let timers = try await office.timers(of: number)
    let output = Output(global)
    var table = Table(
      headings: ["timer", "name", "step", "due"].map { output.text("column.\($0)") })
    for timer in timers {
      table.rows.append(["\(timer.key)", timer.name, timer.step, output.moment(timer.due)])
    }
    try output.show(
      table, summary: output.text("timers.count", ["count": "\(timers.count)"]),
      schema: "case.timers",
      items: timers.map {
        [
          ("timer", JSONValue($0.key)), ("element", .string($0.element)),
          ("name", .string($0.name)), ("step", .string($0.step)), ("due", JSONValue($0.due)),
        ]
      })
  }
}
