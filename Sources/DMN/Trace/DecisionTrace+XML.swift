internal import FEEL
public import XML

extension DecisionTrace {
  /// The namespace of the XML form.
  public static let namespace = "urn:msec:trace:1"

  /// The trace as it is printed into a conclusion: `decision` with `input`, `rule`, `nearest`, `required`, `value`.
  ///
  /// Values are FEEL literals, so that a reader can put them back into the decision.
  public func xml() -> Element {
    var element = Self.element(
      "decision",
      [
        ("id", decision.id), ("name", decision.name), ("model", model.id),
        ("modelName", model.name), ("hitPolicy", hitPolicy?.rawValue),
        ("rules", ruleCount.map(String.init)),
      ])
    element.declarations = [NamespaceDeclaration(prefix: "", uri: Self.namespace)]
    element.children = content.map(Node.element)
    return element
  }

  private var content: [Element] {
    inputs.map {
      Self.element(
        "input", [("label", $0.label), ("expression", $0.expression)], text: $0.value.description)
    } + matched.map(Self.rule) + nearest.map(Self.nearest)
      + (required.isEmpty ? [] : [Self.required(required)])
      + [Self.element("value", [], text: value.description)]
  }

  private static func rule(_ rule: MatchedRule) -> Element {
    var element = element("rule", [("number", String(rule.number)), ("id", rule.id)])
    element.children = (annotation(rule.annotation) + outputs(rule.outputs)).map(Node.element)
    return element
  }

  private static func nearest(_ miss: NearMiss) -> Element {
    var element = element(
      "nearest",
      [
        ("number", String(miss.number)), ("id", miss.id), ("input", miss.input),
        ("needs", miss.needs), ("has", miss.has.description),
        ("distance", miss.distance?.description),
      ])
    element.children = (annotation(miss.annotation) + outputs(miss.outputs)).map(Node.element)
    return element
  }

  private static func required(_ traces: [DecisionTrace]) -> Element {
    var element = element("required", [])
    element.children = traces.map {
      var inner = $0.xml()
      inner.declarations = []
      return .element(inner)
    }
    return element
  }

  private static func annotation(_ text: String) -> [Element] {
    text.isEmpty ? [] : [element("annotation", [], text: text)]
  }

  private static func outputs(_ outputs: [Output]) -> [Element] {
    outputs.map { element("output", [("name", $0.name)], text: $0.value.description) }
  }

  private static func element(
    _ name: String, _ attributes: [(String, String?)], text: String? = nil
  )
    -> Element
  {
    Element(
      name, namespace: namespace,
      attributes: attributes.compactMap { name, value in
        value.map { Attribute(name, value: $0) }
      },
      children: text.map { [.text($0)] } ?? [])
  }
}
