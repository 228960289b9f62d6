/* eddm.c - distances between errors that have become shorter: values other than 0 are errors.
 *
 * Baena-Garcia et al., "Early drift detection method" (2006): mean + 2 sd of the rows between
 * errors against the greatest it ever was; a change where the share falls below `threshold`. Better
 * than the rate itself where errors become slowly more frequent. */
#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"

static const double ERRORS_LEAST = 30, WARNING = 0.95;

struct eddm {
	struct drift_options options;
	double n, errors;
	double since; /* rows since the last error */
	double mean, spread;
	double most;                /* mean + 2 sd */
	double n_then, errors_then; /* when it was most */
	double share;
};

static void
eddm_open(void *self, const struct drift_options *o)
{
	struct eddm *e = self;

	e->options = *o;
}

static void
take_distance(struct eddm *e)
{
	double d = e->since - e->mean;

	e->errors++;
	e->mean += d / e->errors;
	e->spread += d * (e->since - e->mean);
	e->since = 0;
}

static bool
eddm_step(void *self, double x, struct drift_change *change)
{
	struct eddm *e = self;
	double reach;

	e->n++;
	e->since++;
	if (x == 0)
		return false;
	take_distance(e);
	reach = e->mean + 2 * sqrt(e->spread / e->errors);
	if (e->errors < ERRORS_LEAST)
		return false;
	if (reach >= e->most) {
		e->most = reach;
		e->n_then = e->n;
		e->errors_then = e->errors;
	}
	e->share = reach / e->most;
	if (!(e->share < e->options.threshold))
		return false;
	change->before = e->errors_then / e->n_then;
	change->after = (e->errors - e->errors_then) / (e->n - e->n_then);
	*e = (struct eddm){ .options = e->options };
	return true;
}

static bool
eddm_sound(const void *self)
{
	const struct eddm *e = self;

	return e->n >= 0 && e->errors >= 0 && e->n_then <= e->n;
}

static struct drift_options *
eddm_options(void *self)
{
	return &((struct eddm *)self)->options;
}

static void
eddm_explain(const void *self, struct text *out)
{
	const struct eddm *e = self;

	explain_line(out, "errors");
	text_addf(out, "%.0f in %.0f values, %.4g rows apart", e->errors, e->n, e->mean);
	if (e->errors < ERRORS_LEAST) {
		text_addf(out, "; judged after %.0f\n", ERRORS_LEAST);
		return;
	}
	text_addc(out, '\n');
	explain_line(out, "distance");
	text_addf(out, "%.3f of the greatest it was; a change below %g%s\n", e->share,
	    e->options.threshold, e->share < WARNING ? " (warning)" : "");
}

const struct drift_detector drift_eddm = {
	.name = "eddm",
	.help = "of errors (not 0): rows between them that have become fewer",
	.delta = NAN,
	.threshold = 0.9,
	.size = sizeof(struct eddm),
	.open = eddm_open,
	.step = eddm_step,
	.sound = eddm_sound,
	.options = eddm_options,
	.explain = eddm_explain,
};
