public import Diagnostics

extension Form {
  /// What our own forms must keep beyond what works (design: the profile of ODK XForms): three languages, labels,
  /// messages, relative paths in rows, anchored patterns, only functions that every tool knows alike.
  public func lint() -> [Diagnostic] {
    var lint = FormLint(self)
    lint.check()
    return warnings + lint.found.sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) }
  }
}

struct FormLint {
  static let languages = ["az", "en", "ru"]
  let form: Form
  let tree: FieldTree
  private(set) var found: [Diagnostic] = []

  init(_ form: Form) {
    self.form = form
    tree = FieldTree(form.fields)
  }

  mutating func check() {
    checkHead()
    for field in form.fields { check(field) }
    for control in form.controls { check(control) }
    for (field, list) in form.codeLists.sorted(by: { $0.key < $1.key }) {
      check(list, of: form.fields[field])
    }
    for action in form.actions {
      check(action.value, "value", of: form.fields[action.target])
    }
  }

  mutating func report(
    _ code: String, _ arguments: [String: String] = [:], at location: SourceLocation?,
    severity: Diagnostic.Severity = .error
  ) {
    let problem = Diagnostic(code, arguments, at: location, severity: severity)
    if !found.contains(problem) { found.append(problem) }
  }

  private mutating func checkHead() {
    let location = form.fields[0].location
    if form.version.isEmpty { report("FORM223", at: location) }
    if form.namespace.isEmpty || form.namespace == ODK.xforms {
      report("FORM224", at: location)
    }
    check(FormText(form.title.mapValues { [.literal($0)] }), "title", path: form.id, at: location)
  }

  // MARK: Fields

  private mutating func check(_ field: Field) {
    let path = ["path": field.path]
    if let constraint = field.constraint {
      check(constraint, "constraint", of: field)
      if field.alert == nil { report("FORM204", path, at: field.location) }
    } else if field.alert != nil {
      report("FORM221", path, at: field.location, severity: .warning)
    }
    if let required = field.required { check(required, "required", of: field) }
    if let readonly = field.readonly { check(readonly, "readonly", of: field) }
    if let calculate = field.calculate { check(calculate, "calculate", of: field) }
    if let relevant = field.relevant {
      check(relevant, "relevant", of: field)
      if relevant.isConstantFalse { report("FORM217", path, at: field.location) }
    }
    if let alert = field.alert { check(alert, "alert", of: field) }
    if let message = field.requiredMessage { check(message, "requiredMessage", of: field) }
    if field.control == nil, let label = field.label { check(label, "label", of: field) }
    checkUse(of: field)
  }

  /// A helper that nothing reads, and a bind that ODK's own tools will not enforce.
  private mutating func checkUse(of field: Field) {
    guard field.calculate != nil, field.control == nil else { return }
    let isRead = !form.dependents[field.number].isEmpty || isMentioned(field)
    if !field.isKept, field.constraint == nil, !isRead {
      report("FORM222", ["path": field.path], at: field.location, severity: .warning)
    }
  }

  /// In a constraint, a text, a filter or a default: those are no computations.
  private func isMentioned(_ field: Field) -> Bool {
    let constraints = form.fields.compactMap { other in
      other.constraint.map { ($0, other.number) }
    }
    let texts = form.fields.flatMap { other in
      [other.alert, other.label, other.requiredMessage].compactMap { $0 }.flatMap(\.expressions)
        .map { ($0, other.number) }
    }
    let controls = form.controls.flatMap { control -> [(XPathExpression, Int)] in
      var expressions = [control.label, control.hint, control.help].compactMap { $0 }
        .flatMap(\.expressions)
      if case .nodes(let nodeset, _, _)? = control.choices { expressions.append(nodeset) }
      return expressions.map { ($0, control.field ?? 0) }
    }
    let counts = form.fields.compactMap { other in
      other.rows?.count.map { ($0, other.parent ?? 0) }
    }
    let actions = form.actions.map { ($0.value, $0.target) }
    return (constraints + texts + controls + counts + actions).contains { expression, owner in
      var resolver = PathResolver(tree, owner: owner)
      resolver.read(expression)
      return resolver.reads.contains { $0.field == field.number }
    }
  }

  // MARK: Controls

  private mutating func check(_ control: Control) {
    let field = control.field.map { form.fields[$0] }
    let path = field?.path ?? form.id
    if let label = control.label {
      check(label, "label", path: path, at: control.location)
    } else {
      report("FORM203", ["path": path], at: control.location)
    }
    if let hint = control.hint { check(hint, "hint", path: path, at: control.location) }
    if let help = control.help { check(help, "help", path: path, at: control.location) }
    if case .nodes(let nodeset, _, _)? = control.choices, let field {
      check(nodeset, "filter", of: field)
    }
    for word in control.appearance.sorted() where !Self.appearances.contains(word) {
      report(
        "FORM220", ["appearance": word, "path": path], at: control.location, severity: .warning)
    }
  }

  private static let appearances: Set = [
    "multiline", "search", "autocomplete", "minimal", "numbers", "masked", "field-list",
  ]

  /// Labels of all codes in all languages.
  private mutating func check(_ list: CodeList, of field: Field) {
    let isOwn = list.system.hasPrefix(form.id + ".")
    for code in list.codes {
      let isMissing = Self.languages.contains { (list.label(of: code, in: $0) ?? "").isEmpty }
      if isMissing {
        report("FORM205", ["list": list.name, "code": code], at: field.location)
      }
      if isOwn, !code.utf8.allSatisfy(Self.isChoiceByte) {
        report("FORM210", ["code": code, "path": field.path], at: field.location)
      }
    }
  }

  private static func isChoiceByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 46
  }

  // MARK: Texts

  private mutating func check(_ text: FormText, _ kind: String, of field: Field) {
    check(text, kind, path: field.path, at: field.location)
  }

  private mutating func check(
    _ text: FormText, _ kind: String, path: String, at location: SourceLocation?
  ) {
    for language in Self.languages {
      let isMissing = (text[language] ?? []).isEmpty
      if isMissing {
        let arguments = ["kind": kind, "language": language, "path": path]
        report("FORM201", arguments, at: location)
      }
      let length = text.plain(in: language).unicodeScalars.count
      if ["label", "title"].contains(kind), !isMissing, length > 200 {
        report("FORM214", ["kind": kind, "language": language, "path": path], at: location)
      }
    }
    if let az = text["az"], az == text["en"], text.plain(in: "az").isWordy {
      report(
        "FORM202", ["kind": kind, "path": path], at: location, severity: .warning)
    }
  }
}

extension String {
  /// More than a code or an abbreviation.
  fileprivate var isWordy: Bool {
    contains(" ") && unicodeScalars.contains { $0.properties.isLowercase }
  }
}
