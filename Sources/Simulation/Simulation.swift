public import Commission
internal import Diagnostics
public import FEEL
internal import Synchronization

/// A commission at work in made-up time: the real engine and the deployed workflows, with made-up people and cases.
///
/// Cases arrive by chance, people take what is due first, work as long as it takes, go home, fall ill. The same plan and
/// tables give the same run, whatever store it works in.
public struct Simulation {
  /// What is simulated.
  public struct Plan: Hashable, Sendable {
    /// How many cases arrive, appeals not counted.
    public let cases: Int
    /// How many days it lasts; the cases arrive in all of them.
    public let days: Int
    /// `nil`: as many as the table of people says.
    public let experts: Int?
    public let seed: Int
    /// The rules that new cases are opened under.
    public let profile: String
    /// The first day; `nil`: that of the table of settings.
    public let from: Day?

    public init(
      cases: Int, days: Int, experts: Int? = nil, seed: Int = 1, profile: String = "AZ-2022",
      from: Day? = nil
    ) {
      self.cases = cases
      self.days = days
      self.experts = experts
      self.seed = seed
      self.profile = profile
      self.from = from
    }
  }

  let plan: Plan
  let tables: SimulationTables
  let dice: Dice
  let time: WorkingTime
  let first: Day
  /// When the run is over.
  let end: Instant
  let staff: Staff
  var driver: CaseDriver
  var now: Instant
  /// Index in `staff`, and what the person works on.
  var jobs: [Int: Job] = [:]
  var waiting: [Waiting] = []
  var arrivals: [Arrival]
  var log: SimulationLog
  private var timers: [CaseNumber: Instant] = [:]
  private let changes: Changes
  private let reopen: (@Sendable () async throws -> any CaseStore)?
  /// Instants at which people begin to work, the next one last.
  private var bells: [Instant]
  /// Instants at which everybody has gone home, the next one last.
  private var evenings: [Instant]

  /// Founds the office and deploys the definitions.
  ///
  /// - Parameters:
  ///   - store: an empty store.
  ///   - reopen: the same store after a crash; `nil`: nothing crashes.
  /// - Throws: `SIM001` naming a number of the plan that makes no sense; what the store and the definitions throw.
  public init(
    _ plan: Plan, tables: SimulationTables, definitions: [DefinitionFile],
    in store: any CaseStore, reopen: (@Sendable () async throws -> any CaseStore)? = nil
  ) async throws {
    try plan.check()
    let time = try WorkingTime(calendar: Self.calendar(in: definitions))
    let first = try plan.from ?? tables.firstDay()
    let days = try time.workingDays(plan.days, from: first)
    guard !days.isEmpty, let last = first.adding(days: plan.days) else {
      throw Diagnostic("SIM007", ["days": "\(plan.days)", "from": "\(first)"])
    }
    let dice = Dice(seed: plan.seed)
    (self.plan, self.tables, self.dice, self.time) = (plan, tables, dice, time)
    (self.first, self.reopen) = (first, reopen)
    end = time.start(of: last)
    staff = try Staff(plan, tables, dice: dice, days: days)
    arrivals = try Arrival.all(of: plan, tables, dice: dice, days: days, time: time)
    let spans = tables.posts.flatMap(\.hours.spans)
    bells = time.instants(on: days, at: Set(spans.map(\.lowerBound)))
    evenings = time.instants(on: days, at: [spans.map(\.upperBound).max() ?? 0])
    log = SimulationLog(posts: tables.posts.count)
    now = time.start(of: first)
    changes = Changes()
    driver = try await CaseDriver(
      in: changes.observe(store), tables: staff.office, definitions: definitions,
      usual: tables.usual, drawSecret: fingerprint(Array("simulation \(plan.seed)".utf8)), now: now)
  }

  private static func calendar(in definitions: [DefinitionFile]) throws -> OfficeCalendar {
    for file in definitions {
      if case .calendar(let calendar) = file.content { return calendar }
    }
    throw Diagnostic("CAL012")
  }

  /// Plays all of it.
  ///
  /// - Throws: a refusal that no office should see; what only this or that case suffers is in the report.
  public mutating func run() async throws -> SimulationReport {
    while let moment = nextMoment(), moment < end {
      now = moment
      driver.now = moment
      try await passTime()
      try await takeArrivals()
      try await finishJobs()
      try await startJobs()
      noteQueues()
    }
    (now, driver.now) = (end, end)
    return try await report()
  }

  // MARK: Time

  /// When something happens next.
  private mutating func nextMoment() -> Instant? {
    while let bell = bells.last, bell <= now { bells.removeLast() }
    let moments =
      [
        bells.last, evenings.last, arrivals.last.map { max($0.at, now) },
        jobs.values.map(\.end).min(),
      ]
      + [timers.values.filter { $0 > now }.min(), waiting.map(\.ready).filter { $0 > now }.min()]
    return moments.compactMap { $0 }.min()
  }

  private mutating func passTime() async throws {
    guard timers.values.contains(where: { $0 <= now }) else { return }
    let clerk = staff.clerk
    try await perform { try await $0.office(clerk).passTime() }
  }

  /// How much waits for whom; the most of each day is kept when it is over.
  private mutating func noteQueues() {
    var counts = Array(repeating: 0, count: tables.posts.count)
    let busy = Set(jobs.values.map(\.task))
    for task in waiting where task.ready <= now && !busy.contains(task.id) {
      if let post = task.post { counts[post] += 1 }
    }
    log.see(counts)
    guard evenings.last == now else { return }
    evenings.removeLast()
    log.endDay(time.calendar.day(of: now))
  }

  // MARK: Commands

  /// One command of the office; after a crash the store is opened again and the command repeated.
  ///
  /// Whatever it changed is noticed, also when it failed.
  @discardableResult mutating func perform<Value: Sendable>(
    _ body: (CaseDriver) async throws -> Value
  ) async throws -> Value {
    for _ in 0..<100 {
      do {
        let value = try await body(driver)
        try await absorb()
        return value
      } catch let problem as Diagnostic where problem.code == "STORE006" {
        guard let reopen else { throw problem }
        driver.store = try await changes.observe(reopen())
      } catch {
        try await absorb()
        throw error
      }
    }
    throw Diagnostic("STORE006")
  }

  /// Takes over what the last command changed in the work lists.
  private mutating func absorb() async throws {
    for rows in changes.take() {
      let number = rows.row.number
      timers[number] = rows.timers.map(\.due).min()
      log.note(rows, at: now)
      let open = try await driver.store.tasks(TaskQuery(caseNumber: number))
      try follow(open, of: number)
    }
    for paper in log.takeDecided() { try await considerAppeal(against: paper) }
  }

  /// The tasks that wait in a case from now on.
  private mutating func follow(_ open: [TaskRow], of number: CaseNumber) throws {
    let known = waiting.filter { $0.task.caseNumber == number }
    waiting.removeAll { $0.task.caseNumber == number }
    for task in open {
      var entry = try known.first { $0.task.key == task.key } ?? Waiting(task, in: self)
      entry.task = task
      entry.able = staff.able(to: task)
      entry.post = entry.able.first.map { staff.people[$0].post }
      waiting.append(entry)
    }
  }
}

extension Simulation.Plan {
  fileprivate func check() throws {
    let numbers = [
      ("--cases", cases, 1...100_000), ("--days", days, 1...3650),
      ("--experts", experts ?? 1, 1...1000),
    ]
    for (option, value, range) in numbers where !range.contains(value) {
      throw Diagnostic(
        "SIM001",
        [
          "option": option, "value": "\(value)", "least": "\(range.lowerBound)",
          "most": "\(range.upperBound)",
        ])
    }
  }
}

/// The rows that commits change, collected where they are made.
private final class Changes: Sendable {
  private let rows = Mutex<[CaseNumber: CaseRows]>([:])

  func observe(_ store: any CaseStore) -> any CaseStore {
    ObservedStore(store) { batch, inner in
      do {
        let receipt = try await inner.commit(batch)
        if !receipt.wasRepeated { self.add(batch.cases) }
        return receipt
      } catch let problem as Diagnostic where problem.code == "STORE006" {
        // perhaps it is durable: the tasks are read again, the rest is right when it is
        self.add(batch.cases)
        throw problem
      }
    }
  }

  private func add(_ new: [CaseRows]) {
    rows.withLock { rows in for row in new { rows[row.row.number] = row } }
  }

  /// What has changed since it was last asked, by case number.
  func take() -> [CaseRows] {
    rows.withLock { rows in
      defer { rows = [:] }
      return rows.values.sorted { $0.row.number < $1.row.number }
    }
  }
}
