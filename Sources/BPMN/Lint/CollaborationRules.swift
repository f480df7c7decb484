import Diagnostics

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
  }
}
