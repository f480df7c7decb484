public import Diagnostics
public import XML

extension Form {
  /// The form as a folded file, with the blocks it includes written out.
  ///
  /// Read again it is the same form. For a form that was imported use `importedAsFolded()`.
  public func folded() -> Element {
    FoldedWriter(self).document()
  }

  /// A full ODK XForm as a folded file, with the code lists that it needs.
  public struct Imported: Sendable {
    public let form: Element
    /// Contents of `lists/<name>.csv`.
    public let lists: [(name: String, text: String)]
    /// What has no place in a folded form (`FORM160`), and what the reader warned of.
    public let warnings: [Diagnostic]
  }

  /// Turns a form that was read from an ODK XForm into the folded format: names become camelCase, paths relative,
  /// lists code lists; languages with a code in parentheses, such as `Русский (ru)`, are called by it.
  ///
  /// What comes out was read back: it is a form, and its lists are code lists.
  /// - Throws: `FORM163` with what no folded form can say as causes: codes with blanks, paths that lead nowhere.
  public func importedAsFolded() throws -> Imported {
    let plan = ODKImport(self)
    let imported = Imported(
      form: FoldedWriter(self, plan: plan).document(), lists: plan.lists.map { ($0.name, $0.text) },
      warnings: warnings + plan.warnings)
    var problems: [Diagnostic] = []
    var lists: [String: CodeList] = [:]
    for list in imported.lists {
      do {
        lists[list.name] = try CodeList(parsing: Array(list.text.utf8), file: list.name)
      } catch let problem as Diagnostic {
        problems += problem.causes
      }
    }
    do {
      if problems.isEmpty {
        _ = try Form(
          folded: Array(imported.form.xml().utf8), file: file, blocks: { _ in nil },
          lists: { lists[$0] })
      }
    } catch let problem as Diagnostic {
      problems += problem.causes.isEmpty ? [problem] : problem.causes
    }
    guard problems.isEmpty else {
      // lines of what was not written would lead astray
      let causes = problems.map { Diagnostic($0.code, $0.arguments, at: .init(file: file)) }
      throw Diagnostic(
        "FORM163", ["file": file, "count": "\(causes.count)"], at: .init(file: file),
        causes: causes)
    }
    return imported
  }
}

/// Puts everything about one question into one place.
struct FoldedWriter {
  let form: Form
  let plan: ODKImport?

  init(_ form: Form, plan: ODKImport? = nil) {
    self.form = form
    self.plan = plan
  }

  func document() -> Element {
    let root = form.fields[0]
    let identity = [
      Attribute("id", value: plan?.identifier ?? form.id),
      Attribute("version", value: plan?.version ?? form.version),
    ]
    let order = ["profile", "effectiveFrom", "effectiveTo", "source", "verified"]
    let names = form.metadata.keys.sorted {
      (order.firstIndex(of: $0) ?? order.count, $0) < (order.firstIndex(of: $1) ?? order.count, $1)
    }
    let metadata = names.map { name in
      Attribute(
        name, namespace: Folded.metadataNamespace, prefix: "mse", value: form.metadata[name] ?? "")
    }
    var element = self.element(
      "form", identity + metadata + expression("constraint", root.constraint, root))
    element.declarations = [
      NamespaceDeclaration(prefix: "", uri: Folded.namespace),
      NamespaceDeclaration(prefix: "mse", uri: Folded.metadataNamespace),
    ]
    let title = FormText(form.title.mapValues { [.literal($0)] })
    let head = text("title", title, root) + text("alert", root.alert, root) + unofferedLists
    element.children = (head + contents(of: nil, field: 0)).map { .element($0) }
    return element
  }

  /// Lists that expressions read and no question offers.
  private var unofferedLists: [Element] {
    let offered = form.fields.compactMap { listName(of: $0.number) }
    let names = plan.map { $0.lists.map(\.name) } ?? Array(form.lists.keys)
    let known = plan?.offeredLists ?? Set(offered)
    return names.sorted().filter { !known.contains($0) }
      .map { element("list", [Attribute("name", value: $0)]) }
  }

  private func listName(of field: Int) -> String? {
    guard case .nodes(let nodeset, _, .languageColumn)? = form.choiceSources[field],
      case .path(let path) = nodeset.term
    else { return nil }
    return path.listName
  }

  // MARK: Order

  /// What stands in a control (or at the top): its controls and the computed values between them.
  private func contents(of control: Int?, field: Int) -> [Element] {
    let controls = control.map { form.controls[$0].children } ?? form.body
    let heading = control.flatMap { form.controls[$0].field == nil ? $0 : nil }
    let computed = form.fields[field].children.filter { number in
      let child = form.fields[number]
      return child.control == nil && child.heading == heading && child.rows == nil
        && !(plan?.isLeftOut(number) ?? false)
    }
    var parts = controls.map { (place(of: $0), self.control($0, in: field)) }
    for number in computed { parts.append((number, value(of: form.fields[number]))) }
    return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
  }

  /// The number of the first field in a control: fields are numbered in the order of the form.
  private func place(of control: Int) -> Int {
    if let field = form.controls[control].field { return field }
    let computed = form.fields.first { $0.heading == control }?.number
    let places = form.controls[control].children.map(place) + (computed.map { [$0] } ?? [])
    return places.min() ?? .max
  }

  // MARK: Controls

  private func control(_ number: Int, in field: Int) -> [Element] {
    let control = form.controls[number]
    if let plan, let field = control.field, plan.isLeftOut(field) { return [] }
    switch control.kind {
    case .group:
      if plan != nil, control.field == nil, control.children.count == 1,
        form.controls[control.children[0]].kind == .rows
      {
        return self.control(control.children[0], in: field)
      }
      return [group(control, number, in: field)]
    case .rows: return [rows(control, number)]
    case .input, .note, .select1, .select, .rank, .range, .trigger, .upload:
      return [question(control)]
    }
  }

  private func group(_ control: Control, _ number: Int, in outer: Int) -> Element {
    let field = control.field.map { form.fields[$0] }
    var attributes = field.map { [Attribute("name", value: name($0))] } ?? []
    attributes += appearance(control)
    if let field { attributes += conditions(field) + keep(field) }
    var group = element("group", attributes)
    let owner = field ?? form.fields[outer]
    let texts = self.texts(control, owner) + (field.map(messages) ?? [])
    let inner = contents(of: number, field: field?.number ?? outer)
    group.children = (texts + inner).map { .element($0) }
    return group
  }

  private func rows(_ control: Control, _ number: Int) -> Element {
    let field = form.fields[control.field ?? 0]
    let rule = field.rows ?? RowRule()
    var attributes = [Attribute("name", value: name(field))]
    if rule.minimum > 0 { attributes.append(Attribute("min", value: "\(rule.minimum)")) }
    if let maximum = rule.maximum { attributes.append(Attribute("max", value: "\(maximum)")) }
    attributes += expression("count", rule.count?.seenFromRow, field)
    if rule.isFixed, rule.count == nil {
      attributes.append(Attribute("noAddRemove", value: "yes"))
    }
    attributes += appearance(control) + conditions(field)
    var rows = element("repeat", attributes)
    let inner = contents(of: number, field: field.number)
    rows.children = (texts(control, field) + messages(field) + inner).map { .element($0) }
    return rows
  }

  private func question(_ control: Control) -> Element {
    let field = form.fields[control.field ?? 0]
    if control.kind == .note || plan?.isNote(field) == true { return note(control, field) }
    let kind = control.kind == .rank ? "select" : "\(control.kind)"
    var attributes = [Attribute("name", value: name(field))]
    if control.kind == .input || control.kind == .range { attributes += type(field) }
    if !control.mediaType.isEmpty {
      attributes.append(Attribute("mediatype", value: control.mediaType))
    }
    if let range = control.range {
      attributes += [("start", range.start), ("end", range.end), ("step", range.step)].map {
        Attribute($0.0, value: XPathNumber.text($0.1))
      }
    }
    let choices = self.choices(field)
    attributes += choices.attributes + appearance(control) + conditions(field)
    attributes += expression("required", field.required, field)
    attributes += initialValue(field)
    if control.kind == .input { attributes += expression("calculate", field.calculate, field) }
    var question = element(kind, attributes + keep(field))
    question.children = (texts(control, field) + messages(field) + choices.elements)
      .map { .element($0) }
    return question
  }

  private func note(_ control: Control, _ field: Field) -> Element {
    let notes = form.fields.filter { $0.control.map { form.controls[$0].kind == .note } ?? false }
    let number = (notes.firstIndex { $0.number == field.number } ?? -1) + 1
    let isNamed = plan != nil || field.name != "note\(number)"
    var attributes = isNamed ? [Attribute("name", value: name(field))] : []
    attributes += appearance(control) + expression("relevant", field.relevant, field)
    var note = element("note", attributes)
    note.children = texts(control, field).map { .element($0) }
    return note
  }

  /// A value that nobody is asked for.
  private func value(of field: Field) -> [Element] {
    if let plan, !field.children.isEmpty {
      guard plan.hasContents(field.number) else { return [] }
      var group = element("group", [Attribute("name", value: name(field))] + conditions(field))
      group.children = hiddenContents(of: field).map { .element($0) }
      return [group]
    }
    var attributes = [Attribute("name", value: name(field))] + type(field) + conditions(field)
    attributes += initialValue(field)
    if let calculate = field.calculate {
      attributes += expression("calculate", calculate, field)
    } else if let plan {
      attributes.append(Attribute("calculate", value: plan.constant(of: field)))
    }
    attributes.append(Attribute("keep", value: field.isKept ? "yes" : "no"))
    var value = element("calculate", attributes)
    let texts = text("label", field.label, field) + messages(field)
    value.children = texts.map { .element($0) }
    return [value]
  }

  /// Sections of an imported form that have no control.
  private func hiddenContents(of field: Field) -> [Element] {
    field.children.filter { !(plan?.isLeftOut($0) ?? false) && form.fields[$0].control == nil }
      .flatMap { value(of: form.fields[$0]) }
  }

  // MARK: Attributes

  private func name(_ field: Field) -> String { plan?.name(of: field.number) ?? field.name }

  private func type(_ field: Field) -> [Attribute] {
    switch field.type {
    case .string, .boolean, .binary: []
    case .int, .decimal, .date, .time, .dateTime: [Attribute("type", value: field.type.rawValue)]
    }
  }

  private func conditions(_ field: Field) -> [Attribute] {
    expression("relevant", field.relevant, field) + expression("readonly", field.readonly, field)
      + expression("constraint", field.constraint, field)
  }

  /// Helpers say so; what stands in one is one too.
  private func keep(_ field: Field) -> [Attribute] {
    let isParentKept = field.parent.map { form.fields[$0].isKept } ?? true
    return !field.isKept && isParentKept ? [Attribute("keep", value: "no")] : []
  }

  private func appearance(_ control: Control) -> [Attribute] {
    var words = control.appearance
    if words.contains("search") { words.remove("autocomplete") }
    return words.isEmpty
      ? [] : [Attribute("appearance", value: words.sorted().joined(separator: " "))]
  }

  private func initialValue(_ field: Field) -> [Attribute] {
    let action = form.actions.first { action in
      action.target == field.number && action.path == nil
        && !action.events.isDisjoint(with: [.firstLoad, .newRepeat])
    }
    if let action { return expression("value", action.value, field) }
    return plan?.initialValue(of: field).map { [Attribute("value", value: $0)] } ?? []
  }

  private func expression(
    _ attribute: String, _ expression: XPathExpression?, _ field: Field
  ) -> [Attribute] {
    guard let expression else { return [] }
    let text = plan?.text(of: expression, at: field.number) ?? expression.source
    return [Attribute(attribute, value: text)]
  }

  // MARK: Choices

  private func choices(_ field: Field) -> (attributes: [Attribute], elements: [Element]) {
    if let plan { return plan.choices(of: field, element) }
    guard case .nodes(let nodeset, let value, let label)? = form.choiceSources[field.number] else {
      return ([], [])
    }
    if case .expression(let label) = label {
      let attributes = [("nodeset", nodeset), ("value", value), ("label", label)].map {
        Attribute($0.0, value: $0.1.source)
      }
      return ([], [element("itemset", attributes)])
    }
    let filter = nodeset.source.drop { $0 != "[" }.dropFirst().dropLast()
    let filters = filter.isEmpty ? [] : [Attribute("filter", value: String(filter))]
    guard let list = form.itemList(of: field.number) else {
      return ([Attribute("list", value: listName(of: field.number) ?? "")] + filters, [])
    }
    let items = list.codes.enumerated().map { row, code in
      let cells = list.columns.dropFirst().compactMap { column -> Attribute? in
        let text = list.cell(row, column)
        return text.isEmpty ? nil : Attribute(column, value: text)
      }
      return element("item", [Attribute("value", value: code)] + cells)
    }
    return (filters, items)
  }

  // MARK: Texts

  private func texts(_ control: Control, _ field: Field) -> [Element] {
    text("label", control.label, field) + text("hint", control.hint, field)
      + text("help", control.help, field)
  }

  private func messages(_ field: Field) -> [Element] {
    text("alert", field.alert, field) + text("requiredMessage", field.requiredMessage, field)
  }

  private func text(_ name: String, _ text: FormText?, _ field: Field) -> [Element] {
    guard let text else { return [] }
    let order = form.languages
    let languages = text.versions.map(\.language).sorted {
      (order.firstIndex(of: $0) ?? order.count, $0) < (order.firstIndex(of: $1) ?? order.count, $1)
    }
    let attributes = languages.map { language in
      let value = (text[language] ?? []).map { part -> String in
        switch part {
        case .literal(let text): return text.doublingBraces
        case .value(let source):
          return "{\(plan?.text(of: source, at: field.number) ?? source.source)}"
        }
      }.joined()
      return Attribute(plan?.languageCode(language) ?? language, value: value)
    }
    return [element(name, attributes)]
  }

  private func element(_ name: String, _ attributes: [Attribute]) -> Element {
    Element(name, namespace: Folded.namespace, attributes: attributes)
  }
}

extension String {
  /// Braces stand for computed parts, two for one.
  fileprivate var doublingBraces: String {
    String(flatMap { $0 == "{" || $0 == "}" ? [$0, $0] : [$0] })
  }
}
