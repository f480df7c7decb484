/// A decision as a caller sees it: what it is called and what it must be given.
public struct DecisionSummary: Hashable, Sendable {
  /// A value that must be given.
  public struct Input: Hashable, Sendable {
    public let name: String
    /// As written in the model; `Any` when nothing is said.
    public let type: String
    /// The allowed values as FEEL unary tests; `nil`: everything of the type.
    public let allowed: String?
  }

  public let id: String
  public let name: String
  /// The type of its value, as written; `Any` when nothing is said.
  public let type: String
  /// Everything that it or a decision it requires reads from outside, each once.
  public let inputs: [Input]
}

extension DecisionModel {
  /// The decisions of this file, in file order; not those of its imports.
  public var decisions: [DecisionSummary] {
    definitions.decisions.map { decision in
      var inputs: [DecisionSummary.Input] = []
      var seen: Set<Int> = []
      if let position = graph.positions[decision.id] {
        collectInputs(of: position, &inputs, &seen)
      }
      return DecisionSummary(
        id: decision.id, name: decision.name, type: decision.variable.typeRef ?? "Any",
        inputs: inputs)
    }
  }

  private func collectInputs(
    of position: Int, _ inputs: inout [DecisionSummary.Input], _ seen: inout Set<Int>
  ) {
    guard seen.insert(position).inserted else { return }
    let element = graph.elements[position]
    switch element.kind {
    case .input:
      inputs.append(
        DecisionSummary.Input(
          name: element.name, type: element.type.typeName,
          allowed: element.type.type.allowedValues?.text))
    case .decision(let decision):
      for required in decision.requiredInputs + decision.requiredDecisions {
        collectInputs(of: required, &inputs, &seen)
      }
      let undeclared = decision.logic == nil ? [element.name] : decision.undeclared
      for name in undeclared where !inputs.contains(where: { $0.name == name }) {
        inputs.append(
          DecisionSummary.Input(
            name: name, type: decision.logic == nil ? element.type.typeName : "Any", allowed: nil))
      }
    case .knowledge, .service: return
    }
  }
}
