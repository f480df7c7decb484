-- Hashes as 32 bytes instead of 64 hex digits. `hash_bytes` is ours; what is no hash stays as it is.

CREATE TABLE record_after (
  stream       TEXT NOT NULL,
  sequence     INTEGER NOT NULL,
  at           TEXT NOT NULL,
  actor        TEXT NOT NULL,
  on_behalf_of TEXT,
  reason       TEXT,
  kind         TEXT NOT NULL,
  payload      TEXT NOT NULL,
  previous     BLOB NOT NULL,
  hash         BLOB NOT NULL,
  PRIMARY KEY (stream, sequence)
);
INSERT INTO record_after (stream, sequence, at, actor, on_behalf_of, reason, kind, payload, previous, hash)
  SELECT stream, sequence, at, actor, on_behalf_of, reason, kind, payload, hash_bytes(previous), hash_bytes(hash)
  FROM record ORDER BY rowid;
DROP TABLE record;
ALTER TABLE record_after RENAME TO record;

CREATE TRIGGER record_is_final BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;

CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never removed'); END;

CREATE TABLE stream_after (
  name    TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  state   TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO stream_after (name, version, hash, state)
  SELECT name, version, hash_bytes(hash), state FROM stream ORDER BY name;
DROP TABLE stream;
ALTER TABLE stream_after RENAME TO stream;

CREATE TABLE tree_leaf_after (
  position INTEGER PRIMARY KEY,
  stream   TEXT NOT NULL,
  version  INTEGER NOT NULL,
  hash     BLOB NOT NULL
);
INSERT INTO tree_leaf_after (position, stream, version, hash)
  SELECT position, stream, version, hash_bytes(hash) FROM tree_leaf ORDER BY position;
DROP TABLE tree_leaf;
ALTER TABLE tree_leaf_after RENAME TO tree_leaf;
CREATE INDEX leaf_by_stream ON tree_leaf (stream, version);
