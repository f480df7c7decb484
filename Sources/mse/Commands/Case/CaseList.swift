internal import ArgumentParser
internal import Commission

struct CaseList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("case.list"))

  @Option(help: ArgumentHelp(help("case.list.state"), valueName: "state")) var state: String?
  @Flag(help: ArgumentHelp(help("case.list.all"))) var all = false
  @Option(help: ArgumentHelp(help("list.limit"), valueName: "n")) var limit = 200
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let rows = try await office.store.cases(
      CaseQuery(status: state, isOpen: all ? nil : true, limit: limit))
    let output = Output(global)
    let people = office.seesIdentity
    let erased = try await office.erasedCases()
    var table = Table(
      headings: ["case", "person", "born", "stands", "due"].map { output.text("column.\($0)") })
    for row in rows {
      table.rows.append([
        row.number.description,
        erased.contains(row.number)
          ? output.text("case.list.erased") : people ? row.initials : "–",
        row.birthYear.map(String.init) ?? "–", output.text("status.\(row.status)"),
        output.due(row.due, now: office.now),
      ])
    }
    try output.show(
      table, summary: output.text("case.list.count", ["count": "\(rows.count)"]),
      schema: "case.list",
      items: rows.map { json($0, people: people, isErased: erased.contains($0.number)) })
  }

  private func json(_ row: CaseRow, people: Bool, isErased: Bool) -> [(String, JSONValue)] {
    [
      ("number", .string(row.number.description)), ("kind", .string(row.kind)),
      (
        "person",
        .object([
          ("initials", people && !isErased ? .string(row.initials) : .null),
          ("birthYear", JSONValue(row.birthYear)),
        ])
      ),
      ("state", .string(row.status)), ("profile", .string(row.profile)),
      ("standsAt", JSONValue(row.standsAt)), ("due", JSONValue(row.due)),
      ("closedAt", JSONValue(row.closedAt)), ("erased", .boolean(isErased)),
    ]
  }
}
