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
    ).map {
      try StreamHead(
        stream: Stream($0.text("name")), version: $0.integer("version"), hash: $0.hash("hash"))
    }
  }

  func leaves(from position: Int, limit: Int) throws -> [TreeLeaf] {
    try rows(
      """
      SELECT position, stream, version, hash FROM tree_leaf WHERE position >= ? ORDER BY position LIMIT \(limit)
      """, [position]
    ).map {
      try TreeLeaf(
        position: $0.integer("position"),
        head: StreamHead(
          stream: Stream($0.text("stream")), version: $0.integer("version"), hash: $0.hash("hash")))
    }
  }
}
