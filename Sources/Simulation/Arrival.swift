internal import Commission
internal import Diagnostics
internal import FEEL

/// Something that comes to the office.
struct Arrival: Sendable {
  enum Kind: Sendable {
    case new(SimulationTables.Mix)
    /// Against the decision of that number.
    case appeal(against: String)
  }

  let at: Instant
  /// Which arrival of the run it is: two never have the same one.
  let serial: Int
  let kind: Kind

  /// The cases of a plan, the first one last: as many parts of each kind as the table says, at any time somebody is there.
  static func all(
    of plan: Simulation.Plan, _ tables: SimulationTables, dice: Dice, days: [Day],
    time: WorkingTime
  ) throws -> [Arrival] {
    let total = tables.mix.reduce(0) { $0 + $1.share }
    guard total > 0, let hours = tables.posts.first?.hours else {
      throw Diagnostic("SIM005", ["file": "cases.csv"])
    }
    return (0..<plan.cases).map { serial in
      var part = dice.roll("kind|\(serial)", total)
      let mix =
        tables.mix.first { mix in
          part -= mix.share
          return part < 0
        } ?? tables.mix[0]
      let day = days[dice.roll("day|\(serial)", days.count)]
      var second = dice.roll("second|\(serial)", hours.length)
      var at = time.start(of: day).seconds
      for span in hours.spans {
        if second < span.count {
          at += span.lowerBound + second
          break
        }
        second -= span.count
      }
      return Arrival(at: Instant(seconds: at), serial: serial, kind: .new(mix))
    }.sorted(by: Arrival.isLater)
  }

  static func isLater(_ left: Arrival, _ right: Arrival) -> Bool {
    (left.at, left.serial) > (right.at, right.serial)
  }
}

extension Simulation {
  /// Takes in what has come by now.
  mutating func takeArrivals() async throws {
    while let arrival = arrivals.last, arrival.at <= now {
      arrivals.removeLast()
      do {
        switch arrival.kind {
        case .new(let mix): try await open(mix, arrival.serial)
        case .appeal(let paper): try await appeal(against: paper, arrival.serial)
        }
      } catch let problem as Diagnostic {
        log.refuse(problem.causes.first ?? problem)
      }
    }
  }

  private mutating func open(_ mix: SimulationTables.Mix, _ serial: Int) async throws {
    let clerk = staff.clerk
    let person = personalNumber(serial)
    switch mix.kind {
    case .referral:
      let bytes = try SampleDossier(mix.like, seed: serial, profile: plan.profile)
        .referral(of: person, writtenAt: time.start(of: driver.today))
      try await perform { _ = try await $0.office(clerk).receive(bytes, file: "referral.xml") }
    case .application:
      let year = mix.born.lowerBound + dice.roll("born|\(serial)", mix.born.count)
      let own = [("person.fin", person), ("person.birthDate", "\(year)-02-01")]
      let given = own.map { AnswerFiller.Given(path: $0, text: $1) } + mix.answers
      try await perform { [dice, plan] driver in
        _ = try await driver.apply(mix.like, given, profile: plan.profile, by: clerk) {
          dice.roll("answer|\(serial)|\($0)", $1)
        }
      }
    }
  }

  private mutating func appeal(against paper: String, _ serial: Int) async throws {
    let clerk = staff.clerk
    let bytes = try SampleDossier(
      "appeal/good/quliyev-percent", seed: serial, profile: plan.profile
    )
    .appeal(against: paper, on: driver.today)
    try await perform { _ = try await $0.office(clerk).receive(bytes, file: "appeal.xml") }
    log.appeals += 1
  }

  /// Some of those who are told a decision do not agree.
  mutating func considerAppeal(against number: CaseNumber) async throws {
    guard
      try dice.happens("appeal|\(number)", perThousand: tables.setting("appeals"))
    else { return }
    let documents = try await driver.office(staff.head).overview(of: number).documents
    let decision = documents.last {
      $0.role == .issued && ["conclusion", "refusal"].contains($0.name)
    }
    guard let paper = decision?.number else { return }
    let (first, last) = try (tables.setting("appeal-first"), tables.setting("appeal-last"))
    let days = first + dice.roll("appeal|\(number)|days", max(1, last - first + 1))
    log.scheduled += 1
    arrivals.append(
      Arrival(
        at: Instant(seconds: now.seconds + days * 86_400), serial: plan.cases + log.scheduled,
        kind: .appeal(against: paper)))
    arrivals.sort(by: Arrival.isLater)
  }
}
