import Diagnostics

/// Our own rules: someone must be able to take each user task, and know until when.
struct PeopleRules {
  private let process: ModelProcess
  private let compiler: ProcessCompiler

  init(_ process: ModelProcess) {
    self.process = process
    compiler = ProcessCompiler(process)
  }

  func problems() -> [Diagnostic] {
    process.allNodes.flatMap { node -> [Diagnostic] in
      guard case .userTask(let task) = node.kind else { return [] }
      var problems: [Diagnostic] = []
      let isAssigned =
        task.assignee != nil || task.candidateGroups != nil || task.candidateUsers != nil
      if !isAssigned, compiler.lane(of: node.id) == nil {
        problems.append(warning("BPMN113", node))
      }
      if task.form == nil { problems.append(warning("BPMN137", node)) }
      return problems
    }
  }

  private func warning(_ code: String, _ node: FlowNode) -> Diagnostic {
    Diagnostic(code, ["element": node.title], at: node.location, severity: .warning)
  }
}
