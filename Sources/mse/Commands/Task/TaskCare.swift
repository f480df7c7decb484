internal import ArgumentParser
internal import BPMN
internal import Commission
internal import Diagnostics
internal import FEEL

struct TaskPriority: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "priority", abstract: help("task.priority"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Argument(help: ArgumentHelp(help("task.priority.value"))) var priority: Int
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().change(
      task.value, TaskChange(priority: priority), command: global.command)
    try TaskAnswer(global: global, task: task).show("priority", [("priority", "\(priority)")])
  }
}

struct TaskFollowUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow-up", abstract: help("task.follow-up"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Argument(help: ArgumentHelp(help("task.follow-up.day"))) var day: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let calendar = try await office.currentDefinitions(for: GlobalOptions.anyProfile).calendar
    let day = try DayWord(day).day(today: office.today, calendar: calendar.workCalendar)
    try await office.change(
      task.value, TaskChange(followUp: calendar.end(of: day)), command: global.command)
    try TaskAnswer(global: global, task: task).show("follow-up", [("day", day.description)])
  }
}

struct TaskCandidates: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "candidates", abstract: help("task.candidates"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Option(
    name: .customLong("group"), parsing: .singleValue,
    help: ArgumentHelp(help("task.candidates.group"), valueName: "role")) var groups: [String] = []
  @Option(
    name: .customLong("person"), parsing: .singleValue,
    help: ArgumentHelp(help("task.candidates.person"), valueName: "user")) var people: [String] = []
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard !groups.isEmpty || !people.isEmpty else {
      throw ValidationError(help("task.candidates.nobody"))
    }
  }

  func run() async throws {
    let change = TaskChange(candidateGroups: groups, candidateUsers: people)
    try await global.office().change(
      task.value, change, reason: reason, command: global.command)
    let who = (groups + people.map { "@\($0)" }).joined(separator: ", ")
    try TaskAnswer(global: global, task: task).show("candidates", [("candidates", who)])
  }
}

struct TaskComment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment", abstract: help("task.comment"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Argument(help: ArgumentHelp(help("task.comment.text"))) var text: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().comment(task.value, text, command: global.command)
    try TaskAnswer(global: global, task: task).show("comment")
  }
}

struct TaskDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: help("task.draft"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(help("task.complete.set"), valueName: "path=value")) var changes: [String] =
      []
  @Flag(help: ArgumentHelp(help("task.draft.drop"))) var drop = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    if drop {
      try await office.dropDraft(of: task.value, command: global.command)
      return try TaskAnswer(global: global, task: task).show("draft-drop")
    }
    var answers = try await office.form(of: task.value).answers
    for change in changes { try AnswerChange(change).apply(to: &answers) }
    if !changes.isEmpty { try await office.saveDraft(answers, of: task.value) }
    let row = try await office.task(task.value)
    try TaskAnswer(global: global, task: task).show(
      "draft",
      [
        ("answered", "\(row.draft?.answered ?? 0)"), ("of", "\(row.draft?.of ?? 0)"),
        ("by", row.draft?.by ?? "–"),
      ])
  }
}

struct TaskSubstitute: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "substitute", abstract: help("task.substitute"))

  @Argument(help: ArgumentHelp(help("task.substitute.absent"))) var absent: String
  @Option(help: ArgumentHelp(help("task.substitute.by"), valueName: "user")) var by: String?
  @Option(help: ArgumentHelp(help("task.substitute.from"), valueName: "day")) var from = "today"
  @Option(help: ArgumentHelp(help("task.substitute.to"), valueName: "day")) var to: String?
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @Flag(help: ArgumentHelp(help("task.substitute.end"))) var end = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard end || (by != nil && to != nil && reason != nil) else {
      throw ValidationError(help("task.substitute.missing"))
    }
  }

  func run() async throws {
    let office = try await global.office()
    let output = Output(global)
    guard !end, let by, let to, let reason else {
      try await office.endSubstitution(for: absent, command: global.command)
      return try output.show(
        [output.text("substitute.ended", ["absent": absent])], schema: "task.substitute",
        json: [("absent", .string(absent)), ("ended", .boolean(true))])
    }
    let calendar = try await office.currentDefinitions(for: GlobalOptions.anyProfile).calendar
      .workCalendar
    let first = try DayWord(from).day(today: office.today, calendar: calendar)
    let last = try DayWord(to).day(today: office.today, calendar: calendar)
    try await office.substitute(
      by, for: absent, from: first, to: last, reason: reason, command: global.command)
    try output.show(
      [
        output.text(
          "substitute.ordered",
          [
            "absent": absent, "user": by, "from": output.date(first), "to": output.date(last),
          ])
      ], schema: "task.substitute",
      json: [
        ("absent", .string(absent)), ("substitute", .string(by)),
        ("from", .string(first.description)), ("to", .string(last.description)),
        ("reason", .string(reason)),
      ])
  }
}

struct TaskSubstitutes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "substitutes", abstract: help("task.substitutes"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let orders = try await global.office().authority.substitutions
    let output = Output(global)
    var table = Table(
      headings: ["absent", "substitute", "from", "to", "reason", "by"].map {
        output.text("column.\($0)")
      })
    for order in orders {
      table.rows.append([
        order.absent, order.substitute, output.date(order.from), output.date(order.to),
        order.reason, order.by,
      ])
    }
    try output.show(
      table, summary: output.text("substitutes.count", ["count": "\(orders.count)"]),
      schema: "task.substitutes",
      items: orders.map {
        [
          ("absent", .string($0.absent)), ("substitute", .string($0.substitute)),
          ("from", .string($0.from.description)), ("to", .string($0.to.description)),
          ("reason", .string($0.reason)), ("by", .string($0.by)),
        ]
      })
  }
}
