/* cusum.c - cumulative sums of deviations from where the stream stood at first.
 *
 * The tabular form of Page (1954), on both sides: the first WARM values after a change tell the
 * mean and the deviation that all later ones are measured by, so even a slow drift away from them
 * adds up, which a mean that follows forgives. */
#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"
#include "data/ops/drift/standing.h"

static const double WARM = 100;

struct cusum {
	struct drift_options options;
	struct standing standing;
	struct excess up, down;
};

static void
cusum_open(void *self, const struct drift_options *o)
{
	struct cusum *c = self;

	c->options = *o;
}

static bool
cusum_step(void *self, double x, struct drift_change *change)
{
	struct cusum *c = self;
	const struct excess *most;
	double d;

	if (c->standing.n < WARM) {
		standing_add(&c->standing, x);
		return false;
	}
	d = standing_deviation(&c->standing, x);
	excess_add(&c->up, d - c->options.delta, x);
	excess_add(&c->down, -d - c->options.delta, x);
	most = c->up.sum > c->down.sum ? &c->up : &c->down;
	if (!(most->sum > c->options.threshold))
		return false;
	*change = (struct drift_change){ c->standing.mean, most->values / most->n };
	*c = (struct cusum){ .options = c->options };
	return true;
}

static bool
cusum_sound(const void *self)
{
	const struct cusum *c = self;

	return c->standing.n >= 0;
}

static struct drift_options *
cusum_options(void *self)
{
	return &((struct cusum *)self)->options;
}

static void
cusum_explain(const void *self, struct text *out)
{
	const struct cusum *c = self;

	explain_line(out, "reference");
	if (c->standing.n < WARM)
		text_addf(out, "%.0f of %.0f values that tell it\n", c->standing.n, WARM);
	else
		text_addf(out, "mean %.6g, scale %.4g, of %.0f values\n", c->standing.mean,
		    standing_scale(&c->standing), WARM);
	explain_line(out, "sums");
	text_addf(out, "up %.3g, down %.3g; a change above %g\n", c->up.sum, c->down.sum,
	    c->options.threshold);
}

const struct drift_detector drift_cusum = {
	.name = "cusum",
	.help =
	    "sums of deviations from the first 100 values after a change, in standard deviations",
	.delta = 0.5,
	.threshold = 15,
	.size = sizeof(struct cusum),
	.open = cusum_open,
	.step = cusum_step,
	.sound = cusum_sound,
	.options = cusum_options,
	.explain = cusum_explain,
};
