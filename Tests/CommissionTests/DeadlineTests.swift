import BPMN
import Commission
import Diagnostics
import FEEL
import TestSupport
import Testing

/// `T-MSEC 2025-02-03T09:00` and, a line each, `pause FROM UNTIL`; the result is the last day.
struct DeadlineTests {
  @Test(arguments: try Examples.files(in: "Cases/terms"))
  func lastDay(_ examples: Examples) throws {
    let set = try TestDefinitions.set("AZ-2022")
    try examples.check { input in
      let lines = input.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      let parameter = try ClockParameter(lines[0][0], in: set.engine.decisions)
      var clock = Clock(parameter, startedAt: try instant(lines[0][1], set))
      for line in lines.dropFirst() {
        clock.pause(at: try instant(line[1], set), reason: "records-requested")
        clock.resume(at: try instant(line[2], set))
      }
      let due = try clock.due(in: set.calendar, now: clock.startedAt)
      return ["= \(set.calendar.day(of: due))"]
    }
  }

  private func instant(_ text: String, _ set: DefinitionSet) throws -> Instant {
    let local = try #require(DateTime(text + ":00"))
    return try #require(DateTime(local.day, local.time.with(zone: set.calendar.zone)).instant)
  }

  @Test(
    arguments: [
      ("T-MSEC", nil, "TASK505"), ("T-MSEC", "holiday", "TASK505"),
      ("T-INTAKE", "records-requested", "TASK505"), ("T-MSEC", "records-requested", nil),
    ] as [(String, String?, String?)])
  func aClockIsPausedOnlyForACodedReason(_ name: String, _ reason: String?, _ code: String?) throws
  {
    let set = try TestDefinitions.set("AZ-2022")
    let clock = Clock(
      try ClockParameter(name, in: set.engine.decisions), startedAt: Instant(seconds: 1_800_000_000)
    )
    do {
      try clock.checkPause(for: reason)
      #expect(code == nil)
    } catch let problem as Diagnostic {
      #expect(problem.code == code)
    }
  }

  @Test func aClockOfAnUnknownNameIsRefused() throws {
    let set = try TestDefinitions.set("AZ-2022")
    #expect(throws: Diagnostic.self) {
      try ClockParameter("T-NOTHING", in: set.engine.decisions)
    }
  }
}
