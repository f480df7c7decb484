-- Everything of an authority. Rows of `record`, `document` and `definition` are never changed or removed.
-- Text columns hold what PostgreSQL calls text, timestamps as ISO 8601 in UTC, JSON as text; no SQLite-only types.

CREATE TABLE stream (
  name    TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  hash    TEXT NOT NULL,
  state   TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE record (
  stream       TEXT NOT NULL,
  sequence     INTEGER NOT NULL,
  at           TEXT NOT NULL,
  actor        TEXT NOT NULL,
  on_behalf_of TEXT,
  reason       TEXT,
  kind         TEXT NOT NULL,
  payload      TEXT NOT NULL,
  previous     TEXT NOT NULL,
  hash         TEXT NOT NULL,
  PRIMARY KEY (stream, sequence)
);

CREATE TRIGGER record_is_final BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;

CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record is never removed'); END;

CREATE TABLE command (
  id     TEXT PRIMARY KEY,
  answer TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
  id         TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  bytes      BLOB NOT NULL,
  context    TEXT NOT NULL
);

CREATE TABLE definition (
  position       INTEGER PRIMARY KEY,
  kind           TEXT NOT NULL,
  identifier     TEXT NOT NULL,
  version        INTEGER NOT NULL,
  profile        TEXT NOT NULL,
  effective_from TEXT,
  effective_to   TEXT,
  file           TEXT NOT NULL,
  bytes          BLOB NOT NULL,
  hash           TEXT NOT NULL,
  deployed_by    TEXT NOT NULL,
  deployed_at    TEXT NOT NULL,
  UNIQUE (kind, identifier, version)
);

CREATE TABLE case_row (
  number     TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  profile    TEXT NOT NULL,
  status     TEXT NOT NULL,
  stands_at  TEXT NOT NULL,
  person     TEXT NOT NULL,
  initials   TEXT NOT NULL,
  birth_year INTEGER,
  opened_at  TEXT NOT NULL,
  due        TEXT,
  closed_at  TEXT
) WITHOUT ROWID;
CREATE INDEX case_by_due ON case_row (due, number) WHERE closed_at IS NULL;
CREATE INDEX case_by_status ON case_row (status, due);
CREATE INDEX case_by_person ON case_row (person);

CREATE TABLE task (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  case_number TEXT NOT NULL,
  key         INTEGER NOT NULL,
  element     TEXT NOT NULL,
  name        TEXT NOT NULL,
  form        TEXT NOT NULL,
  assignee    TEXT,
  due         TEXT,
  created_at  TEXT NOT NULL,
  status      TEXT NOT NULL,
  draft       TEXT,
  outcome     TEXT,
  UNIQUE (case_number, key)
);
CREATE INDEX task_by_due ON task (due, id) WHERE status = 'open';
CREATE INDEX task_by_assignee ON task (assignee, due) WHERE status = 'open';

-- One row per group that may take an open task nobody has.
CREATE TABLE task_group (
  task  INTEGER NOT NULL,
  name  TEXT NOT NULL,
  PRIMARY KEY (name, task)
) WITHOUT ROWID;
CREATE INDEX group_by_task ON task_group (task);

CREATE TABLE timer (
  case_number TEXT NOT NULL,
  key         INTEGER NOT NULL,
  due         TEXT NOT NULL,
  PRIMARY KEY (case_number, key)
) WITHOUT ROWID;
CREATE INDEX timer_by_due ON timer (due);

CREATE TABLE subscription (
  case_number     TEXT NOT NULL,
  key             INTEGER NOT NULL,
  message         TEXT NOT NULL,
  correlation_key TEXT NOT NULL,
  PRIMARY KEY (case_number, key)
) WITHOUT ROWID;
CREATE INDEX subscription_by_message ON subscription (message, correlation_key);

CREATE TABLE incident (
  case_number TEXT NOT NULL,
  key         INTEGER NOT NULL,
  element     TEXT NOT NULL,
  code        TEXT NOT NULL,
  PRIMARY KEY (case_number, key)
) WITHOUT ROWID;

CREATE TABLE clock (
  case_number TEXT NOT NULL,
  parameter   TEXT NOT NULL,
  due         TEXT NOT NULL,
  paused      INTEGER NOT NULL,
  PRIMARY KEY (case_number, parameter)
) WITHOUT ROWID;
CREATE INDEX clock_by_due ON clock (due);

CREATE TABLE person (
  id              TEXT PRIMARY KEY,
  personal_number TEXT,
  birth_date      TEXT NOT NULL,
  search          TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX person_by_number ON person (personal_number);

CREATE TABLE outbox (
  position    INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  case_number TEXT NOT NULL,
  kind        TEXT NOT NULL,
  receiver    TEXT NOT NULL,
  at          TEXT NOT NULL,
  document    TEXT NOT NULL
);
CREATE INDEX outbox_by_case ON outbox (case_number);
