import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// Processes that start by themselves, and what two versions of a definition differ in.
@Suite struct StartTests {
  /// A process with this timer start event.
  private func process(_ timer: String, from day: String? = nil) throws -> DefinitionFile {
    let effective = day.map { " mse:effectiveFrom=\"\($0)\"" } ?? ""
    let text = """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t" \
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:mse="urn:msec:definition:1"\(effective)>
      <process id="tidy" name="Tidy up" isExecutable="true">
      <startEvent id="s"><timerEventDefinition>\(timer)</timerEventDefinition></startEvent>
      <userTask id="t"><extensionElements><zeebe:assignmentDefinition candidateGroups="head"/>\
      <zeebe:formDefinition formId="conflict-declaration"/></extensionElements></userTask><endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/>
      </process></definitions>
      """
    return try DefinitionFile(path: "Workflows/tidy.bpmn", bytes: Array(text.utf8))
  }

  private func cycle(_ text: String) -> String { "<timeCycle>\(text)</timeCycle>" }

  /// How many cases the worker starts at that time.
  private func started(_ test: inout TestOffice, at time: String) async throws -> Int {
    test.now = TestOffice.instant(time)
    var count = 0
    while true {
      let round = try await test.office("r.huseynli").work()
      #expect(round.problems == [])
      if round.isEmpty { return count }
      count += round.started
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aProcessStartsByItself(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    var test = try await TestOffice(store)
    _ = try await test.office("r.huseynli").deploy([process(cycle("R3/PT24H"))])
    #expect(try await started(&test, at: "2026-03-05T08:59") == 0)
    #expect(try await started(&test, at: "2026-03-05T09:00") == 1)
    #expect(try await started(&test, at: "2026-03-05T10:00") == 0)
    let row = try #require(try await store.cases(CaseQuery(kind: "office")).first)
    #expect(row.initials == "Tidy up")
    #expect(row.person.isEmpty)
    #expect(try await test.task("t", of: row.number).groups == ["head"])
    // what came due while nobody looked is not lost
    #expect(try await started(&test, at: "2026-03-20T09:00") == 2)
    #expect(try await started(&test, at: "2026-04-20T09:00") == 0)
    #expect(try await test.office("r.huseynli").verifyAudit().breaks.isEmpty)
  }

  @Test func aNewVersionTakesThePlaceOfTheOldTimer() async throws {
    var test = try await TestOffice()
    let head = try await test.office("r.huseynli")
    _ = try await head.deploy([process(cycle("R/PT24H"))])
    _ = try await head.deploy([process(cycle("R1/PT72H"))])
    #expect(try await started(&test, at: "2026-03-06T09:00") == 0)
    #expect(try await started(&test, at: "2026-03-07T09:00") == 1)
    #expect(try await started(&test, at: "2026-03-20T09:00") == 0)
  }

  /// Until the new version holds, the old one goes on; then its timer is dropped.
  @Test func aVersionThatHoldsLaterWaits() async throws {
    var test = try await TestOffice()
    let head = try await test.office("r.huseynli")
    _ = try await head.deploy([process(cycle("R/PT24H"))])
    _ = try await head.deploy([process(cycle("R2/PT12H"), from: "2026-03-07")])
    #expect(try await started(&test, at: "2026-03-06T09:00") == 2)
    // 12:00 and 24:00 of the 7th by the new version; nothing more by the old one
    #expect(try await started(&test, at: "2026-03-08T09:00") == 2)
    #expect(try await started(&test, at: "2026-03-20T09:00") == 0)
  }

  @Test func twoWorkersStartItOnce() async throws {
    var test = try await TestOffice()
    _ = try await test.office("r.huseynli").deploy([process(cycle("R1/PT1H"))])
    test.now = TestOffice.instant("2026-03-04T10:00")
    let office = try await test.office("r.huseynli")
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 { group.addTask { try await office.work().started } }
      return try await group.reduce(0, +)
    }
    #expect(counts == 1)
    #expect(try await test.store.cases(CaseQuery(kind: "office")).count == 1)
  }

  @Test func aTimeThatCannotBeToldIsRefusedAtDeploy() async throws {
    let test = try await TestOffice()
    let head = try await test.office("r.huseynli")
    let file = try process("<timeDuration>=term</timeDuration>")
    #expect(try await test.refusal { _ = try await head.deploy([file]) } == "CASE018")
    #expect(try await head.lint([file]).contains { $0.code == "BPMN213" })
  }

  @Test func versionsAreCompared() async throws {
    let test = try await TestOffice()
    let head = try await test.office("r.huseynli")
    _ = try await head.deploy([process(cycle("R/PT24H"))])
    _ = try await head.deploy([process(cycle("R/PT12H"))])
    let comparison = try await head.compareDefinition("tidy")
    #expect(comparison.changes.map(\.part) == ["startEvent s"])
    #expect(comparison.changes.first?.before == "R/PT24H")
    #expect(comparison.changes.first?.after == "R/PT12H")
    #expect(
      try await test.refusal { _ = try await head.compareDefinition("tidy", from: 7) } == "CASE063")
    #expect(
      try await test.refusal { _ = try await head.compareDefinition("nothing") } == "CASE047")
  }

  /// A trial of a calendar says what deploying it then does.
  @Test func aCalendarIsTriedBeforeItMovesTerms() async throws {
    let test = try await TestOffice()
    try await test.open()
    let head = try await test.office("r.huseynli")
    let url = Corpus.checkout.appending(path: "Samples/demo/change/calendar/az.csv")
    let bytes = try Array(Data(contentsOf: url))
    let before = try await head.clocks(of: TestOffice.number)
    let trial = try await head.tryCalendar(bytes, file: "calendar/az.csv")
    #expect(trial.comparison.changes.count > 2)
    #expect(try await head.clocks(of: TestOffice.number).map(\.due) == before.map(\.due))
    _ = try await head.deploy([DefinitionFile(path: "Workflows/calendar/az.csv", bytes: bytes)])
    for view in try await head.clocks(of: TestOffice.number) {
      let moved = trial.moved.first { $0.clock == view.clock.parameter.identifier }
      let old = before.first { $0.clock.parameter.identifier == view.clock.parameter.identifier }
      #expect(view.due == moved?.after ?? old?.due)
    }
    #expect(try await head.tryCalendar(bytes, file: "calendar/az.csv").moved.isEmpty)
  }
}
