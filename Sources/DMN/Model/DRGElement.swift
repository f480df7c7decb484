internal import Diagnostics
internal import XML

/// A value that comes from outside (DMN 1.5, 6.3.11 `tInputData`).
struct InputData: Sendable {
  let id: String
  let name: String
  let variable: InformationItem
  let location: SourceLocation?

  init(_ element: Element) throws {
    name = try element.attribute("name").trimmed
    id = element["id"] ?? name
    variable = try InformationItem(variableOf: element, named: name)
    location = element.location
  }
}

/// A decision with what it needs and how it is made (6.3.7 `tDecision`).
struct Decision: Sendable {
  let id: String
  let name: String
  let variable: InformationItem
  let requiredInputs: [ElementReference]
  let requiredDecisions: [ElementReference]
  let requiredKnowledge: [ElementReference]
  /// `nil`: the value is given by a person or another program.
  let expression: BoxedExpression?
  let location: SourceLocation?

  init(_ element: Element) throws {
    name = try element.attribute("name").trimmed
    id = element["id"] ?? name
    variable = try InformationItem(variableOf: element, named: name)
    let information = element.children("informationRequirement")
    requiredInputs = try information.flatMap { try $0.references("requiredInput") }
    requiredDecisions = try information.flatMap { try $0.references("requiredDecision") }
    requiredKnowledge = try element.requiredKnowledge()
    expression = try BoxedExpression(childOf: element)
    location = element.location
  }
}

/// A function that decisions share (6.3.9 `tBusinessKnowledgeModel`).
struct BusinessKnowledgeModel: Sendable {
  let id: String
  let name: String
  let variable: InformationItem
  let requiredKnowledge: [ElementReference]
  let logic: FunctionDefinition?
  let location: SourceLocation?

  init(_ element: Element) throws {
    name = try element.attribute("name").trimmed
    id = element["id"] ?? name
    variable = try InformationItem(variableOf: element, named: name)
    requiredKnowledge = try element.requiredKnowledge()
    logic = try element.child("encapsulatedLogic").map(FunctionDefinition.init)
    location = element.location
  }
}

/// Decisions that can be called like a function (6.3.10 `tDecisionService`).
struct DecisionService: Sendable {
  let id: String
  let name: String
  let variable: InformationItem
  let outputDecisions: [ElementReference]
  let encapsulatedDecisions: [ElementReference]
  let inputDecisions: [ElementReference]
  let inputData: [ElementReference]
  let location: SourceLocation?

  init(_ element: Element) throws {
    name = try element.attribute("name").trimmed
    id = element["id"] ?? name
    variable = try InformationItem(variableOf: element, named: name)
    outputDecisions = try element.references("outputDecision")
    encapsulatedDecisions = try element.references("encapsulatedDecision")
    inputDecisions = try element.references("inputDecision")
    inputData = try element.references("inputData")
    location = element.location
  }
}

extension InformationItem {
  /// The `variable` of a DRG element; by default it has the element's own name and any type.
  fileprivate init(variableOf element: Element, named name: String) throws {
    guard let variable = element.child("variable") else {
      self.init(name: name, typeRef: nil, location: element.location)
      return
    }
    self.init(
      name: (variable["name"] ?? name).trimmed, typeRef: variable.typeRef,
      location: variable.location ?? element.location)
  }
}

extension Element {
  fileprivate func references(_ name: String) throws -> [ElementReference] {
    try children(name).map(ElementReference.init)
  }

  fileprivate func requiredKnowledge() throws -> [ElementReference] {
    try children("knowledgeRequirement").flatMap { try $0.references("requiredKnowledge") }
  }
}
