public import Diagnostics

extension DecisionModel {
  /// What is wrong or doubtful in this file, in file order; its imports are not looked at.
  ///
  /// Errors keep a model from being run as it is written; warnings are for its author. Every finding names the cell
  /// or element with its line, and `CODE.next` says how to mend it.
  public func lint() -> [Diagnostic] {
    var findings = graph.problems + duplicateNames() + elementFindings()
    for element in graph.elements where element.location?.file == file {
      for table in element.tables {
        findings += TableLint(table, element: element).findings
      }
    }
    return findings.sorted {
      ($0.location?.line ?? 0, $0.code) < ($1.location?.line ?? 0, $1.code)
    }
  }

  private var file: String { definitions.file }

  private func duplicateNames() -> [Diagnostic] {
    var seen: Set<String> = []
    let names =
      definitions.inputData.map { ($0.name, $0.location) }
      + definitions.decisions.map { ($0.name, $0.location) }
      + definitions.knowledgeModels.map { ($0.name, $0.location) }
      + definitions.services.map { ($0.name, $0.location) }
    return names.compactMap { name, location in
      seen.insert(name).inserted ? nil : Diagnostic("DMN018", ["name": name], at: location)
    }
  }

  private func elementFindings() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for input in definitions.inputData where input.variable.typeRef == nil {
      findings.append(.missingType(of: input.name, at: input.location))
    }
    for decision in definitions.decisions {
      if decision.expression == nil {
        findings.append(
          Diagnostic(
            "DMN017", ["name": decision.name], at: decision.location, severity: .warning))
      }
      if decision.variable.typeRef == nil, !decision.isTable {
        findings.append(.missingType(of: decision.name, at: decision.location))
      }
      findings += unread(by: decision)
    }
    return findings + unrequiredInputs()
  }

  /// Requirements that the logic does not read.
  private func unread(by decision: Decision) -> [Diagnostic] {
    guard let position = graph.positions[decision.id],
      case .decision(let compiled) = graph.elements[position].kind, let logic = compiled.logic
    else { return [] }
    let read = logic.elementsRead
    return (compiled.requiredInputs + compiled.requiredDecisions).filter { !read.contains($0) }
      .map {
        Diagnostic(
          "DMN034", ["decision": decision.name, "name": graph.elements[$0].name],
          at: decision.location, severity: .warning)
      }
  }

  private func unrequiredInputs() -> [Diagnostic] {
    let required = Set(
      definitions.decisions.flatMap(\.requiredInputs).map(\.id)
        + definitions.services.flatMap(\.inputData).map(\.id))
    return definitions.inputData.filter { !required.contains($0.id) }.map {
      Diagnostic("DMN035", ["name": $0.name], at: $0.location, severity: .warning)
    }
  }
}

extension Diagnostic {
  static func missingType(of name: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic("DMN025", ["name": name], at: location, severity: .warning)
  }
}

extension Decision {
  fileprivate var isTable: Bool {
    if case .decisionTable = expression { true } else { false }
  }
}
