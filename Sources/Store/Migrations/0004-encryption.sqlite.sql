-- Keys of an encrypted store, each sealed with a key of the key file; whose key seals a document; names as whole words,
-- which may be keyed hashes.

CREATE TABLE sealing_key (
  name     TEXT PRIMARY KEY,
  wrapping TEXT NOT NULL,
  wrapped  TEXT NOT NULL
) WITHOUT ROWID;

ALTER TABLE document RENAME TO document_before;
CREATE TABLE document (
  id         TEXT NOT NULL,
  owner      TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes      BLOB NOT NULL,
  context    TEXT NOT NULL,
  PRIMARY KEY (id, owner)
);
INSERT INTO document (id, owner, media_type, bytes, context)
  SELECT id, '', media_type, bytes, context FROM document_before;
DROP TABLE document_before;
CREATE INDEX document_by_owner ON document (owner);

CREATE TABLE person_word (
  word   TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (word, person)
) WITHOUT ROWID;
CREATE INDEX word_by_person ON person_word (person);
INSERT INTO person_word (word, person)
  WITH RECURSIVE part (id, word, rest) AS (
    SELECT id, '', search || ' ' FROM person
    UNION ALL
    SELECT id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM part WHERE rest <> ''
  )
  SELECT DISTINCT word, id FROM part WHERE word <> '';
