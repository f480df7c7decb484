internal import Commission
internal import Diagnostics

/// The keys of an encrypted store, and what goes with them.
extension SQLSession {
  func key(_ name: String) throws -> StoredKey? {
    try row("SELECT name, wrapping, wrapped FROM sealing_key WHERE name = ?", [name]).map(key)
  }

  func keys(notWrappedBy wrapping: String, limit: Int) throws -> [StoredKey] {
    try rows(
      """
      SELECT name, wrapping, wrapped FROM sealing_key WHERE wrapping <> ? ORDER BY name LIMIT \(limit)
      """, [wrapping]
    ).map(key)
  }

  private func key(_ row: SQLRow) throws -> StoredKey {
    try StoredKey(
      name: row.text("name"), wrapping: row.text("wrapping"), wrapped: row.text("wrapped"))
  }

  /// A key that was destroyed in between stays so.
  func replace(_ keys: [StoredKey]) throws {
    for key in keys {
      try execute(
        "UPDATE sealing_key SET wrapping = ?, wrapped = ? WHERE name = ?",
        [key.wrapping, key.wrapped, key.name])
    }
  }

  func holds(_ document: String, of owner: String) throws -> Bool {
    try row("SELECT 1 AS one FROM document WHERE id = ? AND owner = ?", [document, owner]) != nil
  }

  /// Takes away all that belongs to `stream` but its records, and the key that opens them.
  func erase(_ stream: Stream) throws {
    let name = stream.description
    try execute("UPDATE stream SET state = '' WHERE name = ?", [name])
    try execute(
      """
      DELETE FROM document WHERE owner = ? AND id IN (SELECT id FROM document WHERE owner = ?)
      """, [Keyring.storeKey, name])
    try execute("DELETE FROM document WHERE owner = ?", [name])
    try execute("DELETE FROM sealing_key WHERE name = ?", [name])
    if let number = stream.caseNumber?.description {
      try execute(
        "UPDATE case_row SET initials = '', birth_year = NULL, person = '', stands_at = '' WHERE number = ?",
        [number])
      for table in ["task", "timer", "subscription", "incident", "clock", "outbox"] {
        try execute("DELETE FROM \(table) WHERE case_number = ?", [number])
      }
    }
    if let person = stream.person {
      try execute("DELETE FROM person_word WHERE person = ?", [person])
      try execute("DELETE FROM person WHERE id = ?", [person])
    }
  }
}
