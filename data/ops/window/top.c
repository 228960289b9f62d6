/* top.c - the k-th most frequent value of a window.
 *
 * The values stand in a heap, the most frequent on top, of equals the one seen first; a value that
 * comes or goes moves one entry. When a value's oldest row leaves, its next one is known from a
 * chain through the window's rows. `all` drops no row but may meet any number of different values:
 * see heavy.c.
 *
 * Texts of all values counted are held, since any of them may become an answer long after it was
 * seen. What lost its count in a run is let go at the next one: till then the run's answers are
 * read. */
#include <stdlib.h>
#include <string.h>

#include "data/ops/window/heavy.h"
#include "data/ops/window/over.h"

struct place { /* saved as it is */
	uint64_t lo, hi;
	double value;
	bool stale;
};

struct top {
	struct place at;
	size_t k;
	struct heavy heavy; /* of `all` */
	struct tally tally; /* of the others, with all below */
	uint32_t *heap;     /* of entries; an entry's spare is its place in it */
	size_t cap;
	uint64_t *next; /* ring: the next row with the same value as a row */
	uint64_t mask;
	struct names *names; /* NULL: values are numbers */
	double *gone;        /* ids to be let go */
	size_t ngone, gone_cap;
};

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

	while (i > 0 && entry_better(&t->tally.entries[entry], heap_at(t, (i - 1) / 2))) {
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
		if (child + 1 < n && entry_better(heap_at(t, child + 1), heap_at(t, child)))
			child++;
		if (!entry_better(heap_at(t, child), &t->tally.entries[entry]))
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
	size_t open[HEAVY_BEST + 2], n = 1, best = 0;

	if (t->tally.n < t->k)
		return NAN;
	open[0] = 0;
	for (size_t taken = 0;;) {
		best = 0;
		for (size_t i = 1; i < n; i++)
			if (entry_better(heap_at(t, open[i]), heap_at(t, open[best])))
				best = i;
		if (++taken == t->k)
			return heap_at(t, open[best])->key;
		for (size_t child = 2 * open[best] + 1, i = 0; i < 2; i++)
			if (child + i < t->tally.n)
				open[n++] = child + i;
		open[best] = open[--n];
	}
}

/* --- texts ------------------------------------------------------------------------------------ */

static void
hold(struct top *t, double id)
{
	if (t->names != NULL)
		names_hold(t->names, id);
}

static void
let_go(struct top *t, double id)
{
	if (t->names == NULL)
		return;
	if (t->ngone == t->gone_cap) {
		t->gone_cap = t->gone_cap > 0 ? t->gone_cap * 2 : 16;
		t->gone = memory_grow(t->gone, t->gone_cap, sizeof *t->gone);
	}
	t->gone[t->ngone++] = id;
}

static void
let_go_all(struct top *t, const struct tally *tally)
{
	for (size_t i = 0; i < tally->used; i++)
		if (tally->entries[i].count > 0)
			let_go(t, tally->entries[i].key);
}

static void
release_gone(struct top *t)
{
	while (t->ngone > 0)
		names_release(t->names, t->gone[--t->ngone]);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
top_count(struct top *t, double x, uint64_t row)
{
	double dropped;

	if (number_missing(x) || !heavy_add(&t->heavy, x, row, &dropped))
		return;
	hold(t, x);
	if (!number_missing(dropped))
		let_go(t, dropped);
}

static void
top_add(struct top *t, double x, uint64_t row)
{
	struct entry *e;

	if (number_missing(x))
		return;
	e = tally_add(&t->tally, x);
	if (e->count == 1) {
		e->first = row;
		heap_push(t, e);
		hold(t, x);
	} else {
		t->next[e->last & t->mask] = row;
		heap_rise(t, e->spare);
	}
	e->last = row;
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
		let_go(t, x);
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
	let_go_all(t, &t->tally);
	let_go_all(t, &t->heavy.tally);
	tally_clear(&t->tally);
	heavy_clear(&t->heavy);
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
		if (all)
			top_count(t, window_x(w, t->at.hi), t->at.hi);
		else
			top_add(t, window_x(w, t->at.hi), t->at.hi);
	t->at.value = all ? heavy_kth(&t->heavy) : heap_kth(t);
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
			top_add(t, window_x(w, row), row);
	}
	t->at.stale = false;
	release_gone(t);
}

static int
top_init(struct op *op, struct error *err)
{
	struct top *t = op->state;

	(void)err;
	t->k = t->heavy.k = (size_t)op_number(op, "k");
	if (op->node->result == RESULT_TEXT)
		t->names = op->names;
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

static const struct tally *
tally_of(const struct top *t)
{
	return t->heavy.tally.n > 0 ? &t->heavy.tally : &t->tally;
}

static void
save_texts(const struct top *t, struct buffer *b)
{
	const struct tally *tally = tally_of(t);

	buffer_u64(b, t->names != NULL ? tally->n : 0);
	for (size_t i = 0; i < tally->used && t->names != NULL; i++) {
		if (tally->entries[i].count == 0)
			continue;
		buffer_put(b, &tally->entries[i].key, sizeof tally->entries[i].key);
		names_save_text(t->names, tally->entries[i].key, b);
	}
}

/* Held until the rows of the window are counted again, and hold them. */
static int
load_texts(struct top *t, struct reader *r)
{
	uint64_t n;
	double id;

	if (reader_u64(r, &n) < 0)
		return -1;
	for (; n > 0; n--) {
		if (t->names == NULL || reader_get(r, &id, sizeof id) < 0 ||
		    names_load_held(t->names, id, r) < 0)
			return -1;
		let_go(t, id);
	}
	return 0;
}

static void
top_save(const struct op *op, struct buffer *b)
{
	const struct top *t = op->state;

	buffer_put(b, &t->at, sizeof t->at);
	save_texts(t, b);
	if (over_all(op_window_of(op, 0)))
		heavy_save(&t->heavy, b);
}

static int
top_load(struct op *op, struct reader *r)
{
	struct top *t = op->state;

	top_clear(t, 0);
	if (reader_get(r, &t->at, sizeof t->at) < 0 || load_texts(t, r) < 0)
		return -1;
	t->at.stale = true;
	if (r->p == r->end)
		return 0;
	if (heavy_load(&t->heavy, r) < 0)
		return -1;
	for (size_t i = 0; i < t->heavy.tally.used; i++)
		hold(t, t->heavy.tally.entries[i].key);
	return 0;
}

static void
top_done(struct op *op)
{
	struct top *t = op->state;

	let_go_all(t, &t->tally);
	let_go_all(t, &t->heavy.tally);
	release_gone(t);
	tally_done(&t->tally);
	heavy_done(&t->heavy);
	free(t->heap);
	free(t->next);
	free(t->gone);
}

static size_t
top_held(const struct op *op)
{
	const struct top *t = op->state;

	return tally_held(&t->tally) + heavy_held(&t->heavy) + t->cap * sizeof *t->heap +
	       t->gone_cap * sizeof *t->gone +
	       (t->next != NULL ? (size_t)(t->mask + 1) * sizeof *t->next : 0);
}

static void
top_explain(const struct op *op, struct text *out)
{
	const struct top *t = op->state;
	const struct tally *tally = tally_of(t);
	const struct entry *e = tally_find(tally, t->at.value);
	unsigned long long error = heavy_error(&t->heavy);

	explain_result(op, out);
	explain_line(out, "values");
	text_addf(out, "%zu different ones%s\n", tally->n, error > 0 ? ", and others" : "");
	if (e == NULL)
		return;
	explain_line(out, "seen");
	text_addf(out, "%llu times", (unsigned long long)e->count);
	if (error > 0)
		text_addf(out, ", or up to %llu fewer", error);
	text_addf(out, ": number %zu of them\n", t->k);
}

static const struct param params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ "k", PARAM_COUNT, "1", 1, HEAVY_BEST, NULL, "1 is the most frequent" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_top = {
	.name = "top",
	.family = "counting",
	.help =
	    "k-th most frequent value, of equals the first seen; `all`: counts off by n / 65,536",
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
