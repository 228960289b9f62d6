/* ranked.c - a heap over a tally, the most frequent value on top. A value that comes or goes moves
 * one entry. */
#include "data/ops/window/structures/ranked.h"

#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"

static const struct entry *
entry_at(const struct ranked *r, size_t i)
{
	return &r->tally.entries[r->heap[i]];
}

static void
put(struct ranked *r, size_t i, uint32_t entry)
{
	r->heap[i] = entry;
	r->tally.entries[entry].spare = (uint32_t)i;
}

static void
rise(struct ranked *r, size_t i)
{
	uint32_t entry = r->heap[i];

	while (i > 0 && entry_better(&r->tally.entries[entry], entry_at(r, (i - 1) / 2))) {
		put(r, i, r->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	put(r, i, entry);
}

/* n: entries in the heap. */
static void
sink(struct ranked *r, size_t i, size_t n)
{
	uint32_t entry = r->heap[i];

	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && entry_better(entry_at(r, child + 1), entry_at(r, child)))
			child++;
		if (!entry_better(entry_at(r, child), &r->tally.entries[entry]))
			break;
		put(r, i, r->heap[child]);
	}
	put(r, i, entry);
}

/* The tally has just got this entry as its last. */
static void
push(struct ranked *r, const struct entry *e)
{
	size_t place = r->tally.n - 1;

	if (place == r->cap) {
		r->cap = r->cap > 0 ? r->cap * 2 : 16;
		r->heap = memory_grow(r->heap, r->cap, sizeof *r->heap);
	}
	put(r, place, (uint32_t)(e - r->tally.entries));
	rise(r, place);
}

static void
take_out(struct ranked *r, size_t i)
{
	size_t n = r->tally.n - 1;

	if (i == n)
		return;
	put(r, i, r->heap[n]);
	rise(r, i);
	sink(r, i, n);
}

struct entry *
ranked_add(struct ranked *r, double key, uint64_t row)
{
	struct entry *e = tally_add(&r->tally, key);

	if (e->count == 1) {
		e->first = row;
		push(r, e);
	} else {
		rise(r, e->spare);
	}
	return e;
}

bool
ranked_drop(struct ranked *r, struct entry *e, uint64_t first)
{
	size_t place = e->spare;

	if (e->count == 1) {
		take_out(r, place);
		tally_drop(&r->tally, e);
		return true;
	}
	e->first = first;
	tally_drop(&r->tally, e);
	sink(r, place, r->tally.n);
	return false;
}

/* The k-th best: children are worse than their parents, so the next best is always a child of those
 * already passed over. */
double
ranked_kth(const struct ranked *r, size_t k)
{
	size_t open[RANKS_MOST + 2], n = 1, best = 0;

	if (r->tally.n < k)
		return NAN;
	open[0] = 0;
	for (size_t taken = 0;;) {
		best = 0;
		for (size_t i = 1; i < n; i++)
			if (entry_better(entry_at(r, open[i]), entry_at(r, open[best])))
				best = i;
		if (++taken == k)
			return entry_at(r, open[best])->key;
		for (size_t child = 2 * open[best] + 1, i = 0; i < 2; i++)
			if (child + i < r->tally.n)
				open[n++] = child + i;
		open[best] = open[--n];
	}
}

void
ranked_done(struct ranked *r)
{
	tally_done(&r->tally);
	free(r->heap);
}

size_t
ranked_held(const struct ranked *r)
{
	return tally_held(&r->tally) + r->cap * sizeof *r->heap;
}
