public import Diagnostics

extension XMLSchema {
  /// What in a schema of ours makes validating slow, unbounded or ambiguous (interchange.md 6.6), in file order.
  ///
  /// - Throws: the codes of `XMLTree` when it is not XML.
  public static func lint(_ bytes: [UInt8], file: String) throws -> [Diagnostic] {
    let schema = try Element(parsing: bytes, file: file)
    var lint = SchemaLint()
    lint.checkRoot(schema)
    lint.check(schema)
    return lint.problems
  }
}

/// The walk over one schema.
private struct SchemaLint {
  private(set) var problems: [Diagnostic] = []

  private static let forbiddenElements: Set<String> = [
    "any", "anyAttribute", "key", "keyref", "redefine", "unique",
  ]
  private static let forbiddenAttributes: Set<String> = [
    "abstract", "default", "fixed", "nillable", "substitutionGroup",
  ]
  private static let textTypes: Set<String> = [
    "ENTITY", "ENTITIES", "ID", "IDREF", "IDREFS", "NCName", "NMTOKEN", "NMTOKENS", "NOTATION",
    "Name", "QName", "anySimpleType", "anyURI", "hexBinary", "language", "normalizedString",
    "string", "token",
  ]
  private static let numberTypes: Set<String> = [
    "decimal", "double", "float", "integer", "negativeInteger", "nonNegativeInteger",
    "nonPositiveInteger", "positiveInteger",
  ]

  private mutating func report(
    _ code: String, _ element: Element, _ arguments: [String: String] = [:]
  ) {
    problems.append(
      Diagnostic(code, arguments.mapValues(\.quotedForMessage), at: element.location))
  }

  mutating func checkRoot(_ schema: Element) {
    let wanted = [
      ("blockDefault", "#all"), ("elementFormDefault", "qualified"), ("finalDefault", "#all"),
    ]
    for (name, value) in wanted where schema[name] != value {
      report("XML067", schema, ["name": name, "value": value])
    }
    let elements = schema.children("element")
    if elements.count != 1 { report("XML066", schema, ["count": String(elements.count)]) }
  }

  mutating func check(_ element: Element) {
    checkConstruct(element)
    switch element.name {
    case "restriction": checkRestriction(element)
    case "element", "attribute": checkDirect(element["type"], element)
    case "extension": checkDirect(element["base"], element)
    case "list": checkDirect(element["itemType"], element)
    case "pattern": checkPattern(element)
    default: break
    }
    for child in element.elements { check(child) }
  }

  private mutating func checkConstruct(_ element: Element) {
    // The one opening: what stands in it is validated by a schema of its own.
    let isSlot = element.name == "any" && element["processContents"] == "skip"
    if Self.forbiddenElements.contains(element.name), !isSlot {
      report("XML065", element, ["name": element.name])
    }
    for attribute in element.attributes where Self.forbiddenAttributes.contains(attribute.name) {
      report("XML065", element, ["name": attribute.name])
    }
    if let place = element["schemaLocation"], place.contains(":") || place.contains("/") {
      report("XML065", element, ["name": "schemaLocation"])
    }
  }

  /// A built-in type used as it is.
  private mutating func checkDirect(_ type: String?, _ element: Element) {
    guard let type = type.flatMap({ builtIn($0, element) }) else { return }
    let name = element["name"] ?? element.name
    if Self.textTypes.contains(type) { report("XML062", element, ["name": name]) }
    if Self.numberTypes.contains(type) { report("XML063", element, ["name": name]) }
    if type == "dateTime" || type == "time" { report("XML064", element, ["name": name]) }
  }

  private mutating func checkRestriction(_ restriction: Element) {
    guard let type = restriction["base"].flatMap({ builtIn($0, restriction) }) else { return }
    let facets = restriction.elements
    let names = Set(facets.map(\.name))
    let patterns = facets.filter { $0.name == "pattern" }
      .map { SchemaPattern($0["value"] ?? "") }
    let isListed = names.contains("enumeration")
    let isBounded = isListed || (!patterns.isEmpty && patterns.allSatisfy { $0?.isBounded == true })
    if Self.textTypes.contains(type), !isBounded, names.isDisjoint(with: ["maxLength", "length"]) {
      report("XML062", restriction, ["name": type])
    }
    let hasBounds =
      !names.isDisjoint(with: ["minInclusive", "minExclusive"])
      && !names.isDisjoint(with: ["maxInclusive", "maxExclusive"])
    if Self.numberTypes.contains(type), !isBounded, !hasBounds {
      report("XML063", restriction, ["name": type])
    }
    if type == "dateTime" || type == "time",
      !facets.contains(where: { $0.name == "pattern" && $0["value"]?.hasSuffix("Z") == true })
    {
      report("XML064", restriction, ["name": type])
    }
  }

  private mutating func checkPattern(_ facet: Element) {
    let text = facet["value"] ?? ""
    if SchemaPattern(text)?.isDeterministic != true {
      report("XML061", facet, ["pattern": text])
    }
  }

  /// The local name of a type of XML Schema itself; schemas of ours call it `xs:` or `xsd:`.
  private func builtIn(_ type: String, _ element: Element) -> String? {
    let parts = type.split(separator: ":")
    guard parts.count == 2, parts[0] == "xs" || parts[0] == "xsd" else { return nil }
    return String(parts[1])
  }
}
