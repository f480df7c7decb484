internal import BPMN
internal import Diagnostics
internal import FEEL

/// When processes start by themselves: the timer start events of what is deployed.
struct StartSchedule: Codable {
  /// One timer start event of one version of a process.
  struct Entry: Hashable, Codable {
    /// `process/identifier@version`.
    let definition: String
    let profile: String
    var timer: StartTimer
  }

  private(set) var entries: [Entry] = []

  /// What is due at `now`, earliest first.
  func due(by now: Instant) -> [Entry] {
    entries.filter { $0.timer.due <= now }
      .sorted { ($0.timer.due, $0.definition) < ($1.timer.due, $1.definition) }
  }

  /// A new version takes the place of the older ones, unless it holds only later: then they run until they are found
  /// to hold no more.
  mutating func deploy(_ definition: StoredDefinition, _ timers: [StartTimer], now: Instant) {
    if definition.effectiveFrom.map({ $0 <= now.officeDay }) ?? true {
      entries.removeAll { $0.definition.hasPrefix(definition.key + "@") }
    }
    entries += timers.map {
      Entry(definition: definition.reference, profile: definition.profile, timer: $0)
    }
  }

  /// The entry has had its time: it stays with the next one, when there is one and its version still holds.
  mutating func pass(_ entry: Entry, comesAgain: Bool) {
    guard let position = entries.firstIndex(of: entry) else { return }
    if comesAgain, let next = entry.timer.next(in: .office) {
      entries[position].timer = next
    } else {
      entries.remove(at: position)
    }
  }

  /// The timer start events of a process, counted from now or from the day on which it begins to hold.
  ///
  /// - Throws: `BPMN213` when a time cannot be told.
  static func timers(of file: DefinitionFile, now: Instant) throws -> [StartTimer] {
    guard case .process(let model) = file.content,
      model.processes.contains(where: { $0.isExecutable && $0.hasTimerStart })
    else { return [] }
    var start = now
    if let first = file.effectiveFrom,
      let begin = DateTime(first, Time.midnight.with(zone: .office)).instant
    {
      start = max(now, begin)
    }
    let environment = FEELEnvironment(now: DateTime(start, in: .office))
    return try model.compiled().flatMap {
      try $0.startTimers(environment: environment, now: start)
    }
  }
}

extension ModelProcess {
  fileprivate var hasTimerStart: Bool {
    content.nodes.contains { node in
      guard case .startEvent = node.kind else { return false }
      return node.events.contains { if case .timer = $0 { true } else { false } }
    }
  }
}

extension Stream {
  /// When processes start by themselves, and which have been started.
  static let starts = Stream("starts")
}

extension Work {
  /// The schedule as it stands, with the version it was read at.
  private func startSchedule() async throws -> (version: Int, schedule: StartSchedule) {
    guard let stored = try await store.state(of: .starts) else { return (0, StartSchedule()) }
    return (stored.version, try Payload().value(StartSchedule.self, from: stored.state))
  }

  /// New versions of processes take the place of the older ones in the schedule.
  mutating func schedule(_ deployed: [(StoredDefinition, [StartTimer])]) async throws {
    var (version, schedule) = try await startSchedule()
    let before = schedule.entries
    for (definition, timers) in deployed { schedule.deploy(definition, timers, now: now) }
    guard schedule.entries != before else { return }
    try replace(
      .starts, after: version, kind: "starts.scheduled",
      payload: deployed.map(\.0.reference), state: schedule)
  }

  /// Starts the process of `entry` in a case of its own, once.
  ///
  /// - Returns: the case; `nil` when another worker came first, or the version does not hold any more.
  mutating func start(_ entry: StartSchedule.Entry, profile: String) async throws -> CaseNumber? {
    var (version, schedule) = try await startSchedule()
    guard schedule.entries.contains(entry) else { return nil }
    let set = try await definitions.set(for: profile, on: now.officeDay, in: store)
    var number: CaseNumber?
    let holds = set.references.contains(entry.definition)
    schedule.pass(entry, comesAgain: holds)
    if holds {
      number = try await open(entry, profile: profile, set: set)
    }
    try replace(
      .starts, after: version, kind: "starts.fired",
      payload: [entry.definition, number?.description ?? ""], state: schedule)
    return number
  }

  private mutating func open(
    _ entry: StartSchedule.Entry, profile: String, set: DefinitionSet
  ) async throws -> CaseNumber {
    let title = set.engine.title(of: entry.timer.process, in: entry.timer.process)
    let number = try await openCase(
      .office, about: nil, called: title, profile: profile, set: set,
      seed: "\(entry.definition) \(entry.timer.element) \(entry.timer.due)")
    try await run(
      .startByTimer(process: entry.timer.process, element: entry.timer.element), in: number)
    return number
  }
}

extension Office {
  /// Starts the processes whose time has come.
  ///
  /// - Returns: how many were started, and what could not be.
  func startDue() async throws -> (started: Int, problems: [Diagnostic]) {
    guard let stored = try await store.state(of: .starts) else { return (0, []) }
    let schedule = try Payload().value(StartSchedule.self, from: stored.state)
    var started = 0
    var problems: [Diagnostic] = []
    for entry in schedule.due(by: now).prefix(20) {
      let profile = entry.profile == "any" ? Self.usualProfile : entry.profile
      do {
        let number = try await perform("process.started") { work in
          try await work.start(entry, profile: profile)
        }
        if number != nil { started += 1 }
      } catch let problem as Diagnostic {
        problems.append(problem)
      }
    }
    return (started, problems)
  }

  /// The rules for work that is nobody's case, where its definition holds for all.
  static let usualProfile = "AZ-2022"
}
