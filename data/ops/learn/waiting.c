/* waiting.c - a ring of rows whose label is to come. Of those that wait by time nobody knows how
 * many there will be: the ring grows, up to a bound. */
#include "data/ops/learn/waiting.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/base/error.h"

enum { FIRST = 64, TIME = 1 /* numbers before the owner's: the row's time */ };

static double *
row_at(const struct waiting *w, uint64_t i)
{
	return w->rows + (size_t)(i % (uint64_t)w->cap) * w->size;
}

void
waiting_begin(struct waiting *w, struct span by, size_t size)
{
	*w = (struct waiting){ .by = by, .size = size + TIME };
	w->cap = by.unit == SPAN_ROWS ? (int)by.n + 1 : by.unit == SPAN_TIME ? FIRST : 0;
	if (w->cap > 0)
		w->rows = memory_zero((size_t)w->cap * w->size, sizeof *w->rows);
}

void
waiting_done(struct waiting *w)
{
	free(w->rows);
}

size_t
waiting_held(const struct waiting *w)
{
	return (size_t)w->cap * w->size * sizeof *w->rows;
}

/* Doubles the room, up to a bound. */
static void
grow(struct waiting *w)
{
	int cap = w->cap * 2;
	double *to;

	if (w->end - w->first < (uint64_t)w->cap || cap > WAITING_MOST)
		return;
	to = memory_zero((size_t)cap * w->size, sizeof *to);
	for (uint64_t i = w->first; i < w->end; i++)
		memcpy(
		    to + (size_t)(i % (uint64_t)cap) * w->size, row_at(w, i), w->size * sizeof *to);
	free(w->rows);
	w->rows = to;
	w->cap = cap;
}

double *
waiting_add(struct waiting *w, int64_t time)
{
	double *row;

	grow(w);
	if (w->end - w->first == (uint64_t)w->cap)
		w->first++;
	row = row_at(w, w->end++);
	memcpy(row, &time, sizeof time);
	return row + TIME;
}

const double *
waiting_due(const struct waiting *w, int64_t now)
{
	const double *row;
	int64_t then;

	if (w->first == w->end)
		return NULL;
	row = row_at(w, w->first);
	if (w->by.unit != SPAN_TIME)
		return w->end - w->first >= (uint64_t)w->by.n ? row + TIME : NULL;
	memcpy(&then, row, sizeof then);
	return elapsed_ns(then, now) >= (double)w->by.n ? row + TIME : NULL;
}

void
waiting_next(struct waiting *w)
{
	w->first++;
}

double *
waiting_row(const struct waiting *w, uint64_t i)
{
	return row_at(w, i) + TIME;
}

void
waiting_resize(struct waiting *w, size_t stay, size_t size)
{
	size_t before = w->size;
	double *old = w->rows;

	w->size = size + TIME;
	w->rows = memory_zero((size_t)w->cap * w->size, sizeof *w->rows);
	for (uint64_t i = w->first; i < w->end; i++)
		memcpy(row_at(w, i), old + (size_t)(i % (uint64_t)w->cap) * before,
		    (stay + TIME) * sizeof *old);
	free(old);
}

void
waiting_save(const struct waiting *w, struct buffer *out)
{
	buffer_u64(out, w->first);
	buffer_u64(out, w->end);
	buffer_u32(out, (uint32_t)w->cap);
	for (uint64_t i = w->first; i < w->end; i++)
		buffer_put(out, row_at(w, i), w->size * sizeof *w->rows);
}

int
waiting_load(struct waiting *w, size_t size, struct reader *r)
{
	uint32_t cap;

	if (reader_u64(r, &w->first) < 0 || reader_u64(r, &w->end) < 0 ||
	    reader_below(r, WAITING_MOST, &cap) < 0 || w->first > w->end ||
	    w->end - w->first > cap || (w->by.unit != SPAN_TIME && (int)cap != w->cap) ||
	    (w->cap > 0) != (cap > 0))
		return -1;
	w->size = size + TIME;
	if (cap == 0)
		return 0;
	if ((w->end - w->first) * w->size * sizeof(double) > (uint64_t)(r->end - r->p))
		return -1;
	free(w->rows);
	w->cap = (int)cap;
	w->rows = memory_zero((size_t)cap * w->size, sizeof *w->rows);
	for (uint64_t i = w->first; i < w->end; i++)
		if (reader_get(r, row_at(w, i), w->size * sizeof *w->rows) < 0)
			return -1;
	return 0;
}
