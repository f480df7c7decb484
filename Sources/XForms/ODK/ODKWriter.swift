public import Diagnostics
public import XML

extension Form {
  /// The form as a full ODK XForm (specification 1.0): for Collect, Kobo, Enketo and every other tool that reads those.
  ///
  /// What ODK has no word for (codes with system and version, helpers that are not kept, the fewest rows) stands in
  /// attributes of `urn:msec:definition:1`, which other tools ignore: read back by `Form(odk:file:resources:)`, the form
  /// is the same.
  public func odk() -> Element {
    var writer = ODKWriter(self)
    return writer.document()
  }
}

extension Form {
  /// Rules that tools of ODK read but do not check: those of values that nobody is asked for, sections and rows
  /// (`FORM161`).
  public func odkWarnings() -> [Diagnostic] {
    fields.filter { field in
      field.constraint != nil && (field.control == nil || !field.children.isEmpty)
    }.map {
      Diagnostic("FORM161", ["path": $0.path], at: $0.location, severity: .warning)
    }
  }
}

/// Spreads a form over instance, binds, texts and body.
struct ODKWriter {
  let form: Form
  private var texts: [TextEntry] = []

  /// One `text` of every translation.
  struct TextEntry {
    var id: String
    var text: FormText?
    var guidance: FormText?
  }

  init(_ form: Form) { self.form = form }

  mutating func document() -> Element {
    let title = FormText(form.title.mapValues { [.literal($0)] })
    let titleReference = reference("/\(form.id):title", title)
    let body = element("h:body", [], form.body.map { control($0) })
    let binds = form.fields.compactMap { bind($0) } + [instanceIDBind]
    let lists = secondaryInstances()
    let primary = element("instance", [], [instance()])
    let actions = form.actions.filter { form.innermostRepeat(of: $0.target) == nil }.map(setvalue)
    let own = form.metadata.sorted { $0.key < $1.key }.map { attribute("mse:\($0.key)", $0.value) }
    let model = element(
      "model",
      [attribute("odk:xforms-version", "1.0.0"), attribute("mse:folded", "1")] + own,
      [translations(), primary] + lists + binds + actions)
    var heading = element("h:title", [attribute("mse:ref", titleReference ?? "")], [])
    heading.children = [.text(title.plain(in: form.languages.first ?? ""))]
    var root = element("h:html", [], [element("h:head", [], [heading, model]), body])
    root.declarations = Self.prefixes.map { NamespaceDeclaration(prefix: $0.key, uri: $0.value) }
      .sorted { $0.prefix < $1.prefix }
    return root
  }

  // MARK: Instance

  private func instance() -> Element {
    var root = node(form.fields[0])
    root.attributes = [attribute("id", form.id), attribute("version", form.version)]
    root.declarations = [NamespaceDeclaration(prefix: "", uri: form.namespace)]
    let meta = element("orx:meta", [], [element("orx:instanceID", [], [])])
    root.children.append(.element(meta))
    return root
  }

  /// - Parameter inRow: the element is in a row that is shown at the start. JavaRosa takes templates of rows in rows from
  ///   the template around them, and fails at any other.
  private func node(_ field: Field, inRow: Bool = false) -> Element {
    let children = field.children.flatMap { number -> [Element] in
      let child = form.fields[number]
      guard let rule = child.rows else { return [node(child, inRow: inRow)] }
      let rows = Array(repeating: node(child, inRow: true), count: rule.minimum)
      guard !inRow else { return rows }
      var template = node(child)
      template.attributes = [attribute("jr:template", "")]
      return [template] + rows
    }
    return Element(
      field.name, namespace: form.namespace, children: children.map { .element($0) })
  }

  private var instanceIDBind: Element {
    element(
      "bind",
      [
        attribute("nodeset", "/\(form.fields[0].name)/orx:meta/orx:instanceID"),
        attribute("type", "string"), attribute("readonly", "true()"),
        attribute("jr:preload", "uid"),
      ], [])
  }

  // MARK: Binds

  private mutating func bind(_ field: Field) -> Element? {
    var attributes = [attribute("nodeset", field.path)]
    if field.isTyped || field.type != .string {
      attributes.append(attribute("type", field.type.rawValue))
    }
    attributes += expression("relevant", field.relevant)
    attributes += expression("required", field.required)
    attributes += expression("readonly", field.readonly)
    attributes += expression("calculate", field.calculate)
    attributes += expression("constraint", field.constraint)
    if let alert = reference("\(field.path):jr:constraintMsg", field.alert) {
      attributes.append(attribute("jr:constraintMsg", alert))
    }
    if let message = reference("\(field.path):jr:requiredMsg", field.requiredMessage) {
      attributes.append(attribute("jr:requiredMsg", message))
    }
    if field.control == nil, let label = reference("\(field.path):label", field.label) {
      attributes.append(attribute("mse:label", label))
    }
    if !field.isKept { attributes.append(attribute("mse:keep", "no")) }
    if let heading = field.heading, let number = form.headings.firstIndex(of: heading) {
      attributes.append(attribute("mse:heading", "\(number + 1)"))
    }
    return attributes.count > 1 ? element("bind", attributes, []) : nil
  }

  /// An expression in ODK's words; beside it ours, where those differ.
  private func expression(_ name: String, _ expression: XPathExpression?) -> [Attribute] {
    guard let expression else { return [] }
    let portable = expression.term.portable
    guard portable != expression.term else { return [attribute(name, expression.source)] }
    let local = name.split(separator: ":").last.map(String.init) ?? name
    return [attribute(name, portable.text), attribute("mse:\(local)", expression.source)]
  }

  private func setvalue(_ action: Action) -> Element {
    let events = form.innermostRepeat(of: action.target) == nil ? [.firstLoad] : action.events
    let words = Action.Event.allCases.filter(events.contains).map(\.rawValue)
    return element(
      "setvalue",
      [
        attribute("event", words.joined(separator: " ")),
        attribute("ref", form.fields[action.target].path),
      ] + expression("value", action.value), [])
  }

  // MARK: Body

  private mutating func control(_ number: Int) -> Element {
    let control = form.controls[number]
    switch control.kind {
    case .group: return group(control, textID(number))
    case .rows: return rows(control)
    case .input, .note, .select1, .select, .rank, .range, .trigger, .upload:
      return question(control)
    }
  }

  /// Where the texts of a control are found: its path, or the number of a heading without one.
  private func textID(_ control: Int) -> String {
    if let field = form.controls[control].field { return form.fields[field].path }
    return "/\(form.id)/heading\((form.headings.firstIndex(of: control) ?? 0) + 1)"
  }

  private mutating func group(_ control: Control, _ id: String) -> Element {
    let path = control.field.map { [attribute("ref", form.fields[$0].path)] } ?? []
    return element(
      "group", path + appearance(control) + groupTexts(control, id),
      label(control, id) + control.children.map { self.control($0) })
  }

  private mutating func rows(_ control: Control) -> Element {
    let field = form.fields[control.field ?? 0]
    let rule = field.rows ?? RowRule()
    var attributes = [attribute("nodeset", field.path)] + appearance(control)
    attributes += expression("jr:count", rule.count?.seenFromRow)
    if rule.isFixed, rule.count == nil { attributes.append(attribute("jr:noAddRemove", "true()")) }
    if rule.minimum > 0 { attributes.append(attribute("mse:min", "\(rule.minimum)")) }
    if let maximum = rule.maximum { attributes.append(attribute("mse:max", "\(maximum)")) }
    let actions = form.actions.filter { form.innermostRepeat(of: $0.target) == field.number }
      .map(setvalue)
    let children = control.children.map { self.control($0) }
    return element(
      "group", [attribute("ref", field.path)] + groupTexts(control, field.path),
      label(control, field.path) + [element("repeat", attributes, children + actions)])
  }

  private mutating func question(_ control: Control) -> Element {
    let field = form.fields[control.field ?? 0]
    let kind = control.kind == .note ? "input" : "\(control.kind)"
    var attributes = [attribute("ref", field.path)] + appearance(control)
    if control.kind == .note { attributes.append(attribute("mse:note", "yes")) }
    if !control.mediaType.isEmpty { attributes.append(attribute("mediatype", control.mediaType)) }
    if let range = control.range {
      attributes += [("start", range.start), ("end", range.end), ("step", range.step)].map {
        attribute($0.0, XPathNumber.text($0.1))
      }
    }
    var children = label(control, field.path)
    if let hint = reference("\(field.path):hint", control.hint, guidance: control.help) {
      children.append(element("hint", [attribute("ref", hint)], []))
    }
    if let choices = control.choices { children += self.choices(choices, of: field) }
    return element(kind, attributes, children)
  }

  private func appearance(_ control: Control) -> [Attribute] {
    let words = control.appearance.sorted().joined(separator: " ")
    return words.isEmpty ? [] : [attribute("appearance", words)]
  }

  private mutating func label(_ control: Control, _ id: String) -> [Element] {
    guard let label = reference("\(id):label", control.label) else { return [] }
    return [element("label", [attribute("ref", label)], [])]
  }

  /// ODK's groups have no hints: other tools ignore them.
  private mutating func groupTexts(_ control: Control, _ id: String) -> [Attribute] {
    guard let hint = reference("\(id):hint", control.hint, guidance: control.help) else {
      return []
    }
    return [attribute("mse:hint", hint)]
  }

  // MARK: Choices

  private mutating func choices(_ source: ChoiceSource, of field: Field) -> [Element] {
    switch source {
    case .items(let items):
      return items.map { item($0.value, $0.label, of: field) }
    case .nodes(let nodeset, let value, let label):
      if let list = form.itemList(of: field.number) {
        guard list.hasExtraColumns(beside: form.languages) || nodeset.hasFilter else {
          return list.codes.map { item($0, list.text(of: $0, in: form.languages), of: field) }
        }
      }
      return [itemset(nodeset, value, label)]
    }
  }

  private mutating func item(_ value: String, _ label: FormText, of field: Field) -> Element {
    let id = reference("\(field.path)/\(value):label", label) ?? ""
    var text = element("value", [], [])
    text.children = [.text(value)]
    return element("item", [], [element("label", [attribute("ref", id)], []), text])
  }

  private func itemset(
    _ nodeset: XPathExpression, _ value: XPathExpression, _ label: ChoiceLabel
  ) -> Element {
    let source = XPathExpression(
      source: nodeset.source.replacingInstanceName { Self.instanceID($0) },
      term: nodeset.term.renamingInstances { Self.instanceID($0) })
    let labelPath =
      switch label {
      case .languageColumn: "jr:itext(itextId)"
      case .expression(let expression): expression.source
      }
    return element(
      "itemset", expression("nodeset", source),
      [
        element("value", [attribute("ref", value.source)], []),
        element("label", [attribute("ref", labelPath)], []),
      ])
  }

  /// The choices of one question are called by its path, which is no good identifier.
  static func instanceID(_ name: String) -> String {
    name.hasPrefix("/") ? name.dropFirst().split(separator: "/").joined(separator: ".") : name
  }

  private mutating func secondaryInstances() -> [Element] {
    var result: [Element] = []
    for (name, list) in form.lists.sorted(by: { $0.key < $1.key }) {
      result.append(secondaryInstance(list, id: name, isNamed: true))
    }
    for field in form.fields {
      guard let list = form.itemList(of: field.number),
        case .nodes(let nodeset, _, _)? = form.choiceSources[field.number],
        list.hasExtraColumns(beside: form.languages) || nodeset.hasFilter
      else { continue }
      result.append(
        secondaryInstance(list, id: Self.instanceID(field.path), isNamed: false))
    }
    return result
  }

  private mutating func secondaryInstance(
    _ list: CodeList, id: String, isNamed: Bool
  ) -> Element {
    let columns = list.columns.filter { !form.languages.contains($0) }
    var items: [Element] = []
    for (row, code) in list.codes.enumerated() {
      let text = "\(id):\(code)"
      _ = reference(text, list.text(of: code, in: form.languages))
      var cells = [cell("itextId", text)]
      for column in columns { cells.append(cell(column, list.cell(row, column))) }
      items.append(element("item", [], cells))
    }
    var attributes = [attribute("id", id)]
    if isNamed {
      attributes += [
        attribute("mse:system", list.system), attribute("mse:version", list.version),
        attribute("mse:source", list.source),
        attribute("mse:verified", list.isVerified ? "true" : "false"),
      ]
    }
    attributes.append(attribute("mse:columns", list.columns.joined(separator: " ")))
    return element("instance", attributes, [element("root", [], items)])
  }

  private func cell(_ name: String, _ text: String) -> Element {
    Element(name, namespace: ODK.xforms, children: text.isEmpty ? [] : [.text(text)])
  }

  // MARK: Texts

  /// `jr:itext('id')` of a text that is then written into every translation.
  private mutating func reference(
    _ id: String, _ text: FormText?, guidance: FormText? = nil
  ) -> String? {
    guard text != nil || guidance != nil else { return nil }
    texts.append(TextEntry(id: id, text: text, guidance: guidance))
    return "jr:itext('\(id)')"
  }

  private func translations() -> Element {
    let translations = form.languages.enumerated().map { place, language in
      let entries = texts.compactMap { entry -> Element? in
        var values: [Element] = []
        if let parts = entry.text?[language] { values.append(value(parts, form: nil)) }
        if let parts = entry.guidance?[language] {
          values.append(value(parts, form: "guidance"))
        }
        return values.isEmpty ? nil : element("text", [attribute("id", entry.id)], values)
      }
      let first = place == 0 ? [attribute("default", "true()")] : []
      return element("translation", [attribute("lang", language)] + first, entries)
    }
    return element("itext", [], translations)
  }

  private func value(_ parts: [FormText.Part], form: String?) -> Element {
    var value = element("value", form.map { [attribute("form", $0)] } ?? [], [])
    value.children = [.text("")]  // no white space of ours
    for part in parts {
      switch part {
      case .literal(let text): value.children.append(.text(text))
      case .value(let source):
        value.children.append(.element(element("output", expression("value", source), [])))
      }
    }
    return value
  }

  // MARK: Elements

  private static let prefixes = [
    "": ODK.xforms, "h": ODK.xhtml, "jr": ODK.javarosa, "orx": ODK.openrosa, "odk": ODK.odk,
    "mse": Folded.metadataNamespace,
  ]

  private func element(
    _ name: String, _ attributes: [Attribute], _ children: [Element]
  ) -> Element {
    let (prefix, local) = Self.split(name)
    return Element(
      local, namespace: Self.prefixes[prefix] ?? "", prefix: prefix, attributes: attributes,
      children: children.map { .element($0) })
  }

  private func attribute(_ name: String, _ value: String) -> Attribute {
    let (prefix, local) = Self.split(name)
    let namespace = prefix.isEmpty ? "" : Self.prefixes[prefix] ?? ""
    return Attribute(local, namespace: namespace, prefix: prefix, value: value)
  }

  private static func split(_ name: String) -> (prefix: String, local: String) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    return parts.count == 2 ? (parts[0], parts[1]) : ("", name)
  }
}
