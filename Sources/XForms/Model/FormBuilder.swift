import Diagnostics

/// What the readers of folded and ODK forms fill in; `form()` resolves, orders and checks it.
struct FormBuilder {
  let file: String
  var id = ""
  var version = ""
  var title: [String: String] = [:]
  var languages: [String] = []
  var namespace = ""
  var metadata: [String: String] = [:]
  var fields: [Field] = []
  var controls: [Control] = []
  var body: [Int] = []
  var instance = DataTree()
  var templates: [Int: DataTree] = [:]
  var documents: [XPathDocument] = []
  var instances: [String: NodeReference] = [:]
  var codeLists: [Int: CodeList] = [:]
  var lists: [String: CodeList] = [:]
  var texts: [String: FormText] = [:]
  var actions: [Action] = []
  /// What the binds keep up to date: `followPaths` finds it.
  var followed: [FollowedComputation] = []
  /// Expressions that stand in the form more than once are parsed once.
  private var parsed: [String: XPathExpression] = [:]
  var problems: [Diagnostic] = []
  var warnings: [Diagnostic] = []

  /// - Parameter size: of the file, in bytes.
  init(file: String, size: Int) {
    self.file = file
    // about as many as so long a form has: they are large, and seldom moved again while they grow
    let count = min(size / 150, 512)
    fields.reserveCapacity(count)
    controls.reserveCapacity(count)
  }

  /// The path of a field called `name` below `parent`.
  func path(of name: String, below parent: Int?) -> String {
    let above = parent.map { fields[$0].path } ?? ""
    var path = ""
    path.reserveCapacity(above.utf8.count + 1 + name.utf8.count)
    path += above
    path += "/"
    path += name
    return path
  }

  /// Adds a field below `parent`; the caller has made sure that the name is free.
  mutating func addField(
    _ name: String, below parent: Int?, namespace: String = "", prefix: String = "",
    at location: SourceLocation?
  ) -> Int {
    addField(
      Field(
        number: fields.count, name: name, namespace: namespace, prefix: prefix, parent: parent,
        path: path(of: name, below: parent), location: location))
  }

  /// Adds a field whose number is the next one; the caller has made sure that its name is free.
  mutating func addField(_ field: consuming Field) -> Int {
    let number = field.number
    if let parent = field.parent { fields[parent].children.append(number) }
    fields.append(field)
    return number
  }

  mutating func addControl(_ control: consuming Control, below parent: Int?) -> Int {
    let number = controls.count
    if let parent { controls[parent].children.append(number) } else { body.append(number) }
    if let field = control.field, fields[field].control == nil { fields[field].control = number }
    controls.append(control)
    return number
  }

  /// Parses an expression; `nil` and a problem with the line when that fails.
  mutating func expression(
    _ source: String?, _ attribute: String, at location: SourceLocation?
  ) -> XPathExpression? {
    guard let source, !source.isEmpty else { return nil }
    if let known = parsed[source] { return known }
    do {
      let term = try XPathExpression(parsing: source).term.withParsedChoicePaths()
      try term.checkPatterns()
      if let problem = term.wrongCall { throw problem }
      let expression = XPathExpression(source: source, term: term)
      parsed[source] = expression
      return expression
    } catch {
      problems.append(Self.problem(error, in: source, attribute, at: location))
      return nil
    }
  }

  /// The same problem with the line, the attribute and the expression it stands in.
  static func problem(
    _ error: any Error, in source: String, _ attribute: String, at location: SourceLocation?
  ) -> Diagnostic {
    guard let diagnostic = error as? Diagnostic else { return Diagnostic("FORM100", at: location) }
    var arguments = diagnostic.arguments
    arguments["attribute"] = attribute
    arguments["expression"] = source
    return Diagnostic(diagnostic.code, arguments, at: location)
  }

  /// A list that expressions read as `instance(name)`.
  mutating func addDocument(_ document: XPathDocument, named name: String, root: Int32 = 0) {
    documents.append(document)
    instances[name] = NodeReference(document: Int32(clamping: documents.count), node: root)
  }

  /// The form, after `followPaths`.
  ///
  /// - Throws: `FORM100` with every problem as a cause.
  mutating func form() throws -> Form {
    var order: DependencyOrder?
    if problems.isEmpty {
      do { order = try DependencyOrder(fields, followed) } catch let error as Diagnostic {
        problems.append(error)
      }
    }
    guard let order, problems.isEmpty else {
      throw Diagnostic(
        "FORM100", ["file": file, "count": "\(problems.count)"], at: .init(file: file),
        causes: problems.sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) })
    }
    instance.renumber()
    var sources: [Int: ChoiceSource] = [:]
    for number in controls.indices {
      if let field = controls[number].field, let choices = controls[number].choices {
        sources[field] = choices
      }
    }
    return Form(
      id: id, version: version, title: title, languages: languages, namespace: namespace,
      metadata: metadata, file: file, warnings: warnings, fields: fields, controls: controls,
      body: body, instance: instance, templates: templates, documents: documents,
      instances: instances, codeLists: codeLists, lists: lists, choiceSources: sources,
      texts: texts,
      actions: actions, computations: order.computations, dependents: order.dependents,
      computationsOfField: order.computationsOfField)
  }
}
