import Diagnostics

/// Finds out how often an activity runs; what the engine cannot do exactly is refused here.
struct RepetitionCompiler {
  private let node: FlowNode

  init(_ node: FlowNode) { self.node = node }

  func repetition() throws -> Repetition {
    switch node.loop {
    case nil: return .once
    case .standard(let loop): return .loop(try checked(loop))
    case .multiInstance(let loop): return .multiInstance(try checked(loop))
    }
  }

  private func checked(_ loop: StandardLoop) throws -> StandardLoop {
    if let problem = loop.condition?.problem { throw problem }
    if let maximum = loop.maximum, (Int(maximum) ?? -1) < 0 {
      throw Diagnostic("BPMN143", ["element": node.title, "text": maximum], at: node.location)
    }
    guard loop.condition != nil || loop.maximum != nil else {
      throw Diagnostic.missing(node.id, "loopCondition", at: node.location)
    }
    if let condition = loop.condition, !condition.isFEEL {
      throw Diagnostic.notFEEL(node.id, "loopCondition", at: node.location)
    }
    return loop
  }

  private func checked(_ loop: MultiInstanceDefinition) throws -> MultiInstanceDefinition {
    try check(loop.behavior)
    guard loop.inputCollection != nil || loop.cardinality != nil else {
      throw Diagnostic.missing(node.id, "inputCollection", at: node.location)
    }
    let expressions = [
      loop.inputCollection, loop.outputElement, loop.completionCondition, loop.cardinality,
    ]
    if let problem = expressions.compactMap(\.?.problem).first { throw problem }
    if let cardinality = loop.cardinality, !cardinality.isFEEL, Int(cardinality.text) == nil {
      throw Diagnostic(
        "BPMN143", ["element": node.title, "text": cardinality.text], at: node.location)
    }
    if let condition = loop.completionCondition, !condition.isFEEL {
      throw Diagnostic.notFEEL(node.id, "completionCondition", at: node.location)
    }
    guard loop.outputCollection == nil || loop.outputElement != nil else {
      throw Diagnostic.missing(node.id, "outputElement", at: node.location)
    }
    return loop
  }

  /// What is told must be something that can be caught at the activity itself.
  private func check(_ behavior: MultiInstanceBehavior) throws {
    switch behavior {
    case .silent: return
    case .each(let event), .first(let event): try check(event)
    case .complex(let parts):
      guard !parts.isEmpty else {
        throw Diagnostic.missing(node.id, "complexBehaviorDefinition", at: node.location)
      }
      for part in parts {
        guard let condition = part.condition else {
          throw Diagnostic.missing(node.id, "condition", at: node.location)
        }
        if let problem = condition.problem { throw problem }
        if part.event != nil { try check(part.event) }
      }
    }
  }

  private func check(_ event: EventDefinition?) throws {
    switch event {
    case .signal(let name?): if let problem = name.problem { throw problem }
    case .escalation(let code?): if let problem = code.problem { throw problem }
    case nil, .signal(nil), .escalation(nil):
      throw Diagnostic.missing(node.id, "behavior", at: node.location)
    case .message, .timer, .error, .conditional, .link, .terminate, .compensate, .cancel:
      throw Diagnostic.unsupported(node, "behavior", at: node.location)
    }
  }
}

extension FlowContent {
  /// The names of data objects and properties: variables that live here.
  var dataNames: [String] {
    artifacts.filter { $0.tag == "dataObject" || $0.tag == "property" }
      .map { $0.text.isEmpty ? $0.id : $0.text }
  }
}
