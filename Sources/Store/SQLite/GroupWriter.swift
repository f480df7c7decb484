internal import Commission
internal import Diagnostics
internal import GRDB

/// Writes batches, each as if it were alone, in one transaction.
struct GroupWriter: Sendable {
  let pool: DatabasePool
  let watch: (@Sendable (TransactionPhase) -> Void)?

  /// Writes one batch on this thread.
  func writeHere(_ batch: Batch) throws -> CommitReceipt {
    let hasBegun = Flag()
    do {
      let receipt = try pool.write { database in
        begin(hasBegun)
        return try BatchWriter(session: SQLiteSession(database: database)).write(batch)
      }
      watch?(.committed)
      return receipt
    } catch {
      if hasBegun.isSet { watch?(.rolledBack) }
      throw error
    }
  }

  /// Writes several batches on the thread of the database; one that is refused leaves nothing and does not disturb the
  /// others.
  func write(_ batches: [Batch]) async throws -> [Result<CommitReceipt, any Error>] {
    try await inTransaction { database in
      try batches.map { batch in try write(batch, to: database) }
    }
  }

  /// Writes several batches on the thread of the database, all or nothing.
  func write(together batches: [Batch]) async throws {
    try await inTransaction { database in
      try BatchWriter(session: SQLiteSession(database: database)).write(together: batches)
    }
  }

  private func inTransaction<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let hasBegun = Flag()
    do {
      let result = try await pool.write { database in
        begin(hasBegun)
        return try body(database)
      }
      watch?(.committed)
      return result
    } catch {
      if hasBegun.isSet { watch?(.rolledBack) }
      throw error
    }
  }

  private func begin(_ hasBegun: Flag) {
    hasBegun.set()
    watch?(.begun)
  }

  /// Only what is wrong with the batch itself is its own affair; errors of the disk end the whole transaction.
  private func write(_ batch: Batch, to database: Database) throws
    -> Result<CommitReceipt, any Error>
  {
    var receipt: CommitReceipt?
    do {
      try database.inSavepoint {
        receipt = try BatchWriter(session: SQLiteSession(database: database)).write(batch)
        return .commit
      }
    } catch let problem as Diagnostic {
      return .failure(problem)
    }
    guard let receipt else {
      fatalError("a savepoint that was left without an error has a receipt")
    }
    return .success(receipt)
  }
}
