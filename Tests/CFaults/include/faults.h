// A file system for SQLite that asks before every change of a watched file: what is lost with the power, a full disk and
// a sync that fails can be tried at every single call.
#include <stdint.h>

enum faults_kind { FAULTS_WRITE, FAULTS_TRUNCATE, FAULTS_SYNC, FAULTS_DELETE };

// Called before each change. Gives 0 to go on, a result code of SQLite to fail instead, or -1 to say that it was done and do nothing.
typedef int (*faults_ask)(void *context, enum faults_kind kind, const char *path, int64_t offset, const void *bytes,
                          int64_t count);

// Makes the file system the default of this process; what nobody watches goes through unchanged.
void faults_install(void);

// Watches files whose path begins with `prefix`, until `faults_unwatch`. 0: there is room for no more.
int faults_watch(const char *prefix, faults_ask ask, void *context);
void faults_unwatch(const char *prefix);
