import Diagnostics
import XML

/// What a file says about the content of messages and the data of activities must fit together; what would move data in
/// ways the engine does not run is refused.
struct DataRules {
  private let model: ProcessModel
  /// The item definition that each message, signal, error and escalation carries, by its id.
  private var items: [String: String] = [:]
  /// What an item definition is made of, by its id.
  private var structures: [String: String] = [:]
  /// Global tasks and processes by id.
  private var callables: [String: Element] = [:]

  init(_ model: ProcessModel) {
    self.model = model
    for element in model.root.elements where element.namespace == Namespace.bpmn {
      guard let id = element["id"] else { continue }
      switch element.name {
      case "itemDefinition": structures[id] = element["structureRef"]
      case "message": items[id] = element["itemRef"].map(Self.local)
      case "signal", "error", "escalation": items[id] = element["structureRef"].map(Self.local)
      case "process": callables[id] = element
      case let name where name.hasPrefix("global"): callables[id] = element
      default: continue
      }
    }
  }

  func problems() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for element in model.root.elements where element.namespace == Namespace.bpmn {
      if !Self.rootElements.contains(element.name) {
        problems.append(
          Diagnostic(
            "BPMN145", ["element": element["id"] ?? "", "what": element.name],
            at: element.location))
      }
      if element.name.hasPrefix("global") { problems += unsupported(["ioBinding"], in: element) }
    }
    for process in model.root.children("process") where isExecutable(process) {
      problems += unsupported(["ioBinding", "supportedInterfaceRef"], in: process)
      check(process, &problems)
    }
    return problems
  }

  private func isExecutable(_ process: Element) -> Bool {
    process["id"].flatMap(model.process)?.isExecutable == true
  }

  private func check(_ element: Element, _ problems: inout [Diagnostic]) {
    for child in element.elements where child.namespace == Namespace.bpmn {
      switch child.name {
      case "dataInputAssociation", "dataOutputAssociation":
        problems += unsupported(["assignment", "transformation"], in: child)
      case "multiInstanceLoopCharacteristics":
        problems += unsupported(
          ["loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"], in: child)
      case "receiveTask", "sendTask": problems += messageTaskProblems(child)
      case "scriptTask": problems += formatProblems(child)
      case "callActivity": problems += callProblems(child)
      case "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent",
        "intermediateThrowEvent":
        problems += eventProblems(child)
      default: break
      }
      check(child, &problems)
    }
  }

  private func unsupported(_ names: Set<String>, in element: Element) -> [Diagnostic] {
    element.elements.filter { $0.namespace == Namespace.bpmn && names.contains($0.name) }
      .prefix(1).map { refused(element, $0.name, at: $0) }
  }

  private func refused(_ element: Element, _ what: String, at place: Element) -> Diagnostic {
    Diagnostic(
      "BPMN105", ["element": element["id"] ?? element.name, "what": what], at: place.location)
  }

  private func mismatch(_ element: Element) -> Diagnostic {
    Diagnostic("BPMN144", ["element": element["id"] ?? element.name], at: element.location)
  }

  // MARK: Messages

  /// An event that says what data it takes says so for everything its definitions carry; content that neither data nor
  /// an operation receives would be lost.
  private func eventProblems(_ event: Element) -> [Diagnostic] {
    let definitions = event.elements.filter { $0.name.hasSuffix("EventDefinition") }
    let carried = definitions.compactMap { definition in
      ["messageRef", "signalRef", "errorRef", "escalationRef"].compactMap { definition[$0] }.first
        .flatMap { items[Self.local($0)] }
    }
    guard !carried.isEmpty else { return [] }
    let data = (event.children("dataInput") + event.children("dataOutput")).compactMap(item)
    if data.isEmpty {
      let hasOperation = definitions.contains {
        $0["operationRef"] != nil || $0.child("operationRef") != nil
      }
      return hasOperation ? [] : [mismatch(event)]
    }
    return carried.allSatisfy(data.contains) ? [] : [mismatch(event)]
  }

  private func messageTaskProblems(_ task: Element) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if task.name == "receiveTask", task["instantiate"] == "true" {
      problems.append(refused(task, "instantiate", at: task))
    }
    guard let specification = task.child("ioSpecification") else { return problems }
    for name in ["inputSet", "outputSet"] where specification.children(name).count > 1 {
      problems.append(
        Diagnostic(
          "BPMN139", ["element": task["id"] ?? "", "what": name], at: specification.location))
    }
    guard let carried = task["messageRef"].flatMap({ items[Self.local($0)] }) else {
      return problems
    }
    let data = specification.children(task.name == "sendTask" ? "dataInput" : "dataOutput")
    let fits = data.isEmpty || data.compactMap(item).contains { isSame($0, carried) }
    return fits ? problems : problems + [mismatch(task)]
  }

  // MARK: Scripts and calls

  /// A script format is a MIME type.
  private func formatProblems(_ task: Element) -> [Diagnostic] {
    guard let format = task["scriptFormat"], !format.trimmed.isEmpty,
      format.split(separator: "/", omittingEmptySubsequences: false).count != 2
    else { return [] }
    return [
      Diagnostic("BPMN147", ["element": task["id"] ?? "", "text": format], at: task.location)
    ]
  }

  /// A call hands over what the called process says it takes, and gets what it gives.
  private func callProblems(_ call: Element) -> [Diagnostic] {
    guard let called = call["calledElement"].flatMap({ callables[Self.local($0)] }) else {
      return []
    }
    if called.name != "process" { return [refused(call, called.name, at: call)] }
    guard let here = call.child("ioSpecification"), let there = called.child("ioSpecification")
    else { return [] }
    let fits = ["dataInput", "dataOutput"].allSatisfy { name in
      let mine = here.children(name)
      let theirs = there.children(name)
      return mine.count == theirs.count
        && zip(mine, theirs).allSatisfy { isSame(item($0) ?? "", item($1) ?? "") }
    }
    return fits ? [] : [mismatch(call)]
  }

  // MARK: Items

  private func item(_ data: Element) -> String? { data["itemSubjectRef"].map(Self.local) }

  private func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    guard let structure = structures[left] else { return false }
    return structure == structures[right]
  }

  private static func local(_ name: String) -> String {
    name.trimmed.split(separator: ":").last.map(String.init) ?? name
  }

  /// What may stand directly in `definitions` (BPMN 2.0.2, `tDefinitions`).
  private static let rootElements: Set<String> = [
    "import", "extension", "relationship", "documentation", "extensionElements",
    "cancelEventDefinition", "category", "choreography", "collaboration",
    "compensateEventDefinition", "conditionalEventDefinition", "conversation",
    "correlationProperty", "dataStore", "endPoint", "error", "errorEventDefinition", "escalation",
    "escalationEventDefinition", "globalBusinessRuleTask", "globalChoreographyTask",
    "globalConversation", "globalManualTask", "globalScriptTask", "globalTask", "globalUserTask",
    "interface", "itemDefinition", "linkEventDefinition", "message", "messageEventDefinition",
    "partnerEntity", "partnerRole", "process", "resource", "signal", "signalEventDefinition",
    "terminateEventDefinition", "timerEventDefinition",
  ]
}
