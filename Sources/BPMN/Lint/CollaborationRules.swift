import Diagnostics
import XML

/// Message flows go between pools, and a pool shows one process.
struct CollaborationRules {
  private let model: ProcessModel
  /// The participant that each element is drawn in.
  private var pools: [String: String] = [:]

  init(_ model: ProcessModel) {
    self.model = model
    for participant in model.collaborations.flatMap(\.participants) {
      pools[participant.id] = participant.id
      guard let process = participant.process.flatMap(model.process) else { continue }
      for node in process.allNodes { pools[node.id] = participant.id }
    }
  }

  func problems() -> [Diagnostic] {
    model.collaborations.flatMap(\.messageFlows).filter { flow in
      pools[flow.source] == nil || pools[flow.target] == nil
        || pools[flow.source] == pools[flow.target]
    }.map { Diagnostic("BPMN134", ["flow": $0.id], at: $0.location) }
      + model.collaborations.flatMap(\.messageFlows).filter(isDumb).map {
        Diagnostic("BPMN148", ["flow": $0.id], at: $0.location)
      } + multiplicityProblems()
  }

  /// Whether an end of a message flow is an event without a message.
  private func isDumb(_ flow: MessageFlow) -> Bool {
    let nodes = model.processes.filter(\.isExecutable).flatMap(\.allNodes)
    return nodes.contains { node in
      guard node.kind.isEvent, node.id == flow.source || node.id == flow.target else {
        return false
      }
      return !node.events.contains { if case .message = $0 { true } else { false } }
    }
  }

  private func multiplicityProblems() -> [Diagnostic] {
    model.root.children("collaboration").flatMap { $0.children("participant") }.compactMap {
      participant in
      guard let multiplicity = participant.child("participantMultiplicity"),
        let maximum = multiplicity["maximum"].flatMap({ Int($0) }),
        maximum < max(1, multiplicity["minimum"].flatMap { Int($0) } ?? 0)
      else { return nil }
      return Diagnostic(
        "BPMN149", ["element": participant["id"] ?? ""], at: multiplicity.location)
    }
  }
}
