extension XPathEvaluator {
  mutating func choiceFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    let text = try string(of: arguments[0], focus)
    switch function {
    case .itext: return itext(text)
    case .countSelected: return .number(Double(tokens(text).count))
    case .selected:
      let wanted = tokens(try string(of: arguments[1], focus)).joined(separator: " ")
      let chosen = tokens(text)
      return .boolean(chosen.isEmpty ? wanted.isEmpty : chosen.contains { $0 == wanted })
    case .selectedAt:
      let index = try number(of: arguments[1], focus)
      let chosen = tokens(text)
      guard index >= 0, index < Double(chosen.count) else { return .string("") }
      return .string(String(chosen[Int(index)]))
    case .choiceName: return .string(try choiceName(text, arguments[1], focus))
    default: return .string(try pulldata(text, arguments, focus))
    }
  }

  private func itext(_ id: String) -> XPathValue {
    if let nodes = environment.textNodes[id] { return .nodes(nodes) }
    guard let text = environment.texts[id] else { return .string("") }
    return .string(Self.render(text, in: environment.language, at: current, environment))
  }

  /// The label of `value` among the choices of the question at `path`; the path is given in quotes.
  private mutating func choiceName(
    _ value: String, _ path: XPathTerm, _ focus: Focus
  ) throws -> String {
    var nodes: [NodeReference] = []
    switch try evaluate(path, focus) {
    case .nodes(let found): nodes = found
    case .string(let text): nodes = try self.nodes(of: XPathExpression(parsing: text).term, focus)
    case .number, .boolean, .date: break
    }
    guard let node = nodes.first, node.document == 0,
      let source = environment.choiceSources[Int(environment.primary[node.node].field)]
    else { return "" }
    let language = environment.language
    let labels = try Self.choices(source, in: language, at: node, environment)
    return tokens(value).compactMap { word in labels.first { $0.value == word }?.label }
      .joined(separator: ", ")
  }

  /// `pulldata(list, column, key column, key)`: the first match, or nothing.
  private mutating func pulldata(
    _ list: String, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> String {
    let column = try string(of: arguments[1], focus)
    let keyColumn = try string(of: arguments[2], focus)
    let key = try string(of: arguments[3], focus)
    guard let instance = environment.instances[list] else { return "" }
    if instance.document > 0,
      case .table(let table) = environment.others[Int(instance.document) - 1]
    {
      return pulldata(table, column, keyColumn, key)
    }
    for item in try otherAxis(.descendant, instance) {
      try visit(1)
      if cell(keyColumn, of: item) == key { return cell(column, of: item) ?? "" }
    }
    return ""
  }

  /// A child element, or an attribute when the name begins with `@`.
  private func cell(_ column: String, of item: NodeReference) -> String? {
    let isAttribute = column.hasPrefix("@")
    let cells = isAttribute ? attributes(item) : children(item)
    let wanted = isAttribute ? String(column.dropFirst()) : column
    return cells.first { name($0) == wanted }.map(stringValue)
  }

  private func pulldata(
    _ table: CodeTable, _ column: String, _ keyColumn: String, _ key: String
  ) -> String {
    guard let target = table.column(column), let source = table.column(keyColumn) else { return "" }
    if let rows = table.rows(where: keyColumn, is: key) {
      return rows.first.map { table.cell(Int($0), target) } ?? ""
    }
    let row = (0..<table.rowCount).first { table.cell($0, source) == key }
    return row.map { table.cell($0, target) } ?? ""
  }
}
