/* cov.c - covariance and correlation of two values over a window.
 *
 * Only rows where both are present count. Both windows run over the same rows with the same
 * parameters, so the range of the first stands for both. */
#include "data/ops/window/over.h"
#include "data/ops/window/pairs.h"

static inline bool
pair_at(const struct op *op, uint64_t row, double *x, double *y)
{
	*x = window_x(op_window_of(op, 0), row);
	*y = window_x(op_window_of(op, 1), row);
	return !number_missing(*x) && !number_missing(*y);
}

static inline void
cov_take(void *agg, const struct op *op, uint64_t row)
{
	struct pairs *p = agg;
	double x, y;

	if (!pair_at(op, row, &x, &y))
		return;
	if (p->back.n == 0)
		p->back_anchor = (struct anchor){ .a = x, .b = y };
	products_add(&p->back, &p->back_anchor, x, y);
}

static void
cov_turn(void *agg, const struct op *op, uint64_t lo, uint64_t mid)
{
	struct pairs *p = agg;
	struct products *front = two_stacks_reserve(&p->fold, mid - lo, sizeof *front);
	struct products sum = products_none;
	double x, y;

	for (uint64_t i = 0; i < mid - lo; i++) {
		if (pair_at(op, mid - 1 - i, &x, &y)) {
			if (sum.n == 0)
				p->front_anchor = (struct anchor){ .a = x, .b = y };
			products_add(&sum, &p->front_anchor, x, y);
		}
		front[i] = sum;
	}
}

static void
cov_clear(void *agg)
{
	struct pairs *p = agg;

	p->back = products_none;
}

static const struct fold_class fold = { cov_take, cov_turn, cov_clear };

static struct products
cov_sums(const struct pairs *p)
{
	return pairs_join(p, &p->front_anchor, &p->back_anchor);
}

static double
covariance(struct products sum)
{
	return sum.n >= 2 ? number_finite(sum.ab / (sum.n - 1) / sum.unit_a / sum.unit_b) : NAN;
}

/* Of a constant there is no correlation: 0 / 0. */
static double
correlation(struct products sum)
{
	double r = sum.ab / (sqrt(sum.aa) * sqrt(sum.bb));

	return isfinite(r) ? fmax(-1, fmin(1, r)) : NAN;
}

static inline __attribute__((always_inline)) void
pairs_step(struct op *op, const struct run *run, double *out, double (*value)(struct products))
{
	struct pairs *p = op->state;

	two_stacks_begin(&p->fold, &fold, p, op);
	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		two_stacks_follow(&p->fold, r, &fold, p, op);
		out[i] = value(cov_sums(p));
	}
}

static int
cov_init(struct op *op, struct error *err)
{
	(void)err;
	cov_clear(op->state);
	return 0;
}

/* Both windows must be at the same rows: the range of the first is read of either. */
static int
cov_load(struct op *op, struct reader *r)
{
	if (!window_same(op_window_of(op, 0), op_window_of(op, 1)))
		return -1;
	return two_stacks_load(op, r);
}

static void
cov_step(struct op *op, const struct run *run, double *out)
{
	pairs_step(op, run, out, covariance);
}

static void
corr_step(struct op *op, const struct run *run, double *out)
{
	pairs_step(op, run, out, correlation);
}

static void
cov_explain(const struct op *op, struct text *out)
{
	struct products sum = cov_sums(op->state);
	double xy = sum.ab / sum.unit_a / sum.unit_b;

	explain_result(op, out);
	explain_line(out, "kept");
	text_addf(out, "n = %.0f pairs, xy = sum of (x - mean x)(y - mean y) = %.6g\n", sum.n, xy);
	explain_line(out, "cov");
	text_addf(out, "xy / (n - 1) = %.6g / %.0f", xy, sum.n - 1);
	explain_result(op, out);
}

static void
corr_explain(const struct op *op, struct text *out)
{
	struct products sum = cov_sums(op->state);

	explain_result(op, out);
	explain_line(out, "kept");
	text_addf(out, "n = %.0f pairs; sums of deviations xy = %.6g, xx = %.6g, yy = %.6g\n",
	    sum.n, sum.ab, sum.aa, sum.bb);
	explain_line(out, "corr");
	text_addf(out, "xy / sqrt(xx yy) = %.6g / sqrt(%.6g * %.6g)", sum.ab, sum.aa, sum.bb);
	explain_result(op, out);
}

static const struct param params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ "y", PARAM_INPUT, NULL, 0, 0, NULL, "another" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_cov = {
	.name = "cov",
	.family = "moments",
	.help = "covariance: sum (x - mean x)(y - mean y) / (n - 1) of rows with both",
	.params = params,
	.part = &op_window,
	.size = sizeof(struct pairs),
	.init = cov_init,
	.step = cov_step,
	.save = two_stacks_save,
	.load = cov_load,
	.explain = cov_explain,
	.done = two_stacks_done,
	.held = two_stacks_held,
};

const struct op_class op_corr = {
	.name = "corr",
	.family = "moments",
	.help = "Pearson's correlation: cov(x, y) / (sd(x) sd(y))",
	.params = params,
	.part = &op_window,
	.size = sizeof(struct pairs),
	.init = cov_init,
	.step = corr_step,
	.save = two_stacks_save,
	.load = cov_load,
	.explain = corr_explain,
	.done = two_stacks_done,
	.held = two_stacks_held,
};
