internal import BPMN
internal import Diagnostics
public import FEEL

/// The clocks of cases: looking at them, and the changes that people make.
extension Office {
  /// One clock of one case, as lists show it.
  public struct ClockView: Sendable {
    public let caseNumber: CaseNumber
    public let clock: Clock
    public let due: Instant
    /// When 50 and 80 % of the term are used up.
    public let marks: [Int: Instant]
    /// Working days, calendar days or hours left; 0 when it has run out.
    public let remaining: Int
    /// Days that the count leaves out, with the name of the holiday; `nil` for a weekend.
    public let notCounted: [WorkCalendar.DayNotCounted]
    /// The edition of the calendar it was counted by.
    public let calendar: String
  }

  /// The open clocks of the cases that fall due first, or of one case.
  ///
  /// - Parameters:
  ///   - dueBy: only clocks that run out by then.
  ///   - limit: at most so many cases are looked at.
  public func clocks(
    of number: CaseNumber? = nil, dueBy: Instant? = nil, limit: Int = 200
  ) async throws -> [ClockView] {
    let numbers: [CaseNumber]
    if let number {
      numbers = [number]
    } else {
      numbers = try await store.cases(CaseQuery(isOpen: true, dueBy: dueBy, limit: limit))
        .map(\.number)
    }
    var views: [ClockView] = []
    for number in numbers {
      let (_, loaded) = try await reading(number, for: nil)
      views += try loaded.state.clocks.values.filter(\.isOpen).map { try view($0, of: loaded) }
    }
    return views.filter { view in dueBy.map { view.due <= $0 } ?? true }.sorted {
      ($0.due, $0.caseNumber, $0.clock.parameter.identifier)
        < ($1.due, $1.caseNumber, $1.clock.parameter.identifier)
    }
  }

  /// Every clock of a case, closed ones too, in the order they were opened.
  public func explainClocks(of number: CaseNumber) async throws -> [ClockView] {
    let (_, loaded) = try await reading(number, for: .clocks)
    return try loaded.state.clocks.values.sorted {
      ($0.startedAt, $0.parameter.identifier) < ($1.startedAt, $1.parameter.identifier)
    }.map { try view($0, of: loaded) }
  }

  private func view(_ clock: Clock, of loaded: LoadedCase) throws -> ClockView {
    let calendar = loaded.set.calendar
    let now = clock.closedAt ?? now
    return try ClockView(
      caseNumber: loaded.number, clock: clock, due: clock.due(in: calendar, now: now),
      marks: [
        50: clock.mark(percent: 50, in: calendar, now: now),
        80: clock.mark(percent: 80, in: calendar, now: now),
      ],
      remaining: clock.remaining(in: calendar, now: now),
      notCounted: clock.notCounted(in: calendar, now: now),
      calendar: calendar.workCalendar.version)
  }

  /// Stops a clock for a coded reason that its row of the law allows.
  ///
  /// - Throws: `USER004`; `TASK504` when it does not run; `TASK505` for another reason.
  public func pauseClock(
    _ name: String, of number: CaseNumber, reason: String, command: CommandID? = nil
  ) async throws {
    try require(.pauseClocks)
    _ = try await perform("clock.paused", command: command, reason: reason) { work in
      try await work.loaded(number).checkActive()
      try await work.pauseClock(name, reason: reason, in: number)
      return number
    }
  }

  /// Lets a clock go on with what was left.
  ///
  /// - Throws: `USER004`; `CASE024` when it does not stand still.
  public func resumeClock(
    _ name: String, of number: CaseNumber, command: CommandID? = nil
  ) async throws {
    try require(.pauseClocks)
    _ = try await perform("clock.resumed", command: command) { work in
      let loaded = try await work.loaded(number)
      try loaded.checkActive()
      guard let clock = loaded.state.clocks[name], clock.isOpen, clock.isPaused else {
        throw Diagnostic("CASE024", ["clock": name])
      }
      try await work.recordClock(.clockResumed(name, at: now), in: number)
      return number
    }
  }

  /// Gives a clock the longer term that the row `NAME-EXT` of the law allows, or a part of it.
  ///
  /// - Parameter total: the whole term from the start; `nil`: as long as allowed.
  /// - Throws: `USER004`; `TASK504` when it is not open; `CASE025` when the law knows no extension; `CASE026` when it
  ///   would not be longer, or too long.
  public func extendClock(
    _ name: String, of number: CaseNumber, to total: Int? = nil, reason: String,
    command: CommandID? = nil
  ) async throws {
    try require(.changeClocks)
    _ = try await perform("clock.extended", command: command, reason: reason) { work in
      let (loaded, clock) = try await openClock(name, of: number, in: &work)
      guard
        let longer = try? ClockParameter(name + "-EXT", in: loaded.set.engine.decisions),
        longer.unit == clock.parameter.unit
      else { throw Diagnostic("CASE025", ["clock": name]) }
      let amount = total ?? longer.amount
      guard amount > clock.amount, amount <= longer.amount else {
        throw Diagnostic(
          "CASE026",
          ["clock": name, "now": "\(clock.amount)", "limit": "\(longer.amount)"])
      }
      let change = Clock.Change(
        kind: .extension, amount: amount, startedAt: nil, reason: reason, basis: longer.source,
        at: now)
      try await work.recordClock(.clockChanged(name, change), in: number)
      return number
    }
  }

  /// Corrects the term or the start of a running clock that were recorded wrongly.
  ///
  /// - Throws: `USER004`; `TASK504` when it is not open; `CASE027` when nothing or nonsense is changed.
  public func correctClock(
    _ name: String, of number: CaseNumber, amount: Int? = nil, startedAt: Instant? = nil,
    reason: String, command: CommandID? = nil
  ) async throws {
    try require(.changeClocks)
    _ = try await perform("clock.corrected", command: command, reason: reason) { work in
      let (_, clock) = try await openClock(name, of: number, in: &work)
      let isPlausible = (amount ?? 1) > 0 && (startedAt.map { $0 <= now } ?? true)
      guard amount != nil || startedAt != nil, isPlausible else {
        throw Diagnostic("CASE027", ["clock": name])
      }
      let change = Clock.Change(
        kind: .correction, amount: amount, startedAt: startedAt, reason: reason,
        basis: clock.parameter.source, at: now)
      try await work.recordClock(.clockChanged(name, change), in: number)
      return number
    }
  }

  private func openClock(
    _ name: String, of number: CaseNumber, in work: inout Work
  ) async throws -> (LoadedCase, Clock) {
    let loaded = try await work.loaded(number)
    try loaded.checkActive()
    guard let clock = loaded.state.clocks[name], clock.isOpen else {
      throw Diagnostic("TASK504", ["clock": name])
    }
    return (loaded, clock)
  }
}
