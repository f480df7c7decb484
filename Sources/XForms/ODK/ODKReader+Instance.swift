import Diagnostics
import XML

extension ODKReader {
  // MARK: Instances

  mutating func readPrimary(_ root: Element) {
    builder.id = root["id"] ?? root.namespace
    builder.version = root["version"] ?? root["version", in: ODK.openrosa] ?? ""
    builder.namespace = root.namespace
    let field = builder.addField(
      root.name, below: nil, namespace: root.namespace, prefix: root.prefix, at: root.location)
    var tree = DataTree()
    addNode(root, field: field, to: 0, in: &tree)
    builder.instance = tree
  }

  /// Copies an element of the instance; templates go where they belong instead.
  private mutating func addNode(
    _ element: Element, field: Int, to parent: Int32, in tree: inout DataTree
  ) {
    var record = DataTree.Node(.element, name: element.name, parent: parent)
    record.namespace = element.namespace
    record.prefix = element.prefix
    record.field = Int32(clamping: field)
    let node = tree.add(record)
    for attribute in element.attributes where attribute.namespace != ODK.javarosa {
      tree.addAttribute(
        attribute.name, attribute.namespace, attribute.prefix, attribute.value, to: node)
    }
    for child in element.elements where !isOwn || child.namespace != ODK.openrosa {
      let number = childField(child, below: field)
      if child["template", in: ODK.javarosa] != nil {
        var template = DataTree()
        addNode(child, field: number, to: 0, in: &template)
        builder.templates[number] = template
        if builder.fields[number].rows == nil { builder.fields[number].rows = RowRule() }
      } else {
        addNode(child, field: number, to: node, in: &tree)
      }
    }
    if element.elements.isEmpty { tree.setText(node, element.text) }
  }

  /// The field for an element, shared by all its neighbours of the same name.
  private mutating func childField(_ element: Element, below parent: Int) -> Int {
    let known = builder.fields[parent].children.first {
      builder.fields[$0].name == element.name && builder.fields[$0].namespace == element.namespace
    }
    return known
      ?? builder.addField(
        element.name, below: parent, namespace: element.namespace, prefix: element.prefix,
        at: element.location)
  }

  mutating func readSecondaries(_ model: Element) {
    for instance in model.children("instance", in: ODK.xforms).dropFirst() {
      let name = instance["id"] ?? ""
      if isOwn, instance["columns", in: Folded.metadataNamespace] != nil {
        readOwnList(instance, name)
        continue
      }
      if let address = instance["src"] {
        readExternal(name, address, instance)
      } else {
        let tree = DataTree(instance, mixed: false)
        builder.addDocument(.tree(tree), named: name, root: tree.root)
      }
    }
  }

  private mutating func readExternal(_ name: String, _ address: String, _ instance: Element) {
    guard let bytes = resources(address) else {
      warn("FORM149", ["address": address], instance)
      builder.addDocument(.table(CodeTable(columns: ["name", "label"], rows: [])), named: name)
      return
    }
    if address.hasSuffix(".csv") {
      builder.addDocument(.table(CSV.table(String(decoding: bytes, as: UTF8.self))), named: name)
      return
    }
    if address.hasSuffix(".geojson") {
      warn("FORM149", ["address": address], instance)
      builder.addDocument(.table(CodeTable(columns: ["name", "label"], rows: [])), named: name)
      return
    }
    do {
      let root = try Element(parsing: bytes, file: address)
      builder.addDocument(.tree(DataTree(root, mixed: false)), named: name)
    } catch let problem as Diagnostic {
      builder.problems.append(problem)
    } catch {
      report("FORM149", ["address": address], instance)
    }
  }

  // MARK: Repeats

  /// Says which fields have rows, before binds and body are read.
  mutating func markRepeats(_ element: Element) {
    for child in element.elements {
      if child.name == "repeat", let source = child["nodeset"] ?? child["ref"],
        let number = plainField(source, from: 0)
      {
        if builder.fields[number].rows == nil { builder.fields[number].rows = RowRule() }
      }
      markRepeats(child)
    }
  }

  /// A repeat without `jr:template` takes its first row as the template.
  mutating func makeTemplates() {
    for field in builder.fields where field.rows != nil && builder.templates[field.number] == nil {
      guard let row = builder.instance.firstNode(of: field.number) ?? templateRow(of: field) else {
        continue
      }
      var template = DataTree()
      template.copy(row.node, of: row.tree, to: 0)
      builder.templates[field.number] = template
    }
    for (field, var template) in builder.templates {
      template.renumber()
      builder.templates[field] = template
    }
  }

  private func templateRow(of field: Field) -> (tree: DataTree, node: Int32)? {
    builder.templates.sorted { $0.key < $1.key }.lazy
      .compactMap { $0.value.firstNode(of: field.number) }.first
  }

  // MARK: Paths

  /// The field that a path without predicates leads to, seen from a field.
  mutating func plainField(_ source: String, from context: Int) -> Int? {
    guard let expression = try? XPathExpression(parsing: source) else { return nil }
    var resolver = PathResolver(FieldTree(builder.fields), owner: context)
    let targets = resolver.targets(expression)
    return targets.count == 1 ? targets[0] : attributeField(expression, from: context)
  }

  /// Makes a field for an attribute that a bind or an action is about.
  private mutating func attributeField(_ expression: XPathExpression, from context: Int) -> Int? {
    guard case .path(var path) = expression.term, let last = path.steps.popLast(),
      last.axis == .attribute, case .name(_, let name) = last.test
    else { return nil }
    var resolver = PathResolver(FieldTree(builder.fields), owner: context)
    let owner = XPathExpression(source: expression.source, term: .path(path))
    guard let parent = resolver.targets(owner).first else { return nil }
    let number = builder.addField("@" + name, below: parent, at: builder.fields[parent].location)
    builder.instance.assignAttributes(name, of: parent, to: number)
    for key in builder.templates.keys {
      builder.templates[key]?.assignAttributes(name, of: parent, to: number)
    }
    return number
  }

  /// Paths that lead nowhere do not stop an imported form; ODK's tools take them for empty.
  mutating func warnAboutPaths() {
    builder.warnings += builder.followPaths(severity: .warning)
  }
}

extension DataTree {
  mutating func addAttribute(
    _ name: String, _ namespace: String, _ prefix: String, _ value: String, to element: Int32
  ) {
    var record = Node(.attribute, name: name, value: value, parent: element)
    record.namespace = namespace
    record.prefix = prefix
    addAttribute(record)
  }

  /// The first element of a field, with the tree it is in.
  func firstNode(of field: Int) -> (tree: DataTree, node: Int32)? {
    nodes.indices.first { nodes[$0].field == Int32(clamping: field) }
      .map { (self, Int32(clamping: $0)) }
  }

  /// Gives the attribute `name` of all elements of a field a field of its own; adds it where it is missing.
  mutating func assignAttributes(_ name: String, of parent: Int, to field: Int) {
    for index in nodes.indices where nodes[index].field == Int32(clamping: parent) {
      if !nodes[index].attributes.contains(where: { nodes[Int($0)].name == name }) {
        addAttribute(name, "", "", "", to: Int32(clamping: index))
      }
      for attribute in nodes[index].attributes where nodes[Int(attribute)].name == name {
        self[attribute].field = Int32(clamping: field)
      }
    }
  }
}

extension CSV {
  /// A list whose first line names the columns; the separator is the one that the first line has most of.
  static func table(_ text: String) -> CodeTable {
    let start = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    let head = start.prefix { !$0.isNewline }
    let separators: [Unicode.Scalar] = [",", ";", "\t", "|"]
    let counts = separators.map { separator in
      head.unicodeScalars.count { $0 == separator }
    }
    let most = counts.firstIndex(of: counts.max() ?? 0) ?? 0
    let records = records(start, separator: separators[most])
    guard let columns = records.first?.cells else { return CodeTable(columns: [], rows: []) }
    let rows = records.dropFirst().map { record in
      columns.indices.map { $0 < record.cells.count ? record.cells[$0] : "" }
    }
    return CodeTable(columns: columns, rows: rows)
  }
}
