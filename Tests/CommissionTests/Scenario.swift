import BPMN
import Commission
import DMN
import Diagnostics
import Dossier
import FEEL
import Foundation
import Simulation
import Store
import TestSupport
import Testing
import XForms
import XML

/// A case from the law, played through the real procedures: `Scenarios/*.txt`.
///
/// Lines: `article …`, `definition …`, `form …` (what it shows); `now …`; `dossier FILE [as FIN]`; `apply KIND [answers]`;
/// `do TASK [answers]`, `until TASK`, `wait DAYS`, `pause CLOCK REASON`, `recuse TASK`, `stand-in USER for USER`, `case SERIAL`,
/// `rule ID PROFILE name=FEEL…` (without a case); `panel` (who sits on it), `letters TEMPLATE` (who got such letters), `sent KIND` (what other agencies got), `register NAME` (what it says of the year), `death DAY` (entered at the desk), `decision ID` (what came of it, and why); `refused TASK [answers]` and `refused` before another line: what must not happen; `office without
/// EXPERT…` first: they do not work here; `office with SPECIALITY…`: one more of each; `=` what came of it. `path=text` is an answer, `person.path=text` one of the
/// identity; `+` stands for a blank.
struct Scenario: CustomStringConvertible, Sendable {
  let url: URL
  var description: String { url.deletingPathExtension().lastPathComponent }

  static func all() throws -> [Scenario] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scenarios")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }
      .sorted { $0.path < $1.path }.map(Scenario.init(url:))
  }

  func lines() throws -> [String] {
    try String(contentsOf: url, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  /// What stands after `word` at the beginning of a line.
  func values(of word: String) throws -> [String] {
    try lines().filter { $0.hasPrefix(word + " ") }.map { String($0.dropFirst(word.count + 1)) }
  }

  /// The text of the scenario as it comes out today.
  func played() async throws -> String {
    var player = try await ScenarioPlayer(
      without: values(of: "office without").flatMap { $0.split(separator: " ").map(String.init) },
      with: values(of: "office with").flatMap { $0.split(separator: " ").map(String.init) })
    var result: [String] = []
    for line in try lines() where !line.hasPrefix("= ") {
      result.append(line)
      result += try await player.play(line).map { "= " + $0 }
    }
    return result.joined(separator: "\n")
  }
}

/// Plays the lines of one scenario in a store of its own.
struct ScenarioPlayer {
  private var driver: CaseDriver
  private(set) var number: CaseNumber?
  var pick: (Int) -> Int = { _ in 0 }
  /// Whether the usual answers go before chance.
  var isCareful = true

  /// - Parameters:
  ///   - absent: codes of experts who do not work here.
  ///   - more: specialities of one more expert each, `X-…`.
  init(without absent: [String] = [], with more: [String] = []) async throws {
    let folder = Corpus.checkout.appending(path: "Samples/demo/office")
    var tables: [String: CSV] = [:]
    for name in Authority.tableNames {
      let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
      var text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      text.removeAll { line in absent.contains { line.hasPrefix($0 + ",") } }
      if name == "experts.csv" {
        text += more.enumerated().map {
          "E-\(60 + $0),x\($0).\($1),X,\($1),clinical,11,,sumgait,yes"
        }
      } else if name == "users.csv" {
        text += more.enumerated().map { "x\($0).\($1),X,expert chair appeal-reviewer,11" }
      }
      tables[name] = try CSV(parsing: Array(text.joined(separator: "\n").utf8), file: name)
    }
    driver = try await CaseDriver(
      in: MemoryStore(), tables: tables, definitions: TestDefinitions.files,
      usual: TestDefinitions.usualAnswers(), drawSecret: fingerprint(Array("test".utf8)),
      now: Instant("2026-03-04T05:00:00Z")!)
  }

  func office(_ user: String) async throws -> Office { try await driver.office(user) }

  var today: Day { driver.today }

  /// Plays one line and says what came of it.
  mutating func play(_ line: String) async throws -> [String] {
    let words = line.split(separator: " ").map(String.init)
    guard let verb = words.first, !line.hasPrefix("#") else { return [] }
    switch verb {
    case "article", "definition", "form", "office": return []
    case "now":
      driver.now = Instant(words[1] + ":00+04:00")!
      return try await passTime()
    case "wait":
      driver.now = Instant(seconds: driver.now.seconds + Int(words[1])! * 86_400)
      return try await passTime()
    case "dossier":
      let url = Corpus.checkout.appending(path: "Samples/dossiers/\(words[1])")
      let sample = String(words[1].dropLast(".xml".count))
      let bytes =
        words.count == 4
        ? try SampleDossier(sample, seed: 1).referral(
          of: words[3], writtenAt: Instant("2026-03-03T10:15:00Z")!)
        : try Array(Data(contentsOf: url))
      try await receive(bytes, as: words[1])
    case "apply": try await apply(words[1], answers(words.dropFirst(2)))
    case "do": try await complete(words[1], answers(words.dropFirst(2)))
    case "until": return try await playOn(until: words[1])
    case "case": number = CaseNumber(commission: "07", year: 2026, serial: Int(words[1])!)
    case "pause":
      try await office("l.aliyeva").pauseClock(
        words[1], of: number!, reason: words.count > 2 ? words[2] : "")
    case "recuse": try await recuse(words[1])
    case "stand-in":
      try await office("r.huseynli").substitute(
        words[1], for: words[3], from: today, to: today, reason: "ill")
      return []
    case "claim": try await office(words[3]).claim(task(words[1]).identifier ?? 0)
    case "decision": return try await decision(words[1])
    case "rule": return try await rule(words[1], words[2], answers(words.dropFirst(3)))
    case "letters":
      let papers = try await office("l.aliyeva").papers(of: number!)
      let letters = papers.filter { $0.channel != nil && $0.kind == words[1] }
      return ["letters " + letters.flatMap(\.receivers).joined(separator: " ")]
    case "sent": return try await sent(words[1])
    case "register": return try await register(words[1])
    case "death":
      _ = try await office("l.aliyeva").recordDeath(
        in: number!, on: Day(words[1])!, reason: "death certificate")
    case "panel":
      let names = try await tasks().compactMap(\.assignee)
      return ["panel " + Set(names).sorted().joined(separator: " ")]
    case "refused":
      let isVerb = ["dossier", "pause", "claim", "apply", "recuse", "do"].contains(words[1])
      do {
        _ = try await play((isVerb ? "" : "do ") + words.dropFirst().joined(separator: " "))
        return ["not refused"]
      } catch let problem as Diagnostic {
        return try await [refusal(problem)] + state()
      }
    default: throw Diagnostic("USE001", ["file": line])
    }
    return try await state()
  }

  private func answers(_ words: ArraySlice<String>) -> [AnswerFiller.Given] {
    words.map { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return AnswerFiller.Given(
        path: String(parts[0]), text: parts[1].replacingOccurrences(of: "+", with: " "))
    }
  }

  private func passTime() async throws -> [String] {
    try await office("l.aliyeva").passTime()
    return number == nil ? [] : try await state()
  }

  // MARK: Doing

  /// Takes a dossier in; from here on its case is played.
  mutating func receive(_ bytes: [UInt8], as file: String) async throws {
    number = try await office("l.aliyeva").receive(bytes, file: file).number
  }

  /// Reads a message as its receiver would.
  func check(_ bytes: [UInt8], for receiver: String) async throws -> DossierMessage {
    func schema(_ name: String) throws -> [UInt8] {
      let path = "Sources/Dossier/Schemas/\(name).xsd"
      return try Array(Data(contentsOf: Corpus.checkout.appending(path: path)))
    }
    var schemas: [String: [UInt8]] = [:]
    for profile in ["AZ-2022", "AZ-S3"] {
      let set = try await office("l.aliyeva").currentDefinitions(for: profile)
      for name in set.formIdentifiers {
        schemas[try set.form(name).namespace] = try set.form(name).schema()
      }
    }
    return try DossierReceiver(
      receiver: receiver, envelopeSchema: schema("dossier-1.0"), sealSchema: schema("seal-1.0"),
      formSchemas: schemas, acceptsTest: true, seals: .optional(KeyDirectory([]))
    ).receive(bytes, file: "sent.xml", receivedAt: #require(UTCTime(driver.now.description)))
      .message
  }

  private mutating func apply(_ kind: String, _ given: [AnswerFiller.Given]) async throws {
    let pick = pick
    number = try await driver.apply(kind, given, by: "l.aliyeva", isCareful: isCareful) {
      pick($1)
    }
  }

  /// Completes the first open task at `element`, as somebody who may.
  mutating func complete(_ element: String, _ given: [AnswerFiller.Given]) async throws {
    let task = try await task(element)
    let identifier = task.identifier ?? 0
    let pick = pick
    let filler = driver.filler(given, isCareful: isCareful) { pick($1) }
    var last: Diagnostic?
    for user in driver.able(to: task) {
      let answers = try await driver.answers(to: identifier, by: user) { try filler.fill(&$0) }
      do {
        return try await office(user).complete(identifier, with: answers)
      } catch let problem as Diagnostic where problem.code == "TASK005" {
        last = problem  // another person must do it
      }
    }
    throw last
      ?? Diagnostic("TASK004", ["task": element, "roles": task.groups.joined(separator: ", ")])
  }

  /// Steps down from the first open task at `element`, as the one who has it.
  private func recuse(_ element: String) async throws {
    let task = try await task(element)
    try await office(task.assignee ?? "").recuse(task.identifier ?? 0, reason: "kin")
  }

  private func task(_ element: String) async throws -> TaskRow {
    guard let task = try await tasks().first(where: { $0.element == element }) else {
      throw Diagnostic("TASK001", ["task": element])
    }
    return task
  }

  /// Completes what is open, first come first served, until `element` is open.
  private mutating func playOn(until element: String) async throws -> [String] {
    var done: [String] = []
    for _ in 0..<60 {
      let open = try await tasks()
      guard let next = open.first, !open.contains(where: { $0.element == element }) else { break }
      try await complete(next.element, [])
      done.append(next.element)
    }
    return try await ["done " + done.joined(separator: " ")] + state()
  }

  func tasks() async throws -> [TaskRow] {
    try await driver.store.tasks(TaskQuery(caseNumber: number)).sorted {
      ($0.identifier ?? 0) < ($1.identifier ?? 0)
    }
  }

  // MARK: Looking

  /// Where the case stands: status, open tasks, papers, clocks, incidents.
  func state() async throws -> [String] {
    guard let number else { return [] }
    let overview = try await office("l.aliyeva").overview(of: number)
    var lines = [
      "\(overview.status.rawValue)\(overview.closedAt == nil ? "" : ", closed"): "
        + (overview.tasks.isEmpty ? "–" : overview.tasks.map(\.element).joined(separator: " "))
    ]
    let papers = overview.documents.filter { $0.role == .issued && $0.number != nil }
    if let paper = papers.last(where: { $0.name != "decision-trace" }) {
      lines.append("paper \(paper.name) \(paper.number ?? "")")
    }
    lines += overview.incidents.map { "incident \($0.problem.code)" }
    return lines
  }

  /// The messages of a kind with their receivers and forms; of an extract, the measures too.
  private func sent(_ kind: String) async throws -> [String] {
    try await office("l.aliyeva").exported(number!).filter { $0.message.kind == kind }.map { sent in
      let root = try Element(parsing: sent.xml, file: "sent.xml")
      let forms = try root.required("Documents").elements.map { part in
        let content = try part.required("Content").elements[0]
        let services = content.children("measures").compactMap { $0.child("service")?.text }
        return ([content.name] + services).joined(separator: " ")
      }
      return "\(kind) \(sent.message.receiver): \(forms.joined(separator: ", "))"
    }
  }

  /// The entries of a register, without the names of people.
  private func register(_ name: String) async throws -> [String] {
    let year = String(today.description.prefix(4))
    let page = try await office("l.aliyeva").page(
      of: RegisterName(rawValue: name), from: Day(year + "-01-01")!, to: Day(year + "-12-31")!)
    return page.entries.map { entry in
      zip(page.columns, entry.values).filter { $0.0 != "person" && $0.0 != "born" }.map {
        $0.1.isEmpty ? "–" : $0.1
      }.joined(separator: " ")
    }
  }

  /// The newest outcome of a decision, and the rules behind it.
  private func decision(_ name: String) async throws -> [String] {
    guard let number else { return [] }
    let steps = try await office("l.aliyeva").explanation(of: number).steps(of: name)
    guard let trace = steps.last?.trace else { return ["not decided"] }
    return ["\(name): \(trace.summary)"]
      + trace.matched.map { "rule \($0.number) \($0.annotation)" }
  }

  /// Tries a rule without a case.
  private func rule(_ name: String, _ profile: String, _ given: [AnswerFiller.Given])
    async throws -> [String]
  {
    var inputs = FEELContext()
    for answer in given {
      inputs[answer.path] = try FEELExpression(parsing: answer.text).evaluate(in: [:]).value
    }
    let result = try await office("l.aliyeva").tryDecision(name, inputs: inputs, profile: profile)
    return ["\(name): \(result.value.summary)"]
      + result.trace.matched.map { "rule \($0.number) \($0.annotation)" }
  }

  private func refusal(_ problem: Diagnostic) -> String {
    let inner = problem.causes.map { cause in
      cause.arguments["violation"].map { "\($0) (\(cause.arguments["basis"] ?? ""))" }
        ?? "\(cause.code) \(cause.arguments["path"] ?? "")"
    }
    return (["refused \(problem.code)"] + inner).joined(separator: " ")
  }
}
