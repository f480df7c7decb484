import Commission
import Diagnostics
import FEEL
import Foundation
import Simulation
import Store
import TestSupport
import Testing
import XML

/// Simulated offices: the same run every time, in whatever store, whatever crashes.
struct SimulationTests {
  /// 6 cases every day, 30 in `make soak`; so many experts that every panel finds another member.
  private static let isSoak = ProcessInfo.processInfo.environment["MSE_SOAK"] != nil
  private static let plan = Simulation.Plan(
    cases: isSoak ? 30 : 6, days: isSoak ? 180 : 40, experts: isSoak ? 36 : 18, seed: 3)

  private static func tables() throws -> SimulationTables { try SimulationTables { _ in nil } }

  private static func prepared(
    in store: any CaseStore, reopen: (@Sendable () async throws -> any CaseStore)? = nil
  ) async throws -> Simulation {
    try await Simulation(
      plan, tables: tables(), definitions: TestDefinitions.files, in: store, reopen: reopen)
  }

  /// Nothing crashes: what every other run must come to.
  private static let ideal = Task {
    let store = MemoryStore()
    var simulation = try await prepared(in: store)
    let report = try await simulation.run()
    return try await (report: report, content: content(of: store))
  }

  /// Everything that is kept but looks at cases and the numbers of tasks, a line each.
  private static func content(of store: any CaseStore) async throws -> [String] {
    var lines: [String] = []
    for head in try await store.heads(of: "") where !head.stream.description.hasPrefix("access/") {
      for record in try await store.records(of: head.stream, after: 0) {
        lines.append(
          "\(record.stream) \(record.sequence) \(record.at) \(record.actor) \(record.kind) "
            + record.payload)
      }
      lines.append("\(head.stream) \(try await store.state(of: head.stream)?.state ?? "")")
    }
    lines += try await store.cases(CaseQuery()).map { "\($0)" }
    lines += try await store.tasks(TaskQuery(status: nil, limit: 100_000)).map { task in
      "\(task.caseNumber) \(task.key) \(task.element) \(task.status) \(task.assignee ?? "–") "
        + "\(task.groups) \(task.due?.description ?? "–")"
    }.sorted()
    lines += try await store.timers(dueBy: Instant("2099-01-01T00:00:00Z")!).map { "\($0)" }
      .sorted()
    lines += try await store.outbox(case: nil).map { "\($0)" }
    return lines
  }

  @Test func theSamePlanIsTheSameRun() async throws {
    let first = try await Self.ideal.value
    let store = MemoryStore()
    var simulation = try await Self.prepared(in: store)
    let report = try await simulation.run()
    #expect(report == first.report)
    #expect(try await Self.content(of: store) == first.content)
    #expect(report.kinds.reduce(0) { $0 + $1.opened } >= Self.plan.cases)
    #expect(report.troubles.isEmpty, "\(report.troubles)")
  }

  /// The process dies before and after commits, again and again: every store ends as if nothing had happened.
  @Test(arguments: StoreKind.allCases)
  func whateverCrashesTheStoresEndEqual(_ kind: StoreKind) async throws {
    let location = try kind.emptyLocation()
    guard kind == .memory || location != nil else { return }
    let keyFile = kind.newKeyFile
    let memory = MemoryStore()
    let crashes = Crashes(seed: 11)
    @Sendable func open(mayCreate: Bool) async throws -> any CaseStore {
      try await location?.open(mayCreate: mayCreate, keyFile: keyFile) ?? memory
    }
    var simulation = try await Self.prepared(in: crashes.store(open(mayCreate: true))) {
      try await crashes.store(open(mayCreate: false))
    }
    crashes.fail(20)
    let report = try await simulation.run()
    crashes.fail(0)
    #expect(crashes.count > 0, "nothing crashed")
    let ideal = try await Self.ideal.value
    let store = try await open(mayCreate: false)
    #expect(report == ideal.report)
    let content = try await Self.content(of: store)
    let difference = zip(content, ideal.content).first { $0 != $1 }
    #expect(content.count == ideal.content.count && difference == nil, "\(difference as Any)")
    let head = try await Office(
      store: store, user: "head-1", now: Instant("2026-12-01T06:00:00Z")!)
    #expect(try await head.verifyAudit().breaks.isEmpty)
  }

  @Test func thePicturesAreWellFormed() async throws {
    let report = try await Self.ideal.value.report
    let headings = SimulationPicture.Chart.allCases.map { ($0, "\($0)") }
    let words = SimulationPicture.Words(
      title: "6 cases", description: "40 days",
      headings: Dictionary(uniqueKeysWithValues: headings),
      nothing: "nothing", of: "of", language: "en", kind: { $0 })
    let svg = SimulationPicture(report, words: words).svg()
    #expect(try Element(parsing: Array(svg.utf8), file: "simulation.svg").name == "svg")
  }

  // MARK: Refusals

  @Test(arguments: [
    (Simulation.Plan(cases: 0, days: 10), "SIM001"),
    (Simulation.Plan(cases: 1, days: 4000), "SIM001"),
    (Simulation.Plan(cases: 1, days: 10, experts: 0), "SIM001"),
    (Simulation.Plan(cases: 1, days: 1, from: Day("2026-03-01")), "SIM007"),
    (Simulation.Plan(cases: 1, days: 2, from: Day("2036-12-31")), "CAL001"),
  ])
  func aSenselessPlanIsRefused(_ refused: (plan: Simulation.Plan, code: String)) async throws {
    let problem = await #expect(throws: Diagnostic.self) {
      _ = try await Simulation(
        refused.plan, tables: Self.tables(), definitions: TestDefinitions.files,
        in: MemoryStore())
    }
    #expect(problem?.code == refused.code)
  }

  @Test(arguments: [
    ("cases.csv", "kind,like,share,born,answers\nletter,x,1,,\n", "SIM002"),
    ("cases.csv", "kind,like,share,born,answers\nreferral,x,many,,\n", "SIM002"),
    ("cases.csv", "kind,like,share,born,answers\nreferral,x,1,1990-1980,\n", "SIM002"),
    ("cases.csv", "kind,like,share,born,answers\nreferral,,1,,\n", "CASE010"),
    ("cases.csv", "kind,like,share,born,answers\n", "SIM005"),
    ("people.csv", "post,roles,count,from,to,break\na,head,1,18:00,09:00,\n", "SIM002"),
    ("work.csv", "form,least,usual,most,after\n*,20,10,30,0\n", "SIM002"),
    ("answers.txt", "vote = for\n", "SIM004"),
    ("answers.txt", "[signature]\nfor\n", "SIM004"),
  ])
  func aSenselessTableIsRefused(_ file: (name: String, text: String, code: String)) throws {
    let problem = #expect(throws: Diagnostic.self) {
      try SimulationTables { $0 == file.name ? Array(file.text.utf8) : nil }
    }
    #expect(problem?.code == file.code)
    #expect(problem?.location == nil ? file.code == "SIM005" : problem?.location?.file == file.name)
  }

  @Test func anOfficeWithoutSomebodyItNeedsIsRefused() async throws {
    let people = "post,roles,count,from,to,break\nsecretary,secretary,1,09:00,18:00,\n"
    let tables = try SimulationTables { $0 == "people.csv" ? Array(people.utf8) : nil }
    await #expect(throws: Diagnostic("SIM006", ["role": "head"])) {
      _ = try await Simulation(
        Simulation.Plan(cases: 1, days: 10), tables: tables, definitions: TestDefinitions.files,
        in: MemoryStore())
    }
  }
}
