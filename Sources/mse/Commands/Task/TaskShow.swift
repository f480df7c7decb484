internal import ArgumentParser
internal import BPMN
internal import Commission
internal import XForms

struct TaskShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: help("task.show"))

  @Argument(help: ArgumentHelp(help("task.number"))) var task: TaskNumber
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let form = try await office.form(of: task.value)
    let card = try await office.card(of: task.value)
    let output = Output(global)
    var lines = [
      "T-\(task.value) · \(output.model(form.row.name)) · \(form.row.caseNumber)",
      output.model(form.help),
    ].filter { !$0.isEmpty }
    lines += remarks(card, output)
    let questions = form.answers.questions().filter(\.kind.isAnswerable)
    for question in questions {
      let value = question.display.isEmpty ? "–" : question.display
      lines.append("  \(question.path)  \(question.label): \(value)")
    }
    try output.show(
      lines, schema: "task.show",
      json: [
        ("task", .string("T-\(task.value)")), ("case", .string(form.row.caseNumber.description)),
        ("form", .string(form.row.form)), ("help", .string(form.help)),
        ("assignee", JSONValue(form.row.assignee)), ("owner", JSONValue(card.owner)),
        ("priority", JSONValue(card.task.priority)), ("due", JSONValue(form.row.due)),
        ("followUp", JSONValue(card.task.followUp)),
        (
          "comments",
          .list(
            card.comments.map {
              .object([
                ("at", JSONValue($0.at)), ("by", .string($0.by)), ("text", .string($0.text)),
              ])
            })
        ),
        (
          "questions",
          .list(
            questions.map {
              .object([
                ("path", .string($0.path)), ("label", .string($0.label)),
                ("value", .string($0.value)), ("required", .boolean($0.isRequired)),
                ("readonly", .boolean($0.isReadonly)),
              ])
            })
        ),
      ])
  }

  /// What is unusual about the task; nothing for most.
  private func remarks(_ card: Office.TaskCard, _ output: Output) -> [String] {
    var lines: [String] = []
    if let owner = card.owner { lines.append(output.text("task.owner", ["user": owner])) }
    if card.task.priority != 50 {
      lines.append(output.text("task.priority", ["priority": "\(card.task.priority)"]))
    }
    if let followUp = card.task.followUp {
      lines.append(output.text("task.follow-up", ["at": output.moment(followUp)]))
    }
    return lines
      + card.comments.map {
        output.text(
          "task.comment", ["at": output.moment($0.at), "by": $0.by, "text": $0.text])
      }
  }
}
