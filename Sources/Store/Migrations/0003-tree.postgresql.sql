-- The leaves of the authority's Merkle tree: heads of streams, in the order the checkpoint job took them in.

CREATE TABLE tree_leaf (
  position BIGINT PRIMARY KEY,
  stream   TEXT COLLATE "C" NOT NULL,
  version  BIGINT NOT NULL,
  hash     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX leaf_by_stream ON tree_leaf (stream, version);
