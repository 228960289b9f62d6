/* row_index.c - where the rows of a recording stand, with their times.
 *
 * A heap sorts in place and in steps of a row each: there is no room for a second index beside this
 * one. The offset tells rows of one time apart, so that the order is one alone. */
#include "data/input/sorted/row_index.h"

#include <stdlib.h>

#include "data/base/error.h"

enum { OFFSET_BITS = 40, LENGTH_BITS = 24 };

struct entry {
	int64_t time;
	uint64_t place; /* offset, and the length in the low bits */
};

struct row_index {
	struct entry *rows;
	size_t n, cap;
	bool rises, falls;   /* times, so far: they never go back, never ahead */
	size_t heaped, left; /* rows not yet under the heap's order, and in it, not yet taken out */
	bool begun, done;
};

struct row_index *
row_index_new(void)
{
	struct row_index *x = memory_zero(1, sizeof *x);

	x->rises = x->falls = true;
	return x;
}

void
row_index_free(struct row_index *x)
{
	if (x == NULL)
		return;
	free(x->rows);
	free(x);
}

bool
row_index_add(struct row_index *x, int64_t time, struct row_span span)
{
	if (span.offset >> OFFSET_BITS != 0 || span.n >> LENGTH_BITS != 0)
		return false;
	if (x->n == x->cap) {
		x->cap = x->cap > 0 ? x->cap + x->cap / 4 + 1 : 1024;
		x->rows = memory_grow(x->rows, x->cap, sizeof *x->rows);
	}
	if (x->n > 0) {
		x->rises = x->rises && time >= x->rows[x->n - 1].time;
		x->falls = x->falls && time <= x->rows[x->n - 1].time;
	}
	x->rows[x->n++] = (struct entry){ time, span.offset << LENGTH_BITS | span.n };
	return true;
}

size_t
row_index_rows(const struct row_index *x)
{
	return x->n;
}

bool
row_index_in_order(const struct row_index *x)
{
	return x->rises;
}

struct row_span
row_index_span(const struct row_index *x, size_t i)
{
	uint64_t place = x->rows[i].place;

	return (struct row_span){ place >> LENGTH_BITS,
		(size_t)(place & ((UINT64_C(1) << LENGTH_BITS) - 1)) };
}

/* --- sorting ---------------------------------------------------------------------------------- */

static void
swap(struct entry *a, struct entry *b)
{
	struct entry kept = *a;

	*a = *b;
	*b = kept;
}

static void
turn_around(struct entry *from, struct entry *to)
{
	for (; from < to; from++)
		swap(from, --to);
}

/* Newest first: all turned around, and each run of one time back. */
static void
reverse(struct row_index *x)
{
	size_t from = 0;

	turn_around(x->rows, x->rows + x->n);
	for (size_t i = 1; i <= x->n; i++)
		if (i == x->n || x->rows[i].time != x->rows[from].time) {
			turn_around(x->rows + from, x->rows + i);
			from = i;
		}
}

static bool
later(const struct entry *a, const struct entry *b)
{
	return a->time > b->time || (a->time == b->time && a->place > b->place);
}

/* The entry at i sinks below those of the heap's first n that are later. */
static void
sink(struct entry *rows, size_t i, size_t n)
{
	struct entry e = rows[i];

	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && later(&rows[child + 1], &rows[child]))
			child++;
		if (!later(&rows[child], &e))
			break;
		rows[i] = rows[child];
	}
	rows[i] = e;
}

bool
row_index_sort(struct row_index *x, size_t steps)
{
	if (!x->begun) {
		x->begun = true;
		x->done = x->rises || x->falls;
		if (x->falls && !x->rises)
			reverse(x);
		x->heaped = x->n / 2;
		x->left = x->n;
	}
	for (; steps > 0 && x->heaped > 0 && !x->done; steps--)
		sink(x->rows, --x->heaped, x->n);
	for (; steps > 0 && x->left > 1 && !x->done; steps--) {
		swap(&x->rows[0], &x->rows[--x->left]);
		sink(x->rows, 0, x->left);
	}
	x->done = x->done || (x->heaped == 0 && x->left <= 1);
	return x->done;
}
