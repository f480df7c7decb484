internal import BPMN
internal import DMN
internal import FEEL

/// Everything that ever happened in a case, the command at work included.
struct CaseHistory {
  /// One event with who made it happen and when.
  struct Entry {
    let at: Instant
    let actor: String
    let onBehalfOf: String?
    let reason: String?
    let event: CaseEvent
  }

  private(set) var entries: [Entry] = []

  init(work: Work, number: CaseNumber) async throws {
    var work = work
    let records = try await work.store.records(of: .case(number), after: 0)
    let loaded = try await work.loaded(number)
    let payload = try await CaseReader(store: work.store).payload(for: records.map(\.payload))
    for record in records {
      for event in try payload.value([CaseEvent].self, from: record.payload) {
        entries.append(
          Entry(
            at: record.at, actor: record.actor, onBehalfOf: record.onBehalfOf,
            reason: record.reason, event: event))
      }
    }
    for event in loaded.events {
      entries.append(
        Entry(
          at: work.now, actor: work.actor, onBehalfOf: work.onBehalfOf, reason: work.reason,
          event: event))
    }
  }

  /// The state that the events add up to.
  func replayed() -> CaseState? {
    guard case .opened(let opening)? = entries.first?.event else { return nil }
    var state = CaseState(opening)
    for entry in entries { state.apply(entry.event) }
    return state
  }

  /// Every evaluation of a decision, oldest first.
  var decisions: [(trace: DecisionTrace, at: Instant, actor: String)] {
    entries.compactMap { entry in
      if case .process(.decided(_, let trace)) = entry.event {
        (trace, entry.at, entry.actor)
      } else {
        nil
      }
    }
  }

  /// What was remarked, oldest first.
  var comments: [Office.Comment] {
    entries.compactMap { entry in
      guard case .commented(let comment) = entry.event else { return nil }
      return Office.Comment(
        at: entry.at, by: entry.actor, element: comment.element, text: comment.text)
    }
  }

  /// The newest evaluation of each decision, in the order they were made.
  func newestTraces() -> [DecisionTrace] {
    let all = decisions.map(\.trace)
    return all.enumerated().filter { index, trace in
      !all[(index + 1)...].contains { $0.decision.id == trace.decision.id }
    }.map(\.element)
  }

  /// The last value that every variable of the case's process ever had, in whatever scope.
  func variables() -> [String: FEELValue] {
    var values: [String: FEELValue] = [:]
    for entry in entries {
      if case .process(.variablesSet(_, let set)) = entry.event {
        values.merge(set) { _, new in new }
      }
    }
    return values
  }
}
