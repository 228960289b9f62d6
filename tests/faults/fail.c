/* fail.c - preloaded into a program: its n-th call of a kind fails, as on a full disk or without
 * memory.
 *
 * FAIL_CALL: write, sync, read, malloc, rename or open; FAIL_AT: which, from 1; FAIL_HIT: a file
 * that is made when it came to that. FAIL_FROM: all from there on. FAIL_SLOW: none fails, and each
 * write and sync from FAIL_AT on takes so many ms, as on a disk far away. Reading is failed of
 * files alone, so that libraries can still be loaded. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static atomic_long calls;

static void
tell_hit(void)
{
	const char *path = getenv("FAIL_HIT");
	long fd = path != NULL ? syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0600) : -1;

	if (fd >= 0)
		syscall(SYS_close, fd);
}

static bool
fails(const char *kind)
{
	const char *call = getenv("FAIL_CALL"), *at = getenv("FAIL_AT");
	long n;

	if (call == NULL || at == NULL || strcmp(call, kind) != 0)
		return false;
	n = atomic_fetch_add(&calls, 1) + 1;
	if (n != atol(at) && !(getenv("FAIL_FROM") != NULL && n > atol(at)))
		return false;
	tell_hit();
	return true;
}

static bool
is_file(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static ssize_t
failed(int code)
{
	errno = code;
	return -1;
}

static void
take_time(void)
{
	const char *slow = getenv("FAIL_SLOW"), *at = getenv("FAIL_AT");

	if (slow != NULL && (at == NULL || atomic_fetch_add(&calls, 1) + 1 >= atol(at)))
		usleep((useconds_t)atoi(slow) * 1000);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	return is_file(fd) && fails("write") ? failed(ENOSPC) : syscall(SYS_write, fd, p, n);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	take_time();
	return fails("write") ? failed(ENOSPC) : syscall(SYS_pwrite64, fd, p, n, at);
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	return pwrite(fd, p, n, at);
}

ssize_t
read(int fd, void *p, size_t n)
{
	return is_file(fd) && fails("read") ? failed(EIO) : syscall(SYS_read, fd, p, n);
}

ssize_t
pread(int fd, void *p, size_t n, off_t at)
{
	return fails("read") ? failed(EIO) : syscall(SYS_pread64, fd, p, n, at);
}

ssize_t
pread64(int fd, void *p, size_t n, off64_t at)
{
	return pread(fd, p, n, at);
}

int
fsync(int fd)
{
	take_time();
	return fails("sync") ? (int)failed(EIO) : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	take_time();
	return fails("sync") ? (int)failed(EIO) : (int)syscall(SYS_fdatasync, fd);
}

int
rename(const char *from, const char *to)
{
	return fails("rename") ? (int)failed(EACCES) : (int)syscall(SYS_rename, from, to);
}

int
ftruncate(int fd, off_t n)
{
	return fails("write") ? (int)failed(EIO) : (int)syscall(SYS_ftruncate, fd, n);
}

int
ftruncate64(int fd, off64_t n)
{
	return ftruncate(fd, n);
}

void *
malloc(size_t n)
{
	return fails("malloc") ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails("malloc") ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails("malloc") ? NULL : __libc_realloc(p, n);
}
