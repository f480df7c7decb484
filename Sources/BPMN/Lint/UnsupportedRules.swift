import Diagnostics
import XML

/// What is read and kept but would not be run: parts of BPMN for other purposes.
struct UnsupportedRules {
  private let model: ProcessModel

  init(_ model: ProcessModel) { self.model = model }

  private static let diagramsOfOtherKinds: Set<String> = [
    "choreography", "globalChoreographyTask", "globalConversation",
  ]
  private static let conversations: Set<String> = [
    "conversation", "subConversation", "callConversation",
  ]

  func problems() -> [Diagnostic] {
    var problems = model.root.elements.filter {
      $0.namespace == Namespace.bpmn && Self.diagramsOfOtherKinds.contains($0.name)
    }.map(refused)
    for collaboration in model.root.children("collaboration") {
      problems += collaboration.elements.filter { Self.conversations.contains($0.name) }
        .map(refused)
    }
    if !model.processes.contains(where: \.isExecutable) {
      problems.append(
        Diagnostic("BPMN130", [:], at: model.root.location, severity: .warning))
    }
    return problems
  }

  private func refused(_ element: Element) -> Diagnostic {
    Diagnostic(
      "BPMN105", ["element": element["id"] ?? "", "what": element.name], at: element.location)
  }
}
