/* top.c - the k-th most frequent value of a window.
 *
 * The values stand in a heap, the most frequent on top, of equals the one seen first; a value that
 * comes or goes moves one entry. When a value's oldest row leaves, its next one is known from a
 * chain through the window's rows. `all` may meet any number of different values: after TALLY_MOST
 * only the KEPT most frequent stay, and a value not among them starts from the count that the best
 * of those dropped had: what is frequent is never lost, and no count is off by more than n / KEPT
 * (as in space-saving, Metwally, Agrawal and El Abbadi 2005, but cut in batches). */
#include <stdlib.h>
#include <string.h>

#include "data/ops/window/over.h"
#include "data/ops/window/tally.h"

enum { KEPT = 4096, MOST_K = 100 };

struct place { /* saved as it is */
	uint64_t lo, hi;
	uint64_t floor; /* count that a new value starts from */
	double value;
	bool stale;
};

struct top {
	struct place at;
	size_t k;
	struct tally tally;
	uint32_t *heap; /* of entries; an entry's spare is its place in it */
	size_t cap;
	uint64_t *next; /* ring: the next row with the same value as a row */
	uint64_t mask;
};

static bool
better(const struct entry *a, const struct entry *b)
{
	return a->count != b->count ? a->count > b->count : a->first < b->first;
}

/* --- the heap --------------------------------------------------------------------------------- */

static const struct entry *
heap_at(const struct top *t, size_t i)
{
	return &t->tally.entries[t->heap[i]];
}

static void
heap_put(struct top *t, size_t i, uint32_t entry)
{
	t->heap[i] = entry;
	t->tally.entries[entry].spare = (uint32_t)i;
}

static void
heap_rise(struct top *t, size_t i)
{
	uint32_t entry = t->heap[i];

	while (i > 0 && better(&t->tally.entries[entry], heap_at(t, (i - 1) / 2))) {
		heap_put(t, i, t->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	heap_put(t, i, entry);
}

/* n: entries in the heap. */
static void
heap_sink(struct top *t, size_t i, size_t n)
{
	uint32_t entry = t->heap[i];

	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && better(heap_at(t, child + 1), heap_at(t, child)))
			child++;
		if (!better(heap_at(t, child), &t->tally.entries[entry]))
			break;
		heap_put(t, i, t->heap[child]);
	}
	heap_put(t, i, entry);
}

/* The tally has just got this entry as its last. */
static void
heap_push(struct top *t, const struct entry *e)
{
	size_t at = t->tally.n - 1;

	if (at == t->cap) {
		t->cap = t->cap > 0 ? t->cap * 2 : 16;
		t->heap = memory_grow(t->heap, t->cap, sizeof *t->heap);
	}
	heap_put(t, at, (uint32_t)(e - t->tally.entries));
	heap_rise(t, at);
}

static void
heap_remove(struct top *t, size_t i)
{
	size_t n = t->tally.n - 1;

	if (i == n)
		return;
	heap_put(t, i, t->heap[n]);
	heap_rise(t, i);
	heap_sink(t, i, n);
}

/* The k-th best: children are worse than their parents, so the next best is always a child of those
 * already passed over. */
static double
heap_kth(const struct top *t)
{
	size_t open[MOST_K + 2], n = 1, best = 0;

	if (t->tally.n < t->k)
		return NAN;
	open[0] = 0;
	for (size_t taken = 0;;) {
		best = 0;
		for (size_t i = 1; i < n; i++)
			if (better(heap_at(t, open[i]), heap_at(t, open[best])))
				best = i;
		if (++taken == t->k)
			return heap_at(t, open[best])->key;
		for (size_t child = 2 * open[best] + 1, i = 0; i < 2; i++)
			if (child + i < t->tally.n)
				open[n++] = child + i;
		open[best] = open[--n];
	}
}

/* --- rows ------------------------------------------------------------------------------------- */

static int
best_first(const void *a, const void *b)
{
	return better(a, b) ? -1 : 1;
}

static void
keep_best(struct top *t)
{
	struct entry *all = memory_new(t->tally.used, sizeof *all);
	size_t n = t->tally.n;

	memcpy(all, t->tally.entries, n * sizeof *all); /* nothing was ever dropped: none is free */
	qsort(all, n, sizeof *all, best_first);
	t->at.floor = all[KEPT].count;
	tally_clear(&t->tally);
	for (size_t i = 0; i < KEPT; i++) {
		struct entry *e = tally_add(&t->tally, all[i].key);

		*e = all[i];
		heap_push(t, e);
	}
	free(all);
}

static void
top_add(struct top *t, double x, uint64_t row, bool all)
{
	struct entry *e;

	if (number_missing(x))
		return;
	e = tally_add(&t->tally, x);
	if (e->count == 1) {
		e->count += t->at.floor;
		e->first = row;
		heap_push(t, e);
	} else {
		if (!all)
			t->next[e->last & t->mask] = row;
		heap_rise(t, e->spare);
	}
	e->last = row;
	if (all && t->tally.n > (t->at.floor > 0 ? 2 * (size_t)KEPT : (size_t)TALLY_MOST))
		keep_best(t);
}

static void
top_drop(struct top *t, double x, uint64_t row)
{
	struct entry *e;
	size_t place;

	if (number_missing(x))
		return;
	e = tally_find(&t->tally, x);
	place = e->spare;
	if (e->count == 1) {
		heap_remove(t, place);
		tally_drop(&t->tally, e);
		return;
	}
	e->first = t->next[row & t->mask];
	tally_drop(&t->tally, e);
	heap_sink(t, place, t->tally.n);
}

/* The chain's ring is as large as the window's. */
static void
chain_reserve(struct top *t, const struct window *w)
{
	uint64_t *next;

	if (over_all(w) || (t->next != NULL && t->mask == w->mask))
		return;
	next = memory_new(w->mask + 1, sizeof *next);
	if (t->next != NULL)
		for (uint64_t row = t->at.lo; row < t->at.hi; row++)
			next[row & w->mask] = t->next[row & t->mask];
	free(t->next);
	t->next = next;
	t->mask = w->mask;
}

static void
top_clear(struct top *t, uint64_t row)
{
	tally_clear(&t->tally);
	t->at = (struct place){ .lo = row, .hi = row, .value = NAN };
}

static void
top_follow(struct top *t, const struct window *w, struct range r)
{
	bool all = over_all(w);

	if (r.lo >= t->at.hi && r.lo > t->at.lo)
		top_clear(t, r.lo);
	for (; t->at.lo < r.lo && !all; t->at.lo++)
		top_drop(t, window_x(w, t->at.lo), t->at.lo);
	for (; t->at.hi < r.hi; t->at.hi++)
		top_add(t, window_x(w, t->at.hi), t->at.hi, all);
	t->at.value = heap_kth(t);
}

static void
top_begin(struct top *t, const struct window *w)
{
	chain_reserve(t, w);
	if (t->at.hi < w->kept) {
		top_clear(t, w->kept);
	} else if (t->at.stale && !over_all(w)) {
		tally_clear(&t->tally);
		for (uint64_t row = t->at.lo; row < t->at.hi; row++)
			top_add(t, window_x(w, row), row, false);
	}
	t->at.stale = false;
}

static int
top_init(struct op *op, struct error *err)
{
	struct top *t = op->state;

	(void)err;
	t->k = (size_t)op_number(op, "k");
	t->at.value = NAN;
	return 0;
}

static void
top_step(struct op *op, const struct run *run, double *out)
{
	struct top *t = op->state;
	const struct window *w = op_window_of(op, 0);

	top_begin(t, w);
	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		if (r.hi != t->at.hi || r.lo > t->at.lo)
			top_follow(t, w, r);
		out[i] = t->at.value;
	}
}

/* --- bytes ------------------------------------------------------------------------------------ */

static void
top_save(const struct op *op, struct buffer *b)
{
	const struct top *t = op->state;

	buffer_put(b, &t->at, sizeof t->at);
	if (over_all(op_window_of(op, 0)))
		tally_save(&t->tally, b);
}

static int
top_load(struct op *op, struct reader *r)
{
	struct top *t = op->state;
	struct tally all = { 0 };
	int status = 0;

	tally_clear(&t->tally);
	if (reader_get(r, &t->at, sizeof t->at) < 0)
		return -1;
	t->at.stale = true;
	if (r->p < r->end)
		status = tally_load(&all, r);
	for (size_t i = 0; i < all.used && status == 0; i++) {
		struct entry *e = tally_add(&t->tally, all.entries[i].key);

		*e = all.entries[i];
		heap_push(t, e);
	}
	tally_done(&all);
	return status;
}

static void
top_done(struct op *op)
{
	struct top *t = op->state;

	tally_done(&t->tally);
	free(t->heap);
	free(t->next);
}

static size_t
top_held(const struct op *op)
{
	const struct top *t = op->state;

	return tally_held(&t->tally) + t->cap * sizeof *t->heap +
	       (t->next != NULL ? (size_t)(t->mask + 1) * sizeof *t->next : 0);
}

static void
top_explain(const struct op *op, struct text *out)
{
	const struct top *t = op->state;
	const struct entry *e = tally_find(&t->tally, t->at.value);

	explain_result(op, out);
	explain_line(out, "values");
	text_addf(out, "%zu different ones\n", t->tally.n);
	if (e == NULL)
		return;
	explain_line(out, "seen");
	text_addf(out, "%s%llu times: number %zu of them\n", t->at.floor > 0 ? "about " : "",
	    (unsigned long long)e->count, t->k);
}

static const struct param params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ "k", PARAM_COUNT, "1", 1, MOST_K, NULL, "1 is the most frequent" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_top = {
	.name = "top",
	.family = "counting",
	.help = "k-th most frequent value, of equals the first seen; of `all` close after 65,536",
	.params = params,
	.part = &op_window,
	.result = RESULT_AS_INPUT,
	.size = sizeof(struct top),
	.init = top_init,
	.step = top_step,
	.save = top_save,
	.load = top_load,
	.explain = top_explain,
	.done = top_done,
	.held = top_held,
};
