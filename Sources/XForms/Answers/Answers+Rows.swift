import Diagnostics

// Rows of repeats.

extension Answers {
  /// Rows of one repeat, whatever the form allows.
  static let maximalRows = 10_000
  /// Nodes of one instance, those of removed rows included.
  static let maximalNodes = 1_000_000

  /// Adds an empty row at the end of a repeat.
  ///
  /// - Parameter path: the repeat: `diagnoses`, `measures[2]/items`.
  /// - Returns: the path of the new row: `diagnoses[3]`.
  /// - Throws: `FORM015` when there is no such repeat, `FORM028` when its rows are fixed, `FORM014` when it is full.
  @discardableResult
  public mutating func addRow(_ path: String) throws -> String {
    let (parent, field) = try repeatPlace(path)
    try checkRowsMayChange(field)
    let count = rows(of: field.number, in: parent).count
    let maximum = min(field.rows?.maximum ?? .max, Self.maximalRows)
    guard count < maximum, environment.primary.nodes.count < Self.maximalNodes else {
      throw problem("FORM014", ["maximum": "\(maximum)"], field, path: path)
    }
    let row = insertRow(field.number, in: parent)
    settle()
    return self.path(of: row)
  }

  /// Removes one row with everything in it.
  ///
  /// - Parameter path: the row: `diagnoses[2]`.
  /// - Throws: `FORM015` when there is no such row, `FORM028` when the rows are fixed.
  public mutating func removeRow(_ path: String) throws {
    let (row, field) = try rowPlace(path)
    try checkRowsMayChange(field)
    removeNode(row, of: field.number)
    settle()
  }

  /// Puts a row at another place among its neighbours.
  ///
  /// - Parameter position: counted from 1.
  /// - Throws: as `removeRow(_:)`.
  public mutating func moveRow(_ path: String, to position: Int) throws {
    let (row, field) = try rowPlace(path)
    try checkRowsMayChange(field)
    let parent = environment.primary[row].parent
    let rows = rows(of: field.number, in: parent)
    guard rows.indices.contains(position - 1), rows[position - 1] != row else { return }
    let index = environment.primary[parent].children.firstIndex(of: rows[position - 1]) ?? 0
    environment.primary[parent].children.removeAll { $0 == row }
    environment.primary[parent].children.insert(row, at: index)
    structureChanged(field.number)
    settle()
  }

  /// How many rows a repeat has, whether there may be one more, and whether rows may be removed and moved.
  ///
  /// - Throws: `FORM015` when there is no such repeat.
  public func rows(at path: String) throws -> (count: Int, mayGrow: Bool, mayChange: Bool) {
    let (parent, field) = try repeatPlace(path)
    let count = rows(of: field.number, in: parent).count
    let rule = field.rows ?? RowRule()
    return (count, !rule.isFixed && count < rule.maximum ?? .max, !rule.isFixed)
  }

  func rows(of field: Int, in parent: Int32) -> [Int32] {
    environment.primary[parent].children.filter { Int(environment.primary[$0].field) == field }
  }

  private func checkRowsMayChange(_ field: Field) throws {
    guard !(field.rows?.isFixed ?? true) else {
      throw problem("FORM028", [:], field, path: field.path)
    }
  }

  /// A new row from the template; its own values and everybody who counts rows become pending.
  @discardableResult
  mutating func insertRow(_ field: Int, in parent: Int32) -> Int32 {
    let row = copyTemplate(field, to: parent)
    begin([(row, parent)], of: field)
    return row
  }

  /// Makes copied rows part of the answers: they are indexed together, then shown, computed and filled by actions.
  private mutating func begin(_ rows: [(row: Int32, parent: Int32)], of field: Int) {
    guard !rows.isEmpty else { return }
    structureChanged(field)
    for (row, parent) in rows {
      if environment.primary[parent].isHidden { showOrHide(row, insideHidden: true) }
      for number in form.subtree(field) {
        for position in form.computationsOfField[number] {
          for node in nodes(of: number, in: row) { mark(position, at: node) }
        }
      }
      runNewRow(row)
    }
  }

  /// Adds the nodes only; call `rebuildIndex` afterwards.
  mutating func copyTemplate(_ field: Int, to parent: Int32) -> Int32 {
    guard let template = form.templates[field] else { fatalError("every repeat has a template") }
    let siblings = environment.primary[parent].children
    let position = siblings.lastIndex {
      Int(environment.primary[$0].field) <= field && environment.primary[$0].field >= 0
    }
    return environment.primary.copy(
      template.root, of: template, to: parent, at: position.map { $0 + 1 } ?? 0)
  }

  private mutating func removeNode(_ row: Int32, of field: Int) {
    environment.primary.remove(row)
    structureChanged(field)
  }

  private mutating func structureChanged(_ field: Int) {
    rebuildIndex()
    for number in form.subtree(field) {
      for dependent in form.dependents[number] { pending[dependent.computation] = .everything }
    }
  }

  /// Adds the rows that `count` asks for. When the number became smaller, only empty rows at the end go: what somebody
  /// wrote is never removed.
  ///
  /// - Returns: whether there are other rows now.
  mutating func fitRowCounts() -> Bool {
    var hasChanged = false
    guard followsCounts else { return false }
    for field in form.fields {
      guard let count = field.rows?.count, let parentField = field.parent else { continue }
      var added: [(row: Int32, parent: Int32)] = []
      for parent in fieldNodes[parentField] where isRelevant(parent) {
        let wanted = number(evaluate(count, at: parent))
        hasChanged =
          fit(field.number, in: parent, to: wanted.isFinite ? wanted : 0, adding: &added)
          || hasChanged
      }
      begin(added, of: field.number)
    }
    return hasChanged
  }

  /// Removes empty rows at the end, or copies new ones, which the caller begins.
  private mutating func fit(
    _ field: Int, in parent: Int32, to wanted: Double,
    adding added: inout [(row: Int32, parent: Int32)]
  ) -> Bool {
    let count = Int(max(0, min(wanted, Double(Self.maximalRows))))
    var present = rows(of: field, in: parent)
    let before = present.count
    while let last = present.last, present.count > count, isUntouched(last) {
      removeNode(last, of: field)
      present.removeLast()
    }
    while present.count < count, environment.primary.nodes.count < Self.maximalNodes {
      let row = copyTemplate(field, to: parent)
      present.append(row)
      added.append((row, parent))
    }
    return present.count != before
  }

  /// Holds nothing but what the form put there itself.
  private func isUntouched(_ row: Int32) -> Bool {
    let record = environment.primary[row]
    guard let field = field(of: row) else { return true }
    if !field.children.isEmpty { return record.children.allSatisfy(isUntouched) }
    if field.calculate != nil || form.actions.contains(where: { $0.target == field.number }) {
      return true
    }
    let initial = form.templates.values.lazy.compactMap { template in
      template.firstNode(of: field.number).map { template.stringValue($0.node) }
    }.first
    return text(of: row) == initial ?? ""
  }
}
