internal import Commission
internal import Diagnostics
internal import FEEL
internal import XForms

/// A task that nobody has handed in yet.
struct Waiting: Sendable {
  struct ID: Hashable, Sendable {
    let caseNumber: CaseNumber
    let key: Int
  }

  var task: TaskRow
  /// From when on it can be begun.
  let ready: Instant
  /// Indices of those who may do it.
  var able: [Int] = []
  /// Index of the post that does it; `nil`: nobody here may.
  var post: Int?
  /// Who was refused, because another person must do it.
  var refused: Set<Int> = []
  /// Whether the office has given up.
  var isHeld = false

  init(_ task: TaskRow, in simulation: Simulation) throws {
    self.task = task
    let effort = simulation.tables.effort(for: task.form)
    ready = try simulation.time.after(effort.after, from: simulation.now)
  }

  var id: ID { ID(caseNumber: task.caseNumber, key: task.key) }
}

/// What a person works on.
struct Job: Sendable {
  let task: Waiting.ID
  let start: Instant
  let end: Instant
  /// Of work; nights and breaks are not.
  let seconds: Int
}

extension Simulation {
  // MARK: Beginning

  /// Gives everybody who is free and there what is due first of what they may do; who has worked least comes first.
  mutating func startJobs() async throws {
    var free = staff.people.indices.filter { jobs[$0] == nil && isAtWork($0) }
      .sorted { (log.worked[$0, default: 0], $0) < (log.worked[$1, default: 0], $1) }
    guard !free.isEmpty else { return }
    let busy = Set(jobs.values.map(\.task))
    let ready = waiting.filter { $0.ready <= now && !$0.isHeld && !busy.contains($0.id) }
    for task in ready.sorted(by: Self.comesFirst) {
      while let index = free.first(where: {
        task.able.contains($0) && !(waiting(task.id)?.refused.contains($0) ?? true)
      }) {
        guard try await begin(task, by: index) else { continue }
        free.removeAll { $0 == index }
        break
      }
      if free.isEmpty { return }
    }
  }

  private static func comesFirst(_ left: Waiting, _ right: Waiting) -> Bool {
    let never = Instant(seconds: Int.max)
    return (left.task.due ?? never, left.ready, left.task.identifier ?? 0)
      < (right.task.due ?? never, right.ready, right.task.identifier ?? 0)
  }

  private func isAtWork(_ index: Int) -> Bool {
    let person = staff.people[index]
    let day = time.calendar.day(of: now)
    guard (try? time.isWorking(day)) == true, !person.absent.contains(day) else { return false }
    let second = now.seconds - time.start(of: day).seconds
    return person.hours.spans.contains { $0.contains(second) }
  }

  private func waiting(_ id: Waiting.ID) -> Waiting? { waiting.first { $0.id == id } }

  private mutating func change(_ id: Waiting.ID, _ body: (inout Waiting) -> Void) {
    if let place = waiting.firstIndex(where: { $0.id == id }) { body(&waiting[place]) }
  }

  /// - Returns: false when another person must do it.
  private mutating func begin(_ entry: Waiting, by index: Int) async throws -> Bool {
    let person = staff.people[index]
    let identifier = entry.task.identifier ?? 0
    if entry.task.assignee == nil {
      do {
        let command = CommandID("claim/\(identifier)/\(person.name)/\(now)")
        try await perform {
          try await $0.office(person.name).claim(identifier, command: command)
        }
      } catch let problem as Diagnostic where Self.isAnotherPersons(problem) {
        change(entry.id) { $0.refused.insert(index) }
        return false
      }
    }
    let effort = tables.effort(for: entry.task.form)
    let minutes = dice.amount(
      "effort|\(entry.id.caseNumber)|\(entry.id.key)", least: effort.least, usual: effort.usual,
      most: effort.most)
    let end = try time.end(of: minutes * 60, from: now, hours: person.hours) {
      person.absent.contains($0)
    }
    jobs[index] = Job(task: entry.id, start: now, end: end, seconds: minutes * 60)
    let hours = tables.posts[person.post].hours
    try log.begin(
      post: person.post, waited: time.length(from: entry.ready, to: now, hours: hours))
    return true
  }

  private static func isAnotherPersons(_ problem: Diagnostic) -> Bool {
    ["TASK003", "TASK004", "TASK005", "TASK010"].contains(problem.code)
  }

  // MARK: Handing in

  /// Hands in what is done by now.
  mutating func finishJobs() async throws {
    let done = jobs.filter { $0.value.end <= now }.sorted {
      ($0.value.end, $0.key) < ($1.value.end, $1.key)
    }
    for (index, job) in done {
      jobs[index] = nil
      log.finish(index, post: staff.people[index].post, seconds: job.seconds)
      // a clock or a colleague may have ended it in the meantime
      guard let entry = waiting(job.task) else { continue }
      try await handIn(entry, by: index)
    }
  }

  /// As people are; who is refused answers with care.
  private mutating func handIn(_ entry: Waiting, by index: Int) async throws {
    do {
      try await complete(entry, by: index, isSecondTry: false)
    } catch let problem as Diagnostic {
      if Self.isAnotherPersons(problem) { return change(entry.id) { $0.refused.insert(index) } }
      do {
        try await complete(entry, by: index, isSecondTry: true)
      } catch let problem as Diagnostic {
        change(entry.id) { $0.isHeld = true }
        log.hold(entry.task.element, problem.causes.first ?? problem)
      }
    }
  }

  private mutating func complete(
    _ entry: Waiting, by index: Int, isSecondTry: Bool
  ) async throws {
    let identifier = entry.task.identifier ?? 0
    let name = staff.people[index].name
    let place = "\(entry.id.caseNumber)|\(entry.id.key)"
    let chances = isSecondTry ? [] : tables.chances[entry.task.form] ?? []
    let given = chances.filter { [dice] in
      dice.happens("event|\(place)|\($0.event)", perThousand: $0.perThousand)
    }.map { AnswerFiller.Given(path: $0.path, text: $0.text) }
    let filler = driver.filler(given) { [dice] path, count in
      isSecondTry ? 0 : dice.roll("answer|\(place)|\(path)", count)
    }
    let answers = try await driver.answers(to: identifier, by: name) { try filler.fill(&$0) }
    let command = CommandID("hand-in/\(identifier)/\(isSecondTry ? 2 : 1)/\(now)")
    try await perform {
      try await $0.office(name).complete(identifier, with: answers, command: command)
    }
  }
}
