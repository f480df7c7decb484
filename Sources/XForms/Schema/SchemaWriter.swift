import XML

extension Form {
  /// The XML Schema 1.0 of the instances that `Answers.xml()` writes, without what only this program can check.
  ///
  /// Closed (`blockDefault`, no wildcards), every string and number bounded, a named type with the labels as
  /// documentation for every field; conditions, choices of code lists and rules across fields stand in `xs:appinfo`.
  public func schema() -> [UInt8] {
    Array(SchemaWriter(self).schema().xml().utf8)
  }
}

/// Writes the types of a form, root last.
struct SchemaWriter {
  static let namespace = "http://www.w3.org/2001/XMLSchema"
  let form: Form

  init(_ form: Form) { self.form = form }

  func schema() -> Element {
    let attributes = [
      Attribute("targetNamespace", value: form.namespace),
      Attribute("elementFormDefault", value: "qualified"),
      Attribute("attributeFormDefault", value: "unqualified"),
      Attribute("blockDefault", value: "#all"),
      Attribute("finalDefault", value: "#all"),
      Attribute("version", value: form.version),
    ]
    var schema = element("schema", attributes, [])
    schema.declarations = [
      NamespaceDeclaration(prefix: "xs", uri: Self.namespace),
      NamespaceDeclaration(prefix: "f", uri: form.namespace),
      NamespaceDeclaration(prefix: "r", uri: Folded.namespace),
    ]
    let root = form.fields[0]
    let declaration = element(
      "element", [Attribute("name", value: root.name), Attribute("type", value: typeName(root))],
      [])
    let types = form.fields.filter(isWritten).flatMap(types) + commonTypes
    schema.children = ([declaration] + types).map { .element($0) }
    return schema
  }

  /// The types of the attributes.
  private var commonTypes: [Element] {
    let types: [(String, String, [(String, String)])] = [
      ("form-version", "xs:token", [("enumeration", form.version)]),
      ("code-system", "xs:token", [("minLength", "1"), ("maxLength", "100")]),
      ("code-system-version", "xs:token", [("minLength", "1"), ("maxLength", "40")]),
      ("display", "xs:string", [("minLength", "1"), ("maxLength", "10000")]),
    ]
    return types.map { name, base, facets in
      element("simpleType", [Attribute("name", value: name)], [restriction(base, facets)])
    }
  }

  /// Kept, and inside kept groups only.
  private func isWritten(_ field: Field) -> Bool {
    field.isKept && (field.parent.map { isWritten(form.fields[$0]) } ?? true)
  }

  // MARK: Types

  private func types(of field: Field) -> [Element] {
    if !field.children.isEmpty || field.parent == nil { return [groupType(field)] }
    guard form.codeLists[field.number] != nil else { return [simpleType(field)] }
    return codeTypes(field)
  }

  private func groupType(_ field: Field) -> Element {
    let children = field.children.map { form.fields[$0] }.filter(isWritten).map { child in
      element(
        "element",
        [
          Attribute("name", value: child.name), Attribute("type", value: typeName(child)),
          Attribute("minOccurs", value: "\(minimum(child))"),
          Attribute("maxOccurs", value: maximum(child)),
        ], [])
    }
    var content = [annotation(field), element("sequence", [], children)]
    if field.parent == nil {
      content.append(
        element(
          "attribute",
          [
            Attribute("name", value: "version"), Attribute("use", value: "required"),
            Attribute("type", value: "f:form-version"),
          ], []))
    }
    let type = element("complexType", [Attribute("name", value: name(field))], content)
    return type
  }

  private func simpleType(_ field: Field) -> Element {
    let facets = FieldFacets(field, control: field.control.map { form.controls[$0] })
    return element(
      "simpleType", [Attribute("name", value: name(field))],
      [annotation(field), restriction(facets.base, facets.list)])
  }

  /// The code or codes, and what they were called when the form was completed.
  private func codeTypes(_ field: Field) -> [Element] {
    let code = name(field) + ".code"
    var facets: [(String, String)] = [("pattern", "\\S{1,64}")]
    if let values = ownValues(field) { facets = values.map { ("enumeration", $0) } }
    let simple = element(
      "simpleType", Self.derivable(code), [restriction("xs:token", facets)])
    var types = [simple]
    var base = "f:" + code
    if field.selection == .many {
      let list = element(
        "simpleType", [], [element("list", [Attribute("itemType", value: "f:" + code)], [])])
      let limits = [("minLength", "1"), ("maxLength", "200")].map { facet($0.0, $0.1) }
      let restricted = element("restriction", [], [list] + limits)
      types.append(
        element("simpleType", Self.derivable(code + "s"), [restricted]))
      base = "f:" + code + "s"
    }
    let attributes = [
      ("codeSystem", "f:code-system"), ("codeSystemVersion", "f:code-system-version"),
      ("display", "f:display"),
    ]
    .map { name, type in
      element(
        "attribute",
        [
          Attribute("name", value: name), Attribute("type", value: type),
          Attribute("use", value: "required"),
        ], [])
    }
    let content = element(
      "simpleContent", [],
      [element("extension", [Attribute("base", value: base)], attributes)])
    types.append(
      element(
        "complexType", [Attribute("name", value: name(field))], [annotation(field), content]))
    return types
  }

  /// `finalDefault` does not count for a type that another one is made from.
  private static func derivable(_ name: String) -> [Attribute] {
    [Attribute("name", value: name), Attribute("final", value: "")]
  }

  /// The values of choices that belong to this version of the form; those of code lists change without it.
  private func ownValues(_ field: Field) -> [String]? {
    guard let list = form.codeLists[field.number], list.system.hasPrefix(form.id + ".") else {
      return nil
    }
    return list.codes
  }

  // MARK: Occurrence

  /// Pruned instances leave out what is empty or not relevant.
  private func minimum(_ field: Field) -> Int {
    guard field.relevant == nil, isAlwaysFilled(field) else { return 0 }
    return field.rows.map(\.minimum) ?? 1
  }

  /// There is always something in it.
  private func isAlwaysFilled(_ field: Field) -> Bool {
    if field.children.isEmpty {
      return field.required?.isConstantTrue == true && field.readonly == nil
    }
    return field.children.map { form.fields[$0] }.contains {
      isWritten($0) && minimum($0) > 0
    }
  }

  private func maximum(_ field: Field) -> String {
    guard let rows = field.rows else { return "1" }
    return rows.maximum.map(String.init) ?? "unbounded"
  }

  // MARK: Parts

  private func name(_ field: Field) -> String {
    field.parent == nil
      ? field.name
      : String(field.path.dropFirst(form.fields[0].path.count + 1).map { $0 == "/" ? "." : $0 })
  }

  private func typeName(_ field: Field) -> String { "f:" + name(field) }

  private func restriction(_ base: String, _ facets: [(String, String)]) -> Element {
    element(
      "restriction", [Attribute("base", value: base)], facets.map { facet($0.0, $0.1) })
  }

  private func facet(_ name: String, _ value: String) -> Element {
    element(name, [Attribute("value", value: value)], [])
  }

  func element(_ name: String, _ attributes: [Attribute], _ children: [Element]) -> Element {
    Element(
      name, namespace: Self.namespace, prefix: "xs", attributes: attributes,
      children: children.map { .element($0) })
  }
}

extension XPathExpression {
  var isConstantTrue: Bool { term == .call(.alwaysTrue, []) }
  var isConstantFalse: Bool { term == .call(.alwaysFalse, []) }
}
