internal import BPMN
internal import Diagnostics
internal import FEEL

/// `open-clock`, `pause-clock`, `resume-clock`, `close-clock`: the header `parameter` names the clock.
extension Work {
  mutating func openClock(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let loaded = try await loaded(number)
    var parameter: ClockParameter
    do {
      parameter = try ClockParameter(job.header("parameter"), in: loaded.set.engine.decisions)
    } catch {
      throw Diagnostic("TASK503", ["clock": job.headers["parameter"] ?? ""])
    }
    parameter.version = loaded.set.definition(ofDecision: "clock-parameter").map {
      "\($0.identifier)@\($0.version)"
    }
    try await record(.clockOpened(Clock(parameter, startedAt: now)), in: number)
    return [:]
  }

  mutating func pauseClock(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    try await pauseClock(job.header("parameter"), reason: job.variables["reason"]?.text, in: number)
    return [:]
  }

  /// Stops a running clock.
  ///
  /// - Throws: `TASK504` when it does not run; `TASK505` when the rule allows no pause, or not for this reason.
  mutating func pauseClock(_ name: String, reason: String?, in number: CaseNumber) async throws {
    guard let clock = try await loaded(number).state.clocks[name] else {
      throw Diagnostic("TASK504", ["clock": name])
    }
    try clock.checkPause(for: reason)
    guard let reason else { return }
    try await recordClock(.clockPaused(name, at: now, reason: reason), in: number)
  }

  mutating func resumeClock(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let name = try job.header("parameter")
    guard let clock = try await loaded(number).state.clocks[name], clock.isPaused else {
      throw Diagnostic("TASK504", ["clock": name])
    }
    try await recordClock(.clockResumed(name, at: now), in: number)
    return [:]
  }

  mutating func closeClock(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let name = try job.header("parameter")
    if let clock = try await loaded(number).state.clocks[name], clock.closedAt == nil {
      try await record(.clockClosed(name, at: now), in: number)
    }
    return [:]
  }

  /// Records a change of a clock and moves what follows it.
  mutating func recordClock(_ event: CaseEvent, in number: CaseNumber) async throws {
    try await record(event, in: number)
    try await followClocks(of: number)
  }
}
