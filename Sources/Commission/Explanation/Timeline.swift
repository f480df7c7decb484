internal import BPMN
internal import DMN
internal import Diagnostics
public import FEEL

/// What happened in a case, told for people: one line per thing that matters to them.
public struct TimelineEntry: Hashable, Sendable, Codable {
  public let at: Instant
  public let actor: String
  /// Whom the actor stood in for.
  public let onBehalfOf: String?
  /// Why, in the words of whoever ordered it.
  public let reason: String?
  /// A key of `Messages`: `event.status`.
  public let key: String
  public let arguments: [String: String]
}

extension Office {
  /// The history of a case, oldest first.
  ///
  /// - Throws: `CASE011` when there is no such case.
  public func timeline(of number: CaseNumber) async throws -> [TimelineEntry] {
    let (work, loaded) = try await reading(number, for: .timeline)
    let history = try await CaseHistory(work: work, number: number)
    return history.entries.compactMap { entry in
      TimelineWords(set: loaded.set).words(for: entry.event).map {
        TimelineEntry(
          at: entry.at, actor: entry.actor, onBehalfOf: entry.onBehalfOf, reason: entry.reason,
          key: $0.0, arguments: $0.1)
      }
    }
  }
}

/// The words of an event; events that only the engine cares about have none.
private struct TimelineWords {
  let set: DefinitionSet

  func words(for event: CaseEvent) -> (String, [String: String])? {
    switch event {
    case .opened(let opening):
      return ("event.opened", ["kind": opening.kind.rawValue, "profile": opening.profile])
    case .process(let event): return words(for: event)
    case .statusChanged(_, let status): return ("event.status", ["status": status.rawValue])
    case .documentAdded(let document):
      var words = ["document": document.name, "by": document.by]
      words["number"] = document.number
      return ("event.document.\(document.role.rawValue)", words)
    case .clockOpened(let clock):
      return (
        "event.clock.opened",
        ["clock": clock.parameter.identifier, "source": clock.parameter.source]
      )
    case .clockPaused(let name, _, let reason):
      return ("event.clock.paused", ["clock": name, "reason": reason])
    case .clockResumed(let name, _): return ("event.clock.resumed", ["clock": name])
    case .clockClosed(let name, _): return ("event.clock.closed", ["clock": name])
    case .pseudonymGiven(let pseudonym): return ("event.pseudonym", ["pseudonym": pseudonym])
    case .panelDrawn(let draw):
      return (
        "event.panel",
        [
          "panel": draw.panel.map(\.expert).joined(separator: ", "),
          "candidates": "\(draw.candidates.count)", "seed": String(draw.seed.prefix(12)),
          "excluded": "\(draw.candidates.count { !$0.conflicts.isEmpty })",
        ]
      )
    case .registered(let register, let number, _):
      return ("event.registered", ["register": register, "number": number])
    case .noticeIssued(let notice):
      return (
        "event.notice",
        ["template": notice.template, "recipient": notice.recipient, "channel": notice.channel]
      )
    case .dossierSent(_, let kind, let receiver, _):
      return ("event.dossier", ["kind": kind, "receiver": receiver])
    case .entitlementsPublished(let codes):
      return ("event.entitlements", ["codes": codes.joined(separator: ", ")])
    case .linked(let link):
      return ("event.linked.\(link.relation.rawValue)", ["case": link.number.description])
    case .closed: return ("event.closed", [:])
    case .clockChanged(let name, let change): return words(for: change, of: name)
    case .taskDelegated(_, let owner): return ("event.task.delegated", ["user": owner])
    case .taskResolved: return ("event.task.resolved", [:])
    case .commented(let comment): return ("event.comment", ["text": comment.text])
    case .recused(let recusal): return ("event.recused", ["user": recusal.user])
    case .returned(let from, let to):
      return ("event.returned", ["from": from.joined(separator: ", "), "to": to])
    case .suspended: return ("event.suspended", [:])
    case .resumed: return ("event.resumed", [:])
    case .reopened(_, let element): return ("event.reopened", ["step": element])
    case .cancelled: return ("event.cancelled", [:])
    case .definitionsChanged(let change):
      return (
        "event.definitions.\(change.cause.rawValue)",
        ["added": change.added.joined(separator: ", "), "count": "\(change.added.count)"]
      )
    case .draftSaved, .draftDropped: return nil
    }
  }

  private func words(
    for change: Clock.Change, of name: String
  ) -> (String, [String: String]) {
    let start = change.startedAt.map { set.calendar.day(of: $0).description } ?? "–"
    return (
      "event.clock.\(change.kind.rawValue)",
      [
        "clock": name, "amount": change.amount.map { "\($0)" } ?? "–", "start": start,
        "source": change.basis,
      ]
    )
  }

  private func words(for event: ProcessEvent) -> (String, [String: String])? {
    switch event {
    case .decided(_, let trace):
      var words = ["decision": trace.decision.name, "value": trace.summary]
      if case .context(let term) = trace.value, let unit = term["unit"]?.text,
        let amount = term.integer("amount")
      {
        (words["unit"], words["amount"]) = (unit, "\(amount)")
      }
      return ("event.decided", words)
    case .incidentRaised(let incident):
      return ("event.incident", ["code": incident.problem.code])
    case .incidentResolved: return ("event.incident.resolved", [:])
    case .listenerDenied(_, let reason): return ("event.listener.denied", ["text": reason])
    case .taskAssigned(_, let user?): return ("event.task.assigned", ["user": user])
    case .taskAssigned(_, nil): return ("event.task.released", [:])
    default: return nil
    }
  }
}
