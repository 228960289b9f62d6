/* tail.c - one file that grows. See tail.h. */
#include "data/sources/files/tail.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int
tail_begin(struct tail *tail, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	*tail = (struct tail){ .fd = fd, .dev = st.st_dev, .ino = st.st_ino };
	return 0;
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

long
tail_read(struct tail *tail, char *buf, size_t cap)
{
	struct stat st;
	ssize_t n;

	if (fstat(tail->fd, &st) < 0)
		return TAIL_FAILED;
	if ((uint64_t)st.st_size < tail->offset)
		return TAIL_CUT;
	n = read_at(tail->fd, buf, cap, tail->offset);
	if (n < 0)
		return TAIL_FAILED;
	/* looked at behind the read: what was read may be of a file that was filled again */
	if (!goes_on(tail))
		return TAIL_CUT;
	remember(tail, buf, (size_t)n);
	tail->offset += (uint64_t)n;
	return n;
}

void
tail_restart(struct tail *tail)
{
	tail->offset = 0;
	tail->nfirst = tail->nlast = 0;
}

void
tail_end(struct tail *tail)
{
	close(tail->fd);
	tail->fd = -1;
}
