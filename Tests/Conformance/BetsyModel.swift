import XML

/// Turns a model of the betsy suite into our dialect: its script words become job types, its Java conditions FEEL.
///
/// Only words are translated; nothing is added that would change the flow.
struct BetsyModel {
  static let bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL"
  static let zeebe = "http://camunda.org/schema/zeebe/1.0"
  /// Every message of the suite goes to whoever waits for it, so all share one key.
  static let correlationKey = "betsy"

  /// The file in our dialect.
  static func translated(_ root: Element) -> Element {
    var root = element(root)
    root.children = root.children.map { node in
      guard case .element(let child) = node, child.name == "globalScriptTask" else { return node }
      return .element(process(of: child))
    }
    return root
  }

  /// Whether an expression is meant for a machine: declared so, or of a type that always is. The others are prose, and
  /// prose is not translated.
  private static func isFormal(_ element: Element) -> Bool {
    element["type", in: "http://www.w3.org/2001/XMLSchema-instance"] != nil
  }

  private static func element(_ original: Element) -> Element {
    var element = original
    element.children = original.children.map { node in
      if case .element(let child) = node { .element(self.element(child)) } else { node }
    }
    if element.name == "complexBehaviorDefinition" {
      element.children = element.children.map { node in
        guard case .element(var child) = node, child.name == "condition",
          child.elements.isEmpty, !isFormal(child)
        else { return node }
        child.children = [.text(feel(child.text))]
        return .element(child)
      }
    }
    switch element.name {
    case "conditionExpression", "condition", "loopCardinality", "completionCondition",
      "loopCondition":
      if element.elements.isEmpty, isFormal(element) {
        element.children = [.text(feel(element.text))]
      }
    case "scriptTask": addExtension(taskDefinition(word(of: element)), to: &element)
    case "message":
      addExtension(
        extensionElement("subscription", ["correlationKey": correlationKey]), to: &element)
    case "sendTask", "intermediateThrowEvent", "endEvent":
      if let message = messageReference(of: element) {
        addExtension(taskDefinition("message " + message), to: &element)
      }
    default: break
    }
    return element
  }

  /// `test.contains("a")`, with a leading `!`; `${x}`; anything else as it is.
  static func feel(_ condition: String) -> String {
    var text = condition.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if text.hasPrefix("${"), text.hasSuffix("}") { text = String(text.dropFirst(2).dropLast()) }
    let isNegated = text.hasPrefix("!")
    if isNegated { text.removeFirst() }
    if let call = text.firstRange(of: ".contains("), text.hasSuffix(")") {
      text = "contains(\(text[..<call.lowerBound]), \(text[call.upperBound...].dropLast()))"
    }
    return isNegated ? "=not(\(text))" : "=" + text
  }

  private static func word(of task: Element) -> String {
    let text = task.child("script")?.text ?? ""
    return text.split(whereSeparator: \.isWhitespace).map(String.init).first ?? "NOTHING"
  }

  private static func messageReference(of element: Element) -> String? {
    let reference = element["messageRef"] ?? element.child("messageEventDefinition")?["messageRef"]
    return reference?.split(separator: ":").last.map(String.init)
  }

  private static func taskDefinition(_ type: String) -> Element {
    extensionElement("taskDefinition", ["type": type])
  }

  private static func extensionElement(
    _ name: String, _ attributes: KeyValuePairs<String, String>
  ) -> Element {
    Element(
      name, namespace: zeebe, prefix: "zeebe",
      attributes: attributes.map { Attribute($0.key, value: $0.value) })
  }

  private static func addExtension(_ content: Element, to element: inout Element) {
    let box = Element(
      "extensionElements", namespace: bpmn, prefix: element.prefix, children: [.element(content)])
    element.children.insert(.element(box), at: 0)
  }

  /// A global task is called like a process that does just this task.
  private static func process(of task: Element) -> Element {
    func make(_ name: String, _ attributes: KeyValuePairs<String, String>) -> Element {
      Element(
        name, namespace: bpmn, prefix: task.prefix,
        attributes: attributes.map { Attribute($0.key, value: $0.value) })
    }
    let id = task["id"] ?? "global"
    var script = make("scriptTask", ["id": id + "-task"])
    addExtension(taskDefinition(word(of: task)), to: &script)
    var process = make("process", ["id": id, "isExecutable": "true"])
    process.children = [
      make("startEvent", ["id": id + "-start"]), script, make("endEvent", ["id": id + "-end"]),
      make(
        "sequenceFlow", ["id": id + "-1", "sourceRef": id + "-start", "targetRef": id + "-task"]),
      make("sequenceFlow", ["id": id + "-2", "sourceRef": id + "-task", "targetRef": id + "-end"]),
    ].map { .element($0) }
    return process
  }
}
