import XML

extension SchemaWriter {
  /// The label in every language, and the rules that the schema does not express.
  func annotation(_ field: Field) -> Element {
    var parts: [Element] = []
    let label =
      field.parent == nil ? FormText(form.title.mapValues { [.literal($0)] }) : label(field)
    for language in form.languages {
      guard let text = label?.plain(in: language), !text.isEmpty else { continue }
      var documentation = element("documentation", [], [])
      documentation.attributes = [
        Attribute(
          "lang", namespace: "http://www.w3.org/XML/1998/namespace", prefix: "xml",
          value: language)
      ]
      documentation.children = [.text(text)]
      parts.append(documentation)
    }
    let rules = rules(field)
    if !rules.isEmpty { parts.append(element("appinfo", [], rules)) }
    return element("annotation", [], parts)
  }

  private func label(_ field: Field) -> FormText? {
    field.label ?? field.control.flatMap { form.controls[$0].label }
  }

  private func rules(_ field: Field) -> [Element] {
    var rules: [Element] = []
    let facets = ConstraintFacets(field.constraint, of: field)
    let isLeaf = field.children.isEmpty
    if let constraint = field.constraint, facets.isPartial || !isLeaf || hasCodes(field) {
      rules.append(rule("constraint", constraint.source, field.alert))
    }
    if let required = field.required, !required.isConstantTrue || field.relevant != nil {
      rules.append(rule("required", required.source, field.requiredMessage))
    }
    if let relevant = field.relevant { rules.append(rule("relevant", relevant.source, nil)) }
    if let calculate = field.calculate { rules.append(rule("calculate", calculate.source, nil)) }
    if let list = form.codeLists[field.number],
      case .nodes(let nodeset, _, _)? = form.choiceSources[field.number]
    {
      rules.append(rule("choices", "\(list.system) \(list.version): \(nodeset.source)", nil))
    }
    if let range = field.control.flatMap({ form.controls[$0].range }) {
      let step = XPathNumber.text(range.step)
      rules.append(rule("range", "step \(step) from \(XPathNumber.text(range.start))", nil))
    }
    return rules
  }

  private func hasCodes(_ field: Field) -> Bool { form.codeLists[field.number] != nil }

  private func rule(_ kind: String, _ expression: String, _ message: FormText?) -> Element {
    var attributes = [Attribute("kind", value: kind), Attribute("expression", value: expression)]
    for language in form.languages {
      if let text = message?.plain(in: language), !text.isEmpty {
        attributes.append(Attribute(language, value: text))
      }
    }
    return Element("rule", namespace: Folded.namespace, prefix: "r", attributes: attributes)
  }
}

/// Base type and facets of a field that holds one plain value.
struct FieldFacets {
  let base: String
  let list: [(String, String)]

  init(_ field: Field, control: Control?) {
    let facets = ConstraintFacets(field.constraint, of: field)
    switch (control?.kind, field.type) {
    case (.trigger, _): (base, list) = ("xs:token", [("enumeration", "OK")])
    case (.range, let type):
      (base, list) = Self.range(control?.range ?? RangeRule(start: 0, end: 0, step: 1), type)
    case (_, .int):
      base = "xs:long"
      list = [("pattern", "-?[0-9]{1,12}")] + Self.bounds(facets, NumberLimits.wholeText)
    case (_, .decimal):
      base = "xs:decimal"
      list =
        [("pattern", "-?[0-9]{1,12}(\\.[0-9]{1,\(NumberLimits.fractionDigits)})?")]
        + Self.bounds(facets, NumberLimits.wholeText)
    case (_, .date):
      base = "xs:date"
      list =
        [("pattern", "[0-9]{4}-[0-9]{2}-[0-9]{2}")]
        + Self.bounds(facets, ("1800-01-01", "2200-12-31"))
    case (_, .time): (base, list) = ("xs:time", [("pattern", Self.timePattern)])
    case (_, .dateTime):
      (base, list) = (
        "xs:dateTime", [("pattern", "[0-9]{4}-[0-9]{2}-[0-9]{2}T" + Self.timePattern)]
      )
    case (_, .boolean):
      (base, list) = ("xs:token", [("enumeration", "true"), ("enumeration", "false")])
    case (_, .string), (_, .binary):
      base = "xs:string"
      list =
        facets.patterns.map { ("pattern", $0) }
        + [
          ("minLength", "\(max(1, facets.minLength ?? 1))"),
          ("maxLength", "\(facets.maxLength ?? field.maximumLength)"),
        ]
    }
  }

  private static let timePattern =
    "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?(Z|[+\\-][0-9]{2}:[0-9]{2})"

  /// Both ends, from the constraint or the limit of the type.
  private static func bounds(
    _ facets: ConstraintFacets, _ limits: (String, String)
  ) -> [(String, String)] {
    let lower =
      facets.bounds[.minExclusive].map { ("minExclusive", $0) }
      ?? ("minInclusive", facets.bounds[.minInclusive] ?? limits.0)
    let upper =
      facets.bounds[.maxExclusive].map { ("maxExclusive", $0) }
      ?? ("maxInclusive", facets.bounds[.maxInclusive] ?? limits.1)
    return [lower, upper]
  }

  private static func range(_ rule: RangeRule, _ type: FieldType) -> (String, [(String, String)]) {
    let (low, high) = (min(rule.start, rule.end), max(rule.start, rule.end))
    let isWhole = type == .int || type == .string
    return (
      isWhole ? "xs:long" : "xs:decimal",
      [("minInclusive", XPathNumber.text(low)), ("maxInclusive", XPathNumber.text(high))]
    )
  }
}

/// How big numbers may be when the form does not say.
enum NumberLimits {
  static let whole = 999_999_999_999
  static let wholeText = ("-999999999999", "999999999999")
  static let fractionDigits = 6
}
