/* page_hinkley.c - Page and Hinkley: sums of deviations from the mean so far that leave their
 * extreme behind.
 *
 * Page, "Continuous inspection schemes" (1954), on both sides. A deviation is counted in standard
 * deviations of the stream since the last change, less delta, so the threshold means the same in
 * any unit; the usual form adds up in units of the data and fires for ever on large ones. A sum
 * that is never below 0 is the same as the usual one less its least so far. */
#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"
#include "data/ops/drift/standing.h"

static const double WARM = 30;

struct ph {
	struct drift_options options;
	struct standing standing;
	struct excess up, down;
};

static void
ph_open(void *self, const struct drift_options *o)
{
	struct ph *p = self;

	p->options = *o;
}

/* The values since the sum was last 0 are those after the change. */
static void
declare(struct ph *p, const struct excess *e, struct drift_change *change)
{
	double before = p->standing.n - e->n, sum = p->standing.mean * p->standing.n;

	change->after = e->values / e->n;
	change->before = before > 0 ? (sum - e->values) / before : p->standing.mean;
	*p = (struct ph){ .options = p->options };
}

static bool
ph_step(void *self, double x, struct drift_change *change)
{
	struct ph *p = self;
	double d;

	if (p->standing.n < WARM) {
		standing_add(&p->standing, x);
		return false;
	}
	d = standing_deviation(&p->standing, x);
	standing_add(&p->standing, x);
	excess_add(&p->up, d - p->options.delta, x);
	excess_add(&p->down, -d - p->options.delta, x);
	if (p->up.sum > p->options.threshold)
		declare(p, &p->up, change);
	else if (p->down.sum > p->options.threshold)
		declare(p, &p->down, change);
	else
		return false;
	return true;
}

static bool
ph_sound(const void *self)
{
	const struct ph *p = self;

	return p->standing.n >= 0;
}

static struct drift_options *
ph_options(void *self)
{
	return &((struct ph *)self)->options;
}

static void
ph_explain(const void *self, struct text *out)
{
	const struct ph *p = self;

	explain_line(out, "mean");
	text_addf(out, "%.6g over %.0f values, scale %.4g\n", p->standing.mean, p->standing.n,
	    standing_scale(&p->standing));
	explain_line(out, "sums");
	text_addf(out, "up %.3g, down %.3g; a change above %g\n", p->up.sum, p->down.sum,
	    p->options.threshold);
}

const struct drift_detector drift_ph = {
	.name = "ph",
	.help = "Page-Hinkley: a sum of deviations from the mean so far, in standard deviations",
	.delta = 0.25,
	.threshold = 25,
	.size = sizeof(struct ph),
	.open = ph_open,
	.step = ph_step,
	.sound = ph_sound,
	.options = ph_options,
	.explain = ph_explain,
};
