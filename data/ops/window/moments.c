/* moments.c - count, sum, mean and squared deviations of the values in a window.
 *
 * Each aggregate holds n, the sum s and the squared deviations m2 of d = x - anchor, updated by
 * Youngs and Cramer (1971): m2 += (n d - s)^2 / (n (n - 1)). Unlike Welford's mean, s of whole
 * numbers is exact, and the chain from row to row is one addition. Aggregates are joined by Chan,
 * Golub and LeVeque (1979). m2 is a sum of squares throughout, so a variance is never negative. */
#include "data/ops/window/moments.h"

#include "data/ops/window/two_stacks.h"
#include "data/ops/window/over.h"

struct sums { /* of x - anchor */
	double n, s, m2;
	double low; /* what was rounded off in adding to s (Knuth's two-sum) */
};

struct moments {
	struct two_stacks fold;
	double back_anchor, front_anchor;
	struct sums back;
};

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

static inline void
moments_take(void *agg, const struct op *op, uint64_t row)
{
	struct moments *m = agg;
	double x = window_x(op_window_of(op, 0), row);

	if (number_missing(x))
		return;
	if (m->back.n == 0)
		m->back_anchor = x;
	sums_add(&m->back, x - m->back_anchor);
}

static void
moments_clear(void *agg)
{
	struct moments *m = agg;

	m->back = (struct sums){ 0 };
}

static void
moments_turn(void *agg, const struct op *op, uint64_t lo, uint64_t mid)
{
	struct moments *m = agg;
	const struct window *w = op_window_of(op, 0);
	struct sums *front = two_stacks_reserve(&m->fold, mid - lo, sizeof *front), sum = { 0 };

	for (uint64_t i = 0; i < mid - lo; i++) {
		double x = window_x(w, mid - 1 - i);

		if (!number_missing(x)) {
			if (sum.n == 0)
				m->front_anchor = x;
			sums_add(&sum, x - m->front_anchor);
		}
		front[i] = sum;
	}
}

static const struct fold_class fold = { moments_take, moments_turn, moments_clear };

/* Front and back as one, with its anchor. */
static inline struct sums
moments_join(const struct moments *m, double *anchor)
{
	const struct sums *a = m->fold.front, *b = &m->back;
	int64_t at = two_stacks_front(&m->fold);
	double n, e, shift;

	*anchor = m->back_anchor;
	if (at < 0 || a[at].n == 0)
		return *b;
	a += at;
	*anchor = m->front_anchor;
	if (b->n == 0)
		return *a;
	n = a->n + b->n;
	shift = m->back_anchor - m->front_anchor;
	e = shift * a->n * b->n + (a->n * b->s - b->n * a->s);
	return (struct sums){
		.n = n,
		.s = a->s + (b->s + b->n * shift),
		.low = a->low + b->low,
		.m2 = a->m2 + b->m2 + e * e / (a->n * b->n * n),
	};
}

static void
moments_step(struct op *op, const struct run *run, double *out)
{
	struct moments *m = op->state;
	const double *in = op->in[0];

	two_stacks_begin(&m->fold, &fold, m, op);
	for (int i = 0; i < run->n; i++) {
		double *o = out + i, anchor, s;
		struct sums sum;
		struct range r;

		if (!window_range(in, i, &r)) {
			for (int lane = 0; lane < MOMENTS_LANES; lane++)
				o[lane * BLOCK_ROWS] = NAN;
			continue;
		}
		two_stacks_follow(&m->fold, r, &fold, m, op);
		sum = moments_join(m, &anchor);
		s = sum.s + sum.low;
		o[MOMENTS_N * BLOCK_ROWS] = sum.n;
		o[MOMENTS_SUM * BLOCK_ROWS] = sum.n > 0 ? anchor * sum.n + s : NAN;
		o[MOMENTS_MEAN * BLOCK_ROWS] = anchor + s / sum.n;
		o[MOMENTS_M2 * BLOCK_ROWS] = sum.m2;
	}
}

static void
moments_explain(const struct op *op, struct text *out)
{
	const struct moments *m = op->state;
	double anchor;
	struct sums sum = moments_join(m, &anchor);

	text_addf(out, "kept of it = n %.0f", sum.n);
	if (sum.n > 0 && op->args[0]->node->result == RESULT_NUMBER)
		text_addf(out, ", sum %.6g, squares %.6g: sum of (x - mean)^2",
		    anchor * sum.n + sum.s + sum.low, sum.m2);
	text_addc(out, '\n');
}

const struct op_class op_moments = {
	.name = ".moments",
	.help = "count, sum, mean and squared deviations",
	.params = over_x,
	.part = &op_window,
	.lanes = MOMENTS_LANES,
	.size = sizeof(struct moments),
	.step = moments_step,
	.save = two_stacks_save,
	.load = two_stacks_load,
	.explain = moments_explain,
	.done = two_stacks_done,
	.held = two_stacks_held,
};
