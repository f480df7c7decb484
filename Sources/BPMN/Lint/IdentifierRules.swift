import Diagnostics
import XML

/// Ids are there and unique, and references lead to something of the right kind.
struct IdentifierRules {
  private let root: Element
  /// The name of the element with each id.
  private var kinds: [String: String] = [:]
  private var duplicates: [Diagnostic] = []
  private let targetNamespace: String
  private let namespaces: [String: String]

  init(_ model: ProcessModel) {
    root = model.root
    targetNamespace = root["targetNamespace"] ?? ""
    namespaces = Dictionary(root.declarations.map { ($0.prefix, $0.uri) }) { $1 }
    collect(root)
  }

  private mutating func collect(_ element: Element) {
    if let id = element["id"] {
      if kinds.updateValue(element.name, forKey: id) != nil {
        duplicates.append(
          Diagnostic("BPMN102", ["element": element.name, "id": id], at: element.location))
      }
    }
    for child in element.elements where child.namespace == Namespace.bpmn { collect(child) }
  }

  func problems() -> [Diagnostic] {
    var problems = duplicates
    check(root, &problems)
    return problems
  }

  private func check(_ element: Element, _ problems: inout [Diagnostic]) {
    if element["id"] == nil, References.mustHaveID.contains(element.name) {
      problems.append(
        Diagnostic("BPMN102", ["element": element.name, "id": ""], at: element.location))
    }
    for attribute in element.attributes where attribute.namespace.isEmpty {
      guard let targets = References.targets(attribute.name, of: element.name) else { continue }
      check(attribute.value, targets, element, &problems)
    }
    for child in element.elements where child.namespace == Namespace.bpmn {
      if let targets = References.targets(child.name, of: element.name), child.elements.isEmpty {
        check(child.text, targets, child, &problems)
      } else {
        check(child, &problems)
      }
    }
  }

  private func check(
    _ text: String, _ targets: Set<String>, _ element: Element, _ problems: inout [Diagnostic]
  ) {
    let parts = text.trimmed.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.last else {
      problems.append(
        Diagnostic.missing(element["id"] ?? element.name, element.name, at: element.location))
      return
    }
    if parts.count == 2, let uri = namespaces[parts[0]], uri != targetNamespace { return }
    guard let kind = kinds[name] else {
      problems.append(
        .missingReference(element["id"] ?? element.name, name, at: element.location))
      return
    }
    guard targets.contains(kind) else {
      problems.append(
        Diagnostic(
          "BPMN118", ["element": element["id"] ?? element.name, "target": name, "kind": kind],
          at: element.location))
      return
    }
  }
}

/// What each reference of BPMN 2.0 may lead to, by the names of the elements.
private enum References {
  static let activities: Set<String> = [
    "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
    "businessRuleTask", "subProcess", "transaction", "adHocSubProcess", "callActivity",
  ]
  static let events: Set<String> = [
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "implicitThrowEvent",
  ]
  static let gateways: Set<String> = [
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway",
    "complexGateway",
  ]
  static let choreographies: Set<String> = [
    "choreographyTask", "subChoreography", "callChoreography",
  ]
  static let flowNodes = activities.union(events).union(gateways).union(choreographies)
  static let data: Set<String> = [
    "dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput",
    "dataOutput", "property", "inputDataItem", "outputDataItem",
  ]
  static let eventDefinitions: Set<String> = [
    "messageEventDefinition", "timerEventDefinition", "errorEventDefinition",
    "escalationEventDefinition", "signalEventDefinition", "conditionalEventDefinition",
    "linkEventDefinition", "terminateEventDefinition", "compensateEventDefinition",
    "cancelEventDefinition",
  ]
  static let mustHaveID = activities.union(events).union(gateways).union([
    "process", "sequenceFlow", "message", "error", "signal", "escalation",
  ])

  /// What the reference `name` of an element called `owner` may lead to; `nil`: not a reference that is checked.
  static func targets(_ name: String, of owner: String) -> Set<String>? {
    switch (name, owner) {
    case ("sourceRef", "sequenceFlow"), ("targetRef", "sequenceFlow"): flowNodes
    case ("sourceRef", "messageFlow"), ("targetRef", "messageFlow"):
      activities.union(events).union(["participant"])
    case ("sourceRef", "dataInputAssociation"), ("targetRef", "dataInputAssociation"),
      ("sourceRef", "dataOutputAssociation"), ("targetRef", "dataOutputAssociation"):
      data
    case ("attachedToRef", _), ("activityRef", _): activities
    case ("default", _), ("incoming", _), ("outgoing", _): ["sequenceFlow"]
    case ("flowNodeRef", _): flowNodes
    case ("messageRef", _), ("inMessageRef", _), ("outMessageRef", _): ["message"]
    case ("errorRef", _): ["error"]
    case ("escalationRef", _): ["escalation"]
    case ("signalRef", _): ["signal"]
    case ("eventDefinitionRef", _): eventDefinitions
    case ("processRef", "participant"): ["process"]
    case ("itemSubjectRef", _), ("itemRef", _): ["itemDefinition"]
    case ("dataObjectRef", _): ["dataObject"]
    case ("dataStoreRef", _): ["dataStore"]
    case ("dataInputRefs", _), ("optionalInputRefs", _): ["dataInput"]
    case ("dataOutputRefs", _), ("optionalOutputRefs", _): ["dataOutput"]
    case ("inputSetRefs", _): ["inputSet"]
    case ("outputSetRefs", _): ["outputSet"]
    case ("operationRef", _): ["operation"]
    case ("interfaceRef", _), ("supportedInterfaceRef", _): ["interface"]
    case ("participantRef", _): ["participant"]
    case ("categoryValueRef", _): ["categoryValue"]
    default: nil
    }
  }
}
