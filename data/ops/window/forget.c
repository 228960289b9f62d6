/* forget.c - ewma and ewsd: mean and standard deviation with exponentially fading weights.
 *
 * From the first value on, m += A (x - m). The variance goes with it by Finch, "Incremental
 * calculation of weighted mean and variance" (2009): v = (1 - A) (v + A d^2) with d = x - m before
 * the step; a sum of squares, never negative. With a halflife in time, A = 1 - 0.5^(dt / H) for the
 * time dt since the last stamp: a value's weight halves with every H, however unevenly the values
 * come. Rows of one stamp, which nothing tells apart in time, then count as one: their mean so far,
 * put in the place of what the rows before the last had made of it. */
#include <float.h>

#include "data/base/times/clock.h"
#include "data/ops/window/over.h"

struct fade {
	double alpha;     /* 0: by time */
	int64_t halflife; /* ns */
	int any, older;   /* a value, and one of an earlier stamp; saved as their bytes */
	int64_t last;     /* stamp of the last value */
	double mean, variance;
	double before, variance_before; /* without the values of the last stamp */
	double used;                    /* A for these */
	double x, n;                    /* their mean, and how many */
};

static int
fade_init(struct op *op, struct error *err)
{
	struct fade *f = op->state;
	struct span h = op_span(op, "halflife");
	double alpha = op_number(op, "alpha");

	if (isnan(alpha) == (h.unit == SPAN_NONE))
		return error_set(err, "needs one of alpha and halflife (alpha=0.1 or halflife=20)");
	if (!isnan(alpha) && !(alpha > 0))
		return error_set(err, "alpha is above 0, at most 1");
	f->alpha = !isnan(alpha) ? alpha : h.unit == SPAN_ROWS ? 1 - exp2(-1 / (double)h.n) : 0;
	f->halflife = h.n;
	return 0;
}

/* The weight of a value that comes at time t. */
static double
weight(const struct fade *f, int64_t t)
{
	if (!f->any)
		return 1;
	if (f->alpha > 0)
		return f->alpha;
	return -expm1(-M_LN2 * (elapsed_ns(f->last, t) / (double)f->halflife));
}

/* The row begins a stamp of its own: what there is now is what was before. */
static void
fade_begin(struct fade *f, double x, int64_t t)
{
	f->used = weight(f, t);
	f->older = f->any;
	f->before = f->any ? f->mean : x;
	f->variance_before = f->variance;
	f->last = t;
	f->x = x;
	f->n = 1;
	f->any = true;
}

static void
fade_add(struct fade *f, double x, int64_t t)
{
	double a, d;

	if (f->any && !(f->alpha > 0) && t == f->last) {
		d = x - f->x;
		f->n++;
		f->x += isfinite(d) ? d / f->n : x / f->n - f->x / f->n;
	} else {
		fade_begin(f, x, t);
	}
	a = f->used;
	d = f->older ? f->x - f->before : 0;
	f->mean = f->older && isfinite(d) ? f->before + a * d : f->x;
	f->variance = fmin(DBL_MAX, (1 - a) * (f->variance_before + a * d * d)); /* it can fade */
}

/* alpha and halflife are the expression's, whatever the bytes say. */
static int
fade_load(struct op *op, struct reader *r)
{
	struct fade *f = op->state, own = *f;

	if (reader_get(r, f, sizeof *f) < 0)
		return -1;
	f->alpha = own.alpha;
	f->halflife = own.halflife;
	return 0;
}

static void
ewma_step(struct op *op, const struct run *run, double *out)
{
	struct fade *f = op->state;
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++) {
		if (!number_missing(x[i]))
			fade_add(f, x[i], run->time[i]);
		out[i] = f->any ? f->mean : NAN;
	}
}

static void
ewsd_step(struct op *op, const struct run *run, double *out)
{
	struct fade *f = op->state;
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++) {
		if (!number_missing(x[i]))
			fade_add(f, x[i], run->time[i]);
		out[i] = f->any ? sqrt(f->variance) : NAN;
	}
}

static void
ewma_explain(const struct op *op, struct text *out)
{
	const struct fade *f = op->state;

	explain_result(op, out);
	if (!f->any || number_missing(op->ends->in_last[0]))
		return;
	explain_line(out, "m <-");
	text_addf(out, "m + A (x - m) = %.6g + %.4g (%.6g - ", f->before, f->used, f->x);
	explain_operand(out, f->before);
	text_addc(out, ')');
	explain_result(op, out);
}

static void
ewsd_explain(const struct op *op, struct text *out)
{
	const struct fade *f = op->state;

	explain_result(op, out);
	if (!f->any || number_missing(op->ends->in_last[0]))
		return;
	explain_line(out, "v <-");
	text_addf(out, "(1 - A) (v + A (x - m)^2) = %.6g, A = %.4g, x = %.6g, m = %.6g\n",
	    f->variance, f->used, f->x, f->before);
	explain_line(out, "ewsd");
	text_addf(out, "sqrt(v) = sqrt(%.6g)", f->variance);
	explain_result(op, out);
}

static const struct param params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ "alpha", PARAM_NUMBER, "", 0, 1, NULL, "weight of the newest value, above 0" },
	{ "halflife", PARAM_SPAN, "", 0, 0, NULL,
	    "rows or a duration after which a weight has halved" },
	{ 0 },
};

const struct op_class op_ewma = {
	.name = "ewma",
	.family = "forgetting",
	.help = "fading mean: m += A (x - m) from the first; A = alpha or 1 - 0.5^(1 / halflife)",
	.params = params,
	.size = sizeof(struct fade),
	.init = fade_init,
	.load = fade_load,
	.step = ewma_step,
	.explain = ewma_explain,
};

const struct op_class op_ewsd = {
	.name = "ewsd",
	.family = "forgetting",
	.help = "fading standard deviation about ewma: sqrt(v), v = (1 - A)(v + A (x - m)^2)",
	.params = params,
	.size = sizeof(struct fade),
	.init = fade_init,
	.load = fade_load,
	.step = ewsd_step,
	.explain = ewsd_explain,
};
