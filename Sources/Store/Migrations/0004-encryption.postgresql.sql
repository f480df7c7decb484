-- Keys of an encrypted store, each sealed with a key of the key file; whose key seals a document; names as whole words,
-- which may be keyed hashes.

CREATE TABLE sealing_key (
  name     TEXT COLLATE "C" PRIMARY KEY,
  wrapping TEXT COLLATE "C" NOT NULL,
  wrapped  TEXT COLLATE "C" NOT NULL
);

ALTER TABLE document ADD COLUMN owner TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE document DROP CONSTRAINT document_pkey;
ALTER TABLE document ADD PRIMARY KEY (id, owner);
CREATE INDEX document_by_owner ON document (owner);

CREATE TABLE person_word (
  word   TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (word, person)
);
CREATE INDEX word_by_person ON person_word (person);
INSERT INTO person_word (word, person)
  WITH RECURSIVE part (id, word, rest) AS (
    SELECT id, CAST('' AS TEXT) COLLATE "C", search || ' ' FROM person
    UNION ALL
    SELECT id, substr(rest, 1, strpos(rest, ' ') - 1), substr(rest, strpos(rest, ' ') + 1) FROM part WHERE rest <> ''
  )
  SELECT DISTINCT word, id FROM part WHERE word <> '';
