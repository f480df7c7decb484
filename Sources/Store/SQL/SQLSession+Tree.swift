internal import Commission

/// The leaves of the authority's Merkle tree.
extension SQLSession {
  func headsBeyondTree(limit: Int) throws -> [StreamHead] {
    try rows(
      """
      SELECT name, version, hash FROM stream
      WHERE name <> ? AND version > coalesce((SELECT max(version) FROM tree_leaf WHERE stream = stream.name), 0)
      ORDER BY name LIMIT \(limit)
      """, [Stream.checkpoints.description]
    ).map { try StreamHead(Stream($0.text("name")), $0) }
  }

  func leaves(from position: Int, limit: Int) throws -> [TreeLeaf] {
    try rows(
      """
      SELECT position, stream, version, hash FROM tree_leaf WHERE position >= ? ORDER BY position LIMIT \(limit)
      """, [position]
    ).map {
      try TreeLeaf(
        position: $0.integer("position"), head: StreamHead(Stream($0.text("stream")), $0))
    }
  }
}
