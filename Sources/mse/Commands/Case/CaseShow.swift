internal import ArgumentParser
internal import BPMN
internal import Commission
internal import Diagnostics
internal import FEEL

struct CaseShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: help("case.show"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let overview = try await office.overview(of: global.number(number, in: office))
    let output = Output(global)
    try output.show(
      CaseCard(overview: overview, office: office, output: output).lines, schema: "case.show",
      json: json(overview))
  }

  private func json(_ overview: Office.Overview) -> [(String, JSONValue)] {
    [
      ("number", .string(overview.opening.number.description)),
      ("kind", .string(overview.opening.kind.rawValue)),
      ("profile", .string(overview.opening.profile)), ("name", .string(overview.name)),
      ("birthYear", JSONValue(overview.opening.birthYear)),
      ("diedOn", JSONValue(overview.diedOn?.description)),
      ("state", .string(overview.status.rawValue)),
      ("tasks", .list(overview.tasks.map { .object(TaskList.json($0)) })),
      (
        "clocks",
        .list(
          overview.clocks.map {
            .object([
              ("clock", .string($0.parameter)), ("due", JSONValue($0.due)),
              ("paused", .boolean($0.isPaused)),
            ])
          })
      ),
      (
        "documents",
        .list(
          overview.documents.map {
            .object([
              ("name", .string($0.name)), ("role", .string($0.role.rawValue)),
              ("number", JSONValue($0.number)), ("by", .string($0.by)),
              ("at", JSONValue($0.at)),
            ])
          })
      ),
      ("closedAt", JSONValue(overview.closedAt)),
    ]
  }
}

/// A case on one screen.
struct CaseCard {
  let overview: Office.Overview
  let office: Office
  let output: Output

  var lines: [String] {
    let opening = overview.opening
    var lines = [
      output.text(
        "card.head",
        [
          "case": opening.number.description, "name": overview.name,
          "born": opening.birthYear.map(String.init) ?? "–",
          "kind": output.text("kind.\(opening.kind.rawValue)"), "profile": opening.profile,
        ]),
      output.text("card.state", ["state": output.text("status.\(overview.status.rawValue)")]),
    ]
    if let day = overview.diedOn {
      lines.append(output.text("card.died", ["date": output.date(day)]))
    }
    for clock in overview.clocks {
      let due = output.due(clock.due, now: office.now)
      lines.append(
        output.text(
          clock.isPaused ? "card.paused" : "card.due", ["clock": clock.parameter, "due": due]))
    }
    for link in overview.links {
      lines.append(
        output.text("event.linked.\(link.relation.rawValue)", ["case": link.number.description]))
    }
    for task in overview.tasks {
      lines.append(
        output.text(
          "card.task",
          [
            "task": "T-\(task.identifier ?? 0)", "name": output.model(task.name),
            "who": task.assignee ?? task.groups.joined(separator: ", "),
            "due": output.due(task.due, now: office.now),
          ]))
    }
    for incident in overview.incidents {
      lines.append(
        output.text(
          "card.incident",
          ["what": output.messages.sentence(incident.problem), "code": incident.problem.code]))
    }
    for document in overview.documents where document.role == .issued {
      lines.append(
        output.text(
          "card.issued",
          [
            "document": output.text("document.\(document.name)"), "number": document.number ?? "–",
            "date": output.moment(document.at),
          ]))
    }
    for record in overview.last {
      lines.append(
        output.text(
          "card.last",
          [
            "at": output.moment(record.at), "what": output.text("record.\(record.kind)"),
            "by": record.actor,
          ]))
    }
    return lines
  }
}
