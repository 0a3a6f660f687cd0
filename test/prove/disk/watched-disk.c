/*
 * Preloaded into a process, it writes down what the process does to files under a folder, in the order in which it
 * happens, and what it says through sockets; and it makes such calls fail when it is told to.
 *
 *   DISK_UNDER  the folder, as an absolute path without links
 *   DISK_TRACE  records are appended here: [length u32][kind u8][fd i32][number i64][bytes]
 *   DISK_FAULT  five u32 that both sides map: what to do, after how many calls, calls seen, faults made, where
 *
 * The lock makes one order of all threads' calls: a write is told before it is done, an fsync after it succeeded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPEN = 'o', WRITE = 'w', SYNC = 's', TRUNCATE = 't', CLOSE = 'c', RENAME = 'r', UNLINK = 'u', MKDIR = 'm', SAY = 'a' };
enum fault { NONE = 0, FULL = 1, BROKEN = 2, SHORT = 3 };
/* What a call does: faults can be kept to one of them. */
enum call { OTHER = 0, WRITING = 1, SYNCING = 2, CREATING = 3 };

struct faults { uint32_t fault, after, seen, made, only; };

#define FDS 65536
static unsigned char watched[FDS];
static struct { dev_t dev; ino_t ino; } files[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *under;
static size_t under_length;
static int trace = -1;
static volatile struct faults *faults;

#define REAL(result, name, ...) \
  static result (*real_##name)(__VA_ARGS__); \
  if (!real_##name) real_##name = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("DISK_TRACE");
  const char *control = getenv("DISK_FAULT");
  under = getenv("DISK_UNDER");
  under_length = under ? strlen(under) : 0;
  if (under && file) trace = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (under && control) {
    int fd = syscall(SYS_openat, AT_FDCWD, control, O_RDWR | O_CLOEXEC, 0);
    void *at = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED) faults = at;
  }
}

static int is_under(const char *path) {
  return under && path && strncmp(path, under, under_length) == 0 && (path[under_length] == '/' || path[under_length] == 0);
}
/* A close by a system call of its own is not seen, and the number may be another file's by now. */
static int is_watched(int fd) {
  struct stat now;
  return fd >= 0 && fd < FDS && watched[fd] && fstat(fd, &now) == 0 && now.st_dev == files[fd].dev && now.st_ino == files[fd].ino;
}

/* Memory that is mapped is nothing that has to survive. */
static int is_memory(const char *path) {
  size_t length = strlen(path);
  return length > 4 && strcmp(path + length - 4, "-shm") == 0;
}

static void note(enum kind kind, int fd, int64_t number, const struct iovec *parts, int count) {
  if (trace < 0) return;
  unsigned char head[17];
  struct iovec all[64];
  uint32_t length = 0;
  if (count > 63) abort();
  for (int i = 0; i < count; i++) { all[i + 1] = parts[i]; length += parts[i].iov_len; }
  memcpy(head, &length, 4);
  head[4] = kind;
  memcpy(head + 5, &fd, 4);
  memcpy(head + 9, &number, 8);
  all[0] = (struct iovec){head, sizeof head};
  if (syscall(SYS_writev, trace, all, count + 1) != (long)(length + sizeof head)) abort();
}
static void note_bytes(enum kind kind, int fd, int64_t number, const void *bytes, size_t length) {
  struct iovec part = {(void *)bytes, length};
  note(kind, fd, number, &part, 1);
}

/* What this call has to come to; `full` goes on until it is taken back, `broken` happens once. */
static enum fault doom(enum call call) {
  if (!faults || !faults->fault || (faults->only && faults->only != call)) return NONE;
  uint32_t seen = ++faults->seen;
  if (seen < faults->after) return NONE;
  enum fault fault = faults->fault;
  /* What takes no more space still works on a full disk. */
  if ((fault == FULL || faults->made > 0) && fault != BROKEN && call != WRITING && call != CREATING) return NONE;
  if (fault == BROKEN && seen > faults->after) return NONE;
  if (fault == SHORT && call != WRITING && faults->made == 0) return NONE;
  if (fault == SHORT && faults->made > 0) fault = FULL;
  faults->made++;
  return fault;
}
static int fail(enum fault fault) { errno = fault == FULL ? ENOSPC : EIO; return -1; }

static int is_refused(const char *path, int flags) {
  enum fault fault = (flags & O_CREAT) && access(path, F_OK) != 0 && !is_memory(path) ? doom(CREATING) : NONE;
  if (fault) fail(fault);
  return fault != NONE;
}
static int opened(int fd, const char *path, int flags) {
  struct stat now;
  if (fd >= 0 && fd < FDS && is_under(path) && !is_memory(path) && fstat(fd, &now) == 0) {
    watched[fd] = 1;
    files[fd].dev = now.st_dev;
    files[fd].ino = now.st_ino;
    note_bytes(OPEN, fd, flags, path, strlen(path));
  }
  return fd;
}

#define OPENS(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
    if (!is_under(path)) return real_##name(path, flags, mode); \
    pthread_mutex_lock(&lock); \
    int fd = is_refused(path, flags) ? -1 : opened(real_##name(path, flags, mode), path, flags); \
    pthread_mutex_unlock(&lock); \
    return fd; \
  }
OPENS(open)
OPENS(open64)

int openat(int dir, const char *path, int flags, ...) {
  REAL(int, openat, int, const char *, int, ...);
  va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list);
  if (!is_under(path)) return real_openat(dir, path, flags, mode);
  pthread_mutex_lock(&lock);
  int fd = is_refused(path, flags) ? -1 : opened(real_openat(dir, path, flags, mode), path, flags);
  pthread_mutex_unlock(&lock);
  return fd;
}

int close(int fd) {
  REAL(int, close, int);
  if (!is_watched(fd)) return real_close(fd);
  pthread_mutex_lock(&lock);
  watched[fd] = 0;
  note(CLOSE, fd, 0, NULL, 0);
  int result = real_close(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

static ssize_t put(int fd, const void *bytes, size_t length, off_t at) {
  pthread_mutex_lock(&lock);
  enum fault fault = doom(WRITING);
  size_t done = fault == SHORT ? length / 2 : length;
  ssize_t result;
  if (fault == FULL || fault == BROKEN || done == 0) result = fault ? fail(fault) : 0;
  else {
    note_bytes(WRITE, fd, at, bytes, done);
    result = syscall(SYS_pwrite64, fd, bytes, done, at);
    if (result != (ssize_t)done && trace >= 0) abort();
  }
  pthread_mutex_unlock(&lock);
  return result;
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
  return is_watched(fd) ? put(fd, bytes, length, at) : real_pwrite(fd, bytes, length, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
  return is_watched(fd) ? put(fd, bytes, length, at) : real_pwrite64(fd, bytes, length, at);
}

/* Without a place: where the file stands, or at its end. */
static ssize_t append(int fd, const void *bytes, size_t length) {
  struct stat now;
  int flags = fcntl(fd, F_GETFL);
  off_t at = lseek(fd, 0, SEEK_CUR);
  if (flags & O_APPEND) at = fstat(fd, &now) == 0 ? now.st_size : 0;
  ssize_t result = put(fd, bytes, length, at);
  if (result > 0) lseek(fd, at + result, SEEK_SET);
  return result;
}
static int is_socket(int fd) {
  struct stat now;
  return trace >= 0 && fd != trace && fstat(fd, &now) == 0 && S_ISSOCK(now.st_mode);
}
ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (is_watched(fd)) return append(fd, bytes, length);
  if (is_socket(fd)) {
    pthread_mutex_lock(&lock);
    note_bytes(SAY, fd, 0, bytes, length);
    pthread_mutex_unlock(&lock);
  }
  return real_write(fd, bytes, length);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  /* A call may write less than it was given. */
  if (is_watched(fd)) return append(fd, parts[0].iov_base, parts[0].iov_len);
  if (is_socket(fd)) {
    pthread_mutex_lock(&lock);
    note(SAY, fd, 0, parts, count > 63 ? 63 : count);
    pthread_mutex_unlock(&lock);
  }
  return real_writev(fd, parts, count);
}

static int sync_file(int fd, int number) {
  pthread_mutex_lock(&lock);
  enum fault fault = doom(SYNCING);
  int result = fault ? fail(fault) : syscall(number, fd);
  if (result == 0) note(SYNC, fd, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int fsync(int fd) {
  REAL(int, fsync, int);
  return is_watched(fd) ? sync_file(fd, SYS_fsync) : real_fsync(fd);
}
int fdatasync(int fd) {
  REAL(int, fdatasync, int);
  return is_watched(fd) ? sync_file(fd, SYS_fdatasync) : real_fdatasync(fd);
}

static int cut(int fd, off_t length) {
  pthread_mutex_lock(&lock);
  enum fault fault = doom(OTHER);
  if (!fault) note(TRUNCATE, fd, length, NULL, 0);
  int result = fault ? fail(fault) : syscall(SYS_ftruncate, fd, length);
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate(int fd, off_t length) {
  REAL(int, ftruncate, int, off_t);
  return is_watched(fd) ? cut(fd, length) : real_ftruncate(fd, length);
}
int ftruncate64(int fd, off64_t length) {
  REAL(int, ftruncate64, int, off64_t);
  return is_watched(fd) ? cut(fd, length) : real_ftruncate64(fd, length);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  if (!is_under(from) && !is_under(to)) return real_rename(from, to);
  struct iovec parts[] = {{(void *)from, strlen(from) + 1}, {(void *)to, strlen(to)}};
  pthread_mutex_lock(&lock);
  enum fault fault = doom(OTHER);
  int result = fault ? fail(fault) : real_rename(from, to);
  if (result == 0) note(RENAME, -1, 0, parts, 2);
  pthread_mutex_unlock(&lock);
  return result;
}
int unlink(const char *path) {
  REAL(int, unlink, const char *);
  if (!is_under(path) || is_memory(path)) return real_unlink(path);
  pthread_mutex_lock(&lock);
  int result = real_unlink(path);
  if (result == 0) note_bytes(UNLINK, -1, 0, path, strlen(path));
  pthread_mutex_unlock(&lock);
  return result;
}
int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  if (!is_under(path)) return real_mkdir(path, mode);
  pthread_mutex_lock(&lock);
  int result = real_mkdir(path, mode);
  if (result == 0) note_bytes(MKDIR, -1, 0, path, strlen(path));
  pthread_mutex_unlock(&lock);
  return result;
}
