public import Diagnostics
public import FEEL

/// What a migration would do with one case; nothing has happened yet.
public struct MigrationReport: Hashable, Sendable {
  /// An open element and what it becomes.
  public struct Line: Hashable, Sendable {
    public let key: ElementKey
    public let element: String
    public let target: String
  }

  /// Why it is not possible; empty when it is.
  public let problems: [Diagnostic]
  /// The open elements, oldest first.
  public let lines: [Line]
  /// The ids of the events that will be waited for in addition.
  public let begun: [String]
  /// The ids of the events that will no longer be waited for.
  public let ended: [String]

  public var isPossible: Bool { problems.isEmpty }
}

extension ProcessState {
  /// Tries `Command.migrate(plans)` on a copy.
  ///
  /// - Parameter definitions: what the case would run on afterwards.
  public func migrationReport(
    _ plans: [MigrationPlan], to definitions: Definitions,
    environment: FEELEnvironment = FEELEnvironment(), now: Instant
  ) -> MigrationReport {
    let bySource = Dictionary(plans.map { ($0.source, $0) }) { first, _ in first }
    let lines = instances.values.compactMap { instance in
      bySource[instance.process].map { plan in
        MigrationReport.Line(
          key: instance.key, element: instance.element, target: plan.element(instance.element))
      }
    }
    do {
      let events = try step(
        self, .migrate(plans), in: definitions, environment: environment, now: now)
      return report(lines, events)
    } catch {
      let problem = error.asDiagnostic
      return MigrationReport(
        problems: problem.causes.isEmpty ? [problem] : problem.causes, lines: lines, begun: [],
        ended: [])
    }
  }

  private func report(
    _ lines: [MigrationReport.Line], _ events: [ProcessEvent]
  ) -> MigrationReport {
    let elements = Dictionary(subscriptions.map { ($0.key, $0.element) }) { $1 }
    var begun: [String] = []
    var ended: [String] = []
    for event in events {
      switch event {
      case .subscribed(let subscription): begun.append(subscription.element)
      case .unsubscribed(let key, _): elements[key].map { ended.append($0) }
      default: continue
      }
    }
    return MigrationReport(problems: [], lines: lines, begun: begun, ended: ended)
  }
}
