/* hddm.c - a mean that has risen above its least by more than Hoeffding's bound.
 *
 * Frias-Blanco et al., "Online and non-parametric drift detection methods based on Hoeffding's
 * bounds" (2015), HDDM_A, one-sided: for errors, or shares, between 0 and 1 (values beyond count as
 * these). Nothing is assumed of how they are distributed. */
#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"

struct hddm {
	struct drift_options options;
	double n, sum;
	double n_least, sum_least; /* where mean + bound was least */
	double apart, bound;       /* at the last value */
};

static void
hddm_open(void *self, const struct drift_options *o)
{
	struct hddm *h = self;

	h->options = *o;
}

static double
bound_of(const struct hddm *h, double n)
{
	return sqrt(log(1 / h->options.delta) / (2 * n));
}

static bool
hddm_step(void *self, double x, struct drift_change *change)
{
	struct hddm *h = self;
	double mean, least;

	h->n++;
	h->sum += fmax(0, fmin(1, x));
	mean = h->sum / h->n;
	if (h->n_least == 0 ||
	    mean + bound_of(h, h->n) <= h->sum_least / h->n_least + bound_of(h, h->n_least)) {
		h->n_least = h->n;
		h->sum_least = h->sum;
	}
	least = h->sum_least / h->n_least;
	h->apart = mean - least;
	h->bound = sqrt((h->n - h->n_least) / (2 * h->n * h->n_least) * log(2 / h->options.delta));
	if (h->n == h->n_least || !(h->apart >= h->bound))
		return false;
	change->before = least;
	change->after = (h->sum - h->sum_least) / (h->n - h->n_least);
	*h = (struct hddm){ .options = h->options };
	return true;
}

static bool
hddm_sound(const void *self)
{
	const struct hddm *h = self;

	return h->n >= 0 && h->n_least >= 0 && h->n_least <= h->n;
}

static struct drift_options *
hddm_options(void *self)
{
	return &((struct hddm *)self)->options;
}

static void
hddm_explain(const void *self, struct text *out)
{
	const struct hddm *h = self;

	explain_line(out, "mean");
	text_addf(out, "%.4g over %.0f values, %.4g above its least; a change from %.4g\n",
	    h->n > 0 ? h->sum / h->n : 0, h->n, h->apart, h->bound);
}

const struct drift_detector drift_hddm = {
	.name = "hddm",
	.help = "of errors (0 to 1): a mean above its least by more than Hoeffding's bound",
	.delta = 0.001,
	.threshold = NAN,
	.size = sizeof(struct hddm),
	.open = hddm_open,
	.step = hddm_step,
	.sound = hddm_sound,
	.options = hddm_options,
	.explain = hddm_explain,
};
