#include "limits.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct limits_store { sqlite3 *db; sqlite3_stmt *statement, *begin, *commit; int64_t key; char data[400]; };

static int once(sqlite3_stmt *statement) {
  int code = sqlite3_step(statement);
  sqlite3_reset(statement);
  return code == SQLITE_DONE ? 0 : 1;
}

static int insert(struct limits_store *s) {
  sqlite3_bind_int64(s->statement, 1, ++s->key);
  sqlite3_bind_text(s->statement, 2, s->data, sizeof s->data, SQLITE_STATIC);
  return once(s->statement);
}

static int prepare(struct limits_store *s, const char *sql, sqlite3_stmt **statement) {
  return sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, 0);
}

struct limits_store *limits_create(const char *path) {
  struct limits_store *s = calloc(1, sizeof *s);
  memset(s->data, 'j', sizeof s->data);
  int failed = sqlite3_open(path, &s->db) ||
               sqlite3_exec(s->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                   "CREATE TABLE t(id INTEGER PRIMARY KEY, data TEXT)", 0, 0, 0) ||
               prepare(s, "INSERT INTO t VALUES(?,?)", &s->statement) || prepare(s, "BEGIN IMMEDIATE", &s->begin) ||
               prepare(s, "COMMIT", &s->commit) || once(s->begin);
  for (int i = 0; i < 10000 && !failed; i++) failed = insert(s);
  if (failed || once(s->commit)) {
    limits_close(s);
    return 0;
  }
  return s;
}

int limits_commit(struct limits_store *s) {
  int failed = once(s->begin);
  for (int i = 0; i < 4; i++) failed |= insert(s);
  return failed | once(s->commit);
}

struct limits_store *limits_open(const char *path, const char *sql) {
  struct limits_store *s = calloc(1, sizeof *s);
  if (sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE, 0) || prepare(s, sql, &s->statement)) {
    limits_close(s);
    return 0;
  }
  return s;
}

int limits_query(struct limits_store *s, const char *parameter) {
  int rows = 0, code;
  sqlite3_bind_text(s->statement, 1, parameter, -1, SQLITE_STATIC);
  while ((code = sqlite3_step(s->statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(s->statement); i++) (void)sqlite3_column_text(s->statement, i);
    rows++;
  }
  sqlite3_reset(s->statement);
  return code == SQLITE_DONE ? rows : -1;
}

void limits_close(struct limits_store *s) {
  if (!s) return;
  sqlite3_finalize(s->statement);
  sqlite3_finalize(s->begin);
  sqlite3_finalize(s->commit);
  sqlite3_close(s->db);
  free(s);
}
