internal import Diagnostics

/// Brings a database up to the schema this program knows; only forward.
enum PostgreSQLMigrations {
  /// Two that open a store at the same time do this one after the other.
  private static let turn = "SELECT pg_advisory_xact_lock(7362537)"

  /// - Throws: `STORE005` when there is no store and none may be created, `STORE007` when the store has steps that this
  ///   program does not know.
  static func run(on connection: PostgreSQLConnection, mayCreate: Bool) throws {
    let known = Migration.all(for: .postgresql)
    if try applied(on: connection) == known.map(\.name) { return }
    try connection.transaction {
      try connection.run(turn)
      let applied = try applied(on: connection)
      guard mayCreate || !applied.isEmpty else {
        throw Diagnostic("STORE005")
      }
      guard Set(applied).isSubset(of: known.map(\.name)) else { throw Diagnostic("STORE007") }
      try connection.run(
        "CREATE TABLE IF NOT EXISTS migration (name TEXT COLLATE \"C\" PRIMARY KEY)")
      for migration in known where !applied.contains(migration.name) {
        try connection.run(migration.sql)
        try connection.execute("INSERT INTO migration (name) VALUES (?)", [migration.name])
      }
    }
  }

  private static func applied(on connection: PostgreSQLConnection) throws -> [String] {
    let table = try connection.row("SELECT to_regclass('migration') IS NOT NULL AS is_there", [])
    guard try table?.integer("is_there") == 1 else { return [] }
    return try connection.rows("SELECT name FROM migration ORDER BY name").map {
      try $0.text("name")
    }
  }
}
