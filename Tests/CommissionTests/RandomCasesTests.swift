import BPMN
import Commission
import DMN
import Diagnostics
import FEEL
import Foundation
import Simulation
import TestSupport
import Testing
import XForms
import XML

/// Seeded random cases through every procedure to their end: no incident, every paper valid, every decision explained.
///
/// `MSE_CASES=200` plays as many; without it enough are played to meet every procedure.
struct RandomCasesTests {
  private static let casesOfAnOffice = 8

  private static var offices: Int {
    let cases = ProcessInfo.processInfo.environment["MSE_CASES"].flatMap(Int.init) ?? 16
    return max(1, cases / casesOfAnOffice)
  }

  @Test(arguments: 0..<offices)
  func everyCaseEnds(_ seed: Int) async throws {
    var game = try await RandomCases(seed: seed)
    for turn in 0..<Self.casesOfAnOffice {
      let name = "office \(seed), case \(turn)"
      do {
        try await game.playOne(turn)
      } catch {
        Issue.record("\(name): \(error); \(game.story)")
        return
      }
      for problem in try await game.problems() { Issue.record("\(name): \(problem)") }
    }
  }
}

/// The dice of one seed.
private final class Dice {
  private var numbers: SeededNumbers
  init(_ seed: Int) { numbers = SeededNumbers(seed: UInt64(seed)) }

  func roll(_ sides: Int) -> Int { numbers.next(below: max(1, sides)) }
}

/// An office in which chance applies, answers and waits.
private struct RandomCases {
  private var player: ScenarioPlayer
  private let dice: Dice
  private let seed: Int
  private var serial = 0
  /// What happened in the case that is played, for who has to find out.
  private(set) var story = ""

  init(seed: Int) async throws {
    self.seed = seed
    dice = Dice(seed)
    let specialities = [
      "therapist", "neurologist", "orthopaedist", "rehabilitation", "psychiatrist",
      "paediatrician", "oncologist", "ophthalmologist", "occupational-physician", "psychologist",
      "social-worker", "labour-expert",
    ]
    player = try await ScenarioPlayer(with: specialities + specialities + specialities)
  }

  /// Opens a case, plays it until it is closed, and says where it went wrong when it was not.
  mutating func playOne(_ turn: Int) async throws {
    story = ""
    serial = turn
    let isSubjectToAppeal = try await openOne(turn)
    try await playToEnd()
    guard isSubjectToAppeal, dice.roll(2) == 0, let paper = try await decision() else { return }
    story += " | appeal against \(paper)"
    try await player.receive(appeal(against: paper), as: "appeal.xml")
    try await playToEnd()
  }

  /// - Returns: whether an examination was opened, whose decision may be appealed.
  private mutating func openOne(_ turn: Int) async throws -> Bool {
    switch turn % 4 {
    case 0, 1:
      let samples = [
        "abdullayev-work-injury", "ahmadova-child", "huseynov-veteran", "karimov-band-edge",
        "malikov-incapable", "nasirov-home-visit", "petrova-foreigner", "quliyev-coxarthrosis",
        "rahimli-incomplete", "salimova-inpatient", "valiyev-groups-az-s3",
      ]
      let sample = samples[dice.roll(samples.count)]
      story += sample
      try await player.receive(referral(like: sample), as: "\(sample).xml")
      return true
    case 2: try await open("children-commission \(child)")
    default:
      let purposes = ["employment", "independent-living", "stationary-need-ended", "lost-capacity"]
      let purpose = purposes[dice.roll(purposes.count)]
      try await open(
        dice.roll(2) == 0
          ? "special-conclusion purpose=\(purpose) person.fin=\(number)"
          : "social-service person.birthDate=\(1930 + dice.roll(70))-02-01 person.fin=\(number)")
    }
    return false
  }

  private mutating func open(_ application: String) async throws {
    story += application
    _ = try await player.play("apply \(application)")
  }

  private var child: String {
    "person.fin=\(number) person.birthDate=\(2010 + dice.roll(14))-09-02"
      + " person.representative/name=Əhmədova+Sevil person.representative/relation=ana"
      + " person.representative/authorityDocument=AZ-II+402918"
  }

  /// A personal number of its own for every person.
  private var number: String { personalNumber(seed * 97 + serial) }

  private mutating func playToEnd() async throws {
    for _ in 0..<400 {
      guard let number = player.number else { return }
      let overview = try await player.office("l.aliyeva").overview(of: number)
      if let incident = overview.incidents.first { throw incident.problem }
      guard overview.closedAt == nil else { return }
      let open = try await player.tasks()
      if open.isEmpty || dice.roll(6) == 0 {
        let days = open.isEmpty ? 1 + dice.roll(180) : 1 + dice.roll(4)
        story += " wait \(days)"
        _ = try await player.play("wait \(days)")
      } else {
        try await work(on: open[dice.roll(open.count)].element)
      }
    }
    throw Diagnostic("CASE037", ["number": player.number?.description ?? ""])
  }

  /// Answers at random; who is refused answers with care.
  private mutating func work(on element: String) async throws {
    story += " \(element)"
    let dice = dice
    player.pick = { dice.roll($0) }
    player.isCareful = dice.roll(4) > 0
    do {
      try await player.complete(element, [])
    } catch let problem as Diagnostic where ["TASK006", "FORM012"].contains(problem.code) {
      story += "(\(problem.causes.map { $0.arguments["violation"] ?? $0.code }))"
      player.pick = { _ in 0 }
      player.isCareful = true
      try await player.complete(element, [])
    }
  }

  // MARK: Looking

  /// The number of the decision that the played case issued.
  private func decision() async throws -> String? {
    guard let number = player.number else { return nil }
    return try await player.office("l.aliyeva").overview(of: number).documents.last {
      $0.role == .issued && ["conclusion", "refusal"].contains($0.name)
    }?.number
  }

  /// What is wrong with the papers, messages and decisions of the case.
  func problems() async throws -> [String] {
    guard let number = player.number else { return ["no case"] }
    let office = try await player.office("l.aliyeva")
    let set = try await office.currentDefinitions(for: "AZ-2022")
    var problems: [String] = []
    for paper in try await office.overview(of: number).documents where paper.role != .letter {
      guard let name = paper.form, set.formIdentifiers.contains(name),
        let stored = try await office.store.document(paper.identifier)
      else { continue }
      let schema = try XMLSchema(compiling: set.form(name).schema(), file: "\(name).xsd")
      problems += try schema.problems(in: XMLTree(parsing: stored.bytes, file: paper.name)).map {
        "\(paper.name): \($0)"
      }
    }
    if let sent = try? await office.exported(number) {
      for message in sent {
        do {
          _ = try await player.check(message.xml, for: message.message.receiver)
        } catch {
          problems.append("\(message.message.kind): \(error)")
        }
      }
    }
    for step in try await office.explanation(of: number).steps {
      let trace = step.trace
      if trace.ruleCount != nil, trace.matched.contains(where: { !$0.annotation.contains("[") }) {
        problems.append("\(trace.decision.name) does not cite")
      }
      if trace.inputs.isEmpty { problems.append("\(trace.decision.name) names no input") }
    }
    return problems
  }

  // MARK: Dossiers

  private func referral(like sample: String) throws -> [UInt8] {
    try SampleDossier("referral/good/\(sample)", seed: seed * 100 + serial).referral(
      of: number, writtenAt: Instant("2026-03-03T10:15:00Z")!)
  }

  private func appeal(against paper: String) throws -> [UInt8] {
    try SampleDossier("appeal/good/quliyev-percent", seed: seed * 100 + serial).appeal(
      against: paper, on: player.today)
  }
}
