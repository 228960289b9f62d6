/* top.c - the k-th most frequent value of a window.
 *
 * The values stand in a heap, see ranked.c. When a value's oldest row leaves, its next one is known
 * from a chain through the window's rows. `all` drops no row but may meet any number of different
 * values: see heavy.c.
 *
 * Texts of all values counted are held, since any of them may become an answer long after it was
 * seen. What lost its count in a run is let go at the next one: till then the run's answers are
 * read. */
#include <stdlib.h>

#include "data/ops/window/structures/space_saving.h"
#include "data/ops/window/over.h"

struct place {
	uint64_t lo, hi;
	double value;
	bool stale;
};

struct top {
	struct place at;
	size_t k;
	struct space_saving heavy; /* of `all` */
	struct ranked ranked;      /* of other windows */
	uint64_t *next;            /* ... ring: the next row with the same value as a row */
	uint64_t mask;
	struct names *names; /* NULL: values are numbers */
	double *gone;        /* ids to be let go */
	size_t ngone, gone_cap;
};

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

	if (number_missing(x) || !space_saving_add(&t->heavy, x, row, &dropped))
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
	e = ranked_add(&t->ranked, x, row);
	if (e->count == 1)
		hold(t, x);
	else
		t->next[e->last & t->mask] = row;
	e->last = row;
}

static void
top_drop(struct top *t, double x, uint64_t row)
{
	if (!number_missing(x) &&
	    ranked_drop(&t->ranked, tally_find(&t->ranked.tally, x), t->next[row & t->mask]))
		let_go(t, x);
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
	let_go_all(t, &t->ranked.tally);
	let_go_all(t, &t->heavy.tally);
	tally_clear(&t->ranked.tally);
	space_saving_clear(&t->heavy);
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
	t->at.value = all ? space_saving_kth(&t->heavy) : ranked_kth(&t->ranked, t->k);
}

static void
top_begin(struct top *t, const struct window *w)
{
	chain_reserve(t, w);
	if (t->at.hi < w->kept) {
		top_clear(t, w->kept);
	} else if (t->at.stale && !over_all(w)) {
		tally_clear(&t->ranked.tally);
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
		t->names = op->node->names;
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
	return t->heavy.tally.n > 0 ? &t->heavy.tally : &t->ranked.tally;
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

	buffer_u64(b, t->at.lo);
	buffer_u64(b, t->at.hi);
	buffer_put(b, &t->at.value, sizeof t->at.value);
	save_texts(t, b);
	if (over_all(op_window_of(op, 0)))
		space_saving_save(&t->heavy, b);
}

static int
top_load(struct op *op, struct reader *r)
{
	struct top *t = op->state;

	const struct window *w = op_window_of(op, 0);

	top_clear(t, 0);
	if (reader_u64(r, &t->at.lo) < 0 || reader_u64(r, &t->at.hi) < 0 ||
	    reader_get(r, &t->at.value, sizeof t->at.value) < 0 ||
	    !window_follows(w, t->at.lo, t->at.hi) || load_texts(t, r) < 0)
		return -1;
	t->at.stale = true;
	if (!over_all(w))
		return 0;
	if (space_saving_load(&t->heavy, r) < 0)
		return -1;
	for (size_t i = 0; i < t->heavy.tally.used; i++)
		hold(t, t->heavy.tally.entries[i].key);
	return 0;
}

static void
top_done(struct op *op)
{
	struct top *t = op->state;

	let_go_all(t, &t->ranked.tally);
	let_go_all(t, &t->heavy.tally);
	release_gone(t);
	ranked_done(&t->ranked);
	space_saving_done(&t->heavy);
	free(t->next);
	free(t->gone);
}

static size_t
top_held(const struct op *op)
{
	const struct top *t = op->state;

	return ranked_held(&t->ranked) + space_saving_held(&t->heavy) +
	       t->gone_cap * sizeof *t->gone +
	       (t->next != NULL ? (size_t)(t->mask + 1) * sizeof *t->next : 0);
}

static void
top_explain(const struct op *op, struct text *out)
{
	const struct top *t = op->state;
	const struct tally *tally = tally_of(t);
	const struct entry *e = tally_find(tally, t->at.value);
	unsigned long long error = space_saving_error(&t->heavy);

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
	{ "k", PARAM_COUNT, "1", 1, RANKS_MOST, NULL, "1 is the most frequent" },
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
