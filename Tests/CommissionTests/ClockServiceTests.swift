import BPMN
import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import Testing

/// Clocks of cases: pauses, extensions, marks, and what follows them.
///
/// The case is opened on 4 March 2026; `T-MSEC` has 10 working days and may become 15 (`T-MSEC-EXT`).
struct ClockServiceTests {
  private func clock(_ test: TestOffice) async throws -> Office.ClockView {
    let views = try await test.office("a.one").clocks(of: TestOffice.number)
    return try #require(views.first { $0.clock.parameter.identifier == "T-MSEC" })
  }

  @Test func aClockKnowsItsRuleVersionAndMarks() async throws {
    let test = try await TestOffice()
    try await test.open()
    let view = try await clock(test)
    #expect(view.clock.parameter.version == "deadlines@1")
    #expect(test.day(view.marks[50]) == "2026-03-12")
    #expect(try await test.timer("half") == "2026-03-12")
    #expect(view.remaining == 10)
    #expect(view.notCounted.contains { $0.reason != nil })
    #expect(view.calendar == "2026-01")
  }

  @Test func aPauseMovesWhatFollowsTheClock() async throws {
    var test = try await TestOffice()
    try await test.open()
    try await test.complete("prepare", by: "a.one")
    let before = try await test.due("check")
    try await test.wait(until: "2026-03-06T10:00")
    let secretary = try await test.office("a.one")
    let left = try await clock(test).remaining
    #expect(
      try await test.refusal {
        try await secretary.pauseClock("T-MSEC", of: TestOffice.number, reason: "holiday")
      } == "TASK505")
    let expert = try await test.office("n.quliyeva")
    #expect(
      try await test.refusal {
        try await expert.pauseClock("T-MSEC", of: TestOffice.number, reason: "person-ill")
      } == "USER004")
    try await secretary.pauseClock("T-MSEC", of: TestOffice.number, reason: "person-ill")
    #expect(
      try await test.refusal {
        try await secretary.pauseClock("T-MSEC", of: TestOffice.number, reason: "person-ill")
      } == "TASK504")
    try await test.wait(until: "2026-04-06T10:00")
    try await test.office("a.one").resumeClock("T-MSEC", of: TestOffice.number)
    #expect(try await clock(test).remaining == left)
    let after = try await test.due("check")
    #expect(after > before)
    #expect(after == test.day(try await clock(test).due))
    let again = try await test.office("a.one")
    #expect(
      try await test.refusal {
        try await again.resumeClock("T-MSEC", of: TestOffice.number)
      } == "CASE024")
  }

  @Test func aTimerDoesNotFireWhileItsClockStandsStill() async throws {
    var test = try await TestOffice()
    try await test.open()
    try await test.office("a.one").pauseClock(
      "T-MSEC", of: TestOffice.number, reason: "records-requested")
    try await test.wait(until: "2026-05-15T10:00")
    #expect(try await test.timer("half") > "2026-05-15")
    try await test.office("a.one").resumeClock("T-MSEC", of: TestOffice.number)
    #expect(try await test.timer("half") == "2026-05-22")
    try await test.wait(until: "2026-05-22T19:00")
    #expect(try await test.timer("half") == "–")
  }

  @Test func aClockIsExtendedOnlyAsFarAsTheLawSays() async throws {
    let test = try await TestOffice()
    try await test.open()
    let number = TestOffice.number
    let head = try await test.office("r.huseynli")
    let before = try await clock(test).due
    func extend(to total: Int?, _ name: String = "T-MSEC") async throws {
      try await head.extendClock(name, of: number, to: total, reason: "complex")
    }
    #expect(try await test.refusal { try await extend(to: 16) } == "CASE026")
    #expect(try await test.refusal { try await extend(to: 10) } == "CASE026")
    #expect(try await test.refusal { try await extend(to: nil, "T-APPEAL") } == "TASK504")
    let secretary = try await test.office("a.one")
    #expect(
      try await test.refusal {
        try await secretary.extendClock("T-MSEC", of: number, reason: "complex")
      } == "USER004")
    try await extend(to: 12)
    try await extend(to: nil)
    #expect(try await test.refusal { try await extend(to: nil) } == "CASE026")
    let view = try await clock(test)
    #expect(view.clock.amount == 15)
    #expect(view.due > before)
    #expect(view.clock.changes.map(\.kind) == [.extension, .extension])
    // half of 15 working days is the 8th
    #expect(view.marks[50].map { test.day($0) } == (try await test.timer("half")))
    let entry = try await head.timeline(of: number).last { $0.key == "event.clock.extension" }
    #expect(entry?.reason == "complex")
    #expect(entry?.arguments["amount"] == "15")
  }

  @Test func aClockWithoutAnExtensionRowIsNotExtended() async throws {
    let text = """
      {"identifier":"T-SIGN","unit":"working-days","amount":1,"pauseReasons":[],"source":"","model":"m"}
      """
    let parameter = try JSONDecoder().decode(ClockParameter.self, from: Data(text.utf8))
    let set = try TestDefinitions.set("AZ-2022")
    #expect(throws: Diagnostic.self) {
      try ClockParameter(parameter.identifier + "-EXT", in: set.engine.decisions)
    }
  }

  @Test func aClockIsCorrectedWithAReason() async throws {
    let test = try await TestOffice()
    try await test.open()
    let number = TestOffice.number
    let head = try await test.office("r.huseynli")
    let day = try await clock(test).due
    #expect(
      try await test.refusal {
        try await head.correctClock("T-MSEC", of: number, reason: "x")
      } == "CASE027")
    #expect(
      try await test.refusal {
        try await head.correctClock(
          "T-MSEC", of: number, startedAt: TestOffice.instant("2026-12-01T09:00"), reason: "x")
      } == "CASE027")
    try await head.correctClock(
      "T-MSEC", of: number, startedAt: TestOffice.instant("2026-03-03T09:00"),
      reason: "the letter came on Tuesday")
    let view = try await clock(test)
    #expect(view.due < day)
    #expect(view.clock.changes.last?.reason == "the letter came on Tuesday")
    #expect(try await head.verifyAudit().breaks.isEmpty)
  }

  @Test func hoursAreCountedOnEveryDayAndYearsByTheCalendar() throws {
    let set = try TestDefinitions.set("AZ-2022")
    func clock(_ unit: String, _ amount: Int) throws -> Clock {
      let text = """
        {"identifier":"T","unit":"\(unit)","amount":\(amount),"pauseReasons":[],"source":"","model":"m"}
        """
      let parameter = try JSONDecoder().decode(ClockParameter.self, from: Data(text.utf8))
      return Clock(parameter, startedAt: TestOffice.instant("2026-01-30T17:30"))
    }
    let now = TestOffice.instant("2026-01-30T17:30")
    let hours = try clock("hours", 48)
    #expect(try hours.due(in: set.calendar, now: now) == TestOffice.instant("2026-02-01T17:30"))
    #expect(
      try hours.mark(percent: 50, in: set.calendar, now: now)
        == TestOffice.instant("2026-01-31T17:30"))
    // 30 January 2027 is a Saturday
    #expect(
      try clock("years", 1).due(in: set.calendar, now: now)
        == TestOffice.instant("2027-02-01T18:00"))
    // the last day of a shorter month, a Saturday
    #expect(
      try clock("months", 1).due(in: set.calendar, now: now)
        == TestOffice.instant("2026-03-02T18:00"))
  }

  /// A decree moves days: open cases count by the new edition, and what is due is told again.
  @Test func aNewCalendarMovesWhatIsDue() async throws {
    let test = try await TestOffice()
    try await test.open()
    try await test.complete("prepare", by: "a.one")
    let before = try await clock(test)
    let old = try #require(TestDefinitions.files.first { $0.kind == .calendar })
    var text = String(decoding: old.bytes, as: UTF8.self)
      .replacingOccurrences(of: "version=2026-01", with: "version=2026-02")
    // two working days become days off, a Saturday before them is worked
    text += "2026-03-16,transferred-off,x,Moved,x,decree,false\n"
    text += "2026-03-17,transferred-off,x,Moved,x,decree,false\n"
    text += "2026-03-14,transferred-working,x,Moved,x,decree,false\n"
    let file = try DefinitionFile(path: old.path, bytes: Array(text.utf8))
    _ = try await test.office("r.huseynli").deploy([file])
    let after = try await clock(test)
    #expect(after.calendar == "2026-02")
    #expect(after.due != before.due)
    #expect(try await test.due("check") == test.day(after.due))
    let office = try await test.office("a.one")
    #expect(
      try await office.timeline(of: TestOffice.number).contains {
        $0.key == "event.definitions.calendar"
      })
    #expect(try await office.verifyAudit().breaks.isEmpty)
  }

  @Test(arguments: [
    (#"working days between(date("2026-03-02"), date("2026-03-06"))"#, "4"),
    (#"working days between(date("2026-03-06"), date("2026-03-02")) + 1"#, "-3"),
    (
      #"if working days between(date("2026-03-02"), date("2026-03-06")) between 3 and 5 then 1 else 0"#,
      "1"
    ),
    (#"add working days(date("2026-03-06"), 1) = next working day(date("2026-03-06"))"#, "true"),
    (#"date(deadline("T-APPEAL")) > date(deadline("T-APPEAL", 50))"#, "true"),
    (#"deadline("T-NOTHING")"#, "null"),
  ])
  func expressionsAskTheCalendar(_ text: String, _ expected: String) async throws {
    let model = ModelExpression("= " + text)
    let expression: FEELExpression
    switch model.content {
    case .feel(let feel): expression = feel
    case .fixed, .invalid: throw model.problem ?? Diagnostic("FEEL001")
    }
    let result = expression.evaluate(
      environment: try TestDefinitions.set("AZ-2022").environment(
        at: TestOffice.instant("2026-03-04T09:00"))
    ) { _ in nil }
    #expect(result.value.description == expected)
  }
}
