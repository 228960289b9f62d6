/* tail.c - one file that grows. See tail.h. */
#include "data/sources/files/tail.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/files/packed.h"

static const int64_t tick = 20000000; /* ns: no file system of this host ticks slower */

int
tail_begin(struct tail *tail, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	*tail = (struct tail){ .fd = fd, .dev = st.st_dev, .ino = st.st_ino };
	return 0;
}

int
tail_begin_packed(struct tail *tail, int fd, const char *name)
{
	struct error err;

	if (tail_begin(tail, fd) < 0)
		return -1;
	tail->name = memory_text(name, strlen(name));
	tail->packed = packed_open(fd, tail->name, &err);
	if (tail->packed != NULL)
		return 0;
	free(tail->name);
	return -1;
}

static ssize_t
read_at(int fd, char *buf, size_t n, uint64_t offset)
{
	ssize_t got;

	do
		got = pread(fd, buf, n, (off_t)offset);
	while (got < 0 && errno == EINTR);
	return got;
}

static bool
stands(const struct tail *tail, const char *bytes, size_t n, uint64_t offset)
{
	char now[TAIL_PRINT];

	return n == 0 ||
	       (read_at(tail->fd, now, n, offset) == (ssize_t)n && memcmp(now, bytes, n) == 0);
}

/* Is what was read of it still there? */
static bool
goes_on(const struct tail *tail)
{
	return stands(tail, tail->first, tail->nfirst, 0) &&
	       stands(tail, tail->last, tail->nlast, tail->offset - tail->nlast);
}

/* Remembers the bytes that were read, as far as they tell the file from another. */
static void
remember(struct tail *tail, const char *bytes, size_t n)
{
	size_t keep = n < TAIL_PRINT ? TAIL_PRINT - n : 0;
	size_t more = TAIL_PRINT - tail->nfirst < n ? TAIL_PRINT - tail->nfirst : n;

	memcpy(tail->first + tail->nfirst, bytes, more);
	tail->nfirst += more;
	if (keep > tail->nlast)
		keep = tail->nlast;
	memmove(tail->last, tail->last + tail->nlast - keep, keep);
	if (n > TAIL_PRINT) {
		bytes += n - TAIL_PRINT;
		n = TAIL_PRINT;
	}
	memcpy(tail->last + keep, bytes, n);
	tail->nlast = keep + n;
}

static long
read_packed(struct tail *tail, char *buf, size_t cap)
{
	struct error err;
	long n = packed_read(tail->packed, buf, cap, &err);

	if (n < 0)
		return TAIL_DAMAGED;
	remember(tail, buf, (size_t)n);
	tail->offset += (uint64_t)n;
	return n;
}

static int64_t
changed(const struct stat *st)
{
	return (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
}

/* Nobody touched it since there was nothing: most looks at a rotated file are such. */
static bool
is_idle(const struct tail *tail, const struct stat *st)
{
	return (uint64_t)st->st_size == tail->offset && changed(st) == tail->idle;
}

/* Times of files tick slowly: what was changed just now may be changed again, at the same time. */
static int64_t
idle_since(const struct stat *st)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec - changed(st) > tick ? changed(st)
										   : 0;
}

long
tail_read(struct tail *tail, char *buf, size_t cap)
{
	struct stat st;
	ssize_t n;

	if (tail->packed != NULL)
		return read_packed(tail, buf, cap);
	if (fstat(tail->fd, &st) < 0)
		return TAIL_FAILED;
	if ((uint64_t)st.st_size < tail->offset)
		return TAIL_CUT;
	if (is_idle(tail, &st))
		return TAIL_NOTHING;
	n = read_at(tail->fd, buf, cap, tail->offset);
	if (n < 0)
		return TAIL_FAILED;
	/* looked at behind the read: what was read may be of a file that was filled again */
	if (!goes_on(tail))
		return TAIL_CUT;
	remember(tail, buf, (size_t)n);
	tail->offset += (uint64_t)n;
	if (n == 0)
		tail->idle = idle_since(&st);
	return n;
}

void
tail_restart(struct tail *tail)
{
	tail->offset = 0;
	tail->idle = 0;
	tail->nfirst = tail->nlast = 0;
}

/* A packed file is unpacked up to the offset. */
static bool
unpack_to(struct tail *tail, uint64_t offset)
{
	char buf[1 << 14];

	while (tail->offset < offset) {
		uint64_t left = offset - tail->offset;

		if (read_packed(tail, buf, left < sizeof buf ? (size_t)left : sizeof buf) <= 0)
			return false;
	}
	return true;
}

bool
tail_go_to(struct tail *tail, uint64_t offset, const char *first, size_t nfirst, const char *last,
    size_t nlast)
{
	struct stat st;

	nfirst = nfirst > offset ? (size_t)offset : nfirst;
	if (tail->packed != NULL)
		return unpack_to(tail, offset) && nfirst == tail->nfirst && nlast <= tail->nlast &&
		       memcmp(tail->first, first, nfirst) == 0 &&
		       memcmp(tail->last + tail->nlast - nlast, last, nlast) == 0;
	if (fstat(tail->fd, &st) < 0 || (uint64_t)st.st_size < offset)
		return false;
	tail->offset = offset;
	tail->nfirst = nfirst;
	tail->nlast = nlast;
	memcpy(tail->first, first, nfirst);
	memcpy(tail->last, last, nlast);
	return goes_on(tail);
}

size_t
tail_before(const struct tail *tail, uint64_t offset, char last[TAIL_PRINT])
{
	size_t n = offset < TAIL_PRINT ? (size_t)offset : TAIL_PRINT;

	if (offset == tail->offset) {
		memcpy(last, tail->last, tail->nlast);
		return tail->nlast;
	}
	if (tail->packed != NULL || offset > tail->offset ||
	    read_at(tail->fd, last, n, offset - n) != (ssize_t)n)
		return 0;
	return n;
}

void
tail_end(struct tail *tail)
{
	if (tail->packed != NULL)
		packed_close(tail->packed);
	free(tail->name);
	tail->packed = NULL;
	tail->name = NULL;
	close(tail->fd);
	tail->fd = -1;
}
