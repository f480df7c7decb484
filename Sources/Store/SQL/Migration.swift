internal import Commission

/// One step of the schema: `Migrations/NAME.sql` for both databases, or `NAME.sqlite.sql` and `NAME.postgresql.sql`.
struct Migration: Sendable {
  let name: String
  let sql: String

  /// All steps, in the order of their names. A step that was released is never changed.
  static func all(for dialect: SQLDialect) -> [Migration] {
    let folder = "Migrations/"
    return Resources.paths(below: folder).compactMap { path in
      let parts = path.dropFirst(folder.count).split(separator: ".")
      guard parts.count == 2 || parts[1] == dialect.rawValue else { return nil }
      return Migration(
        name: String(parts[0]), sql: String(decoding: Resources.bytes(path) ?? [], as: UTF8.self))
    }
  }
}
