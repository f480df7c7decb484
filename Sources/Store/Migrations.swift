internal import Commission
internal import Diagnostics
internal import GRDB

/// Brings a store up to the schema this program knows; only forward.
enum Migrations {
  private static let names = ["0001-initial"]

  /// - Throws: `STORE007` when the store has steps that this program does not know.
  static func run(on pool: DatabasePool) throws {
    var migrator = DatabaseMigrator()
    for name in names {
      migrator.registerMigration(name) { database in
        guard let sql = Resources.bytes("Migrations/\(name).sqlite.sql") else {
          fatalError("migration \(name) is not embedded; run make resources")
        }
        try database.execute(sql: String(decoding: sql, as: UTF8.self))
      }
    }
    let applied = try pool.read { try migrator.appliedIdentifiers($0) }
    guard applied.isSubset(of: names) else { throw Diagnostic("STORE007") }
    try migrator.migrate(pool)
  }
}
