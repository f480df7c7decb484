import BPMN
import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import Testing

/// Cases that live through changes of law, mistakes and pauses.
struct LongLifeTests {
  private let number = TestOffice.number

  /// The whole way: suspended, migrated after a dry run, resumed, closed, taken up again.
  @Test(arguments: StoreKind.allCases)
  func aCaseIsCarriedThroughAChangeOfLaw(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    var test = try await TestOffice(store)
    try await test.open()
    try await test.complete("prepare", by: "a.one")
    try await test.office("b.two").claim(test.identifier("check"))
    try await test.wait(until: "2026-03-06T10:00")
    let left = try await clock(test)?.remaining
    let head = try await test.office("r.huseynli")
    try await head.suspend([number], reason: "the law changes")
    try await test.wait(until: "2026-06-01T10:00")

    let later = try await test.office("r.huseynli")
    _ = try await later.deploy([TestOffice.process("after")])
    var order = Office.MigrationOrder(day: Day("2026-06-01")!)
    let refused = try #require(
      try await later.migrationReport(of: [number], order: order).first)
    #expect(!refused.isPossible)
    #expect(!refused.report.problems.isEmpty)
    #expect(
      try await test.refusal {
        try await later.migrate([number], order: order, reason: "new law")
      } == (refused.report.problems.count == 1 ? refused.report.problems[0].code : "BPMN229"))
    order.elements = ["check": "verify"]
    let report = try #require(
      try await later.migrationReport(of: [number], order: order).first)
    #expect(report.isPossible, "\(report.report.problems)")
    #expect(report.change.added == ["process/medico-social-examination@2"])
    #expect(report.change.removed == ["process/medico-social-examination@1"])
    #expect(report.report.lines.contains { $0.element == "check" && $0.target == "verify" })
    #expect(report.report.begun == ["most"])
    // the dry run has changed nothing
    #expect(try await test.task("check").assignee == "b.two")
    try await later.migrate([number], order: order, reason: "law of 1 June")
    #expect(try await test.task("verify").assignee == "b.two")
    #expect(
      try await test.refusal {
        try await later.migrate([number], order: order, reason: "again")
      } == "CASE045")
    try await later.resume([number], reason: "the order of the minister")
    #expect(try await clock(test)?.remaining == left)
    #expect(try await test.due("verify") == test.day(try await clock(test)?.due))

    // a.one falls ill at one step of the new law, and b.two stands in
    let day = Day("2026-06-01")!
    try await later.substitute("b.two", for: "a.one", from: day, to: day, reason: "ill")
    try await finish(test, from: "verify")
    #expect(try await later.overview(of: number).closedAt != nil)
    #expect(
      try await test.refusal { try await later.cancel([number], reason: "x") } == "CASE037")
    try await later.reopen(number, at: "lead", reason: "judgment of the court")
    #expect(try await test.task("lead").status == .open)
    try await checkHistory(later)
    #expect(try await later.verifyAudit().breaks.isEmpty)
  }

  /// Who, why and on whose behalf.
  private func checkHistory(_ office: Office) async throws {
    let timeline = try await office.timeline(of: number)
    #expect(timeline.contains { $0.actor == "b.two" && $0.onBehalfOf == "a.one" })
    for (key, reason) in [
      ("event.suspended", "the law changes"), ("event.definitions.migration", "law of 1 June"),
      ("event.resumed", "the order of the minister"), ("event.reopened", "judgment of the court"),
    ] {
      let found = timeline.last { $0.key == key }
      #expect(found?.actor == "r.huseynli", "\(key)")
      #expect(found?.reason == reason, "\(key)")
    }
  }

  private func clock(_ test: TestOffice) async throws -> Office.ClockView? {
    try await test.office("a.one").clocks(of: number).first
  }

  /// From a step to the end of the case; b.two completes what a.one has claimed.
  private func finish(_ test: TestOffice, from step: String) async throws {
    try await test.complete(step, by: "b.two")
    try await test.complete("review", by: test.task("review").assignee ?? "")
    try await test.complete("lead", by: test.task("lead").assignee ?? "")
    try await test.office("a.one").claim(test.identifier("left"))
    try await test.complete("left", by: "b.two")
    try await test.complete("right", by: "b.two")
    let head = try await test.office("r.huseynli")
    try await head.retry(of: number, variables: ["ready": .string("yes")])
    try await test.complete("finish", by: "a.one")
  }

  @Test func nothingHappensInASuspendedCase() async throws {
    var test = try await TestOffice()
    try await test.open()
    let head = try await test.office("r.huseynli")
    let task = try await test.identifier("prepare")
    let secretary = try await test.office("a.one")
    #expect(
      try await test.refusal { try await secretary.suspend([number], reason: "x") } == "USER004")
    #expect(try await test.refusal { try await head.suspend([], reason: "x") } == "CASE042")
    #expect(
      try await test.refusal { try await head.resume([number], reason: nil) } == "CASE038")
    try await head.suspend([number], reason: "inquiry")
    #expect(try await head.overview(of: number).status.rawValue == "suspended")
    #expect(try await test.refusal { try await secretary.claim(task) } == "CASE023")
    #expect(
      try await test.refusal { try await test.complete("prepare", by: "a.one") } == "CASE023")
    #expect(
      try await test.refusal { try await head.suspend([number], reason: "x") } == "CASE023")
    #expect(
      try await test.refusal {
        try await secretary.pauseClock("T-MSEC", of: number, reason: "person-ill")
      } == "CASE023")
    try await secretary.comment(number, "viewing and remarks are never blocked")
    try await test.wait(until: "2026-05-04T10:00")
    #expect(try await test.timer("half") != "–")
    try await test.office("r.huseynli").resume([number], reason: nil)
    #expect(try await head.overview(of: number).status.rawValue == "registered")
  }

  /// Three kinds of due dates keep what was left: of a clock, of a term told once, of a duration.
  @Test func aSuspensionKeepsEveryRemainder() async throws {
    var test = try await TestOffice()
    try await test.open()
    #expect(try await test.due("prepare") == "2026-03-05")
    #expect(try await test.timer("reminder") == "2026-03-07")
    let before = try await clock(test)?.remaining
    try await test.office("r.huseynli").suspend([number], reason: "inquiry")
    try await test.wait(until: "2026-04-06T09:00")
    try await test.office("r.huseynli").resume([number], reason: nil)
    #expect(try await clock(test)?.remaining == before)
    #expect(try await test.due("prepare") == "2026-04-07")
    #expect(try await test.timer("reminder") == "2026-04-09")
    #expect(try await test.timer("half") == "2026-04-13")
  }

  @Test func aClockThatStoodStillAlreadyStaysSo() async throws {
    var test = try await TestOffice()
    try await test.open()
    try await test.office("a.one").pauseClock("T-MSEC", of: number, reason: "person-ill")
    try await test.office("r.huseynli").suspend([number], reason: "inquiry")
    try await test.wait(until: "2026-04-06T09:00")
    try await test.office("r.huseynli").resume([number], reason: nil)
    let paused = try #require(try await clock(test)).clock
    #expect(paused.isPaused)
    #expect(paused.pauses.map(\.reason) == ["person-ill"])
  }

  @Test(arguments: StoreKind.allCases)
  func aBatchIsOneEntryWithOneWayBack(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let test = try await TestOffice(store)
    let one = try await test.open()
    let two = try await test.open("huseynov-veteran")
    let head = try await test.office("r.huseynli")
    let care = try await head.suspend([two, one, one], reason: "flood in the archive")
    #expect(care.cases == [one, two])
    #expect(care.batch == "B-1")
    let records = try await test.store.records(of: Stream("batches"), after: 0)
    #expect(records.map(\.kind) == ["case.suspended"])
    #expect(records[0].reason == "flood in the archive (B-1)")
    let entry = try await head.timeline(of: two).last
    #expect(entry?.reason == "flood in the archive (B-1)")
    #expect(try await head.cases(ofBatch: "B-1") == [one, two])
    #expect(try await test.refusal { _ = try await head.cases(ofBatch: "B-9") } == "CASE041")
    try await head.resume(head.cases(ofBatch: "b-1"), reason: nil)
    // one that refuses holds all of them back
    try await head.suspend([one], reason: "inquiry")
    #expect(
      try await test.refusal { try await head.suspend([one, two], reason: "x") } == "CASE036")
    #expect(try await head.overview(of: two).status.rawValue == "registered")
    #expect(try await head.verifyAudit().breaks.isEmpty)
  }

  @Test func aCaseIsCancelledAndTakenUpAgain() async throws {
    let test = try await TestOffice()
    try await test.open()
    let head = try await test.office("r.huseynli")
    try await head.suspend([number], reason: "inquiry")
    try await head.cancel([number], reason: "opened twice")
    let over = try await head.overview(of: number)
    #expect(over.status.rawValue == "cancelled")
    #expect(over.closedAt != nil)
    #expect(over.clocks.isEmpty && over.tasks.isEmpty)
    #expect(try await test.refusal { try await head.cancel([number], reason: "x") } == "CASE037")
    #expect(try await test.refusal { try await head.suspend([number], reason: "x") } == "CASE037")
    func reopen(at step: String) async throws {
      try await head.reopen(number, at: step, reason: "it was not")
    }
    #expect(try await test.refusal { try await reopen(at: "nowhere") } == "CASE040")
    try await reopen(at: "medico-social-examination/check")
    #expect(try await test.task("check").status == .open)
    #expect(try await head.overview(of: number).status.rawValue == "reopened")
    #expect(try await test.refusal { try await reopen(at: "check") } == "CASE039")
    // what was known is known again
    try await test.complete("check", by: "b.two")
    #expect(try await test.task("review").status == .open)
    #expect(try await head.verifyAudit().breaks.isEmpty)
  }

  @Test func anIncidentIsFoundMendedAndRetried() async throws {
    let test = try await TestOffice()
    try await test.reachHalves()
    try await test.complete("left", by: "a.one")
    try await test.complete("right", by: "b.two")
    let head = try await test.office("r.huseynli")
    let found = try #require(try await head.incidents().first)
    #expect(try await head.status().incidents == 1)
    #expect(found.element == "good")
    #expect(found.incident.kind == .noFlow)
    #expect(found.by == "b.two")
    let key = found.incident.key.value
    let shown = try await head.incident(key, of: number)
    #expect(shown.variables["leftResult"] != nil)
    let secretary = try await test.office("a.one")
    #expect(
      try await test.refusal { try await secretary.retry(key, of: number) } == "USER004")
    #expect(
      try await test.refusal { try await head.retry(key + 999, of: number) } == "CASE044")
    #expect(try await head.retry(key, of: number) == 1)
    let left = try await head.retry(
      of: number, variables: ["ready": .string("yes")], reason: "the answer was lost")
    #expect(left == 0)
    #expect(try await head.status().incidents == 0)
    #expect(try await test.task("finish").status == .open)
    let entry = try await head.timeline(of: number).last { $0.key == "event.incident.resolved" }
    #expect(entry?.reason == "the answer was lost")
  }

  @Test func aTimerIsChangedByHand() async throws {
    var test = try await TestOffice()
    try await test.open()
    let head = try await test.office("r.huseynli")
    let timer = try #require(
      try await head.timers(of: number).first { $0.element == "reminder" })
    #expect(timer.step == "Prepare the case")
    let due = TestOffice.instant("2026-03-20T12:00")
    #expect(
      try await test.refusal {
        try await head.changeTimer(9999, of: number, due: due, reason: "x")
      } == "CASE046")
    try await head.changeTimer(timer.key, of: number, due: due, reason: "longer")
    #expect(try await test.timer("reminder") == "2026-03-20")
    try await test.wait(until: "2026-03-20T12:00")
    #expect(try await test.timer("reminder") == "–")
  }

  @Test func aMigrationCanKeepTheRules() async throws {
    let test = try await TestOffice()
    try await test.open()
    let head = try await test.office("r.huseynli")
    let old = try #require(
      TestDefinitions.files.first { $0.path.hasSuffix("carer-payment.dmn") })
    let text = String(decoding: old.bytes, as: UTF8.self) + "<!-- as amended -->\n"
    _ = try await head.deploy([
      TestOffice.process("after"), try DefinitionFile(path: old.path, bytes: Array(text.utf8)),
    ])
    var order = Office.MigrationOrder(day: Day("2026-03-04")!)
    let all = try await head.migrationReport(of: [number], order: order)
    #expect(all.first?.change.added.count == 2)
    order.keepsRules = true
    let procedure = try await head.migrationReport(of: [number], order: order)
    #expect(procedure.first?.change.added == ["process/medico-social-examination@2"])
    let secretary = try await test.office("a.one")
    let refusedOrder = order
    #expect(
      try await test.refusal {
        _ = try await secretary.migrationReport(of: [number], order: refusedOrder)
      } == "USER004")
  }

  @Test func deployedVersionsAreListedWithTheirCases() async throws {
    let test = try await TestOffice()
    try await test.open()
    let head = try await test.office("r.huseynli")
    _ = try await head.deploy([TestOffice.process("after")])
    let versions = try await head.deployedVersions(of: "medico-social-examination")
    #expect(versions.map(\.definition.version) == [1, 2])
    #expect(versions.map(\.openCases) == [1, 0])
    #expect(
      try await head.deployedVersions().count { $0.definition.kind == .calendar } == 1)
    #expect(
      try await test.refusal { _ = try await head.deployedVersions(of: "nothing") } == "CASE047")
  }

  /// A state of the first program still opens, and means the same.
  @Test func oldStatesDecodeForEver() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Cases/states")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    #expect(!files.isEmpty)
    for file in files {
      let state = try CaseState(storedText: String(contentsOf: file, encoding: .utf8))
      #expect(state.definitions == state.opening.definitions)
      #expect(!state.isSuspended && state.owners.isEmpty && state.recused.isEmpty)
      let again = try CaseState(storedText: state.storedText())
      #expect(again == state)
    }
  }
}
