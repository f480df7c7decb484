internal import Commission
internal import Diagnostics
internal import FEEL

/// What is noted while a simulation runs.
struct SimulationLog {
  /// The way of one case.
  struct Way {
    let kind: String
    let openedAt: Instant
    var decidedAt: Instant?
    var closedAt: Instant?
  }

  private(set) var ways: [CaseNumber: Way] = [:]
  /// Of each working day.
  private(set) var queues: [SimulationReport.Queue] = []
  /// The longest queues of the day that is not over yet, by post.
  private var longest: [Int]
  /// Appeals that have come, and those that are on their way too.
  var appeals = 0
  var scheduled = 0
  /// Seconds of work by person.
  private(set) var worked: [Int: Int] = [:]
  /// Seconds of waiting of each task that was begun, by post.
  private(set) var waits: [[Int]]
  /// Tasks that were done, by post.
  private(set) var done: [Int]
  private(set) var troubles: [SimulationReport.Trouble: Int] = [:]
  private var incidents: Set<IncidentRow> = []
  private var decided: [CaseNumber] = []

  init(posts: Int) {
    waits = Array(repeating: [], count: posts)
    done = Array(repeating: 0, count: posts)
    longest = done
  }

  /// What waits at a moment, by post.
  mutating func see(_ counts: [Int]) {
    longest = zip(longest, counts).map { max($0, $1) }
  }

  mutating func endDay(_ day: Day) {
    queues.append(SimulationReport.Queue(day: day, counts: longest))
    longest = longest.map { _ in 0 }
  }

  /// Takes over where a case stands.
  mutating func note(_ rows: CaseRows, at now: Instant) {
    let row = rows.row
    var way = ways[row.number] ?? Way(kind: row.kind, openedAt: row.openedAt)
    if way.decidedAt == nil, row.status == "issued" {
      way.decidedAt = now
      if [CaseKind.initial.rawValue, CaseKind.reExamination.rawValue].contains(row.kind) {
        decided.append(row.number)
      }
    }
    way.closedAt = row.closedAt
    ways[row.number] = way
    for incident in rows.incidents where incidents.insert(incident).inserted {
      add(.incident, incident.element, incident.code)
    }
  }

  /// Cases that were decided since it was last asked.
  mutating func takeDecided() -> [CaseNumber] {
    defer { decided = [] }
    return decided
  }

  mutating func begin(post: Int, waited seconds: Int) { waits[post].append(seconds) }

  mutating func finish(_ person: Int, post: Int, seconds: Int) {
    done[post] += 1
    work(person, seconds: seconds)
  }

  mutating func work(_ person: Int, seconds: Int) { worked[person, default: 0] += seconds }

  /// A task that nobody could hand in.
  mutating func hold(_ element: String, _ problem: Diagnostic) {
    add(.task, element, problem.arguments["violation"] ?? problem.code)
  }

  /// An arrival that was not taken in.
  mutating func refuse(_ problem: Diagnostic) { add(.arrival, "", problem.code) }

  private mutating func add(
    _ kind: SimulationReport.Trouble.Kind, _ element: String, _ code: String
  ) {
    troubles[SimulationReport.Trouble(kind: kind, element: element, code: code), default: 0] += 1
  }
}
