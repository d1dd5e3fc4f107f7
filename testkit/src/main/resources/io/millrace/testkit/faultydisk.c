/* A disk with faults, between a process and its files: see FaultyDisk.java. Linux, LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* Shared with the test, which writes it while the process runs; eight 64-bit words. */
struct control {
  int64_t fail_at;     /* number of the write that fails, from 1; 0: none */
  int64_t fault;       /* 1 EIO, 2 ENOSPC, 3 half is written, then EIO; for all from fail_at on: 4 ENOSPC,
                          5 EIO, also of syncs, 6 EROFS, 7 EDQUOT; 8 only the next sync fails */
  int64_t slow_micros; /* every sync takes so much longer */
  int64_t writes;      /* counted here */
  int64_t syncs;
  int64_t clock_ms;    /* the clock on the wall is wrong by so much */
  int64_t spare[2];
};

static struct control *control;
static const char *directory;
static size_t directory_length;
static int journal = -1;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_rename = dlsym(RTLD_NEXT, "rename");
  directory = getenv("FAULTY_DISK");
  const char *shared = getenv("FAULTY_DISK_CONTROL");
  const char *log = getenv("FAULTY_DISK_JOURNAL");
  if (!directory || !shared || !log) return;
  directory_length = strlen(directory);
  int fd = open(shared, O_RDWR | O_CLOEXEC);
  journal = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || journal < 0) return;
  void *page = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (page != MAP_FAILED) control = page;
}

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strncmp(path, directory, directory_length) == 0;
}

static int is_ours(int fd) {
  char path[4096];
  return control && path_of(fd, path, sizeof path);
}

static void note(char kind, long long size, const char *a, const char *b) {
  char line[8300];
  int length = snprintf(line, sizeof line, "%c %lld %s%s%s\n", kind, size, a, b ? "\t" : "", b ? b : "");
  syscall(SYS_write, journal, line, length);
}

/* 0: write as usual; else how many bytes to write before errno is set. -1: none. */
static ssize_t faulty(int fd, size_t count) {
  if (!is_ours(fd)) return 0;
  int64_t number = __atomic_add_fetch(&control->writes, 1, __ATOMIC_SEQ_CST);
  int64_t at = control->fail_at;
  int64_t fault = control->fault;
  int stays = fault >= 4 && fault <= 7;
  if (at == 0 || number < at || fault == 8 || (number > at && !stays)) return 0;
  errno = fault == 2 || fault == 4 ? ENOSPC : fault == 6 ? EROFS : fault == 7 ? EDQUOT : EIO;
  return fault == 3 && count > 1 ? (ssize_t)(count / 2) : -1;
}

/* Whether a sync fails now. */
static int faulty_sync(void) {
  int64_t at = control->fail_at;
  if (at == 0 || control->writes < at) return 0;
  if (control->fault == 8) {
    control->fail_at = 0;
    return 1;
  }
  return control->fault == 5;
}

ssize_t write(int fd, const void *data, size_t count) {
  ssize_t part = faulty(fd, count);
  if (part == 0) return real_write(fd, data, count);
  if (part > 0) {
    real_write(fd, data, (size_t)part);
    errno = EIO;
  }
  return -1;
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
  ssize_t part = faulty(fd, count);
  if (part == 0) return real_pwrite(fd, data, count, at);
  if (part > 0) {
    real_pwrite(fd, data, (size_t)part, at);
    errno = EIO;
  }
  return -1;
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
  ssize_t part = faulty(fd, count);
  if (part == 0) return real_pwrite64(fd, data, count, at);
  if (part > 0) {
    real_pwrite64(fd, data, (size_t)part, at);
    errno = EIO;
  }
  return -1;
}

/* The length is taken before the sync: what another thread appends meanwhile may not be in it. */
static int synced(int fd, int (*real)(int)) {
  char path[4096];
  if (!control || !path_of(fd, path, sizeof path)) return real(fd);
  struct stat before;
  int known = fstat(fd, &before) == 0;
  if (control->slow_micros > 0) usleep((useconds_t)control->slow_micros);
  if (faulty_sync()) {
    errno = EIO;
    return -1;
  }
  int result = real(fd);
  if (result == 0 && known) {
    __atomic_add_fetch(&control->syncs, 1, __ATOMIC_SEQ_CST);
    note('S', (long long)before.st_size, path, NULL);
  }
  return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }

int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int rename(const char *from, const char *to) {
  int result = real_rename(from, to);
  if (result == 0 && control && strncmp(from, directory, directory_length) == 0) note('R', 0, from, to);
  return result;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (!real_clock_gettime) real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real_clock_gettime(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME && control) now->tv_sec += control->clock_ms / 1000;
  return result;
}
