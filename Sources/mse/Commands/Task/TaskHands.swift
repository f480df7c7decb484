internal import ArgumentParser
internal import Commission
internal import Diagnostics

/// The answer of the short task commands: one sentence, one object.
struct TaskAnswer {
  let global: GlobalOptions
  let task: TaskNumber

  /// - Parameters:
  ///   - verb: names schema and sentence: `task.release`.
  ///   - words: arguments of the sentence, and members of the object.
  func show(_ verb: String, _ words: [(String, String)] = []) throws {
    let output = Output(global)
    let arguments = Dictionary([("task", "T-\(task.value)")] + words) { $1 }
    try output.show(
      [output.text("task.done.\(verb)", arguments)], schema: "task.\(verb)",
      json: [("task", .string("T-\(task.value)"))] + words.map { ($0.0, .string($0.1)) })
  }
}

struct TaskRelease: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: help("task.release"), aliases: ["unclaim"])

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().release(task.value, command: global.command)
    try TaskAnswer(global: global, task: task).show("release")
  }
}

struct TaskAssign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: help("task.assign"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Argument(help: ArgumentHelp(help("task.user"))) var other: String
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().assign(
      task.value, to: other, reason: reason, command: global.command)
    try TaskAnswer(global: global, task: task).show("assign", [("user", other)])
  }
}

struct TaskDelegate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delegate", abstract: help("task.delegate"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Argument(help: ArgumentHelp(help("task.user"))) var other: String
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().delegate(
      task.value, to: other, reason: reason, command: global.command)
    try TaskAnswer(global: global, task: task).show("delegate", [("user", other)])
  }
}

struct TaskResolve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: help("task.resolve"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().resolve(task.value, command: global.command)
    try TaskAnswer(global: global, task: task).show("resolve")
  }
}

struct TaskRecuse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recuse", abstract: help("task.recuse"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().recuse(task.value, reason: reason, command: global.command)
    try TaskAnswer(global: global, task: task).show("recuse")
  }
}

struct TaskReturn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return", abstract: help("task.return"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Option(help: ArgumentHelp(help("task.return.to"), valueName: "step")) var to: String
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().returnCase(
      from: task.value, to: to, reason: reason, command: global.command)
    try TaskAnswer(global: global, task: task).show("return", [("step", to)])
  }
}

struct TaskReopen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: help("task.reopen"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Option(
    help: ArgumentHelp(help("option.reason"), valueName: "text"), transform: OptionWord.filled)
  var reason: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office().reopenTask(task.value, reason: reason, command: global.command)
    try TaskAnswer(global: global, task: task).show("reopen")
  }
}
