public import BPMN
internal import Diagnostics
public import FEEL

/// A change of law under running cases: other definitions, after a look at what would happen.
extension Office {
  /// Where to and how.
  public struct MigrationOrder: Sendable {
    /// The definitions in force on this day.
    public var day: Day
    /// Old element ids to new ones, where a step was renamed.
    public var elements: [String: String]
    /// Whether decisions, lists and acts stay as they are: only procedure and forms change.
    public var keepsRules: Bool

    public init(day: Day, elements: [String: String] = [:], keepsRules: Bool = false) {
      self.day = day
      self.elements = elements
      self.keepsRules = keepsRules
    }
  }

  /// What a migration does with one case.
  public struct MigrationView: Sendable {
    public let caseNumber: CaseNumber
    public let change: DefinitionChange
    /// What the engine says: open elements and what becomes of them, problems.
    public let report: MigrationReport

    public var isPossible: Bool { report.isPossible }
    /// Whether there is anything to migrate to.
    public var isEmpty: Bool { change.added.isEmpty && change.removed.isEmpty }
  }

  /// What a migration would do; nothing is changed.
  public func migrationReport(
    of numbers: [CaseNumber], order: MigrationOrder
  ) async throws -> [MigrationView] {
    try require(.migrateCases)
    var views: [MigrationView] = []
    for number in numbers.removingRepeats().sorted() {
      let (work, loaded) = try await reading(number, for: .migration)
      let set = try await target(of: loaded, order)
      let report = loaded.state.process.migrationReport(
        plans(from: loaded, to: set, order), to: set.engine,
        environment: work.environment(of: loaded.using(set)), now: now)
      views.append(
        MigrationView(
          caseNumber: number,
          change: DefinitionChange(.migration, from: loaded.state.definitions, to: set.references),
          report: report))
    }
    return views
  }

  /// Lets cases run on by other definitions, all or none; clocks that have started keep their terms.
  ///
  /// - Throws: `USER004`; `CASE037` for a closed case; `CASE045` when there is nothing to migrate to; what the engine
  ///   refuses (`BPMN229`), with every problem.
  @discardableResult
  public func migrate(
    _ numbers: [CaseNumber], order: MigrationOrder, reason: String, command: CommandID? = nil
  ) async throws -> Care {
    try require(.migrateCases)
    return try await each(of: numbers, "case.migrated", reason: reason, command: command) {
      work, number in
      let loaded = try await work.loaded(number)
      try loaded.checkOpen()
      let set = try await target(of: loaded, order)
      guard set.references != loaded.state.definitions else {
        throw Diagnostic("CASE045", ["number": number.description])
      }
      let plans = plans(from: loaded, to: set, order)
      try await work.change(number) { $0.use(set, because: .migration) }
      if !plans.isEmpty { try await work.run(.migrate(plans), in: number) }
      try await work.followClocks(of: number)
    }
  }

  private func target(of loaded: LoadedCase, _ order: MigrationOrder) async throws -> DefinitionSet
  {
    let profile = loaded.state.opening.profile
    let all = try await store.definitions()
    var references = all.resolved(for: profile, on: order.day).map(\.reference)
    if order.keepsRules {
      let procedure = ["process/", "form/", "block/"]
      func isProcedure(_ reference: String) -> Bool {
        procedure.contains { reference.hasPrefix($0) }
      }
      references =
        references.filter(isProcedure) + loaded.state.definitions.filter { !isProcedure($0) }
    }
    return try await definitions.set(references.sorted(), in: store)
  }

  private func plans(
    from loaded: LoadedCase, to set: DefinitionSet, _ order: MigrationOrder
  ) -> [MigrationPlan] {
    let open = loaded.state.process.instances.values.map(\.process).removingRepeats()
    return open.compactMap { process in
      guard let source = loaded.set.engine.processes[process],
        let target = set.engine.processes[process]
      else { return nil }
      return MigrationPlan(from: source, to: target, elements: order.elements)
    }
  }

  /// Lets every open case count by the newest edition of its calendar; what is due is told again.
  ///
  /// - Returns: the cases that changed.
  @discardableResult
  func adoptCalendar() async throws -> [CaseNumber] {
    let newest = try await store.definitions().filter { $0.kind == .calendar }
    var behind: [CaseNumber] = []
    for row in try await store.cases(CaseQuery(isOpen: true, limit: 1_000_000)) {
      let loaded = try await reading(row.number, for: nil).loaded
      if try await recounted(loaded, by: newest) != nil { behind.append(row.number) }
    }
    var changed: [CaseNumber] = []
    for start in stride(from: 0, to: behind.count, by: 200) {
      let part = behind[start..<min(start + 200, behind.count)]
      changed += try await perform("calendar.changed") { work in
        var moved: [CaseNumber] = []
        for number in part {
          let loaded = try await work.loaded(number)
          guard let set = try await recounted(loaded, by: newest) else { continue }
          try await work.change(number) { $0.use(set, because: .calendar) }
          try await work.followClocks(of: number)
          moved.append(number)
        }
        if !moved.isEmpty {
          try await work.note("calendar.changed", in: .batches, Payload().text(moved))
        }
        return moved
      }
    }
    return changed
  }

  private func recounted(
    _ loaded: LoadedCase, by calendars: [StoredDefinition]
  ) async throws -> DefinitionSet? {
    let profile = loaded.state.opening.profile
    let held = calendars.resolved(for: profile, on: today).map(\.reference)
    let references =
      (loaded.state.definitions.filter { !$0.hasPrefix("calendar/") } + held).sorted()
    guard !held.isEmpty, references != loaded.state.definitions else { return nil }
    return try await definitions.set(references, in: store)
  }
}

extension LoadedCase {
  /// The same case as other definitions would see it.
  func using(_ set: DefinitionSet) -> LoadedCase {
    var copy = self
    copy.use(set, because: .migration)
    return copy
  }
}
