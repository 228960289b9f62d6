/* moments.c - count, sum, mean and squared deviations of the values in a window.
 *
 * Each aggregate holds n, the sum s and the squared deviations m2 of d = x - anchor, updated by
 * Youngs and Cramer (1971): m2 += (n d - s)^2 / (n (n - 1)). Unlike Welford's mean, s of whole
 * numbers is exact, and the chain from row to row is one addition. Aggregates are joined by Chan,
 * Golub and LeVeque (1979). m2 is a sum of squares throughout, so a variance is never negative. */
#include "data/ops/window/moments.h"

#include "data/ops/window/two_stacks.h"
#include "data/ops/window/over.h"
#include "data/ops/window/unit.h"

struct sums { /* of d = (x - anchor) * unit; see unit.h */
	double n, s, m2;
	double low; /* what was rounded off in adding to s (Knuth's two-sum) */
	double unit;
};

struct moments {
	struct two_stacks fold;
	double back_anchor, front_anchor;
	struct sums back;
	int split; /* somebody reads the mean in two parts */
};

static const struct sums nothing = { .unit = 1 };

static struct sums
sums_scale(struct sums a, double unit)
{
	double by = unit / a.unit;

	return (struct sums){ a.n, a.s * by, a.m2 * by * by, a.low * by, unit };
}

static inline void
sums_add(struct sums *a, double d)
{
	double n = a->n + 1, s = a->s + d, part = s - a->s, e = n * d - s;

	a->low += (a->s - (s - part)) + (d - part);
	if (a->n > 0)
		a->m2 += e * e / (n * a->n);
	a->s = s;
	a->n = n;
}

/* Values and not pointers go in and out, so that the sums can stay in registers elsewhere. */
static __attribute__((noinline, cold)) struct sums
sums_add_in_unit(struct sums a, double x, double anchor)
{
	if (unit_misfit(unit_above(x, anchor, a.unit)))
		a = sums_scale(a, unit_fit(a.unit, a.m2, x, anchor));
	sums_add(&a, unit_above(x, anchor, a.unit));
	return a;
}

/* The first value of an aggregate is its anchor. */
static inline void
sums_take(struct sums *a, double *anchor, double x)
{
	if (number_missing(x))
		return;
	if (a->n == 0)
		*anchor = x;
	if (unit_misfit(x - *anchor) || a->unit != 1)
		*a = sums_add_in_unit(*a, x, *anchor);
	else
		sums_add(a, x - *anchor);
}

static inline void
moments_take(void *agg, const struct op *op, uint64_t row)
{
	struct moments *m = agg;

	sums_take(&m->back, &m->back_anchor, window_x(op_window_of(op, 0), row));
}

static void
moments_clear(void *agg)
{
	struct moments *m = agg;

	m->back = nothing;
}

static void
moments_turn(void *agg, const struct op *op, uint64_t lo, uint64_t mid)
{
	struct moments *m = agg;
	const struct window *w = op_window_of(op, 0);
	struct sums *front = two_stacks_reserve(&m->fold, mid - lo, sizeof *front), sum = nothing;

	for (uint64_t i = 0; i < mid - lo; i++) {
		sums_take(&sum, &m->front_anchor, window_x(w, mid - 1 - i));
		front[i] = sum;
	}
}

static const struct fold_class fold = { moments_take, moments_turn, moments_clear };

/* Both in one unit; shift leads from the anchor of a to that of b. */
static inline struct sums
sums_join(struct sums a, struct sums b, double shift)
{
	double n = a.n + b.n;
	double e = shift * a.n * b.n + (a.n * b.s - b.n * a.s);

	return (struct sums){
		.n = n,
		.s = a.s + (b.s + b.n * shift),
		.low = a.low + b.low,
		.m2 = a.m2 + b.m2 + e * e / (a.n * b.n * n),
		.unit = a.unit,
	};
}

/* Pointers and not values go in: to copy them here, sixteen bytes at once, would wait until the
 * eight that were written last have reached the cache. */
static __attribute__((noinline, cold)) struct sums
sums_join_in_unit(const struct sums *a, const struct sums *b, double from, double to)
{
	double unit = unit_joint(a->unit, a->m2, b->unit, b->m2, from, to);

	return sums_join(sums_scale(*a, unit), sums_scale(*b, unit), unit_above(to, from, unit));
}

/* Front and back as one, with its anchor. */
static inline __attribute__((always_inline)) struct sums
moments_join(const struct moments *m, double *anchor)
{
	const struct sums *a = m->fold.front, *b = &m->back;
	int64_t at = two_stacks_front(&m->fold);
	double from = m->front_anchor, to = m->back_anchor;

	*anchor = to;
	if (at < 0 || a[at].n == 0)
		return *b;
	a += at;
	*anchor = from;
	if (b->n == 0)
		return *a;
	if (unit_misfit(to - from) || a->unit != 1 || b->unit != 1)
		return sums_join_in_unit(a, b, from, to);
	return sums_join(*a, *b, to - from);
}

static int
moments_init(struct op *op, struct error *err)
{
	(void)err;
	moments_clear(op->state);
	return 0;
}

static void
moments_step(struct op *op, const struct run *run, double *out)
{
	struct moments *m = op->state;
	const double *in = op->in[0];

	two_stacks_begin(&m->fold, &fold, m, op);
	for (int i = 0; i < run->n; i++) {
		double *o = out + i, anchor, above, scale;
		struct sums sum;
		struct range r;

		if (!window_range(in, i, &r)) {
			for (int lane = 0; lane < MOMENTS_LANES; lane++)
				o[lane * BLOCK_ROWS] = NAN;
			continue;
		}
		two_stacks_follow(&m->fold, r, &fold, m, op);
		sum = moments_join(m, &anchor);
		scale = 1;
		if (sum.unit != 1) {
			scale = 1 / sum.unit;
			anchor *= sum.unit;
		}
		above = sum.s + sum.low;
		o[MOMENTS_N * BLOCK_ROWS] = sum.n;
		o[MOMENTS_SUM * BLOCK_ROWS] = sum.n > 0 ? (anchor * sum.n + above) * scale : NAN;
		above /= sum.n;
		o[MOMENTS_MEAN * BLOCK_ROWS] = (anchor + above) * scale;
		o[MOMENTS_M2 * BLOCK_ROWS] = sum.m2;
		o[MOMENTS_SCALE * BLOCK_ROWS] = scale;
		if (m->split == 0)
			continue;
		o[MOMENTS_ANCHOR * BLOCK_ROWS] = anchor;
		o[MOMENTS_ABOVE * BLOCK_ROWS] = above;
	}
}

void
moments_split(const struct op *op)
{
	struct moments *m = op->state;

	m->split = 1;
}

/* Who reads what is the graph's, not the state's. */
static int
moments_load(struct op *op, struct reader *r)
{
	struct moments *m = op->state;
	int split = m->split, status = two_stacks_load(op, r);

	m->split = split;
	return status;
}

double
moments_sd(const struct op *op)
{
	double anchor;
	struct sums sum = moments_join(op->state, &anchor);

	return sum.n >= 2 ? sqrt(sum.m2 / (sum.n - 1)) / sum.unit : NAN;
}

static void
moments_explain(const struct op *op, struct text *out)
{
	const struct moments *m = op->state;
	double anchor;
	struct sums sum = moments_join(m, &anchor);

	text_addf(out, "kept of it = n %.0f", sum.n);
	if (sum.n > 0 && op->args[0]->node->result == RESULT_NUMBER)
		text_addf(out, ", sum of x = %.6g, squares: sum of (x - mean)^2 = %.6g",
		    (anchor * sum.unit * sum.n + sum.s + sum.low) / sum.unit,
		    sum.m2 / sum.unit / sum.unit);
	text_addc(out, '\n');
}

const struct op_class op_moments = {
	.name = ".moments",
	.help = "count, sum, mean and squared deviations",
	.params = over_x,
	.part = &op_window,
	.lanes = MOMENTS_LANES,
	.size = sizeof(struct moments),
	.init = moments_init,
	.step = moments_step,
	.save = two_stacks_save,
	.load = moments_load,
	.explain = moments_explain,
	.done = two_stacks_done,
	.held = two_stacks_held,
};
