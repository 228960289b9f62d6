/* skew_kurt.c - skewness and kurtosis of a window.
 *
 * Aggregates as in moments.c, with third and fourth powers: adding by Terriberry (2007), joining by
 * Pebay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 * statistical moments" (2008). Kept apart from .moments, which most windows need without these. */
#include "data/ops/window/two_stacks.h"
#include "data/ops/window/moments.h"
#include "data/ops/window/over.h"
#include "data/ops/window/unit.h"

struct powers { /* of d = (x - anchor) * unit; see unit.h */
	double n, s, m2, m3, m4;
	double unit;
};

struct shape {
	struct two_stacks fold;
	double back_anchor, front_anchor;
	struct powers back;
};

static const struct powers nothing = { .unit = 1 };

static struct powers
powers_scale(struct powers a, double unit)
{
	double by = unit / a.unit;

	return (struct powers){ a.n, a.s * by, a.m2 * by * by, a.m3 * by * by * by,
		a.m4 * by * by * by * by, unit };
}

static inline void
powers_add(struct powers *a, double d)
{
	double before = a->n, n = before + 1, delta, part, square, term;

	a->n = n;
	if (before > 0) {
		delta = d - a->s / before;
		part = delta / n;
		square = part * part;
		term = delta * part * before;
		a->m4 +=
		    term * square * (n * n - 3 * n + 3) + 6 * square * a->m2 - 4 * part * a->m3;
		a->m3 += term * part * (n - 2) - 3 * part * a->m2;
		a->m2 += term;
	}
	a->s += d;
}

static __attribute__((noinline, cold)) struct powers
powers_add_in_unit(struct powers a, double x, double anchor)
{
	if (unit_misfit(unit_above(x, anchor, a.unit)))
		a = powers_scale(a, unit_fit(a.unit, a.m2, x, anchor));
	powers_add(&a, unit_above(x, anchor, a.unit));
	return a;
}

static inline void
powers_take(struct powers *a, double *anchor, double x)
{
	if (number_missing(x))
		return;
	if (a->n == 0)
		*anchor = x;
	if (unit_misfit(x - *anchor) || a->unit != 1)
		*a = powers_add_in_unit(*a, x, *anchor);
	else
		powers_add(a, x - *anchor);
}

static inline void
shape_take(void *agg, const struct op *op, uint64_t row)
{
	struct shape *m = agg;

	powers_take(&m->back, &m->back_anchor, window_x(op_window_of(op, 0), row));
}

static void
shape_clear(void *agg)
{
	struct shape *m = agg;

	m->back = nothing;
}

static void
shape_turn(void *agg, const struct op *op, uint64_t lo, uint64_t mid)
{
	struct shape *m = agg;
	const struct window *w = op_window_of(op, 0);
	struct powers *front = two_stacks_reserve(&m->fold, mid - lo, sizeof *front), sum = nothing;

	for (uint64_t i = 0; i < mid - lo; i++) {
		powers_take(&sum, &m->front_anchor, window_x(w, mid - 1 - i));
		front[i] = sum;
	}
}

static const struct fold_class fold = { shape_take, shape_turn, shape_clear };

/* Both in one unit; shift leads from the anchor of a to that of b. */
static struct powers
powers_join(const struct powers *a, const struct powers *b, double shift)
{
	double na = a->n, nb = b->n, n = na + nb;
	double delta = shift + (b->s / nb - a->s / na), part = delta / n;
	double term = delta * part * na * nb, square = part * part;

	return (struct powers){
		.n = n,
		.m2 = a->m2 + b->m2 + term,
		.m3 =
		    a->m3 + b->m3 + term * part * (na - nb) + 3 * part * (na * b->m2 - nb * a->m2),
		.m4 = a->m4 + b->m4 + term * square * (na * na - na * nb + nb * nb) +
		      6 * square * (na * na * b->m2 + nb * nb * a->m2) +
		      4 * part * (na * b->m3 - nb * a->m3),
		.unit = a->unit,
	};
}

static __attribute__((noinline, cold)) struct powers
powers_join_in_unit(struct powers a, struct powers b, double from, double to)
{
	double unit = unit_joint(a.unit, a.m2, b.unit, b.m2, from, to);

	a = powers_scale(a, unit);
	b = powers_scale(b, unit);
	return powers_join(&a, &b, unit_above(to, from, unit));
}

static struct powers
shape_join(const struct shape *m)
{
	const struct powers *front = m->fold.front;
	int64_t at = two_stacks_front(&m->fold);
	double from = m->front_anchor, to = m->back_anchor;

	if (at < 0 || front[at].n == 0)
		return m->back;
	front += at;
	if (m->back.n == 0)
		return *front;
	if (unit_misfit(to - from) || front->unit != 1 || m->back.unit != 1)
		return powers_join_in_unit(*front, m->back, from, to);
	return powers_join(front, &m->back, to - from);
}

static int
shape_init(struct op *op, struct error *err)
{
	(void)err;
	shape_clear(op->state);
	return 0;
}

static void
shape_step(struct op *op, const struct run *run, double *out)
{
	struct shape *m = op->state;
	const double *in = op->in[0];

	two_stacks_begin(&m->fold, &fold, m, op);
	for (int i = 0; i < run->n; i++) {
		struct powers sum = { NAN, NAN, NAN, NAN, NAN, NAN };
		struct range r;

		if (window_range(in, i, &r)) {
			two_stacks_follow(&m->fold, r, &fold, m, op);
			sum = shape_join(m);
		}
		out[i + SHAPE_N * BLOCK_ROWS] = sum.n;
		out[i + SHAPE_M2 * BLOCK_ROWS] = sum.m2;
		out[i + SHAPE_M3 * BLOCK_ROWS] = sum.m3;
		out[i + SHAPE_M4 * BLOCK_ROWS] = sum.m4;
	}
}

static void
shape_explain(const struct op *op, struct text *out)
{
	struct powers sum = powers_scale(shape_join(op->state), 1);
	text_addf(out, "kept of it = n %.0f", sum.n);
	if (sum.n > 0)
		text_addf(out, ", m2 %.6g, m3 %.6g, m4 %.6g: means of (x - mean)^k", sum.m2 / sum.n,
		    sum.m3 / sum.n, sum.m4 / sum.n);
	text_addc(out, '\n');
}

const struct op_class op_shape = {
	.name = ".shape",
	.help = "second to fourth powers of the deviations",
	.params = over_x,
	.part = &op_window,
	.lanes = SHAPE_LANES,
	.size = sizeof(struct shape),
	.init = shape_init,
	.step = shape_step,
	.save = two_stacks_save,
	.load = two_stacks_load,
	.explain = shape_explain,
	.done = two_stacks_done,
	.held = two_stacks_held,
};

/* --- skew, kurt ------------------------------------------------------------------------------- */

/* Of equal values the deviations are 0 and their shape is missing: 0 / 0. */
static void
skew_step(struct op *op, const struct run *run, double *out)
{
	const double *n = over_lane(op, 0, SHAPE_N), *m2 = over_lane(op, 0, SHAPE_M2);
	const double *m3 = over_lane(op, 0, SHAPE_M3);

	for (int i = 0; i < run->n; i++)
		out[i] = number_finite(sqrt(n[i]) * (m3[i] / m2[i] / sqrt(m2[i])));
}

static void
kurt_step(struct op *op, const struct run *run, double *out)
{
	const double *n = over_lane(op, 0, SHAPE_N), *m2 = over_lane(op, 0, SHAPE_M2);
	const double *m4 = over_lane(op, 0, SHAPE_M4);

	for (int i = 0; i < run->n; i++)
		out[i] = number_finite(n[i] * (m4[i] / m2[i] / m2[i]) - 3);
}

static void
skew_explain(const struct op *op, struct text *out)
{
	text_add(out, " = m3 / m2^1.5");
	explain_result(op, out);
}

static void
kurt_explain(const struct op *op, struct text *out)
{
	text_add(out, " = m4 / m2^2 - 3");
	explain_result(op, out);
}

const struct op_class op_skew = {
	.name = "skew",
	.family = "moments",
	.help = "skewness: m3 / m2^1.5, with mk the mean of (x - mean)^k",
	.params = over_x,
	.part = &op_shape,
	.step = skew_step,
	.explain = skew_explain,
};

const struct op_class op_kurt = {
	.name = "kurt",
	.family = "moments",
	.help = "excess kurtosis: m4 / m2^2 - 3, with mk the mean of (x - mean)^k",
	.params = over_x,
	.part = &op_shape,
	.step = kurt_step,
	.explain = kurt_explain,
};
