/* quantile.c - quantiles, iqr, mad and rank, read off the sorted values of the window. */
#include <string.h>

#include "data/ops/window/over.h"
#include "data/ops/window/sorted.h"

struct asked {
	int lane;
};

static int
ask(struct op *op, enum question question, double q, struct error *err)
{
	struct asked *a = op->state;

	if (op->args == NULL) /* the trial of an expression */
		return 0;
	a->lane = sorted_ask(op->args[0], question, q, err);
	return a->lane < 0 ? -1 : 0;
}

static void
asked_step(struct op *op, const struct run *run, double *out)
{
	const struct asked *a = op->state;

	memcpy(out, over_lane(op, 0, a->lane), (size_t)run->n * sizeof *out);
}

/* --- quantile --------------------------------------------------------------------------------- */

static int
quantile_init(struct op *op, struct error *err)
{
	return ask(op, ASK_QUANTILE, op_number(op, "q"), err);
}

static void
explain_between(struct text *out, double below, double part, double above)
{
	text_addf(out, "%.6g + %.4g (%.6g - ", below, part, above);
	explain_operand(out, below);
	text_addc(out, ')');
}

static void
quantile_explain(const struct op *op, struct text *out)
{
	double q = op_number(op, "q"), h, below, above;
	bool sketched;
	size_t n = sorted_count(op->args[0], &sketched);

	explain_result(op, out);
	if (n == 0 || sketched)
		return;
	h = (double)(n - 1) * q;
	explain_line(out, "rank");
	text_addf(out, "(n - 1) q = %zu * %g = %.6g, the least value has rank 0\n", n - 1, q, h);
	below = sorted_at(op->args[0], (size_t)h);
	above = sorted_at(op->args[0], (size_t)ceil(h));
	explain_line(out, "value");
	if (h > floor(h))
		explain_between(out, below, h - floor(h), above);
	else
		text_addf(out, "at rank %.0f", h);
	explain_result(op, out);
}

static const struct param quantile_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ "q", PARAM_NUMBER, NULL, 0, 1, NULL, "share of the values below it" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct op_class op_quantile = {
	.name = "quantile",
	.family = "order",
	.help = "q-quantile, interpolated (type 7); of `all` a t-digest after 1,000,000 values",
	.params = quantile_params,
	.part = &op_sorted,
	.size = sizeof(struct asked),
	.init = quantile_init,
	.step = asked_step,
	.unsaved = true,
	.explain = quantile_explain,
};

/* --- by definition ---------------------------------------------------------------------------- */

const struct op_class op_median = {
	.name = "median",
	.family = "order",
	.help = "quantile 0.5",
	.params = over_x,
	.means = "quantile(x, 0.5, w)",
};

const struct op_class op_p50 = {
	.name = "p50",
	.family = "order",
	.help = "quantile 0.5",
	.params = over_x,
	.means = "quantile(x, 0.5, w)",
};

const struct op_class op_p90 = {
	.name = "p90",
	.family = "order",
	.help = "quantile 0.9",
	.params = over_x,
	.means = "quantile(x, 0.9, w)",
};

const struct op_class op_p95 = {
	.name = "p95",
	.family = "order",
	.help = "quantile 0.95",
	.params = over_x,
	.means = "quantile(x, 0.95, w)",
};

const struct op_class op_p99 = {
	.name = "p99",
	.family = "order",
	.help = "quantile 0.99",
	.params = over_x,
	.means = "quantile(x, 0.99, w)",
};

/* --- iqr -------------------------------------------------------------------------------------- */

static int
iqr_init(struct op *op, struct error *err)
{
	return ask(op, ASK_IQR, 0, err);
}

static void
iqr_explain(const struct op *op, struct text *out)
{
	text_add(out, " = quantile 0.75 - quantile 0.25");
	explain_result(op, out);
}

const struct op_class op_iqr = {
	.name = "iqr",
	.family = "order",
	.help = "interquartile range: quantile 0.75 - quantile 0.25",
	.params = over_x,
	.part = &op_sorted,
	.size = sizeof(struct asked),
	.init = iqr_init,
	.step = asked_step,
	.unsaved = true,
	.explain = iqr_explain,
};

/* --- mad, rank -------------------------------------------------------------------------------- */

static int
mad_init(struct op *op, struct error *err)
{
	return ask(op, ASK_MAD, 0, err);
}

static void
mad_explain(const struct op *op, struct text *out)
{
	bool sketched;
	size_t n = sorted_count(op->args[0], &sketched);

	explain_result(op, out);
	explain_line(out, "mad");
	text_addf(
	    out, "median of |x - median|: half of %zu values lie no further from theirs\n", n);
}

const struct op_class op_mad = {
	.name = "mad",
	.family = "order",
	.help = "median absolute deviation: median of |x - median|",
	.params = over_x,
	.part = &op_sorted,
	.size = sizeof(struct asked),
	.init = mad_init,
	.step = asked_step,
	.unsaved = true,
	.explain = mad_explain,
};

static int
rank_init(struct op *op, struct error *err)
{
	return ask(op, ASK_RANK, 0, err);
}

static void
rank_explain(const struct op *op, struct text *out)
{
	bool sketched;
	size_t n = sorted_count(op->args[0], &sketched);

	if (!number_missing(op->out_last))
		text_addf(
		    out, " = values <= the last / n = %.0f / %zu", op->out_last * (double)n, n);
	explain_result(op, out);
}

const struct op_class op_rank = {
	.name = "rank",
	.family = "order",
	.help = "share of the window that is <= the row's own x; missing where x is",
	.params = over_x,
	.part = &op_sorted,
	.size = sizeof(struct asked),
	.init = rank_init,
	.step = asked_step,
	.unsaved = true,
	.explain = rank_explain,
};
