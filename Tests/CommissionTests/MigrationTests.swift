import Commission
import FEEL
import Foundation
import TestSupport
import Testing

@testable import Store

/// A store of an older program is opened as it is.
struct MigrationTests {
  /// Two records, chained, their head and a leaf, as they stood before hashes were bytes.
  @Test(arguments: [SQLDialect.sqlite, .postgresql])
  func hashesOfAnOlderStoreStayTheSame(_ dialect: SQLDialect) async throws {
    let kind: StoreKind = dialect == .sqlite ? .sqlite : .postgresql
    guard let location = try kind.emptyLocation() else { return }
    let stream = Commission.Stream("register/test")
    var records: [Commission.Record] = []
    for sequence in 1...2 {
      let draft = RecordDraft(
        at: Instant(seconds: 1_767_225_600), actor: "a.one", kind: "test", payload: "\(sequence)")
      records.append(
        Record(
          draft, in: stream, sequence: sequence,
          previous: records.last?.hash ?? Commission.Record.origin))
    }
    let older = Migration.all(for: dialect).filter { $0.name < "0006" }
    var sql = older.map(\.sql)
    switch dialect {
    case .sqlite: sql.append("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);")
    case .postgresql: sql.append("CREATE TABLE migration (name TEXT COLLATE \"C\" PRIMARY KEY);")
    }
    let applied = dialect == .sqlite ? "grdb_migrations" : "migration"
    sql += older.map { "INSERT INTO \(applied) VALUES ('\($0.name)');" }
    sql += records.map { record in
      """
      INSERT INTO record (stream, sequence, at, actor, kind, payload, previous, hash) VALUES ('\(stream)',
        \(record.sequence), '\(record.at)', 'a.one', 'test', '\(record.payload)', '\(record.previous)', '\(record.hash)');
      """
    }
    let hash = records[1].hash
    sql.append(
      "INSERT INTO stream (name, version, hash, state) VALUES ('\(stream)', 2, '\(hash)', '2');")
    sql.append(
      "INSERT INTO tree_leaf (position, stream, version, hash) VALUES (0, '\(stream)', 2, '\(hash)');"
    )
    // what other hands wrote is found later, and stops nothing
    sql.append(
      "INSERT INTO stream (name, version, hash, state) VALUES ('register/other', 1, 'no hash', '');"
    )
    try Self.run(sql.joined(separator: "\n"), in: location)

    let store: any CaseStore =
      switch location {
      case .sqlite(let path): try SQLiteStore(path: path)
      case .postgresql(let address): try await PostgreSQLStore(address: address)
      }
    #expect(try await store.records(of: stream, after: 0) == records)
    let head = StreamHead(stream: stream, version: 2, hash: hash)
    #expect(try await store.heads(of: "register/test") == [head])
    #expect(try await store.leaves(from: 0, limit: 9) == [TreeLeaf(position: 0, head: head)])
    #expect(try await store.heads(of: "register/other").map(\.hash) != [hash])
    var batch = Batch()
    batch.appends = [Batch.Append(to: stream, after: 2, records: [records[0].draft], state: "3")]
    _ = try await store.commit(batch)
    let added = try await store.records(of: stream, after: 2)
    #expect(added.map(\.isIntact) == [true])
    #expect(added.map(\.previous) == [hash])
  }

  private static func run(_ sql: String, in location: StoreLocation) throws {
    switch location {
    case .sqlite(let path): try tamper(path, sql)
    case .postgresql(let address): try PostgreSQLServer.available()?.run(sql, in: address)
    }
  }
}
