/*
 * Preloaded into a server, makes operations on files below $FAILING_DISK_FOLDER fail when the page
 * that it shares with the test ($FAILING_DISK_CONTROL) says so. What the server starts is spared.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, RENAME = 4, OPEN = 8, TRUNCATE = 16, MKDIR = 32, UNLINK = 64, READ = 128 };

/* As FailingDisk.java has it. */
struct control {
  int64_t countdown; /* of operations until one fails; 0: none does */
  int64_t after;     /* so many after it fail, too */
  int32_t error;
  int32_t kinds;
  int32_t torn; /* whether half of what is to be written is, before that fails */
  int32_t hits;
  char what[1024]; /* of the first that failed */
};

static struct control *control;
static char folder[1024];
static size_t folder_length;

__attribute__((constructor)) static void begin(void) {
  const char *page = getenv("FAILING_DISK_CONTROL");
  const char *below = getenv("FAILING_DISK_FOLDER");
  unsetenv("LD_PRELOAD");
  if (!page || !below) return;
  folder_length = strlen(below);
  if (folder_length >= sizeof folder) return;
  memcpy(folder, below, folder_length + 1);
  int file = open(page, O_RDWR);
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared != MAP_FAILED) control = shared;
}

static int armed(int kind) {
  return control && (control->kinds & kind) && __atomic_load_n(&control->countdown, __ATOMIC_SEQ_CST);
}

static int fails(const char *name, const char *path) {
  if (strncmp(path, folder, folder_length) != 0) return 0;
  int64_t left = __atomic_load_n(&control->countdown, __ATOMIC_SEQ_CST);
  if (left == 0) return 0;
  if (left > 1) {
    /* Two threads at once may count as one: the moment is random anyway */
    __atomic_compare_exchange_n(&control->countdown, &left, left - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return 0;
  }
  int64_t after = __atomic_fetch_sub(&control->after, 1, __ATOMIC_SEQ_CST);
  if (after < 0) return 0;
  if (after == 0) __atomic_store_n(&control->countdown, 0, __ATOMIC_SEQ_CST);
  if (__atomic_fetch_add(&control->hits, 1, __ATOMIC_SEQ_CST) == 0)
    snprintf(control->what, sizeof control->what, "%s %s", name, path);
  errno = control->error;
  return 1;
}

static int fails_at(const char *name, int file) {
  char link[64], path[1024];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(name, path);
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
  if (armed(WRITE) && fails_at("write", file)) {
    int error = errno;
    if (control->torn) real(file, bytes, count / 2);
    errno = error;
    return -1;
  }
  return real(file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  REAL(pwrite64);
  if (armed(WRITE) && fails_at("pwrite", file)) {
    int error = errno;
    if (control->torn) real(file, bytes, count / 2, at);
    errno = error;
    return -1;
  }
  return real(file, bytes, count, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev);
  return armed(WRITE) && fails_at("writev", file) ? -1 : real(file, parts, count);
}

ssize_t read(int file, void *bytes, size_t count) {
  REAL(read);
  return armed(READ) && fails_at("read", file) ? -1 : real(file, bytes, count);
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t at) {
  REAL(pread64);
  return armed(READ) && fails_at("pread", file) ? -1 : real(file, bytes, count, at);
}

int fsync(int file) {
  REAL(fsync);
  return armed(SYNC) && fails_at("fsync", file) ? -1 : real(file);
}

int fdatasync(int file) {
  REAL(fdatasync);
  return armed(SYNC) && fails_at("fdatasync", file) ? -1 : real(file);
}

int ftruncate64(int file, off64_t length) {
  REAL(ftruncate64);
  return armed(TRUNCATE) && fails_at("ftruncate", file) ? -1 : real(file, length);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  return armed(RENAME) && fails("rename", to) ? -1 : real(from, to);
}

int link(const char *from, const char *to) {
  REAL(link);
  return armed(RENAME) && fails("link", to) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  return armed(MKDIR) && fails("mkdir", path) ? -1 : real(path, mode);
}

int unlink(const char *path) {
  REAL(unlink);
  return armed(UNLINK) && fails("unlink", path) ? -1 : real(path);
}

int rmdir(const char *path) {
  REAL(rmdir);
  return armed(UNLINK) && fails("rmdir", path) ? -1 : real(path);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return armed(OPEN) && fails("open", path) ? -1 : real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return armed(OPEN) && fails("open", path) ? -1 : real(path, flags, mode);
}
