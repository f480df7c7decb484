import DMN
import Diagnostics
import FEEL
import XML

/// Reads the elements of a `.bpmn` file; what is odd is collected, not thrown, so that all of it can be told at once.
struct ModelReader {
  private(set) var references = RootElements()
  private(set) var problems: [Diagnostic] = []
  /// Every event definition of the file by id, wherever it stands.
  private(set) var sharedEvents: [String: Element] = [:]

  init(_ root: Element) {
    collectEvents(root)
    for message in root.children("message") {
      let definition = self.message(message)
      references.messages[definition.id] = definition
    }
    for element in root.children("error") {
      let code = self.code(element, "errorCode")
      references.errors[code.id] = code
    }
    for element in root.children("escalation") {
      let code = self.code(element, "escalationCode")
      references.escalations[code.id] = code
    }
    for element in root.children("signal") {
      let id = element["id"] ?? ""
      references.signals[id] = .init(id: id, name: expression(element, "name"))
    }
  }

  private mutating func collectEvents(_ element: Element) {
    for child in element.elements where child.namespace == Namespace.bpmn {
      if child.name.hasSuffix("EventDefinition") { child["id"].map { sharedEvents[$0] = child } }
      collectEvents(child)
    }
  }

  mutating func note(_ code: String, _ arguments: [String: String], at element: Element) {
    problems.append(Diagnostic(code, arguments, at: element.location))
  }

  mutating func warn(_ code: String, _ arguments: [String: String], at element: Element) {
    problems.append(Diagnostic(code, arguments, at: element.location, severity: .warning))
  }

  // MARK: Values

  /// An attribute that may be FEEL; `nil` when it is missing or empty.
  func expression(_ element: Element?, _ attribute: String) -> ModelExpression? {
    guard let element, let text = element[attribute], !text.trimmed.isEmpty else { return nil }
    return ModelExpression(text, at: element.location)
  }

  /// The text of a child element that may be FEEL; `nil` when it is missing or empty.
  func expression(in element: Element, _ child: String) -> ModelExpression? {
    guard let child = element.child(child) else { return nil }
    let text = child.text
    return text.trimmed.isEmpty ? nil : ModelExpression(text, at: child.location)
  }

  /// A reference by id, without the prefix of its namespace.
  func reference(_ element: Element, _ attribute: String) -> String? {
    element[attribute].map(localName)
  }

  func localName(_ name: String) -> String {
    let name = name.trimmed
    return name.split(separator: ":").last.map(String.init) ?? name
  }

  func extensions(_ element: Element) -> Element? {
    element.child("extensionElements", in: Namespace.bpmn)
  }

  func zeebe(_ name: String, _ element: Element) -> Element? {
    extensions(element)?.child(name, in: Namespace.zeebe)
  }

  func documentation(_ element: Element) -> String? {
    let texts = element.children("documentation", in: Namespace.bpmn).map(\.text.trimmed)
      .filter { !$0.isEmpty }
    return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
  }

  func properties(_ element: Element) -> [String: String] {
    let list = zeebe("properties", element)?.children("property") ?? []
    return Dictionary(list.map { ($0["name"] ?? "", $0["value"] ?? "") }) { $1 }
  }

  // MARK: Whole file

  mutating func metadata(_ root: Element) -> DefinitionMetadata {
    func attribute(_ name: String) -> String? { root[name, in: Namespace.definition] }
    func day(_ name: String) -> Day? {
      guard let text = attribute(name) else { return nil }
      let day = Day(text)
      if day == nil { note("BPMN126", ["attribute": name, "value": text], at: root) }
      return day
    }
    let first = day("effectiveFrom")
    let last = day("effectiveTo")
    return DefinitionMetadata(
      profile: attribute("profile"), effectiveFrom: first, effectiveTo: last,
      source: attribute("source"), verified: attribute("verified") == "true")
  }

  private func message(_ element: Element) -> MessageDefinition {
    MessageDefinition(
      id: element["id"] ?? "", name: expression(element, "name"),
      correlationKey: expression(zeebe("subscription", element), "correlationKey"), job: nil)
  }

  private func code(_ element: Element, _ attribute: String) -> RootElements.Code {
    RootElements.Code(
      id: element["id"] ?? "", name: element["name"] ?? "", code: expression(element, attribute))
  }

  mutating func process(_ element: Element) -> ModelProcess {
    warnAboutExtensions(of: element)
    return ModelProcess(
      id: element["id"] ?? "", name: element["name"] ?? "",
      isExecutable: ["true", "1"].contains(element["isExecutable"]),
      content: content(element), documentation: documentation(element),
      properties: properties(element), versionTag: zeebe("versionTag", element)?["value"],
      listeners: listeners(element), location: element.location)
  }

  func collaboration(_ element: Element) -> Collaboration {
    Collaboration(
      id: element["id"] ?? "",
      participants: element.children("participant").map {
        Participant(
          id: $0["id"] ?? "", name: $0["name"] ?? "", process: reference($0, "processRef"),
          location: $0.location)
      },
      messageFlows: element.children("messageFlow").map {
        MessageFlow(
          id: $0["id"] ?? "", name: $0["name"] ?? "", source: reference($0, "sourceRef") ?? "",
          target: reference($0, "targetRef") ?? "", location: $0.location)
      },
      artifacts: element.elements.compactMap(artifact))
  }

  // MARK: Inside a process

  mutating func content(_ element: Element) -> FlowContent {
    var content = FlowContent()
    for child in element.elements where child.namespace == Namespace.bpmn {
      if child.name == "sequenceFlow" {
        content.flows.append(sequenceFlow(child))
      } else if child.name == "laneSet" {
        content.lanes += lanes(child)
      } else if let artifact = artifact(child) {
        content.artifacts.append(artifact)
      } else if let node = flowNode(child) {
        content.nodes.append(node)
      }
    }
    return content
  }

  private func sequenceFlow(_ element: Element) -> SequenceFlow {
    SequenceFlow(
      id: element["id"] ?? "", name: element["name"] ?? "",
      source: reference(element, "sourceRef") ?? "", target: reference(element, "targetRef") ?? "",
      condition: expression(in: element, "conditionExpression"), location: element.location)
  }

  private func lanes(_ set: Element) -> [Lane] {
    set.children("lane").map { lane in
      Lane(
        id: lane["id"] ?? "", name: lane["name"] ?? "",
        nodes: lane.children("flowNodeRef").map { localName($0.text) },
        lanes: lane.children("childLaneSet").flatMap(lanes), properties: properties(lane),
        location: lane.location)
    }
  }

  private static let artifactTags: Set<String> = [
    "textAnnotation", "association", "group", "dataObject", "dataObjectReference",
    "dataStoreReference", "property",
  ]

  private func artifact(_ element: Element) -> Artifact? {
    guard Self.artifactTags.contains(element.name), element.namespace == Namespace.bpmn else {
      return nil
    }
    let text = element.child("text")?.text.trimmed ?? element["name"] ?? ""
    return Artifact(
      tag: element.name, id: element["id"] ?? "", text: text,
      source: reference(element, "sourceRef"), target: reference(element, "targetRef"),
      location: element.location)
  }
}
