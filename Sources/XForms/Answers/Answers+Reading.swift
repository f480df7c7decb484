public import Diagnostics
public import FEEL
public import XML

extension Answers {
  /// Continues a draft (`draft()`): values and rows as they were left; nothing is checked yet.
  ///
  /// - Throws: `FORM020` when `xml` is not of this form.
  public init(
    _ form: Form, draft xml: Element, now: DateTime, language: String? = nil, seed: UInt64 = 0
  ) throws {
    self.init(empty: form, now: now, language: language, seed: seed)
    file = xml.location?.file
    try checkRoot(xml)
    var unknown: [Diagnostic] = []
    removeRows(below: rootNode)
    read(xml, into: rootNode, &unknown)
    rebuildIndex()
    recalculateAll()
    run([.load])
  }

  /// Edits a submission that was sent before: a new `instanceID`, the old one becomes `deprecatedID` (ODK XForms).
  ///
  /// - Throws: `FORM020` when `xml` is not of this form.
  public init(
    _ form: Form, editing xml: Element, now: DateTime, language: String? = nil, seed: UInt64
  ) throws {
    try self.init(form, draft: xml, now: now, language: language, seed: seed)
    for field in form.fields where field.name == "instanceID" {
      for node in fieldNodes[field.number] {
        let old = text(of: node)
        environment.primary.setText(node, "")
        if let preload = field.preload, let new = preloaded(preload, at: node) {
          write(new, to: node)
        }
        noteDeprecated(old, beside: node)
      }
    }
    recalculateAll()
  }

  private mutating func noteDeprecated(_ old: String, beside node: Int32) {
    let meta = environment.primary[node].parent
    let record = environment.primary[node]
    let present = environment.primary[meta].children.first {
      environment.primary[$0].name == "deprecatedID"
    }
    if let present {
      environment.primary.setText(present, old)
      return
    }
    var added = DataTree.Node(.element, name: "deprecatedID", parent: meta)
    added.namespace = record.namespace
    added.prefix = record.prefix
    let element = environment.primary.add(added)
    environment.primary.setText(element, old)
    rebuildIndex()
  }

  /// Reads a document that was handed in (`xml()`), from whoever sent it.
  ///
  /// `problems` are then all of them, with lines: unknown, repeated and misplaced elements, answers to what is not
  /// asked, codes that do not belong to the list in force, calculated values that do not agree, and `problems()`.
  /// - Throws: `FORM020` when `xml` is not of this form or version.
  public static func read(
    _ xml: Element, of form: Form, now: DateTime, language: String? = nil
  ) throws -> (answers: Answers, problems: [Diagnostic]) {
    var answers = Answers(empty: form, now: now, language: language, seed: 0)
    answers.file = xml.location?.file
    try answers.checkRoot(xml)
    var problems: [Diagnostic] = []
    answers.removeRows(below: answers.rootNode)
    answers.read(xml, into: answers.rootNode, &problems)
    answers.rebuildIndex()
    let given = answers
    answers.recalculateAll()
    answers.compare(with: given, &problems)
    problems += answers.problems()
    return (answers, problems.sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) })
  }

  private func checkRoot(_ xml: Element) throws {
    let isVersion = xml["version"] == nil || xml["version"] == form.version
    let root = form.fields[0]
    guard xml.name == root.name, xml.namespace == root.namespace, isVersion else {
      let found = "\(xml.name) \(xml["version"] ?? "")"
      throw Diagnostic(
        "FORM020", ["form": form.id, "version": form.version, "found": found], at: xml.location)
    }
  }

  /// Rows come from the document, not from the form.
  private mutating func removeRows(below node: Int32) {
    for child in environment.primary[node].children {
      if field(of: child)?.rows != nil {
        environment.primary.remove(child)
      } else {
        removeRows(below: child)
      }
    }
  }

  private mutating func read(
    _ element: Element, into node: Int32, _ problems: inout [Diagnostic]
  ) {
    guard let field = field(of: node) else { return }
    environment.primary[node].line = Int32(clamping: element.location?.line ?? 0)
    readAttributes(of: element, into: node)
    if field.children.allSatisfy({ form.fields[$0].isAttribute }) {
      if !element.elements.isEmpty { problems.append(unknown(element.elements[0])) }
      environment.primary.setText(node, element.text)
      checkCode(element, field, node, &problems)
      return
    }
    let hasText = element.children.contains {
      if case .text(let text) = $0 { !text.trimmedSpaces.isEmpty } else { false }
    }
    if hasText { problems.append(problem("FORM022", [:], at: node)) }
    var last = -1
    var rowCount = 0
    for child in element.elements {
      guard
        let number = field.children.first(where: {
          form.fields[$0].name == child.name && form.fields[$0].namespace == child.namespace
        })
      else {
        problems.append(unknown(child))
        continue
      }
      if number < last { problems.append(misplaced(child, "FORM023")) }
      if number == last, form.fields[number].rows == nil {
        problems.append(misplaced(child, "FORM021"))
      }
      rowCount = number == last ? rowCount + 1 : 1
      last = max(last, number)
      guard rowCount <= Self.maximalRows, environment.primary.nodes.count < Self.maximalNodes else {
        let maximum = ["maximum": "\(Self.maximalRows)"]
        problems.append(problem("FORM014", maximum, form.fields[number], path: path(of: node)))
        return
      }
      read(child, into: place(of: number, in: node), &problems)
    }
  }

  /// Attributes that the form has at this place.
  private mutating func readAttributes(of element: Element, into node: Int32) {
    for attribute in environment.primary[node].attributes {
      let record = environment.primary[attribute]
      if let value = element[record.name, in: record.namespace] {
        environment.primary.setText(attribute, value)
      }
    }
  }

  /// The node for the next element of a field: a new row, or the one node there is.
  private mutating func place(of number: Int, in node: Int32) -> Int32 {
    if form.fields[number].rows != nil {
      let row = copyTemplate(number, to: node)
      removeRows(below: row)
      return row
    }
    return environment.primary[node].children.first {
      Int(environment.primary[$0].field) == number
    } ?? node
  }

  private func unknown(_ element: Element) -> Diagnostic {
    Diagnostic("FORM019", ["element": element.name], at: element.location)
  }

  private func misplaced(_ element: Element, _ code: String) -> Diagnostic {
    Diagnostic(code, ["element": element.name], at: element.location)
  }

  /// Code system, version and label must be those of the list that this form version was made with.
  private func checkCode(
    _ element: Element, _ field: Field, _ node: Int32, _ problems: inout [Diagnostic]
  ) {
    guard let list = form.codeLists[field.number] else { return }
    for (name, expected) in [("codeSystem", list.system), ("codeSystemVersion", list.version)] {
      if let found = element[name], found != expected {
        let arguments = ["attribute": name, "expected": expected]
        problems.append(problem("FORM024", arguments, at: node))
      }
    }
  }

  /// What was handed in but does not follow from the other answers.
  private func compare(with given: Answers, _ problems: inout [Diagnostic]) {
    for field in form.fields where field.children.isEmpty {
      for node in fieldNodes[field.number] {
        let text = given.text(of: node)
        guard !text.isEmpty else { continue }
        if !isRelevant(node) {
          problems.append(problem("FORM025", [:], at: node))
        } else if field.calculate != nil, text != self.text(of: node) {
          problems.append(problem("FORM026", [:], at: node, severity: .warning))
        }
      }
    }
  }
}
