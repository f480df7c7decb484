internal import Commission
internal import Diagnostics
internal import GRDB

/// Brings a store up to the schema this program knows; only forward.
enum SQLiteMigrations {
  /// - Throws: `STORE007` when the store has steps that this program does not know.
  static func run(on pool: DatabasePool) throws {
    let migrations = Migration.all(for: .sqlite)
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
    }
    let applied = try pool.read { try migrator.appliedIdentifiers($0) }
    guard applied.isSubset(of: migrations.map(\.name)) else { throw Diagnostic("STORE007") }
    try migrator.migrate(pool)
  }
}
