/* distinct.c - how many different values a window holds, and how evenly they are spread: entropy.
 *
 * Both count each value exactly. `all` may meet any number of different ones: after TALLY_MOST,
 * distinct goes over to a HyperLogLog of all, and entropy keeps its counts and estimates those of
 * the values beyond them from a sample of their positions. */
#include <stdlib.h>

#include "data/ops/window/structures/hyperloglog.h"
#include "data/ops/window/over.h"
#include "data/ops/window/structures/positions.h"
#include "data/ops/window/structures/tally.h"

struct spread {
	uint64_t lo, hi;
	double n;        /* values */
	double sum, low; /* of c log2 c over the counts c, in two parts so that nothing drifts */
	double value;    /* of the range lo..hi-1 */
	bool stale, sketched;
};

struct distinct {
	struct spread at;
	struct tally tally;
	struct hyperloglog *sketch; /* of distinct, when sketched */
	struct positions beyond;    /* of entropy: values that have no place in the tally */
	bool entropy;
};

static double
count_log(double c)
{
	return c > 0 ? c * log2(c) : 0;
}

static void
sum_add(struct spread *at, double v)
{
	double s = at->sum + v, part = s - at->sum;

	at->low += (at->sum - (s - part)) + (v - part);
	at->sum = s;
}

static void
distinct_clear(struct distinct *d)
{
	uint64_t lo = d->at.lo, hi = d->at.hi;

	tally_clear(&d->tally);
	free(d->sketch);
	d->sketch = NULL;
	positions_done(&d->beyond);
	d->at = (struct spread){ .lo = lo, .hi = hi, .value = NAN };
}

/* The tally is full and x is not in it. Distinct has no use for its counts any more. */
static void
sketch(struct distinct *d)
{
	d->at.sketched = true;
	if (d->entropy)
		return;
	d->sketch = memory_new(1, sizeof *d->sketch);
	hll_init(d->sketch);
	for (size_t i = 0; i < d->tally.used; i++)
		hll_add(d->sketch, tally_hash(d->tally.entries[i].key));
	tally_done(&d->tally);
}

static void
distinct_add(struct distinct *d, double x, bool all)
{
	struct entry *e;

	if (number_missing(x))
		return;
	d->at.n++;
	if (all && !d->at.sketched && d->tally.n == TALLY_MOST && tally_find(&d->tally, x) == NULL)
		sketch(d);
	if (d->at.sketched && !d->entropy) {
		hll_add(d->sketch, tally_hash(x));
		return;
	}
	if (d->at.sketched && tally_find(&d->tally, x) == NULL) {
		positions_add(&d->beyond, x);
		return;
	}
	e = tally_add(&d->tally, x);
	if (d->entropy)
		sum_add(&d->at, count_log((double)e->count) - count_log((double)(e->count - 1)));
}

static void
distinct_drop(struct distinct *d, double x)
{
	struct entry *e;

	if (number_missing(x))
		return;
	d->at.n--;
	e = tally_find(&d->tally, x);
	if (d->entropy)
		sum_add(&d->at, count_log((double)(e->count - 1)) - count_log((double)e->count));
	tally_drop(&d->tally, e);
}

static double
entropy_bits(const struct distinct *d)
{
	double n = d->at.n, sum = d->at.sum + d->at.low + positions_sum(&d->beyond);

	if (!(n > 0))
		return NAN;
	if (d->tally.n == 1)
		return 0;
	return fmax(0, log2(n) - sum / n);
}

static double
distinct_value(const struct distinct *d)
{
	if (d->entropy)
		return entropy_bits(d);
	return d->at.sketched ? fmax(TALLY_MOST, round(hll_estimate(d->sketch)))
			      : (double)d->tally.n;
}

static void
distinct_follow(struct distinct *d, const struct window *w, struct range r)
{
	bool all = over_all(w);

	if (r.lo >= d->at.hi && r.lo > d->at.lo) {
		distinct_clear(d);
		d->at.lo = d->at.hi = r.lo;
	}
	while (d->at.hi < r.hi)
		distinct_add(d, window_x(w, d->at.hi++), all);
	while (d->at.lo < r.lo && !all)
		distinct_drop(d, window_x(w, d->at.lo++));
	d->at.value = distinct_value(d);
}

/* What a loaded state lacks is in the window's ring; the sum is kept to the bit. */
static void
distinct_begin(struct distinct *d, const struct window *w)
{
	if (d->at.hi < w->kept) {
		d->at.lo = d->at.hi = w->kept;
		distinct_clear(d);
	} else if (d->at.stale && !over_all(w)) {
		tally_clear(&d->tally);
		for (uint64_t row = d->at.lo; row < d->at.hi; row++)
			if (!number_missing(window_x(w, row)))
				tally_add(&d->tally, window_x(w, row));
	}
	d->at.stale = false;
}

static void
distinct_step(struct op *op, const struct run *run, double *out)
{
	struct distinct *d = op->state;
	const struct window *w = op_window_of(op, 0);

	distinct_begin(d, w);
	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		if (r.hi != d->at.hi || r.lo > d->at.lo)
			distinct_follow(d, w, r);
		out[i] = d->at.value;
	}
}

static int
entropy_init(struct op *op, struct error *err)
{
	struct distinct *d = op->state;

	(void)err;
	d->entropy = true;
	d->at.value = NAN;
	return 0;
}

static void
distinct_save(const struct op *op, struct buffer *b)
{
	const struct distinct *d = op->state;
	const uint64_t place[] = { d->at.lo, d->at.hi, d->at.sketched };
	const double sums[] = { d->at.n, d->at.sum, d->at.low, d->at.value };

	buffer_put(b, place, sizeof place);
	buffer_put(b, sums, sizeof sums);
	if (d->at.sketched && d->entropy)
		positions_save(&d->beyond, b);
	else if (d->at.sketched)
		buffer_put(b, d->sketch, sizeof *d->sketch);
	if (over_all(op_window_of(op, 0)))
		tally_save(&d->tally, b);
}

static int
load_sketch(struct distinct *d, struct reader *r)
{
	d->at.sketched = true;
	if (d->entropy)
		return positions_load(&d->beyond, r);
	d->sketch = memory_zero(1, sizeof *d->sketch);
	return reader_get(r, d->sketch, sizeof *d->sketch) == 0 && hll_right(d->sketch) ? 0 : -1;
}

static int
distinct_load(struct op *op, struct reader *r)
{
	struct distinct *d = op->state;
	const struct window *w = op_window_of(op, 0);
	uint64_t place[3];
	double sums[4];

	if (reader_get(r, place, sizeof place) < 0 || reader_get(r, sums, sizeof sums) < 0 ||
	    place[2] > over_all(w) || !window_follows(w, place[0], place[1]))
		return -1;
	d->at = (struct spread){ .lo = place[0],
		.hi = place[1],
		.n = sums[0],
		.sum = sums[1],
		.low = sums[2],
		.value = sums[3],
		.stale = true };
	if (place[2] == 1 && load_sketch(d, r) < 0)
		return -1;
	return over_all(w) ? tally_load(&d->tally, r) : 0;
}

static void
distinct_done(struct op *op)
{
	struct distinct *d = op->state;

	tally_done(&d->tally);
	positions_done(&d->beyond);
	free(d->sketch);
}

static size_t
distinct_held(const struct op *op)
{
	const struct distinct *d = op->state;

	return tally_held(&d->tally) + positions_held(&d->beyond) +
	       (d->sketch != NULL ? sizeof *d->sketch : 0);
}

static void
distinct_explain(const struct op *op, struct text *out)
{
	const struct distinct *d = op->state;

	text_addf(out, " = different ones of %.0f values", d->at.n);
	explain_result(op, out);
	if (d->at.sketched) {
		explain_line(out, "sketch");
		text_add(out, "an estimate, within 1 %\n");
	}
}

static void
entropy_explain(const struct op *op, struct text *out)
{
	const struct distinct *d = op->state;
	double sum = d->at.sum + positions_sum(&d->beyond);

	explain_result(op, out);
	explain_line(out, "kept");
	text_addf(out, "n = %.0f, sum of c log2 c over the counts c = %.6g%s\n", d->at.n, sum,
	    d->at.sketched ? ", an estimate" : "");
	if (!(d->at.n > 0))
		return;
	explain_line(out, "entropy");
	text_addf(out, "log2 n - sum / n = %.6g - %.6g", log2(d->at.n), sum / d->at.n);
	explain_result(op, out);
}

const struct op_class op_distinct = {
	.name = "distinct",
	.family = "counting",
	.help = "how many different values; of `all` within 1 % after 65,536",
	.params = over_any,
	.part = &op_window,
	.size = sizeof(struct distinct),
	.step = distinct_step,
	.save = distinct_save,
	.load = distinct_load,
	.explain = distinct_explain,
	.done = distinct_done,
	.held = distinct_held,
};

const struct op_class op_entropy = {
	.name = "entropy",
	.family = "counting",
	.help = "-sum p log2 p over the values' shares; `all`: within 0.05 after 65,536 values",
	.params = over_any,
	.part = &op_window,
	.size = sizeof(struct distinct),
	.init = entropy_init,
	.step = distinct_step,
	.save = distinct_save,
	.load = distinct_load,
	.explain = entropy_explain,
	.done = distinct_done,
	.held = distinct_held,
};
