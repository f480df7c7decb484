internal import Crypto
internal import Diagnostics

/// One table of a store, as it is copied and compared: all of its columns, in the order of its key.
struct StoreTable {
  let name: String
  let columns: [String]
  /// The columns of the primary key; in both databases their values have the same order.
  let key: [String]

  /// The tables of a store, as its SQLite side knows them.
  static func all(in session: SQLiteSession) throws -> [StoreTable] {
    try session.rows(
      """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
      ORDER BY name
      """
    ).map { row in
      let name = try row.text("name")
      let columns = try session.rows("SELECT name, pk FROM pragma_table_info('\(name)')")
      let key = try columns.filter { try $0.integer("pk") > 0 }
        .sorted { try $0.integer("pk") < $1.integer("pk") }
      return try StoreTable(
        name: name, columns: columns.map { try $0.text("name") },
        key: key.map { try $0.text("name") })
    }
  }

  /// Copies all rows.
  ///
  /// - Returns: the fingerprint of what was read.
  func copy(from source: some SQLSession, to target: some SQLSession) throws -> Fingerprint {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let insert = "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    return try forEachRow(in: source) { try target.execute(insert, $0) }
  }

  func fingerprint(in session: some SQLSession) throws -> Fingerprint {
    try forEachRow(in: session) { _ in }
  }

  /// How many rows there are, and a SHA-256 over all of their values.
  struct Fingerprint: Equatable {
    let rows: Int
    let digest: [UInt8]
  }

  /// Page by page, so that a big table does not fill the memory.
  private func forEachRow(
    in session: some SQLSession, _ body: ([SQLValue]) throws -> Void
  ) throws -> Fingerprint {
    let list = columns.joined(separator: ", ")
    let order = key.joined(separator: ", ")
    let marks = key.map { _ in "?" }.joined(separator: ", ")
    let next =
      "SELECT \(list) FROM \(name) WHERE (\(order)) > (\(marks)) ORDER BY \(order) LIMIT 500"
    var digest = SHA256()
    var count = 0
    var page = try session.rows("SELECT \(list) FROM \(name) ORDER BY \(order) LIMIT 500")
    while let last = page.last {
      for row in page {
        for value in row.values { digest.update(value) }
        try body(row.values)
      }
      count += page.count
      page = try session.rows(
        next, key.map { column in columns.firstIndex(of: column).map { last.values[$0] } })
    }
    return Fingerprint(rows: count, digest: Array(digest.finalize()))
  }
}

extension SHA256 {
  /// Kind, length and content, so that no two rows share one text.
  fileprivate mutating func update(_ value: SQLValue) {
    let (kind, bytes): (String, [UInt8]) =
      switch value {
      case .null: ("n", [])
      case .integer(let number): ("i", Array(String(number).utf8))
      case .text(let text): ("t", Array(text.utf8))
      case .blob(let bytes): ("b", bytes)
      }
    update(data: Array("\(kind)\(bytes.count):".utf8))
    update(data: bytes)
  }
}
