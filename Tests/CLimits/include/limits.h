// SQLite without anything around it, for benchmarks: what a commit and a query cost at least.
#include <stdint.h>

struct limits_store;

// A new file with WAL and synchronous=FULL; 10,000 rows lie in it. Null when it cannot be made.
struct limits_store *limits_create(const char *path);
// One transaction of four small rows. 0: done.
int limits_commit(struct limits_store *store);
// Opens a file for reading, and prepares one query with one text parameter.
struct limits_store *limits_open(const char *path, const char *sql);
// Runs the query; how many rows it has, or -1.
int limits_query(struct limits_store *store, const char *parameter);
void limits_close(struct limits_store *store);
