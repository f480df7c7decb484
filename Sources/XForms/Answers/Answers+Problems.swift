public import Diagnostics

extension Answers {
  /// Everything that stands against handing in, in the order of the form; empty when it may be handed in.
  ///
  /// Constraints are checked on every field that has a bind: calculated values, groups and rows too, which ODK's own
  /// tools leave out. Arguments: `path`, `label` and, for the form's own rules, `message` in `language`. Labels and
  /// messages may show answers: they are for the person who fills the form, not for logs.
  public func problems() -> [Diagnostic] {
    var copy = self
    var found = mistakes
    copy.check(rootNode, &found)
    return found
  }

  /// The first problem of one answer or row.
  public func problem(at path: String) -> Diagnostic? {
    guard let node = node(at: path) else { return nil }
    var copy = self
    var found: [Diagnostic] = []
    copy.checkNode(node, &found)
    return found.first
  }

  private mutating func check(_ node: Int32, _ found: inout [Diagnostic]) {
    guard isRelevant(node), field(of: node) != nil else { return }
    checkNode(node, &found)
    let record = environment.primary[node]
    for child in record.attributes + record.children { check(child, &found) }
  }

  private mutating func checkNode(_ node: Int32, _ found: inout [Diagnostic]) {
    guard let field = field(of: node), isRelevant(node) else { return }
    if field.children.isEmpty {
      checkValue(node, field, &found)
    } else {
      for child in field.children where form.fields[child].rows != nil {
        checkRowCount(form.fields[child], in: node, &found)
      }
      checkConstraint(node, field, &found)
    }
  }

  private mutating func checkValue(_ node: Int32, _ field: Field, _ found: inout [Diagnostic]) {
    let text = text(of: node)
    guard !text.isEmpty else {
      if isRequired(node), !isReadonly(node) {
        let message = field.requiredMessage.map { ["message": render($0, at: node)] }
        found.append(problem(message == nil ? "FORM001" : "FORM029", message ?? [:], at: node))
      }
      return
    }
    if let code = lexicalProblem(text, of: field) {
      found.append(problem(code, limits(of: field, for: code), at: node))
    } else if let code = choiceProblem(text, field, at: node) {
      found.append(problem(code, [:], at: node))
    } else {
      checkConstraint(node, field, &found)
    }
  }

  private mutating func checkConstraint(
    _ node: Int32, _ field: Field, _ found: inout [Diagnostic]
  ) {
    guard let constraint = field.constraint, !isTrue(constraint, at: node) else { return }
    let message = field.alert.map { ["message": render($0, at: node)] }
    found.append(problem(message == nil ? "FORM030" : "FORM002", message ?? [:], at: node))
  }

  private func checkRowCount(_ field: Field, in parent: Int32, _ found: inout [Diagnostic]) {
    guard let rule = field.rows else { return }
    let rows = rows(of: field.number, in: parent).filter(isRelevant)
    let parentPath = path(of: parent)
    let path = parentPath.isEmpty ? field.name : "\(parentPath)/\(field.name)"
    if field.relevant == nil || !rows.isEmpty, rows.count < rule.minimum {
      found.append(problem("FORM013", ["minimum": "\(rule.minimum)"], field, path: path))
    }
    if let maximum = rule.maximum, rows.count > maximum {
      found.append(problem("FORM014", ["maximum": "\(maximum)"], field, path: path))
    }
  }

  /// Not among the choices, or no longer since the filter changed.
  private func choiceProblem(_ text: String, _ field: Field, at node: Int32) -> String? {
    let control = field.control.map { form.controls[$0] }
    if control?.kind == .trigger { return text == "OK" ? nil : "FORM009" }
    if let range = control?.range {
      return range.allows(XPathNumber.parse(text)) ? nil : "FORM017"
    }
    guard field.selection != .none, let source = form.choiceSources[field.number] else {
      return nil
    }
    let chosen = field.selection == .one ? [text] : tokens(text).map(String.init)
    if let list = form.codeLists[field.number] {
      guard chosen.allSatisfy(list.contains) else { return "FORM009" }
      guard case .nodes(let nodeset, _, _) = source, nodeset.hasFilter else { return nil }
    }
    let reference = NodeReference(node: node)
    let offered =
      (try? XPathEvaluator.choices(source, in: language, at: reference, environment)) ?? []
    let isOffered = chosen.allSatisfy { code in offered.contains { $0.value == code } }
    return isOffered ? nil : form.codeLists[field.number] == nil ? "FORM009" : "FORM016"
  }

  // MARK: Diagnostics

  func render(_ text: FormText, at node: Int32) -> String {
    XPathEvaluator.render(text, in: language, at: NodeReference(node: node), environment)
  }

  func label(of field: Field, at node: Int32? = nil) -> String {
    let text = field.label ?? field.control.flatMap { form.controls[$0].label }
    guard let text else { return field.name }
    let rendered = node.map { render(text, at: $0) } ?? text.plain(in: language)
    return rendered.isEmpty ? field.name : rendered
  }

  func problem(
    _ code: String, _ arguments: [String: String], at node: Int32,
    severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    guard let field = field(of: node) else { return Diagnostic(code, arguments) }
    var arguments = arguments
    arguments["label"] = label(of: field, at: node)
    arguments["path"] = path(of: node).isEmpty ? form.id : path(of: node)
    let line = Int(environment.primary[node].line)
    let location = file.map { SourceLocation(file: $0, line: line > 0 ? line : nil) }
    return Diagnostic(code, arguments, at: location, severity: severity)
  }

  func problem(
    _ code: String, _ arguments: [String: String], _ field: Field, path: String
  ) -> Diagnostic {
    var arguments = arguments
    arguments["label"] = label(of: field)
    arguments["path"] = path
    return Diagnostic(code, arguments, at: file.map { SourceLocation(file: $0) })
  }
}

extension XPathExpression {
  /// Leads to some of the entries of a list only.
  var hasFilter: Bool {
    guard case .path(let path) = term else { return true }
    return path.steps.contains { !$0.predicates.isEmpty }
  }
}
