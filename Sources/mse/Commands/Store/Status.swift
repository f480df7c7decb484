internal import ArgumentParser
internal import Commission

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: help("status"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let status = try await office.status()
    let output = Output(global)
    var lines = [
      output.text(
        "status.head",
        [
          "commission": office.authority.commission, "now": output.moment(office.now),
          "user": office.user.title,
        ]),
      output.text("status.overdue", ["count": "\(status.overdue.count)"]),
      output.text("status.today", ["count": "\(status.dueToday)"]),
      output.text("status.mine", ["count": "\(status.mine)"]),
      output.text("status.open", ["count": "\(status.openCases)"]),
    ]
    if status.incidents > 0 {
      lines.append(output.text("status.incidents", ["count": "\(status.incidents)"]))
    }
    let first = try await office.tasks(mine: true).first
    if let first {
      lines.append(
        output.text(
          "status.next",
          [
            "task": "T-\(first.identifier ?? 0)", "case": first.caseNumber.description,
            "name": output.model(first.name),
          ]))
    } else {
      lines.append(output.text("status.idle"))
    }
    try output.show(
      lines, schema: "status",
      json: [
        ("overdue", .list(status.overdue.map { .object(TaskList.json($0)) })),
        ("dueToday", JSONValue(status.dueToday)), ("mine", JSONValue(status.mine)),
        ("openCases", JSONValue(status.openCases)), ("incidents", JSONValue(status.incidents)),
      ])
  }
}
