/* A disk that fails, laid between a program and libc (LD_PRELOAD). Only files below DISK_FOLDER are watched; every call
 * that writes or, for EIO, reads counts.
 *
 * DISK_FAIL_AT=n   the n-th call fails with the error DISK_ERROR (28: no space left, 5: input/output error)
 * DISK_STAYS=1     and so does every later one
 * DISK_STUCK=name  the file of this name is not removed
 * DISK_CUT_AT=n    power cut at the n-th call that writes: what was not synced is taken back, and the program ends.
 *                  DISK_SEED chooses: all of it, some of it, or nothing. Where the program ends before, it is cut
 *                  then.
 * DISK_LIES=1      nothing that is synced is kept: what the tests must notice
 * DISK_FIRED=path  is made when it happened
 * DISK_SCRATCH     a folder of the same file system, to keep what is renamed over or deleted until that is synced
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
#include <sys/stat.h>
#include <unistd.h>

enum kind { WRITTEN, MADE, RENAMED, REMOVED };

/* Something done that the disk has not promised to remember yet. */
struct pending {
    enum kind kind;
    int fd;
    ino_t inode;
    off_t offset, old_size;
    size_t length, old_length;
    char *old, *from, *to, *kept;
    struct pending *before;
};

static struct pending *latest;
static long calls, cut_calls;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static int watched_path(const char *path) {
    const char *folder = getenv("DISK_FOLDER");
    size_t length = path ? strlen(path) : 0;
    if (!folder || strncmp(path, folder, strlen(folder)) != 0) return 0;
    /* Neither outlasts the program, and neither is synced. */
    return !(length > 4 && (!strcmp(path + length - 4, "-shm") || !strcmp(path + length - 5, ".lock")));
}

static int watched(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return watched_path(path);
}

static int watched_fd(int fd) {
    char path[4096];
    return watched(fd, path, sizeof path);
}

static void fired(void) {
    const char *path = getenv("DISK_FIRED");
    int fd = path ? REAL(open)(path, O_CREAT | O_WRONLY, 0600) : -1;
    if (fd >= 0) REAL(close)(fd);
}

static uint64_t random_state;
static int chance(void) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (random_state >> 40) & 1;
}

static char *scratch(void) {
    static int count;
    char *path;
    if (asprintf(&path, "%s/%d-%d", getenv("DISK_SCRATCH"), getpid(), count++) < 0) abort();
    return path;
}

static void take_back(void) {
    long seed = number("DISK_SEED");
    random_state = (uint64_t)seed * 2654435761u + 1;
    for (struct pending *one = latest; one && seed % 3 != 2; one = one->before) {
        if (one->kind == WRITTEN) {
            if (seed % 3 == 1 && chance()) continue;
            if (one->old_length) REAL(pwrite)(one->fd, one->old, one->old_length, one->offset);
            if (seed % 3 == 0) {
                if (REAL(ftruncate)(one->fd, one->old_size)) _exit(99);
            } else if (one->length > one->old_length) {
                /* The file has its new length, and nothing in it. */
                size_t rest = one->length - one->old_length;
                char *nothing = calloc(1, rest);
                REAL(pwrite)(one->fd, nothing, rest, one->offset + (off_t)one->old_length);
            }
        } else if (seed % 3 == 0) {
            /* Names come back in order, or all stay: a journal keeps their order. */
            if (one->kind == MADE) REAL(unlink)(one->to);
            if (one->kind == RENAMED) REAL(rename)(one->to, one->from);
            if (one->kept) REAL(rename)(one->kept, one->to);
        }
    }
}

static void cut(void) {
    fired();
    take_back();
    _exit(137);
}

/* The power fails just after the program ended well, too. */
__attribute__((destructor)) static void end(void) {
    if (number("DISK_CUT_AT")) take_back();
}

/* A call that writes (or reads): whether it is to fail. Under the lock. */
static int fails(int writes) {
    long at = number("DISK_FAIL_AT"), cut_at = number("DISK_CUT_AT");
    if (writes && cut_at && ++cut_calls == cut_at) cut();
    if (!at || (!writes && number("DISK_ERROR") != EIO)) return 0;
    calls++;
    if (calls != at && !(calls > at && number("DISK_STAYS"))) return 0;
    fired();
    errno = (int)number("DISK_ERROR");
    return 1;
}

static struct pending *add(enum kind kind) {
    struct pending *one = calloc(1, sizeof *one);
    one->kind = kind;
    one->before = latest;
    return latest = one;
}

static void remember(int fd, off_t offset, size_t length) {
    struct stat about;
    if (!number("DISK_CUT_AT") || fstat(fd, &about)) return;
    struct pending *one = add(WRITTEN);
    /* Never closed: closing would let go of the database's locks. */
    one->fd = dup(fd);
    one->inode = about.st_ino;
    one->offset = offset;
    one->length = length;
    one->old_size = about.st_size;
    if (offset < about.st_size) {
        one->old = malloc(length);
        ssize_t there = REAL(pread)(fd, one->old, length, offset);
        one->old_length = there > 0 ? (size_t)there : 0;
    }
}

/* Forgets what is synced: a file's writes, or for a folder all names. */
static void promised(int fd) {
    struct stat about;
    if (fstat(fd, &about)) return;
    for (struct pending **at = &latest; *at;) {
        struct pending *one = *at;
        int synced = S_ISDIR(about.st_mode) ? one->kind != WRITTEN
                                            : one->kind == WRITTEN && one->inode == about.st_ino;
        if (!synced) {
            at = &one->before;
            continue;
        }
        if (one->kept) REAL(unlink)(one->kept);
        *at = one->before;
    }
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    if (!watched_fd(fd)) return REAL(pwrite)(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (!fails(1)) {
        remember(fd, offset, length);
        done = REAL(pwrite)(fd, bytes, length, offset);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return pwrite(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
    if (!watched_fd(fd)) return REAL(write)(fd, bytes, length);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (!fails(1)) {
        remember(fd, lseek(fd, 0, SEEK_CUR), length);
        done = REAL(write)(fd, bytes, length);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pread(int fd, void *bytes, size_t length, off_t offset) {
    if (!watched_fd(fd)) return REAL(pread)(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t done = fails(0) ? -1 : REAL(pread)(fd, bytes, length, offset);
    pthread_mutex_unlock(&lock);
    return done;
}
ssize_t pread64(int fd, void *bytes, size_t length, off_t offset) { return pread(fd, bytes, length, offset); }

int ftruncate(int fd, off_t size) {
    if (!watched_fd(fd)) return REAL(ftruncate)(fd, size);
    pthread_mutex_lock(&lock);
    int done = -1;
    if (!fails(1)) {
        struct stat about;
        if (!fstat(fd, &about) && size < about.st_size) remember(fd, size, (size_t)(about.st_size - size));
        done = REAL(ftruncate)(fd, size);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

static int sync_with(int fd, int (*real)(int)) {
    char path[4096];
    const char *folder = getenv("DISK_FOLDER");
    int is_folder = !watched(fd, path, sizeof path) && folder && !strncmp(path, folder, strlen(path));
    if (!is_folder && !watched_path(path)) return real(fd);
    pthread_mutex_lock(&lock);
    int done = -1;
    if (!fails(1)) {
        done = real(fd);
        if (!done && !number("DISK_LIES")) promised(fd);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int fsync(int fd) { return sync_with(fd, REAL(fsync)); }
int fdatasync(int fd) { return sync_with(fd, REAL(fdatasync)); }

static int open_with(const char *path, int flags, mode_t mode) {
    int makes = (flags & O_CREAT) && watched_path(path) && access(path, F_OK);
    if (!makes) return REAL(open)(path, flags, mode);
    pthread_mutex_lock(&lock);
    int done = -1;
    if (!fails(1)) {
        done = REAL(open)(path, flags, mode);
        if (done >= 0) add(MADE)->to = strdup(path);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
#define OPENS(name)                                         \
    int name(const char *path, int flags, ...) {            \
        va_list rest;                                       \
        va_start(rest, flags);                              \
        mode_t mode = (mode_t)va_arg(rest, int);            \
        va_end(rest);                                       \
        return open_with(path, flags, mode);                \
    }
OPENS(open)
OPENS(open64)

int unlink(const char *path) {
    if (!watched_path(path) || access(path, F_OK)) return REAL(unlink)(path);
    const char *stuck = getenv("DISK_STUCK"), *name = strrchr(path, '/');
    if (stuck && name && !strcmp(name + 1, stuck)) {
        fired();
        errno = EIO;
        return -1;
    }
    pthread_mutex_lock(&lock);
    int done = -1;
    if (!fails(1)) {
        if (number("DISK_CUT_AT")) {
            struct pending *one = add(REMOVED);
            one->to = strdup(path);
            one->kept = scratch();
            if (link(path, one->kept)) abort();
        }
        done = REAL(unlink)(path);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

int rename(const char *from, const char *to) {
    if (!watched_path(to)) return REAL(rename)(from, to);
    pthread_mutex_lock(&lock);
    int done = -1;
    if (!fails(1)) {
        if (number("DISK_CUT_AT")) {
            struct pending *one = add(RENAMED);
            one->from = strdup(from);
            one->to = strdup(to);
            one->kept = access(to, F_OK) ? NULL : scratch();
            if (one->kept && link(to, one->kept)) abort();
        }
        done = REAL(rename)(from, to);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

/* Copies go through read and write. */
ssize_t copy_file_range(int in, off_t *in_at, int out, off_t *out_at, size_t length, unsigned flags) {
    (void)in, (void)in_at, (void)out, (void)out_at, (void)length, (void)flags;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int out, int in, off_t *offset, size_t count) {
    (void)out, (void)in, (void)offset, (void)count;
    errno = ENOSYS;
    return -1;
}
