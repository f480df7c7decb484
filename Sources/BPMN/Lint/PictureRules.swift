import Diagnostics

/// What has no place in the picture, when there is one: people would not see it.
struct PictureRules {
  private let model: ProcessModel

  init(_ model: ProcessModel) { self.model = model }

  func problems() -> [Diagnostic] {
    guard !model.diagrams.isEmpty else { return [] }
    let drawn = Set(model.diagrams.flatMap { $0.shapes.map(\.element) + $0.edges.map(\.element) })
    return model.processes.filter(\.isExecutable).flatMap { process in
      process.allNodes.filter { !drawn.contains($0.id) }.map {
        Diagnostic("BPMN128", ["element": $0.title], at: $0.location, severity: .warning)
      }
    }
  }
}
