import BPMN
import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import TestSupport
import XForms

/// A test office with the people of the demo, in which time is set by hand.
struct TestOffice {
  let store: any CaseStore
  var now: Instant
  private let cache = DefinitionCache()

  static let number = CaseNumber(commission: "07", year: 2026, serial: 1)

  /// Runs on the small examination of `Cases/processes/before.bpmn`, and on all other definitions of the checkout.
  init(_ store: any CaseStore = MemoryStore(), at time: String = "2026-03-04T09:00") async throws {
    self.store = store
    now = Self.instant(time)
    let folder = Corpus.checkout.appending(path: "Samples/demo/office")
    var tables: [String: CSV] = [:]
    for name in Authority.tableNames {
      let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
      tables[name] = try CSV(parsing: bytes, file: name)
    }
    // more hands: two secretaries, so that work can change them, and a second expert for every seat
    tables["users.csv"] = try Self.extended(
      tables["users.csv"]!, ["user", "name", "roles", "commission"],
      with: [
        "a.one,A One,secretary,07", "b.two,B Two,secretary session-secretary,07",
        "c.three,C Three,head,07",
      ]
        + Self.spare.map { "x.\($0.speciality),X,expert,11" })
    tables["experts.csv"] = try Self.extended(
      tables["experts.csv"]!,
      [
        "expert", "user", "name", "speciality", "area", "commission", "institution", "settlement",
        "chair",
      ],
      with: Self.spare.map {
        "X-\($0.speciality),x.\($0.speciality),X,\($0.speciality),\($0.area),11,,\($0.settlement),no"
      })
    try await Office.found(
      in: store, commission: "07", isTest: true, drawSecret: fingerprint(Array("test".utf8)),
      tables: tables, by: "test", now: now)
    _ = try await office("r.huseynli").deploy(
      TestDefinitions.files.filter { !$0.path.hasSuffix("medico-social-examination.bpmn") }
        + [Self.process("before")])
  }

  private static let spare = [
    (speciality: "orthopaedist", area: "functional", settlement: "ganja"),
    (speciality: "rehabilitation", area: "professional", settlement: "sumgait"),
  ]

  private static func extended(
    _ table: CSV, _ columns: [String], with rows: [String]
  ) throws -> CSV {
    let lines =
      [columns.joined(separator: ",")]
      + table.rows.map { row in columns.map { row[$0] }.joined(separator: ",") } + rows
    return try CSV(
      parsing: Array((lines.joined(separator: "\n") + "\n").utf8), file: "office.csv")
  }

  /// A version of the small examination.
  static func process(_ name: String) throws -> DefinitionFile {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/processes/\(name).bpmn")
    return try DefinitionFile(
      path: "Workflows/case/medico-social-examination.bpmn",
      bytes: Array(Data(contentsOf: url)))
  }

  static func instant(_ text: String) -> Instant {
    let local = DateTime(text + ":00")!
    return DateTime(local.day, local.time.with(zone: Zone(named: "Asia/Baku")!)).instant!
  }

  func office(_ user: String) async throws -> Office {
    try await Office(store: store, user: user, now: now, definitions: cache)
  }

  /// Sets the clock and fires what is due.
  mutating func wait(until time: String) async throws {
    now = Self.instant(time)
    try await office("a.one").passTime()
  }

  /// Opens a case by a referral.
  @discardableResult
  func open(_ sample: String = "quliyev-coxarthrosis") async throws -> CaseNumber {
    let url = Corpus.checkout.appending(path: "Samples/dossiers/referral/good/\(sample).xml")
    let bytes = try Array(Data(contentsOf: url))
    let reception = try await office("a.one").receive(bytes, file: "\(sample).xml")
    guard let number = reception.number else { throw Diagnostic("STORE003") }
    return number
  }

  /// The open task of that step.
  func task(_ element: String, of number: CaseNumber = TestOffice.number) async throws -> TaskRow {
    let rows = try await store.tasks(TaskQuery(caseNumber: number))
    guard let row = rows.first(where: { $0.element == element }) else {
      let held = try await office("r.huseynli").incidents(of: number).map(
        \.incident.problem.description)
      throw Diagnostic("TASK001", ["task": "\(element) of \(rows.map(\.element)), held: \(held)"])
    }
    return row
  }

  func identifier(_ element: String, of number: CaseNumber = TestOffice.number) async throws -> Int
  {
    try await task(element, of: number).identifier ?? 0
  }

  /// Hands in the task of that step.
  func complete(
    _ element: String, by user: String, of number: CaseNumber = TestOffice.number
  ) async throws {
    let office = try await office(user)
    let identifier = try await identifier(element, of: number)
    var answers = try await office.form(of: identifier).answers
    try answers.set("decision", to: "sign")
    try await office.complete(identifier, with: answers)
  }

  /// Goes on to the panel's review, and gives the code of who reviews.
  func reachReview() async throws -> String {
    try await open()
    try await complete("prepare", by: "a.one")
    try await complete("check", by: "b.two")
    return try await task("review").assignee ?? ""
  }

  /// Goes on to the two halves.
  func reachHalves() async throws {
    let reviewer = try await reachReview()
    try await complete("review", by: reviewer)
    let chair = try await task("lead").assignee ?? ""
    try await complete("lead", by: chair)
  }

  /// The code that `body` is refused with; `nil` when it is not.
  func refusal(_ body: () async throws -> Void) async throws -> String? {
    do {
      try await body()
      return nil
    } catch let problem as Diagnostic {
      return problem.code
    }
  }

  func due(_ element: String, of number: CaseNumber = TestOffice.number) async throws -> String {
    try await day(task(element, of: number).due)
  }

  func day(_ instant: Instant?) -> String {
    instant.flatMap { DateTime($0, in: Zone(named: "Asia/Baku")!)?.day.description } ?? "–"
  }

  func timer(_ element: String) async throws -> String {
    let timers = try await office("a.one").timers(of: TestOffice.number)
    return day(timers.first { $0.element == element }?.due)
  }
}
