internal import Commission
internal import Diagnostics
internal import Foundation
internal import GRDB

/// Brings a store up to the schema this program knows; only forward.
enum SQLiteMigrations {
  /// - Throws: `STORE007` when the store has steps that this program does not know.
  static func run(on pool: DatabasePool) throws {
    let migrations = Migration.all(for: .sqlite)
    var migrator = DatabaseMigrator()
    for migration in migrations {
      migrator.registerMigration(migration.name) { database in
        database.add(function: hashBytes)
        try database.execute(sql: migration.sql)
      }
    }
    let applied = try pool.read { try migrator.appliedIdentifiers($0) }
    guard applied.isSubset(of: migrations.map(\.name)) else { throw Diagnostic("STORE007") }
    try migrator.migrate(pool)
  }

  /// What steps of the schema turn hex digits into bytes with.
  private static let hashBytes = DatabaseFunction("hash_bytes", argumentCount: 1, pure: true) {
    guard let digits = String.fromDatabaseValue($0[0]) else { return $0[0] }
    return switch SQLValue.hash(digits) {
    case .blob(let bytes): Data(bytes)
    default: digits
    }
  }
}
