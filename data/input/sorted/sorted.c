/* sorted.c - a recording as a source that gives its rows in the order of time.
 *
 * Rows that follow each other in time often stand near each other in the file, before or behind: so
 * what is read around one is kept, as much as has been of use. A row without a line end, the last
 * of the file, gets one. */
#include "data/input/sorted/sorted.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum {
	WINDOW_MOST = 1 << 17,
	WINDOW_LEAST = 1 << 12,
	MARK = 1024 /* the place of each so many-th row is kept, to be gone to */
};

struct sorted {
	struct source *inner;
	struct spool *spool;
	struct row_index *index;
	uint64_t head, tail; /* bytes before the rows; where those behind them begin */
	uint64_t *marks;     /* where row i * MARK begins, in what is given */
	uint64_t size;       /* of all that is given */

	/* what is given next: row `row`, from its byte `done` on; behind the last row the tail */
	bool in_head;
	size_t row;
	uint64_t done, at; /* at: bytes given */

	char *window; /* bytes from `base` on of the file, `n` of them */
	uint64_t base;
	size_t n, cap, uses;
};

/* --- what is given ---------------------------------------------------------------------------- */

/* Whether this is the row at the end of the file that has no line end. */
static bool
is_open_ended(const struct sorted *s, struct row_span span)
{
	char last;
	uint64_t end = span.offset + span.n;

	return span.n > 0 && end == spool_size(s->spool) &&
	       (spool_read(s->spool, end - 1, &last, 1, NULL) != 1 ||
		   (last != '\n' && last != '\r'));
}

static uint64_t
row_bytes(const struct sorted *s, size_t row)
{
	struct row_span span = row_index_span(s->index, row);

	return span.n + is_open_ended(s, span);
}

static void
measure(struct sorted *s)
{
	size_t rows = row_index_rows(s->index);

	s->marks = memory_new(rows / MARK + 1, sizeof *s->marks);
	s->size = s->head;
	for (size_t i = 0; i < rows; i++) {
		if (i % MARK == 0)
			s->marks[i / MARK] = s->size;
		s->size += row_bytes(s, i);
	}
	s->size += spool_size(s->spool) - s->tail;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A window around n bytes at offset: behind them, or before, as rows have been going. */
static long
fill_window(struct sorted *s, uint64_t offset, size_t n, struct error *err)
{
	size_t cap = s->cap, size = n < WINDOW_LEAST ? WINDOW_LEAST : n;
	bool back = offset < s->base;
	uint64_t base = offset;
	long got;

	if (s->uses < 4 && cap > WINDOW_LEAST)
		cap /= 2;
	else if (s->uses >= 4 && cap < WINDOW_MOST)
		cap *= 2;
	s->cap = cap;
	size = size < cap ? cap : size < WINDOW_MOST ? size : WINDOW_MOST;
	if (back)
		base = offset + n > size ? offset + n - size : 0;
	if (base > offset || offset >= base + size) /* a row longer than a window */
		base = offset;
	got = spool_read(s->spool, base, s->window, size, err);
	s->base = base;
	s->n = got > 0 ? (size_t)got : 0;
	s->uses = 0;
	return got;
}

/* Copies at most n bytes of the file. 0: the file has become shorter. */
static long
copy_bytes(struct sorted *s, uint64_t offset, size_t n, char *to, struct error *err)
{
	size_t have;

	if (offset < s->base || offset >= s->base + s->n) {
		long got = fill_window(s, offset, n, err);

		if (got < 0)
			return -1;
		if (offset >= s->base + s->n)
			return 0;
	}
	s->uses++;
	have = (size_t)(s->base + s->n - offset);
	n = n < have ? n : have;
	memcpy(to, s->window + (offset - s->base), n);
	return (long)n;
}

/* The part of the file that is given next; false: there is nothing more. */
static bool
next_part(const struct sorted *s, struct row_span *part)
{
	size_t rows = row_index_rows(s->index);

	if (s->in_head)
		*part = (struct row_span){ 0, (size_t)s->head };
	else if (s->row < rows)
		*part = row_index_span(s->index, s->row);
	else
		*part = (struct row_span){ s->tail, (size_t)(spool_size(s->spool) - s->tail) };
	return s->in_head || s->row < rows || s->done < part->n;
}

static void
step_on(struct sorted *s)
{
	if (s->in_head)
		s->in_head = false;
	else
		s->row++;
	s->done = 0;
}

static long
sorted_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct sorted *s = source->state;
	size_t n = 0;
	struct row_span part;

	while (n < cap && next_part(s, &part)) {
		bool is_row = !s->in_head && s->row < row_index_rows(s->index);
		long got;

		if (s->done >= part.n) { /* but for a line end */
			if (is_row && s->done == part.n && is_open_ended(s, part))
				buf[n++] = '\n';
			step_on(s);
			continue;
		}
		got = copy_bytes(s, part.offset + s->done,
		    part.n - s->done < cap - n ? part.n - s->done : cap - n, buf + n, err);
		if (got < 0)
			return SOURCE_FAIL;
		if (got == 0)
			return error_set(err,
			    "%s: became shorter while it was read (the rows before it count)",
			    source->spec);
		n += (size_t)got;
		s->done += (uint64_t)got;
	}
	s->at += n;
	return (long)n;
}

static void
sorted_progress(const struct source *source, uint64_t *at, uint64_t *size)
{
	const struct sorted *s = source->state;

	*at = s->at;
	*size = s->size;
}

static int
sorted_seek(struct source *source, uint64_t offset, struct error *err)
{
	struct sorted *s = source->state;
	size_t rows = row_index_rows(s->index), mark = 0;
	uint64_t begins;

	(void)err;
	s->at = offset;
	s->in_head = offset < s->head;
	s->row = 0;
	s->done = offset;
	if (s->in_head)
		return 0;
	while ((mark + 1) * MARK < rows && s->marks[mark + 1] <= offset)
		mark++;
	s->row = mark * MARK;
	begins = rows > 0 ? s->marks[mark] : s->head;
	while (s->row < rows && offset - begins >= row_bytes(s, s->row))
		begins += row_bytes(s, s->row++);
	s->done = offset - begins;
	return 0;
}

/* --- its life --------------------------------------------------------------------------------- */

static void
sorted_close(struct source *source)
{
	struct sorted *s = source->state;

	spool_free(s->spool);
	row_index_free(s->index);
	source_free(s->inner);
	free(s->marks);
	free(s->window);
}

static const struct source_class class_sorted = {
	.scheme = "sorted:",
	.help = "a recording in the order of time",
	.size = sizeof(struct sorted),
	.read = sorted_read,
	.progress = sorted_progress,
	.seek = sorted_seek,
	.close = sorted_close,
};

struct source *
sorted_source(struct source *inner, struct spool *spool, struct row_index *index, uint64_t head,
    uint64_t tail)
{
	struct source *source = memory_zero(1, sizeof *source);
	struct sorted *s = memory_zero(1, sizeof *s);

	s->inner = inner;
	s->spool = spool;
	s->index = index;
	s->head = head;
	s->tail = tail;
	s->in_head = true;
	s->cap = WINDOW_LEAST;
	s->window = memory_new(WINDOW_MOST, 1);
	measure(s);
	source->class = &class_sorted;
	source->spec = memory_text(inner->spec, strlen(inner->spec));
	source->name = memory_text(inner->name, strlen(inner->name));
	source->state = s;
	source->loop = inner->loop;
	source->ready = inner->ready;
	source->ready_arg = inner->ready_arg;
	return source;
}
