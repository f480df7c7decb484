public import FEEL

// Values in FEEL's types: what a process gets from a form, and what it fills in beforehand.

extension Answers {
  /// The answers as FEEL sees them: groups are contexts, repeats lists of contexts, one code a string, several a list
  /// of strings. Every field is there; one that is empty or not relevant is `null` (a list: empty). Helpers are not.
  public func context() -> FEELContext { context(of: rootNode) }

  private func context(of node: Int32) -> FEELContext {
    guard let field = field(of: node) else { return [:] }
    var entries: [(String, FEELValue)] = []
    for child in field.children.map({ form.fields[$0] }) where child.isKept {
      let nodes = environment.primary[node].children.filter {
        Int(environment.primary[$0].field) == child.number
      }
      if child.rows != nil {
        let rows = nodes.filter(isRelevant)
        entries.append((child.name, .list(rows.map { .context(context(of: $0)) })))
      } else if let node = nodes.first {
        entries.append((child.name, value(of: node, child)))
      }
    }
    return FEELContext(entries)
  }

  private func value(of node: Int32, _ field: Field) -> FEELValue {
    guard isRelevant(node) else { return field.selection == .many ? .list([]) : .null }
    guard field.children.isEmpty else { return .context(context(of: node)) }
    let text = text(of: node)
    if field.selection == .many { return .list(tokens(text).map { .string(String($0)) }) }
    guard !text.isEmpty else { return .null }
    if field.selection == .one { return .string(text) }
    switch field.type {
    case .string, .binary: return .string(text)
    case .boolean: return .boolean(text == "true" || text == "1")
    case .int, .decimal: return Decimal128(text).map { .number($0) } ?? .null
    case .date: return Day(text).map { .date($0) } ?? .null
    case .time: return Time(text).map { .time($0) } ?? .null
    case .dateTime: return DateTime(text).map { .dateTime($0) } ?? .null
    }
  }

  /// Writes the values of `context` into the fields of the same names below `node`; rows are made as needed.
  mutating func fill(_ node: Int32, with context: FEELContext) {
    guard let field = field(of: node) else { return }
    for child in field.children.map({ form.fields[$0] }) {
      guard let value = context[child.name], !value.isNull else { continue }
      if child.rows != nil {
        fillRows(of: child, in: node, with: value.list ?? [value])
      } else if let target = environment.primary[node].children.first(where: {
        Int(environment.primary[$0].field) == child.number
      }) {
        if let inner = value.context, !child.children.isEmpty {
          fill(target, with: inner)
        } else if child.children.isEmpty, let text = text(of: value, for: child), !text.isEmpty {
          environment.primary.setText(target, text)
          prefilled.insert(target)
        }
      }
    }
  }

  private mutating func fillRows(of field: Field, in parent: Int32, with values: [FEELValue]) {
    var rows = rows(of: field.number, in: parent)
    while rows.count < min(values.count, Self.maximalRows),
      environment.primary.nodes.count < Self.maximalNodes
    {
      rows.append(copyTemplate(field.number, to: parent))
    }
    for (row, value) in zip(rows, values) {
      if let context = value.context { fill(row, with: context) }
    }
  }

  /// `nil` for a value that such a field cannot hold.
  private func text(of value: FEELValue, for field: Field) -> String? {
    switch value {
    case .string(let text): normalized(text, for: field)
    case .number(let number): number.description
    case .boolean(let boolean): field.selection == .one ? (boolean ? "yes" : "no") : "\(boolean)"
    case .date(let day): day.description
    case .time(let time): time.description
    case .dateTime(let moment):
      field.type == .date ? moment.day.description : moment.description
    case .list(let values): values.compactMap(\.string).joined(separator: " ")
    case .null, .daysTime, .yearsMonths, .context, .range, .function: nil
    }
  }
}
