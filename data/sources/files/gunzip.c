/* gunzip.c - the bytes inside a .gz file, verified by its check sums.
 *
 * A file is one member or more, one behind the other (RFC 1952); each ends with the CRC-32 and the
 * length of what it holds, which zlib verifies. Zeros may fill the rest, as on tapes; what is
 * anything else is told: rows may stand in it that nobody reads. */
#include "data/sources/files/gunzip.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "data/base/error.h"

enum { READ = 1 << 16, GZIP_WINDOW = 15 + 16 }; /* 16: only gzip's own frame is taken */

struct gunzip {
	z_stream stream;
	int fd;
	uint64_t read; /* bytes of the file */
	bool end;      /* the file has no more */
	bool between;  /* a member ended; none has begun */
	unsigned char in[READ];
};

struct gunzip *
gunzip_new(int fd)
{
	struct gunzip *g = memory_zero(1, sizeof *g);

	g->fd = fd;
	if (inflateInit2(&g->stream, GZIP_WINDOW) == Z_OK)
		return g;
	free(g);
	return NULL;
}

void
gunzip_free(struct gunzip *g)
{
	inflateEnd(&g->stream);
	free(g);
}

uint64_t
gunzip_at(const struct gunzip *g)
{
	return g->read - g->stream.avail_in;
}

/* Keeps what is not used up, and reads more behind it. False: it cannot be read. */
static bool
fill(struct gunzip *g)
{
	ssize_t n;

	if (g->stream.avail_in > 0)
		memmove(g->in, g->stream.next_in, g->stream.avail_in);
	g->stream.next_in = g->in;
	do
		n = read(g->fd, g->in + g->stream.avail_in, READ - g->stream.avail_in);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return false;
	g->end = n == 0;
	g->stream.avail_in += (unsigned)n;
	g->read += (uint64_t)n;
	return true;
}

static void
skip_zeros(struct gunzip *g)
{
	while (g->stream.avail_in > 0 && *g->stream.next_in == 0) {
		g->stream.next_in++;
		g->stream.avail_in--;
	}
}

/* Behind a member: the next one is begun. 1: it was; 0: the file is over; -1: it is none. */
static int
next_member(struct gunzip *g, const char **what)
{
	skip_zeros(g);
	while (g->stream.avail_in < 2 && !g->end) {
		if (!fill(g)) {
			*what = strerror(errno);
			return -1;
		}
		skip_zeros(g);
	}
	if (g->stream.avail_in == 0)
		return 0;
	if (g->stream.avail_in < 2 || g->stream.next_in[0] != 0x1f ||
	    g->stream.next_in[1] != 0x8b) {
		*what = "something that is not packed follows what is";
		return -1;
	}
	inflateReset(&g->stream);
	g->between = false;
	return 1;
}

/* One step of unpacking. 0, or -1 with *what. */
static int
inflate_some(struct gunzip *g, const char **what)
{
	if (g->stream.avail_in == 0 && !g->end && !fill(g)) {
		*what = strerror(errno);
		return -1;
	}
	switch (inflate(&g->stream, Z_NO_FLUSH)) {
	case Z_STREAM_END:
		g->between = true;
		return 0;
	case Z_OK:
		return 0;
	case Z_BUF_ERROR: /* nothing could be done: fine while there is more to read */
		if (!g->end)
			return 0;
		*what = "the end is missing";
		return -1;
	default:
		*what = g->stream.msg != NULL ? g->stream.msg : "no such packing";
		return -1;
	}
}

long
gunzip_read(struct gunzip *g, char *buf, size_t cap, const char **what)
{
	g->stream.next_out = (unsigned char *)buf;
	g->stream.avail_out = cap < READ ? (unsigned)cap : READ;
	do {
		int more = g->between ? next_member(g, what) : 1;

		if (more <= 0)
			return more;
		if (inflate_some(g, what) < 0)
			break;
	} while (g->stream.next_out == (unsigned char *)buf);
	/* What came before the damage is given first; the damage is met again at the next call. */
	if (g->stream.next_out != (unsigned char *)buf)
		return (long)(g->stream.next_out - (unsigned char *)buf);
	return -1;
}
