import BPMN
import Commission
import Diagnostics
import FEEL
import Store
import Testing
import XForms

/// Every small rule of tasks: who may have one, and what becomes of it.
struct TaskServiceTests {
  @Test func aClaimedTaskIsNotTakenAgain() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    try await test.office("a.one").claim(task)
    try await test.office("a.one").claim(task)
    let other = try await test.office("b.two")
    #expect(try await test.refusal { try await other.claim(task) } == "TASK003")
    let expert = try await test.office("n.quliyeva")
    #expect(try await test.refusal { try await expert.claim(task) } == "TASK003")
  }

  @Test func aReleasedTaskIsForItsCandidatesAgain() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    try await test.office("a.one").claim(task)
    let expert = try await test.office("n.quliyeva")
    #expect(try await test.refusal { try await expert.release(task) } == "USER004")
    try await test.office("a.one").release(task)
    #expect(try await test.task("prepare").assignee == nil)
    try await test.office("b.two").claim(task)
  }

  @Test func aTaskIsGivenOnlyToACandidate() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    let head = try await test.office("r.huseynli")
    #expect(
      try await test.refusal { try await head.assign(task, to: "n.quliyeva") } == "TASK014")
    #expect(try await test.refusal { try await head.assign(task, to: "nobody") } == "USER001")
    let expert = try await test.office("n.quliyeva")
    #expect(try await test.refusal { try await expert.assign(task, to: "b.two") } == "USER004")
    try await head.assign(task, to: "b.two", reason: "her region")
    #expect(try await test.task("prepare").assignee == "b.two")
    let entry = try await head.timeline(of: TestOffice.number).last
    #expect(entry?.key == "event.task.assigned")
    #expect(entry?.actor == "r.huseynli")
    #expect(entry?.reason == "her region")
  }

  @Test func aDelegatedTaskComesBackAndIsHandedInByItsOwner() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    let owner = try await test.office("a.one")
    let helper = try await test.office("b.two")
    try await owner.claim(task)
    #expect(try await test.refusal { try await owner.resolve(task) } == "TASK016")
    #expect(try await test.refusal { try await owner.delegate(task, to: "a.one") } == "TASK015")
    try await owner.delegate(task, to: "b.two", reason: "holiday")
    #expect(try await owner.card(of: task).owner == "a.one")
    // giving it back to all ends the delegation
    try await owner.release(task)
    #expect(try await owner.card(of: task).owner == nil)
    try await owner.claim(task)
    try await owner.delegate(task, to: "b.two")
    var answers = try await helper.form(of: task).answers
    try answers.set("decision", to: "sign")
    try await helper.saveDraft(answers, of: task)
    let handedIn = answers
    #expect(
      try await test.refusal { try await helper.complete(task, with: handedIn) } == "TASK012")
    #expect(try await test.refusal { try await helper.delegate(task, to: "a.one") } == "TASK015")
    try await helper.resolve(task)
    #expect(try await test.task("prepare").assignee == "a.one")
    #expect(try await owner.form(of: task).answers.value(at: "decision") == "sign")
    try await test.complete("prepare", by: "a.one")
  }

  @Test func fourEyesLookAtClaimAssignDelegateAndCompletion() async throws {
    let test = try await TestOffice()
    try await test.open()
    try await test.complete("prepare", by: "b.two")
    let task = try await test.identifier("check")
    let same = try await test.office("b.two")
    let other = try await test.office("a.one")
    #expect(try await test.refusal { try await same.claim(task) } == "TASK005")
    #expect(
      try await test.refusal { try await test.complete("check", by: "b.two") } == "TASK005")
    #expect(try await test.refusal { try await other.assign(task, to: "b.two") } == "TASK005")
    try await other.claim(task)
    #expect(try await test.refusal { try await other.delegate(task, to: "b.two") } == "TASK005")
    try await test.complete("check", by: "a.one")
  }

  @Test func aSubstituteActsUnderBothNamesAndOnlyInThePeriod() async throws {
    var test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    try await test.office("a.one").claim(task)
    let head = try await test.office("r.huseynli")
    let (from, to) = (Day("2026-03-05")!, Day("2026-03-06")!)
    let secretary = try await test.office("a.one")
    #expect(
      try await test.refusal {
        try await secretary.substitute("b.two", for: "a.one", from: from, to: to, reason: "ill")
      } == "USER004")
    #expect(
      try await test.refusal {
        try await head.substitute("b.two", for: "a.one", from: to, to: from, reason: "ill")
      } == "USER005")
    #expect(
      try await test.refusal {
        try await head.substitute("n.quliyeva", for: "a.one", from: from, to: to, reason: "ill")
      } == "USER006")
    try await head.substitute("b.two", for: "a.one", from: from, to: to, reason: "ill")
    #expect(
      try await test.refusal { try await test.complete("prepare", by: "b.two") } == "TASK004")
    try await test.wait(until: "2026-03-05T09:00")
    #expect(try await test.office("b.two").tasks(mine: true).map(\.element) == ["prepare"])
    try await test.complete("prepare", by: "b.two")
    let done = try await head.timeline(of: TestOffice.number).last {
      $0.key == "event.document.answers"
    }
    #expect(done?.actor == "b.two")
    #expect(done?.onBehalfOf == "a.one")
    // four eyes see both: neither who did it nor for whom it was done may check it
    for user in ["b.two", "a.one"] {
      #expect(
        try await test.refusal { try await test.complete("check", by: user) } == "TASK005")
    }
    try await head.endSubstitution(for: "a.one")
    #expect(
      try await test.office("b.two").authority.absent(
        standingIn: "b.two", on: Day("2026-03-06")!
      ).isEmpty)
  }

  @Test func theSeatOfAPanelIsNotHandedOn() async throws {
    let test = try await TestOffice()
    let reviewer = try await test.reachReview()
    let task = try await test.identifier("review")
    let member = try await test.office(reviewer)
    let head = try await test.office("r.huseynli")
    let stranger = ["n.quliyeva", "e.aliyev", "g.rustamova"].first { $0 != reviewer } ?? ""
    #expect(try await test.refusal { try await member.release(task) } == "TASK011")
    #expect(try await test.refusal { try await head.assign(task, to: stranger) } == "TASK011")
    #expect(try await test.refusal { try await member.delegate(task, to: stranger) } == "TASK011")
    try await head.substitute(
      stranger, for: reviewer, from: Day("2026-03-01")!, to: Day("2026-04-01")!, reason: "ill")
    let substitute = try await test.office(stranger)
    #expect(try await test.refusal { try await substitute.claim(task) } == "TASK011")
    #expect(
      try await test.refusal { try await test.complete("review", by: stranger) } == "TASK011")
  }

  @Test func aPanelMemberWhoStepsDownIsDrawnAgain() async throws {
    let test = try await TestOffice()
    let reviewer = try await test.reachReview()
    try await test.office(reviewer).recuse(
      test.identifier("review"), reason: "treated the person")
    let next = try await test.task("review").assignee
    #expect(next != nil && next != reviewer)
    let timeline = try await test.office("r.huseynli").timeline(of: TestOffice.number)
    #expect(timeline.filter { $0.key == "event.panel" }.count == 2)
    let entry = timeline.last { $0.key == "event.recused" }
    #expect(entry?.arguments["user"] == reviewer)
    #expect(entry?.reason == "treated the person")
  }

  @Test func aPanelMemberCannotStepDownWhereTheWorkflowDoesNotSaySo() async throws {
    let test = try await TestOffice()
    let reviewer = try await test.reachReview()
    try await test.complete("review", by: reviewer)
    let chair = try await test.office(test.task("lead").assignee ?? "")
    let task = try await test.identifier("lead")
    #expect(
      try await test.refusal { try await chair.recuse(task, reason: "kin") } == "TASK017")
  }

  @Test func whoHasSteppedDownDoesNothingMoreInTheCase() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    let secretary = try await test.office("a.one")
    try await secretary.claim(task)
    try await secretary.recuse(task, reason: "kin")
    #expect(try await test.task("prepare").assignee == nil)
    #expect(try await test.refusal { try await secretary.claim(task) } == "TASK010")
    #expect(
      try await test.refusal { try await test.complete("prepare", by: "a.one") } == "TASK010")
    try await test.complete("prepare", by: "b.two")
  }

  @Test func candidatesPriorityAndFollowUpAreSet() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    let secretary = try await test.office("a.one")
    #expect(
      try await test.refusal {
        try await secretary.change(task, TaskChange(priority: 101))
      } == "TASK018")
    try await secretary.change(
      task, TaskChange(followUp: TestOffice.instant("2026-03-06T18:00"), priority: 80))
    let card = try await secretary.card(of: task).task
    #expect(card.priority == 80)
    #expect(test.day(card.followUp) == "2026-03-06")
    try await secretary.change(
      task, TaskChange(candidateGroups: ["head"], candidateUsers: ["n.safarova"]))
    #expect(try await test.task("prepare").groups == ["@n.safarova", "head"])
    #expect(try await test.office("n.safarova").tasks(mine: true).count == 1)
    #expect(try await test.office("b.two").tasks(mine: true).isEmpty)
    try await test.office("n.safarova").claim(task)
    let expert = try await test.office("n.quliyeva")
    #expect(
      try await test.refusal {
        try await expert.change(task, TaskChange(priority: 1))
      } == "USER004")
  }

  @Test func remarksStayInTheHistory() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    let secretary = try await test.office("a.one")
    try await secretary.comment(task, "Called the clinic")
    try await secretary.comment(TestOffice.number, "Will bring the X-ray")
    #expect(try await test.refusal { try await secretary.comment(task, "  ") } == "TASK019")
    let comments = try await secretary.card(of: task).comments
    #expect(comments.map(\.text) == ["Called the clinic", "Will bring the X-ray"])
    #expect(comments.map(\.by) == ["a.one", "a.one"])
  }

  @Test func aDraftIsDropped() async throws {
    let test = try await TestOffice()
    try await test.open()
    let task = try await test.identifier("prepare")
    let secretary = try await test.office("a.one")
    #expect(try await test.refusal { try await secretary.dropDraft(of: task) } == "TASK020")
    try await secretary.saveDraft(secretary.form(of: task).answers, of: task)
    try await secretary.dropDraft(of: task)
    #expect(try await test.task("prepare").draft == nil)
  }

  @Test func aCaseGoesBackToAStepThatWasDone() async throws {
    let test = try await TestOffice()
    try await test.open()
    let first = try await test.identifier("prepare")
    let head = try await test.office("r.huseynli")
    #expect(
      try await test.refusal { try await head.reopenTask(first, reason: "x") } == "TASK023")
    try await test.complete("prepare", by: "a.one")
    let check = try await test.identifier("check")
    #expect(
      try await test.refusal {
        try await head.returnCase(from: check, to: "lead", reason: "x")
      } == "TASK021")
    let expert = try await test.office("n.quliyeva")
    #expect(
      try await test.refusal {
        try await expert.returnCase(from: check, to: "prepare", reason: "x")
      } == "USER004")
    try await head.returnCase(from: check, to: "prepare", reason: "a page is missing")
    let again = try await test.identifier("prepare")
    #expect(again != first)
    #expect(
      try await head.timeline(of: TestOffice.number).contains { entry in
        entry.key == "event.returned" && entry.reason == "a page is missing"
      })
    try await test.complete("prepare", by: "a.one")
    try await head.reopenTask(again, reason: "typo")
    #expect(try await test.task("prepare").status == .open)
    #expect(try await head.verifyAudit().breaks.isEmpty)
  }

  @Test func goingBackDoesNotBreakAJoin() async throws {
    let test = try await TestOffice()
    try await test.reachHalves()
    let head = try await test.office("r.huseynli")
    let left = try await test.identifier("left")
    // the other half would wait at the join for a token that never comes
    let code = try await test.refusal {
      try await head.returnCase(from: left, to: "prepare", reason: "x")
    }
    #expect(["BPMN224", "BPMN225", "BPMN226"].contains(code))
    #expect(try await test.task("left").status == .open)
  }
}
