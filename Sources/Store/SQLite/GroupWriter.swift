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
      let receipt = try pool.writeWithoutTransaction { database in
        try inTransaction(database, hasBegun) { try BatchWriter(session: $0).write(batch).receipt }
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
    try await onThread { session in
      try batches.map { batch in try write(batch, to: session) }
    }
  }

  /// Writes several batches on the thread of the database, all or nothing.
  func write(together batches: [Batch]) async throws {
    _ = try await onThread { try BatchWriter(session: $0).write(together: batches).receipt }
  }

  private func onThread<Value: Sendable>(
    _ body: @escaping @Sendable (SQLiteSession) throws -> Value
  ) async throws -> Value {
    let hasBegun = Flag()
    do {
      let value = try await pool.writeWithoutTransaction { database in
        try inTransaction(database, hasBegun, body)
      }
      watch?(.committed)
      return value
    } catch {
      if hasBegun.isSet { watch?(.rolledBack) }
      throw error
    }
  }

  private func inTransaction<Value>(
    _ database: Database, _ hasBegun: Flag, _ body: (SQLiteSession) throws -> Value
  ) throws -> Value {
    let session = SQLiteSession(database: database)
    return try session.inTransaction {
      hasBegun.set()
      watch?(.begun)
      return try body(session)
    }
  }

  /// Only what is wrong with the batch itself is its own affair; errors of the disk end the whole transaction.
  private func write(_ batch: Batch, to session: SQLiteSession) throws
    -> Result<CommitReceipt, any Error>
  {
    do {
      return .success(
        try session.inSavepoint { try BatchWriter(session: session).write(batch).receipt })
    } catch let problem as Diagnostic {
      return .failure(problem)
    }
  }
}
