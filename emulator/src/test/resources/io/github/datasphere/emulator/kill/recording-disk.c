/*
 * Preloaded into a server, appends what it does to files below $RECORDING_DISK_FOLDER to
 * $RECORDING_DISK_FILE, one operation after another. What the server starts is spared: it would be
 * dead after a power cut, and syncs nothing.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* As Recording.java has it. */
enum { OPEN = 1, WRITE, TRUNCATE, SYNC, SYNC_FOLDER, RENAME, LINK, UNLINK, MKDIR };

struct head {
  int32_t kind;
  int32_t path_bytes;
  int32_t other_bytes;
  int32_t data_bytes;
  int64_t file; /* its inode */
  int64_t at;   /* offset, or size */
};

static char folder[1024];
static size_t folder_length;
static int record = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("RECORDING_DISK_FILE");
  const char *below = getenv("RECORDING_DISK_FOLDER");
  unsetenv("LD_PRELOAD");
  if (!file || !below) return;
  folder_length = strlen(below);
  if (folder_length >= sizeof folder) return;
  memcpy(folder, below, folder_length + 1);
  int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...)) dlsym(RTLD_NEXT, "open64");
  record = real(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
  return record >= 0 && strncmp(path, folder, folder_length) == 0
      && (path[folder_length] == 0 || path[folder_length] == '/');
}

static int path_of(int file, char *path, size_t size) {
  char link[64];
  if (record < 0 || file == record) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_below(path);
}

/* With one call of the system: another server's end may not tear it, nor a thread's come between. */
static void note(int kind, const char *path, const char *other, const void *data, size_t bytes, int64_t file, int64_t at) {
  struct head head = {kind, strlen(path), strlen(other), bytes, file, at};
  struct iovec parts[] = {{&head, sizeof head}, {(void *) path, head.path_bytes}, {(void *) other, head.other_bytes}, {(void *) data, bytes}};
  static ssize_t (*real)(int, const struct iovec *, int);
  if (!real) real = (ssize_t (*)(int, const struct iovec *, int)) dlsym(RTLD_NEXT, "writev");
  int error = errno;
  if (real(record, parts, 4) != (ssize_t) (sizeof head + head.path_bytes + head.other_bytes + bytes)) {
    fprintf(stderr, "recording-disk: an operation could not be recorded\n");
    abort();
  }
  errno = error;
}

/* Negative for what is no file, as a pipe. */
static int64_t inode(int file) {
  struct stat64 stat;
  return fstat64(file, &stat) == 0 && S_ISREG(stat.st_mode) ? (int64_t) stat.st_ino : -1;
}

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
  char path[1024];
  if (!path_of(file, path, sizeof path)) return real(file, bytes, count);
  pthread_mutex_lock(&turn);
  ssize_t done = real(file, bytes, count);
  if (done > 0 && inode(file) >= 0) note(WRITE, path, "", bytes, done, inode(file), lseek64(file, 0, SEEK_CUR) - done);
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  char path[1024];
  if (!path_of(file, path, sizeof path)) return real(file, bytes, count, at);
  pthread_mutex_lock(&turn);
  ssize_t done = real(file, bytes, count, at);
  if (done > 0) note(WRITE, path, "", bytes, done, inode(file), at);
  pthread_mutex_unlock(&turn);
  return done;
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev);
  char path[1024];
  if (!path_of(file, path, sizeof path)) return real(file, parts, count);
  /* The caller goes on with the rest */
  return count == 0 ? 0 : write(file, parts[0].iov_base, parts[0].iov_len);
}

/* Callers then write what they have read, which is seen here. */
ssize_t sendfile64(int to, int from, off64_t *at, size_t count) {
  REAL(sendfile64);
  char path[1024];
  if (!path_of(to, path, sizeof path)) return real(to, from, at, count);
  errno = EINVAL;
  return -1;
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned flags) {
  REAL(copy_file_range);
  char path[1024];
  if (!path_of(to, path, sizeof path)) return real(from, from_at, to, to_at, count, flags);
  errno = ENOSYS;
  return -1;
}

int ftruncate64(int file, off64_t length) {
  REAL(ftruncate64);
  char path[1024];
  if (!path_of(file, path, sizeof path)) return real(file, length);
  pthread_mutex_lock(&turn);
  int done = real(file, length);
  if (done == 0) note(TRUNCATE, path, "", "", 0, inode(file), length);
  pthread_mutex_unlock(&turn);
  return done;
}

static int synced(int (*real)(int), int file) {
  char path[1024];
  if (!path_of(file, path, sizeof path)) return real(file);
  pthread_mutex_lock(&turn);
  struct stat64 stat;
  int done = real(file);
  if (done == 0 && fstat64(file, &stat) == 0) note(S_ISDIR(stat.st_mode) ? SYNC_FOLDER : SYNC, path, "", "", 0, stat.st_ino, 0);
  pthread_mutex_unlock(&turn);
  return done;
}

int fsync(int file) {
  REAL(fsync);
  return synced(real, file);
}

int fdatasync(int file) {
  REAL(fdatasync);
  return synced(real, file);
}

static int noted(int kind, const char *path, const char *other, int done) {
  if (done == 0) note(kind, path, other, "", 0, 0, 0);
  pthread_mutex_unlock(&turn);
  return done;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (!is_below(to)) return real(from, to);
  pthread_mutex_lock(&turn);
  return noted(RENAME, from, to, real(from, to));
}

int link(const char *from, const char *to) {
  REAL(link);
  if (!is_below(to)) return real(from, to);
  pthread_mutex_lock(&turn);
  return noted(LINK, from, to, real(from, to));
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  if (!is_below(path)) return real(path, mode);
  pthread_mutex_lock(&turn);
  return noted(MKDIR, path, "", real(path, mode));
}

int unlink(const char *path) {
  REAL(unlink);
  if (!is_below(path)) return real(path);
  pthread_mutex_lock(&turn);
  return noted(UNLINK, path, "", real(path));
}

int rmdir(const char *path) {
  REAL(rmdir);
  if (!is_below(path)) return real(path);
  pthread_mutex_lock(&turn);
  return noted(UNLINK, path, "", real(path));
}

int unlinkat(int in, const char *path, int flags) {
  REAL(unlinkat);
  char whole[1024];
  if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
  else if (path_of(in, whole, sizeof whole)) strncat(strncat(whole, "/", 2), path, sizeof whole - strlen(whole) - 2);
  else return real(in, path, flags);
  if (!is_below(whole)) return real(in, path, flags);
  pthread_mutex_lock(&turn);
  return noted(UNLINK, whole, "", real(in, path, flags));
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  if (!is_below(path) || !(flags & (O_CREAT | O_WRONLY | O_RDWR))) return real(path, flags, mode);
  pthread_mutex_lock(&turn);
  int file = real(path, flags, mode);
  if (file >= 0 && inode(file) >= 0) {
    note(OPEN, path, "", "", 0, inode(file), 0);
    if (flags & O_TRUNC) note(TRUNCATE, path, "", "", 0, inode(file), 0);
  }
  pthread_mutex_unlock(&turn);
  return file;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return open64(path, flags, mode);
}
