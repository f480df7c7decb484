/// A table read as the document `root/item/column`, without building a node for each cell.
///
/// Node numbers: 0 the document, 1 `root`, then for each row the item followed by a pair (element, text) per column.
struct CodeTable: Sendable {
  let columns: [String]
  private let cells: [String]
  private let rowWidth: Int32
  private let indexes = CodeIndexes()

  init(columns: [String], rows: [[String]]) {
    self.init(columns: columns, cells: rows.flatMap { $0 })
  }

  /// - Parameter cells: row after row, each as long as `columns`.
  init(columns: [String], cells: [String]) {
    self.columns = columns
    self.cells = cells
    rowWidth = Int32(clamping: 1 + 2 * columns.count)
  }

  var rowCount: Int { columns.isEmpty ? 0 : cells.count / columns.count }

  func cell(_ row: Int, _ column: Int) -> String { cells[row * columns.count + column] }

  func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

  /// The rows whose `column` is `value`, in order; `nil` when there is no such column.
  func rows(where column: String, is value: String) -> [Int32]? {
    guard let number = self.column(column) else { return nil }
    let rows = indexes.rows(of: column) {
      var index: CodeIndexes.Rows = [:]
      for row in 0..<rowCount {
        index[cell(row, number), default: []].append(Int32(clamping: row))
      }
      return index
    }
    return rows[value] ?? []
  }

  /// What a search in these columns goes by.
  func words(in languages: [String]) -> CodeWords {
    indexes.words(of: languages) { CodeWords(self, languages: languages) }
  }

  // MARK: Nodes

  enum Place {
    case document, root
    case item(row: Int32)
    case cell(row: Int32, column: Int32)
    case text(row: Int32, column: Int32)
  }

  func place(_ node: Int32) -> Place {
    if node == 0 { return .document }
    if node == 1 { return .root }
    let (row, rest) = (node - 2).quotientAndRemainder(dividingBy: rowWidth)
    if rest == 0 { return .item(row: row) }
    let (column, part) = (rest - 1).quotientAndRemainder(dividingBy: 2)
    return part == 0 ? .cell(row: row, column: column) : .text(row: row, column: column)
  }

  func item(_ row: Int32) -> Int32 { 2 + row * rowWidth }

  func cellNode(row: Int32, column: Int32) -> Int32 { item(row) + 1 + 2 * column }

  func parent(_ node: Int32) -> Int32? {
    switch place(node) {
    case .document: nil
    case .root: 0
    case .item: 1
    case .cell(let row, _): item(row)
    case .text: node - 1
    }
  }

  func children(_ node: Int32) -> [Int32] {
    switch place(node) {
    case .document: [1]
    case .root: (0..<Int32(clamping: rowCount)).map(item)
    case .item(let row): (0..<Int32(clamping: columns.count)).map { cellNode(row: row, column: $0) }
    case .cell(let row, let column): cell(Int(row), Int(column)).isEmpty ? [] : [node + 1]
    case .text: []
    }
  }

  func name(_ node: Int32) -> String {
    switch place(node) {
    case .document, .text: ""
    case .root: "root"
    case .item: "item"
    case .cell(_, let column): columns[Int(column)]
    }
  }

  func kind(_ node: Int32) -> DataTree.Kind {
    switch place(node) {
    case .document: .document
    case .root, .item, .cell: .element
    case .text: .text
    }
  }

  func stringValue(_ node: Int32) -> String {
    switch place(node) {
    case .document, .root: cells.joined()
    case .item(let row): (0..<columns.count).map { cell(Int(row), $0) }.joined()
    case .cell(let row, let column), .text(let row, let column): cell(Int(row), Int(column))
    }
  }
}
