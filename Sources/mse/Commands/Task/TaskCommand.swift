internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL
internal import XForms
internal import XML

struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task", abstract: help("task"),
    subcommands: [
      TaskList.self, TaskShow.self, TaskClaim.self, TaskRelease.self, TaskAssign.self,
      TaskDelegate.self, TaskResolve.self, TaskRecuse.self, TaskFill.self, TaskDraft.self,
      TaskComplete.self, TaskReturn.self, TaskReopen.self, TaskPriority.self, TaskFollowUp.self,
      TaskCandidates.self, TaskComment.self, TaskSubstitute.self, TaskSubstitutes.self,
    ])
}

/// `T-451` or `451`.
struct TaskNumber: ExpressibleByArgument {
  let value: Int

  init?(argument: String) {
    let digits = argument.uppercased().hasPrefix("T-") ? String(argument.dropFirst(2)) : argument
    guard let value = Int(digits), value > 0 else { return nil }
    self.value = value
  }
}

struct TaskList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("task.list"))

  @Flag(help: ArgumentHelp(help("task.list.mine"))) var mine = false
  @Option(name: .customLong("case"), help: ArgumentHelp(help("case.number"))) var caseNumber:
    String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let number = try caseNumber.map { try global.number($0, in: office) }
    let rows = try await office.tasks(mine: mine, caseNumber: number)
    let output = Output(global)
    var table = Table(
      headings: ["task", "case", "name", "who", "due"].map { output.text("column.\($0)") })
    for row in rows {
      table.rows.append([
        "T-\(row.identifier ?? 0)", row.caseNumber.description, output.model(row.name),
        row.assignee ?? row.groups.joined(separator: ", "), output.due(row.due, now: office.now),
      ])
    }
    try output.show(
      table, summary: output.text("task.list.count", ["count": "\(rows.count)"]),
      schema: "task.list", items: rows.map(TaskList.json))
  }

  static func json(_ row: TaskRow) -> [(String, JSONValue)] {
    [
      ("task", .string("T-\(row.identifier ?? 0)")),
      ("case", .string(row.caseNumber.description)), ("element", .string(row.element)),
      ("name", .string(row.name)), ("form", .string(row.form)),
      ("assignee", JSONValue(row.assignee)), ("groups", JSONValue(row.groups)),
      ("due", JSONValue(row.due)),
      (
        "draft",
        row.draft.map {
          .object([
            ("answered", JSONValue($0.answered)), ("of", JSONValue($0.of)),
            ("by", .string($0.by)), ("at", JSONValue($0.at)),
          ])
        } ?? .null
      ),
    ]
  }
}

struct TaskClaim: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim", abstract: help("task.claim"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    try await office.claim(task.value, command: global.command)
    let output = Output(global)
    try output.show(
      [output.text("task.claimed", ["task": "T-\(task.value)", "user": office.user.title])],
      schema: "task.claim",
      json: [("task", .string("T-\(task.value)")), ("assignee", .string(office.user.name))])
  }
}

struct TaskComplete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: help("task.complete"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Option(help: ArgumentHelp(help("task.complete.answers"), valueName: "file")) var answers: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(help("task.complete.set"), valueName: "path=value")) var changes: [String] =
      []
  @Flag(help: ArgumentHelp(help("task.complete.check"))) var check = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let output = Output(global)
    if let command = global.command, try await office.store.answer(to: command) != nil {
      return try done(office, output)
    }
    let source = try answers.map { try Element(parsing: Files.bytes($0), file: $0) }
    var filled: Answers
    if let source {
      filled = try await office.answers(for: task.value, from: source)
    } else {
      filled = try await office.form(of: task.value).answers
    }
    for change in changes { try AnswerChange(change).apply(to: &filled) }
    if check {
      try AnswerOverlay.check(filled, from: source)
      return output.line(output.text("task.checked"))
    }
    try await office.complete(
      task.value, with: filled, from: source, command: global.command)
    try done(office, output)
  }

  private func done(_ office: Office, _ output: Output) throws {
    try output.show(
      [output.text("task.completed", ["task": "T-\(task.value)"])], schema: "task.complete",
      json: [("task", .string("T-\(task.value)")), ("by", .string(office.user.name))])
  }
}

/// One `path=value`; rows that are not there yet are added.
struct AnswerChange {
  let path: String
  let value: String

  /// - Throws: `USE006` when there is no `=`.
  init(_ text: String) throws {
    guard let place = text.firstIndex(of: "=") else {
      throw Diagnostic("USE006", ["text": String(text.prefix(40))])
    }
    path = String(text[..<place])
    value = String(text[text.index(after: place)...])
  }

  func apply(to answers: inout Answers) throws {
    try answers.set(path, to: value)
  }
}
