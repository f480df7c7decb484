#include "faults.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct watch { char *prefix; faults_ask ask; void *context; };

struct file {
  sqlite3_file base;
  const char *path;
  struct watch watch; // as it was when the file was opened; `ask` is null when nobody watches
  sqlite3_file *real;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watch watches[64];
static sqlite3_vfs *original;
static sqlite3_vfs faulty;

static struct watch watch_of(const char *path) {
  struct watch found = {0, 0, 0};
  pthread_mutex_lock(&lock);
  for (int i = 0; path && i < 64; i++)
    if (watches[i].prefix && !strncmp(path, watches[i].prefix, strlen(watches[i].prefix))) found = watches[i];
  pthread_mutex_unlock(&lock);
  return found;
}

static int ask(struct file *f, enum faults_kind kind, int64_t offset, const void *bytes, int64_t count) {
  return f->watch.ask ? f->watch.ask(f->watch.context, kind, f->path, offset, bytes, count) : 0;
}

#define REAL(handle) (((struct file *)(handle))->real)

static int f_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at) { return REAL(f)->pMethods->xRead(REAL(f), p, n, at); }
static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at) {
  int answer = ask((struct file *)f, FAULTS_WRITE, at, p, n);
  if (answer) return answer < 0 ? SQLITE_OK : answer;
  return REAL(f)->pMethods->xWrite(REAL(f), p, n, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
  int answer = ask((struct file *)f, FAULTS_TRUNCATE, size, 0, 0);
  if (answer) return answer < 0 ? SQLITE_OK : answer;
  return REAL(f)->pMethods->xTruncate(REAL(f), size);
}
static int f_sync(sqlite3_file *f, int flags) {
  int answer = ask((struct file *)f, FAULTS_SYNC, 0, 0, 0);
  if (answer) return answer < 0 ? SQLITE_OK : answer;
  return REAL(f)->pMethods->xSync(REAL(f), flags);
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size) { return REAL(f)->pMethods->xFileSize(REAL(f), size); }
static int f_lock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int f_unlock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int f_reserved(sqlite3_file *f, int *is) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), is); }
static int f_control(sqlite3_file *f, int op, void *p) { return REAL(f)->pMethods->xFileControl(REAL(f), op, p); }
static int f_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int f_device(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int f_map(sqlite3_file *f, int page, int size, int extend, void volatile **p) {
  return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, p);
}
static int f_shm_lock(sqlite3_file *f, int at, int n, int flags) { return REAL(f)->pMethods->xShmLock(REAL(f), at, n, flags); }
static void f_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int f_unmap(sqlite3_file *f, int delete) { return REAL(f)->pMethods->xShmUnmap(REAL(f), delete); }

// version 2: memory-mapped reading would go around us
static const sqlite3_io_methods methods = {
    2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved,
    f_control, f_sector, f_device, f_map, f_shm_lock, f_barrier, f_unmap, 0, 0};

static int v_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
  struct file *f = (struct file *)file;
  (void)vfs;
  f->path = path;
  f->watch = watch_of(path);
  f->real = (sqlite3_file *)(f + 1);
  int code = original->xOpen(original, path, f->real, flags, out);
  f->base.pMethods = f->real->pMethods ? &methods : 0;
  return code;
}

static int v_delete(sqlite3_vfs *vfs, const char *path, int sync) {
  struct watch watch = watch_of(path);
  int answer = watch.ask ? watch.ask(watch.context, FAULTS_DELETE, path, 0, 0, 0) : 0;
  (void)vfs;
  if (answer) return answer < 0 ? SQLITE_OK : answer;
  return original->xDelete(original, path, sync);
}

static void install(void) {
  original = sqlite3_vfs_find(0);
  faulty = *original;
  faulty.zName = "faults";
  faulty.pNext = 0;
  faulty.szOsFile = (int)sizeof(struct file) + original->szOsFile;
  faulty.xOpen = v_open;
  faulty.xDelete = v_delete;
  sqlite3_vfs_register(&faulty, 1);
}

void faults_install(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
}

int faults_watch(const char *prefix, faults_ask ask, void *context) {
  int done = 0;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < 64 && !done; i++)
    if (!watches[i].prefix) {
      watches[i] = (struct watch){strdup(prefix), ask, context};
      done = 1;
    }
  pthread_mutex_unlock(&lock);
  return done;
}

void faults_unwatch(const char *prefix) {
  pthread_mutex_lock(&lock);
  for (int i = 0; i < 64; i++)
    if (watches[i].prefix && !strcmp(watches[i].prefix, prefix)) {
      free(watches[i].prefix);
      watches[i] = (struct watch){0, 0, 0};
    }
  pthread_mutex_unlock(&lock);
}
