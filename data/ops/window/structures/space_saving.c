/* space_saving.c - Space-Saving: TALLY_MOST counters for any number of different values.
 *
 * Up to TALLY_MOST values the counts are exact. Then a value without a counter takes over that of
 * the least frequent one, with its count, which is the most that it can have had: a count is never
 * too low, and too high by no more than the least count, which is at most n / TALLY_MOST of n.
 * So whatever is more frequent than that has a counter (Metwally, Agrawal and El Abbadi, "Efficient
 * computation of frequent and top-k elements in data streams", 2005).
 *
 * Counts only grow, so the k best change by the value that has just come, and by no other. No two
 * entries are equal in the order of ranks; so the heap's top, and all that follows, depends on the
 * entries alone and not on how they came to stand as they do. */
#include "data/ops/window/structures/space_saving.h"

#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"

static struct entry *
entry_at(const struct space_saving *h, size_t place)
{
	return &h->tally.entries[h->heap[place]];
}

static void
put(struct space_saving *h, size_t place, uint32_t entry)
{
	h->heap[place] = entry;
	h->tally.entries[entry].spare = (uint32_t)place;
}

static void
rise(struct space_saving *h, size_t i)
{
	uint32_t entry = h->heap[i];

	while (i > 0 && entry_better(entry_at(h, (i - 1) / 2), &h->tally.entries[entry])) {
		put(h, i, h->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	put(h, i, entry);
}

static void
sink(struct space_saving *h, size_t i)
{
	uint32_t entry = h->heap[i];

	for (size_t child; (child = 2 * i + 1) < h->tally.n; i = child) {
		if (child + 1 < h->tally.n &&
		    entry_better(entry_at(h, child), entry_at(h, child + 1)))
			child++;
		if (!entry_better(&h->tally.entries[entry], entry_at(h, child)))
			break;
		put(h, i, h->heap[child]);
	}
	put(h, i, entry);
}

/* The tally has just got this entry as its last. */
static void
push(struct space_saving *h, const struct entry *e)
{
	size_t place = h->tally.n - 1;

	if (place == h->cap) {
		h->cap = h->cap > 0 ? h->cap * 2 : 16;
		h->heap = memory_grow(h->heap, h->cap, sizeof *h->heap);
	}
	put(h, place, (uint32_t)(e - h->tally.entries));
	rise(h, place);
}

/* An entry that has become better, to its place among the best. */
static void
rank(struct space_saving *h, const struct entry *e)
{
	const struct entry *entries = h->tally.entries;
	uint32_t entry = (uint32_t)(e - entries);
	size_t i = 0;

	if (h->nbest == h->k && entry_better(&entries[h->best[h->k - 1]], e))
		return;
	while (i < h->nbest && h->best[i] != entry)
		i++;
	if (i == h->nbest && i == h->k)
		i--; /* the last of them makes room */
	else if (i == h->nbest)
		h->nbest++;
	for (; i > 0 && entry_better(e, &entries[h->best[i - 1]]); i--)
		h->best[i] = h->best[i - 1];
	h->best[i] = entry;
}

/* Frees the counter of the least frequent value and gives its count. It is none of the best, as
 * there are more counters than these. */
static uint64_t
take_least(struct space_saving *h, double *dropped)
{
	struct entry *least = entry_at(h, 0);
	uint64_t count = least->count;
	uint32_t last = h->heap[h->tally.n - 1];

	*dropped = least->key;
	least->count = 1;
	tally_drop(&h->tally, least);
	put(h, 0, last);
	sink(h, 0);
	return count;
}

bool
space_saving_add(struct space_saving *h, double key, uint64_t row, double *dropped)
{
	struct entry *e = tally_find(&h->tally, key);
	bool new = e == NULL;
	uint64_t floor = 0;

	*dropped = NAN;
	if (new && h->tally.n == TALLY_MOST)
		floor = take_least(h, dropped);
	if (new) {
		e = tally_add(&h->tally, key);
		e->count += floor;
		e->first = row;
		push(h, e);
	} else {
		e->count++;
		sink(h, e->spare);
	}
	rank(h, e);
	return new;
}

double
space_saving_kth(const struct space_saving *h)
{
	return h->nbest == h->k ? h->tally.entries[h->best[h->k - 1]].key : NAN;
}

uint64_t
space_saving_error(const struct space_saving *h)
{
	return h->tally.n == TALLY_MOST ? entry_at(h, 0)->count : 0;
}

void
space_saving_clear(struct space_saving *h)
{
	tally_clear(&h->tally);
	h->nbest = 0;
}

void
space_saving_done(struct space_saving *h)
{
	tally_done(&h->tally);
	free(h->heap);
}

void
space_saving_save(const struct space_saving *h, struct buffer *b)
{
	tally_save(&h->tally, b);
}

int
space_saving_load(struct space_saving *h, struct reader *r)
{
	struct tally all = { 0 };
	int status = tally_load(&all, r);

	space_saving_clear(h);
	if (all.n > TALLY_MOST)
		status = -1;
	for (size_t i = 0; i < all.used && status == 0 && i < TALLY_MOST; i++) {
		struct entry *e = tally_add(&h->tally, all.entries[i].key);

		*e = all.entries[i];
		push(h, e);
		rank(h, e);
	}
	tally_done(&all);
	return status;
}

size_t
space_saving_held(const struct space_saving *h)
{
	return tally_held(&h->tally) + h->cap * sizeof *h->heap;
}
