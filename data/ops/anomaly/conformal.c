/* conformal.c - the forecast's own p-value: how many of its errors were as large.
 *
 * Vovk, Gammerman, Shafer, "Algorithmic learning in a random world" (2005): where errors can be
 * exchanged, p = (1 + how many of the last n are as large) / (n + 1) is below any a with chance a
 * at most, whatever their distribution. n errors tell no p below 1 / (n + 1); beyond the largest, p
 * goes on as an exponential tail of the largest tenth does. */
#include <math.h>
#include <stdlib.h>

#include "data/base/error.h"
#include "data/graph/explain.h"
#include "data/ops/anomaly/scorer.h"
#include "data/ops/anomaly/sorted.h"
#include "data/ops/forecast/forecaster.h"

enum { ERRORS = 500, ERRORS_COMPACT = 100, LEAST = 30 };
static const double LEVEL = 4, EVIDENCE_MOST = 300;

struct conformal {
	struct forecaster forecaster;
	struct sorted_ring errors;
	double x, expected, p; /* at the last row */
};

static void *
conformal_open(const struct scorer_setup *setup)
{
	struct conformal *c = memory_new(1, sizeof *c);
	struct forecaster_options o = { .method = &forecast_auto,
		.horizon = 1,
		.compact = setup->compact,
		.timed = setup->timed,
		.alpha = NAN,
		.beta = NAN,
		.gamma = NAN };
	int n = setup->compact ? ERRORS_COMPACT : ERRORS;

	*c = (struct conformal){ .expected = NAN, .p = 1 };
	forecaster_init(&c->forecaster, &o);
	sorted_ring_init(&c->errors, setup->window > 0 ? setup->window : n);
	return c;
}

static void
conformal_close(void *self)
{
	struct conformal *c = self;

	forecaster_done(&c->forecaster);
	sorted_ring_done(&c->errors);
	free(c);
}

/* Beyond the largest error: from the tenth largest on, by their mean excess. */
static double
p_value(const struct sorted_ring *s, double error)
{
	int larger = s->n - sorted_ring_below(s, error), tail = s->n / 10;
	double p = (1.0 + larger) / (s->n + 1), from, mean = 0, far;

	if (larger > 0)
		return p;
	from = s->sorted[s->n - 1 - tail];
	for (int i = s->n - tail; i < s->n; i++)
		mean += (s->sorted[i] - from) / tail;
	far = mean > 0 ? 0.1 * exp(-(error - from) / mean) : 0;
	return fmin(p, far);
}

static double
conformal_step(void *self, const double *x, int64_t time)
{
	struct conformal *c = self;
	double error, evidence;

	forecaster_time(&c->forecaster, time);
	c->x = *x;
	c->expected = c->forecaster.next;
	c->p = 1;
	forecaster_value(&c->forecaster, *x);
	if (isnan(c->expected))
		return 0;
	error = fabs(*x - c->expected);
	/* what rounding leaves of a forecast that is right is no error */
	if (error <= 1e-9 * fabs(*x))
		error = 0;
	if (c->errors.n >= LEAST && error > 0)
		c->p = p_value(&c->errors, error);
	sorted_ring_push(&c->errors, error);
	evidence = c->p > 0 ? fmin(EVIDENCE_MOST, -log10(c->p)) : EVIDENCE_MOST;
	return evidence / (evidence + LEVEL);
}

static void
conformal_save(const void *self, struct buffer *b)
{
	const struct conformal *c = self;

	forecaster_save(&c->forecaster, b);
	sorted_ring_save(&c->errors, b);
	buffer_double(b, c->x);
	buffer_double(b, c->expected);
	buffer_double(b, c->p);
}

static int
conformal_load(void *self, struct reader *r)
{
	struct conformal *c = self;

	if (forecaster_load(&c->forecaster, r) < 0 || sorted_ring_load(&c->errors, r) < 0 ||
	    reader_double(r, &c->x) < 0 || reader_double(r, &c->expected) < 0 ||
	    reader_double(r, &c->p) < 0)
		return -1;
	return 0;
}

static size_t
conformal_held(const void *self)
{
	const struct conformal *c = self;

	return sizeof *c - sizeof c->forecaster + forecaster_held(&c->forecaster) +
	       2 * (size_t)c->errors.w * sizeof *c->errors.ring;
}

static void
conformal_explain(const void *self, struct text *out)
{
	const struct conformal *c = self;

	explain_line(out, "forecast");
	text_addf(out, "%.6g, so %.6g is off by %.4g\n", c->expected, c->x, c->x - c->expected);
	explain_line(out, "p");
	if (c->errors.n <= LEAST)
		text_addf(out, "%d errors; scores begin after %d\n", c->errors.n, LEAST);
	else
		text_addf(out, "%.3g: the share of the last %d errors as large; 0.5 at %g\n", c->p,
		    c->errors.n, pow(10, -LEVEL));
}

const struct scorer anomaly_conformal = {
	.name = "conformal",
	.help = "the forecast's own p-value: how many of its last 500 errors were as large",
	.inputs = 1,
	.looks_back = true,
	.open = conformal_open,
	.close = conformal_close,
	.step = conformal_step,
	.save = conformal_save,
	.load = conformal_load,
	.held = conformal_held,
	.explain = conformal_explain,
};
