/* spool.c - the bytes of a source in a file, so that any of them can be read at any time.
 *
 * A recording is such a file. What is packed, or written in another encoding, is copied once: going
 * back in it would unpack it from the start for each row. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/input/sorted/sorted.h"
#include "data/sources/files/file.h"

enum { SLICE = 1 << 18 };

struct spool {
	struct source *source;
	int fd;
	int64_t start; /* where in it the bytes begin */
	FILE *copy;    /* NULL: fd is the source's own */
	uint64_t size;
	bool filled;
	char *buf; /* SLICE bytes, while it is filled */
};

struct spool *
spool_new(struct source *source, struct error *err)
{
	struct spool *s = memory_zero(1, sizeof *s);
	const struct file *file = source->state;

	s->source = source;
	if (source->class->read == file_read && file->pipe == NULL && file->packed == NULL) {
		s->fd = file->fd;
		s->start = file->start;
		s->size =
		    file->size > (uint64_t)file->start ? file->size - (uint64_t)file->start : 0;
		s->filled = true;
		return s;
	}
	if (source_seek(source, 0, err) < 0) {
		spool_free(s);
		return NULL;
	}
	s->copy = tmpfile();
	if (s->copy == NULL) {
		error_set(err, "%s: no room for a sorted copy in /tmp (%s)", source->spec,
		    strerror(errno));
		spool_free(s);
		return NULL;
	}
	s->fd = fileno(s->copy);
	s->buf = memory_new(SLICE, 1);
	return s;
}

void
spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	if (s->copy != NULL)
		fclose(s->copy);
	free(s->buf);
	free(s);
}

static int
put(struct spool *s, size_t n, struct error *err)
{
	for (size_t done = 0; done < n;) {
		ssize_t part = pwrite(s->fd, s->buf + done, n - done, (off_t)s->size);

		if (part < 0 && errno == EINTR)
			continue;
		if (part < 0)
			return error_set(err, "%s: no room for a sorted copy in /tmp (%s)",
			    s->source->spec, strerror(errno));
		done += (size_t)part;
		s->size += (uint64_t)part;
	}
	return 0;
}

enum spool_state
spool_fill(struct spool *s, uint64_t most, struct error *err)
{
	long n;

	if (s->size > most)
		return SPOOL_LARGE;
	if (s->filled)
		return SPOOL_DONE;
	n = s->source->class->read(s->source, s->buf, SLICE, err);
	if (n > 0)
		return put(s, (size_t)n, err) < 0 ? SPOOL_FAIL : SPOOL_MORE;
	if (n != SOURCE_END)
		return SPOOL_FAIL;
	free(s->buf);
	s->buf = NULL;
	s->filled = true;
	return SPOOL_DONE;
}

long
spool_read(const struct spool *s, uint64_t offset, char *buf, size_t n, struct error *err)
{
	ssize_t got;

	do
		got = pread(s->fd, buf, n, (off_t)(s->start + (int64_t)offset));
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set(
		    err, "%s: %s (the rows before it count)", s->source->spec, strerror(errno));
	return got;
}

uint64_t
spool_size(const struct spool *s)
{
	return s->size;
}
