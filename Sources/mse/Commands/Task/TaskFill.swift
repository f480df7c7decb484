internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import XForms

struct TaskFill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: help("task.fill"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @Flag(help: ArgumentHelp(help("task.fill.check"))) var check = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let output = Output(global)
    let form = try await office.form(of: task.value)
    if check { return try show(form.answers.problems(), output) }
    output.say("\(output.model(form.row.name)) · \(form.row.caseNumber)")
    if !form.help.isEmpty { output.say(output.model(form.help)) }
    if let draft = form.row.draft {
      output.say(
        output.text("fill.draft", ["by": draft.by, "at": output.moment(draft.at)]))
    }
    var dialogue = FormDialogue(
      form.answers, output: output,
      prefill: (form.prefill, String(output.moment(form.row.createdAt).prefix(10)))
    ) { answers in
      try await office.saveDraft(answers, of: task.value)
    }
    switch try await dialogue.run() {
    case .handedIn:
      try await office.complete(task.value, with: dialogue.answers, command: global.command)
      output.line(output.text("task.completed", ["task": "T-\(task.value)"]))
    case .left:
      output.line(output.text("fill.saved", ["task": "T-\(task.value)"]))
    }
  }

  /// What stands against handing in the answers so far.
  private func show(_ problems: [Diagnostic], _ output: Output) throws {
    guard problems.contains(where: { $0.severity == .error }) else {
      return output.line(output.text("fill.checked"))
    }
    try output.showProblems(problems, schema: "task.check")
    throw ExitCode(ExitCodes.findings)
  }
}
