internal import Commission
internal import FEEL

/// Work for whoever comes first: a row that one worker has leased is left out for the others until the lease is over.
extension SQLSession {
  /// Inside a transaction; leases go by the clock of the database, which all nodes share.
  func lease(dueBy instant: Instant, messages: Bool, seconds: Int, limit: Int) throws -> DueWork {
    try DueWork(
      timers: leaseTimers(dueBy: instant, seconds: seconds, limit: limit),
      messages: messages ? leaseMessages(seconds: seconds, limit: limit) : [])
  }

  private func leaseTimers(dueBy instant: Instant, seconds: Int, limit: Int) throws -> [TimerRow] {
    let found = try rows(
      """
      SELECT case_number, key, due FROM timer WHERE due <= ? AND leased_until <= \(dialect.secondsNow)
      ORDER BY due, case_number LIMIT \(limit)\(dialect.forUpdateSkippingLocked)
      """, [instant.description])
    return try found.map { row in
      let timer = try TimerRow(
        caseNumber: row.caseNumber("case_number"), key: row.integer("key"), due: row.instant("due"))
      try execute(
        """
        UPDATE timer SET leased_until = \(dialect.secondsNow) + \(seconds) WHERE case_number = ? AND key = ?
        """, [timer.caseNumber.description, timer.key])
      return timer
    }
  }

  private func leaseMessages(seconds: Int, limit: Int) throws -> [OutboxMessage] {
    let found = try rows(
      """
      SELECT id, case_number, kind, receiver, at, document FROM outbox
      WHERE delivered_at IS NULL AND leased_until <= \(dialect.secondsNow)
      ORDER BY position LIMIT \(limit)\(dialect.forUpdateSkippingLocked)
      """)
    return try found.map { row in
      let message = try message(row)
      try execute(
        "UPDATE outbox SET leased_until = \(dialect.secondsNow) + \(seconds) WHERE id = ?",
        [message.identifier])
      return message
    }
  }
}
