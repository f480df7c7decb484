import Diagnostics

/// Each node has what the engine needs to run it: the checks of the compiler, all of them told at once.
struct NodeRules {
  private let process: ModelProcess
  private let compiler: ProcessCompiler

  init(_ process: ModelProcess) {
    self.process = process
    compiler = ProcessCompiler(process)
  }

  func problems() -> [Diagnostic] {
    compiler.problems()
      + process.allNodes.flatMap { node in
        interruptionProblems(node) + gatewayProblems(node)
      }
  }

  /// Errors always end what they happen in; events of some kinds can only be caught so.
  private func interruptionProblems(_ node: FlowNode) -> [Diagnostic] {
    guard let event = node.events.first else { return [] }
    switch (node.kind, event) {
    case (.boundaryEvent(_, interrupting: false), .error),
      (.boundaryEvent(_, interrupting: false), .cancel),
      (.boundaryEvent(_, interrupting: false), .compensate),
      (.startEvent(interrupting: false), .error),
      (.startEvent(interrupting: false), .compensate):
      return [Diagnostic("BPMN136", ["element": node.title], at: node.location)]
    default: return []
    }
  }

  /// A choice without default stops the case when no condition holds; the last flow may be meant as "else".
  private func gatewayProblems(_ node: FlowNode) -> [Diagnostic] {
    guard node.kind == .exclusiveGateway || node.kind == .inclusiveGateway,
      node.defaultFlow == nil
    else { return [] }
    let outgoing = process.allFlows.filter { $0.source == node.id }
    guard outgoing.count > 1 else { return [] }
    let missing = outgoing.filter { $0.condition == nil }
    let noDefault = Diagnostic(
      "BPMN104", ["name": node.title], at: node.location, severity: .warning)
    return missing.isEmpty
      ? [noDefault]
      : missing.map { Diagnostic.missing($0.id, "conditionExpression", at: $0.location) }
  }
}
