/* moments_read.c - count, sum, mean, var, sd, cv and z, read off the moments of the window. */
#include "data/ops/window/moments.h"
#include "data/ops/window/over.h"

/* --- count, sum, mean ------------------------------------------------------------------------- */

static void
copy_lane(const struct op *op, const struct run *run, double *out, int lane)
{
	const double *from = over_lane(op, 0, lane);

	for (int i = 0; i < run->n; i++)
		out[i] = number_finite(from[i]);
}

static void
count_step(struct op *op, const struct run *run, double *out)
{
	copy_lane(op, run, out, MOMENTS_N);
}

static void
sum_step(struct op *op, const struct run *run, double *out)
{
	copy_lane(op, run, out, MOMENTS_SUM);
}

static void
mean_step(struct op *op, const struct run *run, double *out)
{
	copy_lane(op, run, out, MOMENTS_MEAN);
}

static void
count_explain(const struct op *op, struct text *out)
{
	text_add(out, " = n");
	explain_result(op, out);
}

static void
sum_explain(const struct op *op, struct text *out)
{
	enum over_move move;
	double in, gone;

	explain_result(op, out);
	move = over_moved(op->args[0]->args[0], &in, &gone);
	if (move == OVER_OTHERWISE || number_missing(op->ends->out_before))
		return;
	explain_line(out, "sum <-");
	text_addf(out, "%.6g + ", op->ends->out_before);
	explain_operand(out, in);
	if (move == OVER_SLID) {
		text_add(out, " - ");
		explain_operand(out, gone);
	}
	explain_result(op, out);
}

static void
mean_explain(const struct op *op, struct text *out)
{
	double in, gone, n = op->ends->in_last[0], before = op->ends->out_before;
	enum over_move move;

	explain_result(op, out);
	if (!(n > 0))
		return;
	explain_line(out, "mean");
	text_addf(out, "sum of x / n = %.6g / %.0f", op->out_last * n, n);
	explain_result(op, out);
	move = over_moved(op->args[0]->args[0], &in, &gone);
	if (move == OVER_OTHERWISE || number_missing(before))
		return;
	explain_line(out, "mean <-");
	text_addf(out, "%.6g + (%.6g - ", before, in);
	explain_operand(out, move == OVER_SLID ? gone : before);
	text_addf(out, ") / %.0f", n);
	explain_result(op, out);
}

const struct op_class op_count = {
	.name = "count",
	.family = "moments",
	.help = "how many values are present in the window",
	.params = over_any,
	.part = &op_moments,
	.step = count_step,
	.explain = count_explain,
};

const struct op_class op_sum = {
	.name = "sum",
	.family = "moments",
	.help = "sum of the window; missing when it holds none",
	.params = over_x,
	.part = &op_moments,
	.step = sum_step,
	.explain = sum_explain,
};

const struct op_class op_mean = {
	.name = "mean",
	.family = "moments",
	.help = "sum / n",
	.params = over_x,
	.part = &op_moments,
	.step = mean_step,
	.explain = mean_explain,
};

/* --- var, sd ---------------------------------------------------------------------------------- */

static void
var_step(struct op *op, const struct run *run, double *out)
{
	const double *n = over_lane(op, 0, MOMENTS_N), *m2 = over_lane(op, 0, MOMENTS_M2);
	const double *scale = over_lane(op, 0, MOMENTS_SCALE);

	for (int i = 0; i < run->n; i++)
		out[i] = n[i] >= 2 ? number_finite(m2[i] / (n[i] - 1) * scale[i] * scale[i]) : NAN;
}

static void
sd_step(struct op *op, const struct run *run, double *out)
{
	const double *n = over_lane(op, 0, MOMENTS_N), *m2 = over_lane(op, 0, MOMENTS_M2);
	const double *scale = over_lane(op, 0, MOMENTS_SCALE);

	for (int i = 0; i < run->n; i++)
		out[i] = n[i] >= 2 ? number_finite(sqrt(m2[i] / (n[i] - 1)) * scale[i]) : NAN;
}

static void
explain_spread(
    const struct op *op, struct text *out, double var, const char *open, const char *close)
{
	double n = op->ends->in_last[0];

	/* A deviation may be a number where its square is none. */
	if (n >= 2 && isfinite(var) && (var > 0 || !(op->out_last > 0)))
		text_addf(out, " = %ssquares / (n - 1)%s = %s%.6g / %.0f%s", open, close, open,
		    var * (n - 1), n - 1, close);
	else if (!(n >= 2))
		text_add(out, " needs 2 values");
	explain_result(op, out);
}

static void
var_explain(const struct op *op, struct text *out)
{
	explain_spread(op, out, op->out_last, "", "");
}

static void
sd_explain(const struct op *op, struct text *out)
{
	explain_spread(op, out, op->out_last * op->out_last, "sqrt(", ")");
}

const struct op_class op_var = {
	.name = "var",
	.family = "moments",
	.help = "sum (x - mean)^2 / (n - 1)",
	.params = over_x,
	.part = &op_moments,
	.step = var_step,
	.explain = var_explain,
};

const struct op_class op_sd = {
	.name = "sd",
	.family = "moments",
	.help = "standard deviation: sqrt(sum (x - mean)^2 / (n - 1))",
	.params = over_x,
	.part = &op_moments,
	.step = sd_step,
	.explain = sd_explain,
};

/* --- by definition ---------------------------------------------------------------------------- */

const struct op_class op_cv = {
	.name = "cv",
	.family = "moments",
	.help = "coefficient of variation: sd / mean",
	.params = over_x,
	.means = "sd(x, w) / mean(x, w)",
};

/* --- z ---------------------------------------------------------------------------------------- */

/* From the two parts of the mean: as one, near 1e15, it is off by up to a sixteenth. */
static void
score_step(struct op *op, const struct run *run, double *out)
{
	const double *x = op->in[0], *n = over_lane(op, 1, MOMENTS_N);
	const double *anchor = over_lane(op, 1, MOMENTS_ANCHOR);
	const double *above = over_lane(op, 1, MOMENTS_ABOVE);
	const double *m2 = over_lane(op, 1, MOMENTS_M2), *scale = over_lane(op, 1, MOMENTS_SCALE);

	for (int i = 0; i < run->n; i++) {
		double d = x[i] / scale[i] - anchor[i] - above[i];

		out[i] = n[i] >= 2 ? number_finite(d / sqrt(m2[i] / (n[i] - 1))) : NAN;
	}
}

static int
score_init(struct op *op, struct error *err)
{
	(void)err;
	if (op->args != NULL) /* else the trial of an expression */
		moments_split(op->args[1]);
	return 0;
}

static void
score_explain(const struct op *op, struct text *out)
{
	double sd = moments_sd(op->args[1]);

	explain_result(op, out);
	if (number_missing(op->out_last))
		return;
	explain_line(out, "z");
	text_addf(out, "(x - mean) / sd = %.6g / %.6g", op->out_last * sd, sd);
	explain_result(op, out);
}

static const struct param score_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ "of", PARAM_INPUT, NULL, 0, 0, NULL, "moments of its window" },
	{ 0 },
};

const struct op_class op_score = {
	.name = ".score",
	.help = "standard score of a value among those of a window",
	.params = score_params,
	.init = score_init,
	.step = score_step,
	.explain = score_explain,
};

const struct op_class op_z = {
	.name = "z",
	.family = "moments",
	.help = "standard score of the row in its window: (x - mean) / sd",
	.params = over_x,
	.means = ".score(.newest(x, w), .moments(x, w))",
};
