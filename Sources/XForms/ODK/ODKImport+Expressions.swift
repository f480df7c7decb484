import XML

// Expressions with the names of the folded form.

extension ODKImport {
  /// `expression` as it is written at `field`.
  func text(of expression: XPathExpression, at field: Int) -> String {
    rewritten(expression.term, at: field, list: nil, isInPredicate: false).text
  }

  /// - Parameter list: the instance whose entries relative paths are seen from.
  private func rewritten(
    _ term: XPathTerm, at field: Int, list: String?, isInPredicate: Bool
  ) -> XPathTerm {
    func inner(_ term: XPathTerm) -> XPathTerm {
      rewritten(term, at: field, list: list, isInPredicate: isInPredicate)
    }
    switch term {
    case .number, .literal: return term
    case .path(let path):
      return .path(rewritten(path, at: field, list: list, isInPredicate: isInPredicate))
    case .call(.pulldata, let arguments): return lookup(arguments.map(inner))
    case .call(let function, let arguments): return .call(function, arguments.map(inner))
    case .unknownCall(let name, let arguments): return .unknownCall(name, arguments.map(inner))
    case .or(let left, let right): return .or(inner(left), inner(right))
    case .and(let left, let right): return .and(inner(left), inner(right))
    case .compare(let sign, let left, let right): return .compare(sign, inner(left), inner(right))
    case .calculate(let sign, let left, let right):
      return .calculate(sign, inner(left), inner(right))
    case .negate(let operand): return .negate(inner(operand))
    case .union(let left, let right): return .union(inner(left), inner(right))
    }
  }

  private func lookup(_ arguments: [XPathTerm]) -> XPathTerm {
    guard case .literal(let name)? = arguments.first, let list = listOfInstance[name] else {
      return .call(.pulldata, arguments)
    }
    let columns = arguments[1...2].map { argument -> XPathTerm in
      guard case .literal(let column) = argument else { return argument }
      return .literal(column == list.valueColumn ? "code" : column)
    }
    return .call(.pulldata, [.literal(list.name)] + columns + [arguments[3]])
  }

  private func rewritten(
    _ path: XPathPath, at field: Int, list: String?, isInPredicate: Bool
  ) -> XPathPath {
    if path.start == .root, !isInPredicate, let relative = relativePath(path, at: field) {
      return relative
    }
    var result = path
    var inside = list
    if let name = path.listName {
      inside = name
      result.start = .term(
        .call(.instance, [.literal(listOfInstance[name]?.name ?? name)]), predicates: [])
    } else {
      switch path.start {
      case .root: inside = nil
      case .context: break
      case .term(let term, let predicates):
        inside = nil
        result.start = .term(
          rewritten(term, at: field, list: list, isInPredicate: isInPredicate),
          predicates: predicates.map {
            rewritten($0, at: field, list: nil, isInPredicate: true)
          })
      }
    }
    // what the levels of a list are called
    let places = path.listName == nil ? [] : ["root", "item"]
    for index in result.steps.indices {
      result.steps[index].test =
        places.indices.contains(index) && path.steps[index].axis == .child
        ? .name(prefix: "", local: places[index])
        : renamed(
          result.steps[index].test, list: inside, isRoot: path.start == .root && index == 0)
      result.steps[index].predicates = path.steps[index].predicates.map {
        rewritten($0, at: field, list: inside, isInPredicate: true)
      }
    }
    return result
  }

  private func renamed(_ test: XPathTest, list: String?, isRoot: Bool) -> XPathTest {
    guard case .name(_, let local) = test else { return test }
    if let list {
      let isValue = local == listOfInstance[list]?.valueColumn
      return .name(prefix: "", local: isValue ? "code" : local)
    }
    return .name(prefix: "", local: isRoot ? identifier : renamedField(local))
  }

  private func renamedField(_ name: String) -> String {
    form.fields.first { $0.name == name }.map { self.name(of: $0.number) } ?? name
  }

  /// An absolute path to one field, seen from `field`: what rows of our forms want.
  private func relativePath(_ path: XPathPath, at field: Int) -> XPathPath? {
    guard form.innermostRepeat(of: field) != nil,
      path.steps.allSatisfy({ step in
        step.axis == .child && step.predicates.isEmpty
      })
    else { return nil }
    var resolver = PathResolver(form.fields, owner: field)
    let targets = resolver.targets(XPathExpression(source: "", term: .path(path)))
    guard targets.count == 1, let target = targets.first else { return nil }
    let (from, to) = (ancestors(of: field), ancestors(of: target))
    let common = zip(from, to).prefix { $0 == $1 }.count
    let up = Array(repeating: XPathStep(axis: .parent, test: .node), count: from.count - common)
    let down = to.dropFirst(common).map {
      XPathStep(axis: .child, test: .name(prefix: "", local: name(of: $0)))
    }
    let steps = up + down
    let itself = [XPathStep(axis: .itself, test: .node)]
    return XPathPath(start: .context, steps: steps.isEmpty ? itself : steps)
  }

  /// From the root to the field itself.
  private func ancestors(of field: Int) -> [Int] {
    var result: [Int] = []
    var next: Int? = field
    while let number = next {
      result.append(number)
      next = form.fields[number].parent
    }
    return result.reversed()
  }

  // MARK: Choices

  func choices(
    of field: Field, _ element: (String, [Attribute]) -> Element
  ) -> (attributes: [Attribute], elements: [Element]) {
    guard let source = form.choiceSources[field.number] else { return ([], []) }
    switch source {
    case .items(let items):
      return (
        [],
        items.map { item in
          let labels = form.languages.map { language in
            Attribute(languageCode(language), value: item.label.plain(in: language))
          }
          return element("item", [Attribute("value", value: item.value)] + labels)
        }
      )
    case .nodes(let nodeset, let value, let label):
      if let path = Self.listPath(of: source), let name = path.listName,
        let list = listOfInstance[name]
      {
        var attributes = [Attribute("list", value: list.name)]
        if let filter = filter(of: path, name, at: field.number) {
          attributes.append(Attribute("filter", value: filter))
        }
        return (attributes, [])
      }
      var attributes = [
        Attribute("nodeset", value: text(of: nodeset, at: field.number)),
        Attribute("value", value: text(of: value, at: field.number)),
      ]
      if case .expression(let label) = label {
        attributes.append(Attribute("label", value: text(of: label, at: field.number)))
      }
      return ([], [element("itemset", attributes)])
    }
  }

  private func filter(of path: XPathPath, _ list: String, at field: Int) -> String? {
    let predicates = path.steps.flatMap(\.predicates).map {
      rewritten($0, at: field, list: list, isInPredicate: true)
    }
    guard var all = predicates.first else { return nil }
    for predicate in predicates.dropFirst() { all = .and(all, predicate) }
    return all.text
  }
}

/// The entries of a secondary instance as a table: first the code, then the languages, then what filters read.
struct ODKListTable {
  let valueColumn: String
  let csv: String

  init(_ form: Form, _ place: NodeReference, _ source: ChoiceSource?, _ plan: ODKImport) {
    var value = "name"
    var label: XPathExpression?
    if case .nodes(_, let expression, let own)? = source {
      value = expression.source
      if case .expression(let expression) = own { label = expression }
    }
    valueColumn = value
    let (columns, rows) = Self.rows(form.documents[Int(place.document) - 1], below: place.node)
    let languages = Array(Set(form.languages.map(plan.languageCode)).union(["az", "en", "ru"]))
      .sorted()
    let extras = columns.filter { $0 != value && !languages.contains($0) && $0 != "itextId" }
    var lines = [(["code"] + languages + extras)]
    for row in rows {
      let texts = form.languages.map { language -> (String, String) in
        (plan.languageCode(language), Self.label(label, of: row, in: language, form))
      }
      let labels = languages.map { language in
        texts.first { $0.0 == language }?.1 ?? texts.first?.1 ?? ""
      }
      lines.append([row[value] ?? ""] + labels + extras.map { row[$0] ?? "" })
    }
    csv = lines.map { $0.map(Self.quoted).joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private static func label(
    _ label: XPathExpression?, of row: [String: String], in language: String, _ form: Form
  ) -> String {
    guard let label else { return row["label"] ?? "" }
    if case .call(.itext, let arguments) = label.term {
      return form.texts[row[arguments[0].text] ?? ""]?.plain(in: language) ?? ""
    }
    return row[label.source] ?? ""
  }

  /// Names of the columns in the order in which they come, and the cells of each entry.
  private static func rows(
    _ document: XPathDocument, below place: Int32
  ) -> (columns: [String], rows: [[String: String]]) {
    var columns: [String] = []
    var rows: [[String: String]] = []
    switch document {
    case .table(let table):
      columns = table.columns
      for row in 0..<table.rowCount {
        let cells = columns.indices.map { (columns[$0], table.cell(row, $0)) }
        rows.append(Dictionary(cells) { first, _ in first })
      }
    case .tree(let tree):
      for item in entries(of: tree, below: place) {
        var row: [String: String] = [:]
        for cell in tree[item].children where tree[cell].kind == .element {
          if !columns.contains(tree[cell].name) { columns.append(tree[cell].name) }
          row[tree[cell].name] = tree.stringValue(cell)
        }
        rows.append(row)
      }
    }
    return (columns, rows)
  }

  /// The elements two levels down, `root/item` by custom.
  private static func entries(of tree: DataTree, below place: Int32) -> [Int32] {
    func elements(below nodes: [Int32]) -> [Int32] {
      nodes.flatMap { node in tree[node].children.filter { tree[$0].kind == .element } }
    }
    return elements(below: elements(below: [place]))
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return cell }
    return
      "\"\(cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
  }
}
