/* sorting.c - finds where the rows of a recording stand and in which order they come.
 *
 * The whole recording is read once by its own format, of which nothing but the time is kept and the
 * places behind the rows (position.h). Rows between which reading cannot begin stay together, at
 * the time of the first. */
#include "data/input/sorted/sorting.h"

#include <stdlib.h>
#include <time.h>

#include "data/base/error.h"
#include "data/base/times/times.h"
#include "data/input/sorted/sorted.h"
#include "data/rows/decoder.h"

enum { READ = 1 << 16, SORT_STEPS = 1 << 11 };

enum stage { STAGE_COPY, STAGE_READ, STAGE_SORT };

struct sorting {
	struct source *source;
	struct spool *spool;
	struct format format;
	struct decoder *decoder;
	struct row_index *index;
	enum stage stage;
	uint64_t head, most;
	char *bytes; /* those last read, n of them, that begin at base */
	uint64_t base;
	size_t n;

	/* the rows that stay together, up to now */
	bool open;
	uint64_t from;
	int64_t time;
	uint64_t rows;
	bool large;
};

struct sorting *
sorting_new(struct source *source, const struct format *format, const struct row_map *map,
    const struct position *body, int64_t stamp, uint64_t most, struct error *err)
{
	struct spool *spool = spool_new(source, err);
	struct sorting *s;
	bool *used;

	if (spool == NULL)
		return NULL;
	s = memory_zero(1, sizeof *s);
	s->source = source;
	s->spool = spool;
	s->most = most;
	s->head = s->base = s->from = body->offset;
	s->index = row_index_new();
	s->bytes = memory_new(READ, 1);
	s->decoder = decoder_new(map, format->class->named, stamp);
	used = memory_zero((size_t)map->schema.n + 1, sizeof *used);
	used[map->schema.time] = true;
	decoder_use(s->decoder, used);
	free(used);
	format_open_at(&s->format, format->class, format->dialect, decoder_sink(s->decoder), body);
	decoder_resume(s->decoder, body, 0, stamp);
	return s;
}

void
sorting_free(struct sorting *s)
{
	if (s == NULL)
		return;
	format_close(&s->format);
	decoder_free(s->decoder);
	row_index_free(s->index);
	spool_free(s->spool);
	free(s->bytes);
	free(s);
}

/* --- the rows --------------------------------------------------------------------------------- */

/* Where the next row begins: the second half of a line end belongs to the one before. */
static uint64_t
behind(const struct sorting *s, const struct position *after)
{
	uint64_t at = after->offset;
	char next = 0;

	if ((after->flags & POSITION_CR) == 0)
		return at;
	if (at >= s->base && at < s->base + s->n)
		next = s->bytes[at - s->base];
	else if (spool_read(s->spool, at, &next, 1, NULL) != 1)
		return at;
	return at + (next == '\n');
}

/* Can a fresh format go on there, whatever it read before? */
static bool
is_free(const struct position *after)
{
	return after->passed == 0 && (after->flags & POSITION_SKIP) == 0 &&
	       after->flags < POSITION_OWN;
}

static void
take_row(struct sorting *s, int64_t time, const struct position *after)
{
	uint64_t to;

	if (!s->open)
		s->time = time;
	s->open = true;
	s->rows++;
	if (!is_free(after))
		return;
	to = behind(s, after);
	s->large = s->large ||
		   !row_index_add(s->index, s->time, (struct row_span){ s->from, to - s->from });
	s->from = to;
	s->open = false;
}

static void
take_blocks(struct sorting *s, bool partial)
{
	const struct block *b;

	while ((b = decoder_block(s->decoder, partial)) != NULL) {
		for (int i = 0; i < b->n; i++)
			take_row(s, b->time[i], &b->after[i]);
		decoder_drop(s->decoder);
	}
}

/* --- the stages ------------------------------------------------------------------------------- */

/* All is read: rows that still hang together go up to the end. */
static enum sorting_state
finish_reading(struct sorting *s)
{
	s->format.class->finish(&s->format);
	decoder_finish(s->decoder);
	take_blocks(s, true);
	if (s->open)
		s->large =
		    s->large || !row_index_add(s->index, s->time,
				    (struct row_span){ s->from, spool_size(s->spool) - s->from });
	s->from = s->open ? spool_size(s->spool) : s->from;
	if (s->large)
		return SORTING_LARGE;
	if (row_index_rows(s->index) <= 1 && s->rows > 1)
		return SORTING_BOUND;
	s->stage = STAGE_SORT;
	return row_index_in_order(s->index) ? SORTING_IN_ORDER : SORTING_MORE;
}

static enum sorting_state
read_some(struct sorting *s, struct error *err)
{
	long got;

	s->base += s->n;
	s->n = 0;
	got = spool_read(s->spool, s->base, s->bytes, READ, err);
	if (got < 0)
		return SORTING_FAIL;
	if (got == 0)
		return finish_reading(s);
	s->n = (size_t)got;
	s->format.class->feed(&s->format, s->bytes, s->n);
	take_blocks(s, false);
	return s->large ? SORTING_LARGE : SORTING_MORE;
}

static enum sorting_state
step(struct sorting *s, struct error *err)
{
	switch (s->stage) {
	case STAGE_COPY:
		switch (spool_fill(s->spool, s->most, err)) {
		case SPOOL_MORE:
			return SORTING_MORE;
		case SPOOL_DONE:
			s->stage = STAGE_READ;
			return SORTING_MORE;
		case SPOOL_LARGE:
			return SORTING_LARGE;
		case SPOOL_FAIL:
			return SORTING_FAIL;
		}
		break;
	case STAGE_READ:
		return read_some(s, err);
	case STAGE_SORT:
		return row_index_sort(s->index, SORT_STEPS) ? SORTING_DONE : SORTING_MORE;
	}
	return SORTING_FAIL;
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * TIME_SECOND + t.tv_nsec;
}

enum sorting_state
sorting_step(struct sorting *s, int64_t budget, struct error *err)
{
	int64_t until = now() + budget;
	enum sorting_state state;

	do
		state = step(s, err);
	while (state == SORTING_MORE && now() < until);
	return state;
}

struct source *
sorting_source(struct sorting *s)
{
	struct source *source = sorted_source(s->source, s->spool, s->index, s->head, s->from);

	s->spool = NULL;
	s->index = NULL;
	return source;
}
