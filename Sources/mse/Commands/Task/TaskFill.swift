internal import ArgumentParser
internal import Commission

struct TaskFill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: help("task.fill"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let output = Output(global)
    let form = try await office.form(of: task.value)
    output.say("\(form.row.name) · \(form.row.caseNumber)")
    if !form.help.isEmpty { output.say(form.help) }
    if let draft = form.row.draft {
      output.say(
        output.text("fill.draft", ["by": draft.by, "at": output.moment(draft.at)]))
    }
    var dialogue = FormDialogue(form.answers, output: output) { answers in
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
}
