internal import BPMN
internal import FEEL

/// The expressions of date timers and due dates that ask for clocks.
struct DueExpressions: Sendable {
  /// By `process/element`.
  private(set) var timers: [String: FEELExpression] = [:]
  private(set) var tasks: [String: FEELExpression] = [:]

  mutating func add(_ model: ProcessModel) {
    for process in model.processes {
      for node in process.allNodes {
        let place = "\(process.id)/\(node.id)"
        for case .timer(.date(let expression)?) in node.events {
          timers[place] = asking(expression)
        }
        if case .userTask(let task) = node.kind {
          tasks[place] = task.due.flatMap(asking)
        }
      }
    }
  }

  private func asking(_ expression: ModelExpression) -> FEELExpression? {
    guard case .feel(let feel) = expression.content, feel.freeNames.contains("deadline") else {
      return nil
    }
    return feel
  }
}
