-- The leaves of the authority's Merkle tree: heads of streams, in the order the checkpoint job took them in.

CREATE TABLE tree_leaf (
  position INTEGER PRIMARY KEY,
  stream   TEXT NOT NULL,
  version  INTEGER NOT NULL,
  hash     TEXT NOT NULL
);
CREATE INDEX leaf_by_stream ON tree_leaf (stream, version);
