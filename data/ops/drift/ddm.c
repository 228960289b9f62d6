/* ddm.c - a rate of errors that has left its best behind: values other than 0 are errors.
 *
 * Gama, Medas, Castillo, Rodrigues, "Learning with drift detection" (2004): a change where p + s is
 * above the least p + s so far by `threshold` s. The rate counts an error and a success more than
 * there were (Laplace), so that the first error after a hundred successes is no change. */
#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"

static const double WARM = 30, WARNING = 2;

struct ddm {
	struct drift_options options;
	double n, errors;
	double best, p, s; /* p + s where it was least, and both */
	double n_then, errors_then;
	double p_now, s_now;
};

static void
ddm_open(void *self, const struct drift_options *o)
{
	struct ddm *d = self;

	d->options = *o;
	d->best = HUGE_VAL;
}

static void
keep_best(struct ddm *d)
{
	d->best = d->p_now + d->s_now;
	d->p = d->p_now;
	d->s = d->s_now;
	d->n_then = d->n;
	d->errors_then = d->errors;
}

static bool
ddm_step(void *self, double x, struct drift_change *change)
{
	struct ddm *d = self;

	d->n++;
	d->errors += x != 0;
	d->p_now = (d->errors + 1) / (d->n + 2);
	d->s_now = sqrt(d->p_now * (1 - d->p_now) / d->n);
	if (d->n <= WARM)
		return false;
	if (d->p_now + d->s_now <= d->best)
		keep_best(d);
	if (!(d->p_now + d->s_now > d->p + d->options.threshold * d->s))
		return false;
	change->before = d->errors_then / d->n_then;
	change->after = (d->errors - d->errors_then) / (d->n - d->n_then);
	*d = (struct ddm){ .options = d->options, .best = HUGE_VAL };
	return true;
}

static bool
ddm_sound(const void *self)
{
	const struct ddm *d = self;

	return d->n >= 0 && d->n_then <= d->n;
}

static struct drift_options *
ddm_options(void *self)
{
	return &((struct ddm *)self)->options;
}

static void
ddm_explain(const void *self, struct text *out)
{
	const struct ddm *d = self;

	explain_line(out, "error rate");
	text_addf(out, "%.4g over %.0f values", d->n > 0 ? d->errors / d->n : 0, d->n);
	if (d->n <= WARM) {
		text_addf(out, "; judged after %.0f\n", WARM);
		return;
	}
	text_addf(out, "; p + s = %.4g, at best %.4g\n", d->p_now + d->s_now, d->best);
	explain_line(out, "limit");
	text_addf(out, "%.4g: best p + %g s%s\n", d->p + d->options.threshold * d->s,
	    d->options.threshold, d->p_now + d->s_now > d->p + WARNING * d->s ? " (warning)" : "");
}

const struct drift_detector drift_ddm = {
	.name = "ddm",
	.help = "of errors (not 0): a rate that has left its best behind by 3 deviations",
	.delta = NAN,
	.threshold = 3,
	.size = sizeof(struct ddm),
	.open = ddm_open,
	.step = ddm_step,
	.sound = ddm_sound,
	.options = ddm_options,
	.explain = ddm_explain,
};
