internal import Commission
internal import FEEL
internal import Simulation

/// A simulated run in words, tables and JSON.
struct SimulationWords {
  let report: SimulationReport
  let output: Output

  /// What was simulated, in one line.
  var lead: String {
    output.text(
      "simulate.lead",
      [
        "cases": "\(report.plan.cases)", "appeals": "\(report.appeals)",
        "days": "\(report.plan.days)", "from": output.date(report.from),
        "experts": "\(experts)", "profile": report.plan.profile, "seed": "\(report.plan.seed)",
      ])
  }

  private var experts: Int { report.posts.first { $0.name == "experts" }?.people ?? 0 }

  /// One table for each question; those that would be empty are left out.
  var sections: [Output.Section] {
    [kinds, posts, clocks, queues, troubles].filter { !$0.table.rows.isEmpty }
  }

  /// The words of the pictures.
  var picture: SimulationPicture.Words {
    let headings = SimulationPicture.Chart.allCases.map {
      ($0, output.text("simulate.chart.\($0.rawValue)"))
    }
    return SimulationPicture.Words(
      title: output.text("simulate.title", ["cases": "\(report.plan.cases)"]), description: lead,
      headings: Dictionary(uniqueKeysWithValues: headings),
      nothing: output.text("simulate.nothing"), of: output.text("simulate.of"),
      language: Settings.language.rawValue,
      kind: { Messages(Settings.language).text("kind.\($0)") })
  }

  // MARK: Tables

  private func section(_ name: String, _ columns: [String], _ rows: [[String]]) -> Output.Section {
    var table = Table(headings: columns.map { output.text("column.\($0)") })
    table.rows = rows
    return Output.Section(name: name, title: output.text("simulate.\(name)"), table: table)
  }

  private var kinds: Output.Section {
    section(
      "kinds", ["kind", "opened", "decided", "closed-count", "half", "most"],
      report.kinds.map { kind in
        [
          output.text("kind.\(kind.kind)"), "\(kind.opened)", "\(kind.decided)", "\(kind.closed)",
        ] + spread(kind.days)
      })
  }

  private var posts: Output.Section {
    section(
      "posts", ["who", "people", "done", "half", "most", "busy", "queue", "longest"],
      report.posts.map { post in
        [title(of: post), "\(post.people)", "\(post.done)"] + spread(post.waiting) + [
          "\(post.utilisation) %", "\(post.queue)", "\(post.longestQueue)",
        ]
      })
  }

  private var clocks: Output.Section {
    section(
      "clocks", ["clock", "late", "of", "running", "worst", "source"],
      report.clocks.map { clock in
        [
          clock.parameter, "\(clock.late)", "\(clock.opened)", "\(clock.open)", "\(clock.worst)",
          clock.source,
        ]
      })
  }

  /// The longest queues of each week, of everybody who ever had one.
  private var queues: Output.Section {
    let posts = report.posts.indices.filter { report.posts[$0].longestQueue > 0 }
    var weeks: [SimulationReport.Queue] = []
    for queue in report.queues {
      guard let last = weeks.last, last.day.weekOfYear == queue.day.weekOfYear else {
        weeks.append(queue)
        continue
      }
      let counts = zip(last.counts, queue.counts).map { max($0, $1) }
      weeks[weeks.count - 1] = SimulationReport.Queue(day: last.day, counts: counts)
    }
    var table = Table(
      headings: [output.text("column.day")] + posts.map { title(of: report.posts[$0]) })
    table.rows = weeks.map { queue in
      [output.date(queue.day)] + posts.map { "\(queue.counts[$0])" }
    }
    if posts.isEmpty { table.rows = [] }
    return Output.Section(name: "queues", title: output.text("simulate.queues"), table: table)
  }

  private var troubles: Output.Section {
    section(
      "troubles", ["what", "step", "why", "count"],
      report.troublesInOrder.map { trouble, count in
        [
          output.text("simulate.trouble.\(trouble.kind.rawValue)"), trouble.element, trouble.code,
          "\(count)",
        ]
      })
  }

  private func title(of post: SimulationReport.Post) -> String {
    post.titles[Settings.language.rawValue] ?? post.name
  }

  private func spread(_ spread: SimulationReport.Spread?) -> [String] {
    guard let spread else { return ["–", "–"] }
    return [tenths(spread.median), tenths(spread.ninetieth)]
  }

  private func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }

  // MARK: JSON

  var json: [(String, JSONValue)] {
    [
      ("cases", JSONValue(report.plan.cases)), ("days", JSONValue(report.plan.days)),
      ("from", .string(report.from.description)), ("experts", JSONValue(experts)),
      ("profile", .string(report.plan.profile)), ("seed", JSONValue(report.plan.seed)),
      ("appeals", JSONValue(report.appeals)), ("kinds", .list(report.kinds.map(json))),
      ("posts", .list(report.posts.map(json))), ("clocks", .list(report.clocks.map(json))),
      ("queues", .list(report.queues.map(json))),
      (
        "troubles",
        .list(
          report.troublesInOrder.map { trouble, count in
            .object([
              ("what", .string(trouble.kind.rawValue)), ("step", .string(trouble.element)),
              ("code", .string(trouble.code)), ("count", JSONValue(count)),
            ])
          })
      ),
    ]
  }

  private func json(_ kind: SimulationReport.Kind) -> JSONValue {
    .object([
      ("kind", .string(kind.kind)), ("opened", JSONValue(kind.opened)),
      ("decided", JSONValue(kind.decided)), ("closed", JSONValue(kind.closed)),
      ("medianDays", json(kind.days?.median)), ("ninetiethDays", json(kind.days?.ninetieth)),
    ])
  }

  private func json(_ post: SimulationReport.Post) -> JSONValue {
    .object([
      ("post", .string(post.name)), ("people", JSONValue(post.people)),
      ("done", JSONValue(post.done)), ("medianWaitingHours", json(post.waiting?.median)),
      ("ninetiethWaitingHours", json(post.waiting?.ninetieth)),
      ("utilisation", JSONValue(post.utilisation)), ("queue", JSONValue(post.queue)),
      ("longestQueue", JSONValue(post.longestQueue)),
    ])
  }

  private func json(_ clock: SimulationReport.Clock) -> JSONValue {
    .object([
      ("clock", .string(clock.parameter)), ("basis", .string(clock.source)),
      ("opened", JSONValue(clock.opened)), ("late", JSONValue(clock.late)),
      ("running", JSONValue(clock.open)), ("worstDays", JSONValue(clock.worst)),
    ])
  }

  /// By the name of the post.
  private func json(_ queue: SimulationReport.Queue) -> JSONValue {
    .object(
      [("day", JSONValue.string(queue.day.description))]
        + zip(report.posts, queue.counts).map { ($0.name, JSONValue($1)) })
  }

  private func json(_ tenths: Int?) -> JSONValue {
    tenths.map { .number(self.tenths($0)) } ?? .null
  }
}
