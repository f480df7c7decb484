internal import Commission
internal import FEEL

extension Simulation {
  /// The sum of a run that has come to its end.
  mutating func report() async throws -> SimulationReport {
    for (index, job) in jobs {
      let hours = staff.people[index].hours
      try log.work(index, seconds: time.length(from: job.start, to: end, hours: hours))
    }
    return try await SimulationReport(
      plan: plan, from: first, appeals: log.appeals, kinds: kinds(), posts: posts(),
      clocks: clocks(), queues: log.queues,
      troubles: log.troubles)
  }

  private func kinds() -> [SimulationReport.Kind] {
    Dictionary(grouping: log.ways.values, by: \.kind).sorted { $0.key < $1.key }.map { kind, ways in
      let days = ways.compactMap { way in
        way.decidedAt.map { ($0.seconds - way.openedAt.seconds) * 10 / 86_400 }
      }
      return SimulationReport.Kind(
        kind: kind, opened: ways.count, decided: days.count,
        closed: ways.count { $0.closedAt != nil }, days: SimulationReport.Spread(days))
    }
  }

  private func posts() throws -> [SimulationReport.Post] {
    try tables.posts.enumerated().map { place, post in
      let people = staff.people.indices.filter { staff.people[$0].post == place }
      let worked = people.reduce(0) { $0 + log.worked[$1, default: 0] }
      let present = try people.reduce(0) { try $0 + secondsAtWork(of: staff.people[$1]) }
      let queue = log.queues.map { $0.counts[place] }
      return SimulationReport.Post(
        name: post.name, titles: post.titles, people: people.count, done: log.done[place],
        waiting: SimulationReport.Spread(log.waits[place].map { $0 / 360 }),
        utilisation: present == 0 ? 0 : worked * 100 / present,
        longestQueue: queue.max() ?? 0, queue: queue.last ?? 0)
    }
  }

  private func secondsAtWork(of person: Staff.Person) throws -> Int {
    let start = time.start(of: first)
    let all = try time.length(from: start, to: end, hours: person.hours)
    return all - person.absent.count * person.hours.length
  }

  private func clocks() async throws -> [SimulationReport.Clock] {
    var found: [String: [Office.ClockView]] = [:]
    let office = try await driver.office(staff.head)
    for number in log.ways.keys.sorted() {
      for view in try await office.explainClocks(of: number) {
        found[view.clock.parameter.identifier, default: []].append(view)
      }
    }
    return found.map { parameter, views in
      let late = views.filter { !$0.clock.isPaused && $0.due < ($0.clock.closedAt ?? end) }
      let delays = late.map {
        (($0.clock.closedAt ?? end).seconds - $0.due.seconds + 86_399) / 86_400
      }
      return SimulationReport.Clock(
        parameter: parameter, source: views[0].clock.parameter.source, opened: views.count,
        late: late.count, open: late.count { $0.clock.isOpen }, worst: delays.max() ?? 0)
    }.sorted { ($1.late, $0.parameter) < ($0.late, $1.parameter) }
  }
}
