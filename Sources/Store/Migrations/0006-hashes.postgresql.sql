-- Hashes as 32 bytes instead of 64 hex digits; what is no hash stays what it is.

CREATE FUNCTION hash_bytes(digits TEXT) RETURNS BYTEA LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN digits ~ '^[0-9a-f]{64}$' THEN decode(digits, 'hex') ELSE convert_to(digits, 'UTF8') END $$;

ALTER TABLE record
  ALTER COLUMN previous TYPE BYTEA USING hash_bytes(previous),
  ALTER COLUMN hash TYPE BYTEA USING hash_bytes(hash);
ALTER TABLE stream ALTER COLUMN hash TYPE BYTEA USING hash_bytes(hash);
ALTER TABLE tree_leaf ALTER COLUMN hash TYPE BYTEA USING hash_bytes(hash);

DROP FUNCTION hash_bytes(TEXT);
