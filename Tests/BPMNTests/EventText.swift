import BPMN
import DMN
import Diagnostics
import FEEL

/// Events as the scenario files have them: one short line each, elements by their id.
struct EventText {
  private var elements: [ElementKey: String] = [:]
  private var subscriptions: [ElementKey: String] = [:]

  mutating func line(_ event: ProcessEvent) -> String {
    switch event {
    case .entered(let entry):
      let number = entry.loopCounter > 0 ? "#\(entry.loopCounter)" : ""
      elements[entry.key] = entry.element + number
      return "\(name(entry.key)) \(entry.state)"
    case .moved(let key, let state): return "\(name(key)) \(state)"
    case .completed(let key, let flows):
      return "\(name(key)) completed" + (flows.isEmpty ? "" : " → " + flows.joined(separator: " "))
    case .terminated(let key): return "\(name(key)) terminated"
    case .tokenArrived(let flow, let scope): return "token waits after \(flow) in \(name(scope))"
    case .tokensJoined(let flows, let scope):
      return "tokens joined from \(flows.joined(separator: " ")) in \(name(scope))"
    case .tokensDropped(let scope): return "waiting tokens dropped in \(name(scope))"
    case .variablesSet(let scope, let variables): return "\(name(scope)): \(text(variables))"
    case .multiInstanceStarted(let key, let progress):
      return progress.total == .max
        ? "\(name(key)) repeats" : "\(name(key)) has \(progress.total) instances"
    case .resultCollected(let body, let index, let value):
      return "\(name(body)) result \(index) = \(value)"
    case .decided(let key, let trace):
      return "\(name(key)) decided \(trace.decision.id) = \(trace.value)"
    case .noted(let key, let notes):
      return "\(name(key)) noted \(notes.map(\.code).joined(separator: " "))"
    case .incidentRaised(let incident):
      return "\(name(incident.element)) incident \(incident.kind): \(incident.problem.code)"
    case .incidentResolved: return "incident resolved"
    default: return workLine(event)
    }
  }

  private mutating func workLine(_ event: ProcessEvent) -> String {
    switch event {
    case .taskCreated(let task): return "\(name(task.key)) task\(text(task))"
    case .taskAssigned(let key, let user): return "\(name(key)) assigned to \(user ?? "nobody")"
    case .taskChanged(let key, _): return "\(name(key)) changed"
    case .taskCompleted(let key, let outcome):
      return "\(name(key)) done" + (outcome.map { ": \($0)" } ?? "")
    case .jobCreated(let job):
      let listener = job.listener.map { "\($0) listener" } ?? "job"
      return "\(name(job.key)) \(listener) \(job.type), \(job.retries) tries"
    case .jobCompleted(let key): return "\(name(key)) job done"
    case .jobFailed(let key, let reason, let retries):
      return "\(name(key)) job failed (\(reason)), \(retries) tries left"
    case .jobRetried(let key, let retries): return "\(name(key)) job again, \(retries) tries"
    case .subscribed(let subscription):
      subscriptions[subscription.key] = subscription.element
      return "\(name(subscription.holder)) waits for \(subscription.element): \(text(subscription))"
    case .triggered(let key, _): return "\(subscriptions[key] ?? "?") happens"
    case .unsubscribed(let key, _): return "\(subscriptions[key] ?? "?") no longer waited for"
    case .messageKept(let kept): return "message \(kept.message.name) kept"
    case .messageReceived(_, let process): return "message received by \(process)"
    case .messageExpired: return "message expired"
    case .signalThrown(let key, let signal):
      return "signal \(signal)" + (key.map { " from \(name($0))" } ?? "")
    case .errorThrown(let key, let code, let catcher):
      return "\(name(key)) throws \(code)" + (catcher.map { ", caught by \($0)" } ?? "")
    case .escalationThrown(let key, let code, let catcher):
      return "\(name(key)) escalates \(code)" + (catcher.map { ", caught by \($0)" } ?? "")
    default: return careLine(event)
    }
  }

  private mutating func careLine(_ event: ProcessEvent) -> String {
    switch event {
    case .listening(let key, let run): return "\(name(key)) asks \(run.event) \(run.position + 1)"
    case .listened(let key): return "\(name(key)) goes on"
    case .listenerDenied(let key, let reason): return "\(name(key)) denied (\(reason))"
    case .startedByMessage(let start):
      return "\(name(start.key)) started by \(start.name), key \(start.correlationKey)"
    case .adHocStarted(let key, let progress):
      return "\(name(key)) begins"
        + (progress.pending.isEmpty ? "" : ", later \(progress.pending.joined(separator: " "))")
    case .adHocContinued(let key, let element): return "\(name(key)) goes on with \(element)"
    case .adHocFinishing(let key): return "\(name(key)) has enough"
    case .compensationKept(let record):
      return "\(name(record.key)) can be undone"
        + (record.handler.map { " by \($0)" } ?? " inside")
    case .compensationStarted(let key, let records):
      return "\(name(key)) undoes \(records.map { name($0.key) }.joined(separator: " "))"
    case .compensationBegun(let key, let record, _):
      return "\(name(key)) now undoes \(name(record))"
    case .suspended: return "everything stands still"
    case .resumed: return "everything goes on"
    case .timerChanged(let key, _, let due): return "\(subscriptions[key] ?? "?") now at \(due)"
    case .modified(let modifications): return "\(modifications.count) changes by hand"
    case .migrated(let key, let process, let element):
      let old = name(key)
      elements[key] = element
      return "\(old) is now \(element) of \(process)"
    case .subscriptionMigrated(let key, _, let element):
      let old = subscriptions.updateValue(element, forKey: key) ?? "?"
      return "\(old) is now waited for as \(element)"
    case .tokensMigrated(let scope, let flows):
      let names = flows.sorted { $0.key < $1.key }.map { "\($0.key) → \($0.value)" }
      return "tokens in \(name(scope)): \(names.joined(separator: ", "))"
    default: return "?"
    }
  }

  private func name(_ key: ElementKey) -> String { elements[key] ?? "?\(key)" }

  private func text(_ variables: [String: FEELValue]) -> String {
    variables.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
  }

  private func text(_ task: TaskRecord) -> String {
    var parts: [String] = []
    if let assignee = task.assignee { parts.append("assignee \(assignee)") }
    if !task.candidateGroups.isEmpty { parts.append("groups \(task.candidateGroups)") }
    if !task.candidateUsers.isEmpty { parts.append("users \(task.candidateUsers)") }
    if let due = task.due { parts.append("due \(due)") }
    if let followUp = task.followUp { parts.append("follow-up \(followUp)") }
    if task.priority != 50 { parts.append("priority \(task.priority)") }
    return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
  }

  private func text(_ subscription: Subscription) -> String {
    switch subscription.trigger {
    case .timer(let due, let repeats):
      let again = repeats.map { ", then \($0.remaining.map(String.init) ?? "any number of") more" }
      return "\(due)" + (again ?? "")
    case .message(let name, let key): return "message \(name), key \(key)"
    case .signal(let name): return "signal \(name)"
    case .condition: return "a condition"
    }
  }
}
