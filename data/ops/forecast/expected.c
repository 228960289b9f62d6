/* expected.c - what was predicted for a row before it came, and how it was: the operators that
 * users write. All read the lanes of one shared forecaster. */
#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/forecast/forecast.h"
#include "data/ops/forecast/intervals.h"
#include "data/ops/window/window.h"

static const struct param params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	FORECAST_PARAMS,
	{ 0 },
};

static void
expected_step(struct op *op, const struct run *run, double *out)
{
	const double *in = op->in[0] + FORECAST_EXPECTED * BLOCK_ROWS;

	for (int i = 0; i < run->n; i++)
		out[i] = in[i];
}

static void
expected_explain(const struct op *op, struct text *out)
{
	explain_result(op, out);
	explain_line(out, "made");
	text_add(out, "after the row before, as the best guess of this one\n");
}

const struct op_class op_expected = {
	.name = "expected",
	.family = "forecast",
	.help = "what was predicted for this row before it came",
	.params = params,
	.part = &op_forecaster,
	.step = expected_step,
	.explain = expected_explain,
};

const struct op_class op_residual = {
	.name = "residual",
	.family = "forecast",
	.help = "x - expected(x)",
	.params = params,
	.means = "x - expected(x)",
};

/* --- intervals -------------------------------------------------------------------------------- */

static const struct param interval_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	{ "c", PARAM_NUMBER, "0.95", 0.5, 0.99, NULL, "coverage: the share of values inside" },
	FORECAST_PARAMS,
	{ 0 },
};

struct interval { /* state of lower, upper and outside: the coverage */
	double c;
	double x, low, high; /* at the last row, for explain */
};

static int
interval_init(struct op *op, struct error *err)
{
	struct interval *s = op->state;

	(void)err;
	s->c = op_number(op, "c");
	s->x = s->low = s->high = NAN;
	return 0;
}

/* The coverage is the expression's, whatever the bytes say. */
static int
interval_load(struct op *op, struct reader *r)
{
	struct interval *s = op->state;
	double c = s->c;

	if (reader_get(r, s, sizeof *s) < 0)
		return -1;
	s->c = c;
	return 0;
}

static double
lower_at(const struct op *op, int i, double c)
{
	const double *in = op->in[0] + i;
	double v = in[FORECAST_EXPECTED * BLOCK_ROWS] -
		   widths_at(in + FORECAST_WIDTHS * BLOCK_ROWS, BLOCK_ROWS, c);

	return v < in[FORECAST_LEAST * BLOCK_ROWS] ? in[FORECAST_LEAST * BLOCK_ROWS] : v;
}

static double
upper_at(const struct op *op, int i, double c)
{
	const double *in = op->in[0] + i;

	return in[FORECAST_EXPECTED * BLOCK_ROWS] +
	       widths_at(in + FORECAST_WIDTHS * BLOCK_ROWS, BLOCK_ROWS, c);
}

/* Of the last row of the run; of none, what was loaded stays. */
static void
interval_keep(const struct op *op, struct interval *s, const struct run *run)
{
	int last = run->n - 1;

	if (last < 0)
		return;
	s->x = op->in[0][last + FORECAST_X * BLOCK_ROWS];
	s->low = lower_at(op, last, s->c);
	s->high = upper_at(op, last, s->c);
}

static void
lower_step(struct op *op, const struct run *run, double *out)
{
	struct interval *s = op->state;

	for (int i = 0; i < run->n; i++)
		out[i] = lower_at(op, i, s->c);
	interval_keep(op, s, run);
}

static void
upper_step(struct op *op, const struct run *run, double *out)
{
	struct interval *s = op->state;

	for (int i = 0; i < run->n; i++)
		out[i] = upper_at(op, i, s->c);
	interval_keep(op, s, run);
}

static void
outside_step(struct op *op, const struct run *run, double *out)
{
	struct interval *s = op->state;

	for (int i = 0; i < run->n; i++) {
		double x = op->in[0][i + FORECAST_X * BLOCK_ROWS], low = lower_at(op, i, s->c);

		out[i] = isnan(x) || isnan(low) ? NAN : x < low || x > upper_at(op, i, s->c);
	}
	interval_keep(op, s, run);
}

/* The lower end stops at 0 where no value was ever below. */
static void
interval_explain(const struct op *op, struct text *out)
{
	const struct interval *s = op->state;
	double expected = op->ends->in_last[0], width = s->high - expected;

	explain_result(op, out);
	if (number_missing(op->out_last))
		return;
	explain_line(out, "interval");
	text_addf(out, "%.6g +- %.6g at coverage %g: %.6g to %.6g\n", expected, width, s->c, s->low,
	    s->high);
}

static void
outside_explain(const struct op *op, struct text *out)
{
	const struct interval *s = op->state;

	interval_explain(op, out);
	if (number_missing(op->out_last))
		return;
	explain_line(out, "x");
	text_addf(out, "%.6g is %s\n", s->x,
	    s->x < s->low    ? "below"
	    : s->x > s->high ? "above"
			     : "inside");
}

const struct op_class op_lower = {
	.name = "lower",
	.family = "forecast",
	.help = "lower end of the interval predicted for this row at coverage c",
	.params = interval_params,
	.part = &op_forecaster,
	.size = sizeof(struct interval),
	.init = interval_init,
	.load = interval_load,
	.step = lower_step,
	.explain = interval_explain,
};

const struct op_class op_upper = {
	.name = "upper",
	.family = "forecast",
	.help = "upper end of the interval predicted for this row at coverage c",
	.params = interval_params,
	.part = &op_forecaster,
	.size = sizeof(struct interval),
	.init = interval_init,
	.load = interval_load,
	.step = upper_step,
	.explain = interval_explain,
};

const struct op_class op_outside = {
	.name = "outside",
	.family = "forecast",
	.help = "1 where x is outside of the interval predicted for it at coverage c, else 0",
	.params = interval_params,
	.part = &op_forecaster,
	.size = sizeof(struct interval),
	.init = interval_init,
	.load = interval_load,
	.step = outside_step,
	.explain = outside_explain,
};

/* --- further ahead ---------------------------------------------------------------------------- */

static const struct param forecast_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	{ "h", PARAM_COUNT, "1", 1, HORIZON_MAX, NULL, "rows ahead" },
	FORECAST_PARAMS,
	{ 0 },
};

struct ahead {      /* state of forecast */
	int number; /* to ask the forecaster with */
};

static int
forecast_init(struct op *op, struct error *err)
{
	struct ahead *s = op->state;

	if (op->args == NULL)
		return 0; /* only checked: no forecaster yet */
	s->number = forecaster_want(op->args[0], (int)op_number(op, "h"));
	return s->number < 0 ? error_set(err, "too many different leads of one column") : 0;
}

static void
forecast_step(struct op *op, const struct run *run, double *out)
{
	const struct ahead *s = op->state;
	const double *in = forecaster_wanted(op->args[0], s->number);

	for (int i = 0; i < run->n; i++)
		out[i] = in[i];
}

static void
forecast_explain(const struct op *op, struct text *out)
{
	explain_result(op, out);
	explain_line(out, "made");
	text_addf(out, "after this row, %.0f row%s ahead\n", op_number(op, "h"),
	    op_number(op, "h") > 1 ? "s" : "");
}

const struct op_class op_forecast = {
	.name = "forecast",
	.family = "forecast",
	.help = "the value h rows ahead (1), predicted after this row",
	.params = forecast_params,
	.part = &op_forecaster,
	.size = sizeof(struct ahead),
	.init = forecast_init,
	.step = forecast_step,
	.explain = forecast_explain,
	.unsaved = true,
};

/* --- scores: one step ahead, each row predicted before it came -------------------------------- */

static const struct param score_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	WINDOW_PARAMS,
	FORECAST_PARAMS,
	{ 0 },
};

static const struct param coverage_params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	{ "c", PARAM_NUMBER, "0.95", 0.5, 0.99, NULL, "coverage: the share of values inside" },
	WINDOW_PARAMS,
	FORECAST_PARAMS,
	{ 0 },
};

const struct op_class op_forecast_mae = {
	.name = "forecast_mae",
	.family = "forecast",
	.help = "mean of |x - expected(x)|",
	.params = score_params,
	.means = "mean(abs(residual(x)), w)",
};

const struct op_class op_forecast_rmse = {
	.name = "forecast_rmse",
	.family = "forecast",
	.help = "root of the mean of (x - expected(x))^2",
	.params = score_params,
	.means = "sqrt(mean(residual(x) ^ 2, w))",
};

const struct op_class op_forecast_mase = {
	.name = "forecast_mase",
	.family = "forecast",
	.help = "mean of |x - expected(x)| over that of |x - the last value before|",
	.params = score_params,
	.means = "mean(abs(residual(x)), w)"
		 " / mean(abs(x - lag(last(x), 1)), w)", /* missing rows lie between neither pair */
};

const struct op_class op_coverage = {
	.name = "coverage",
	.family = "forecast",
	.help = "share of values that were inside of their interval at coverage c",
	.params = coverage_params,
	.means = "mean(1 - outside(x, c), w)",
};
