/* anomaly.c - anomaly(x): how odd a row is, in [0, 1], on arrival; its methods are files of this
 * room. */
#include "data/ops/anomaly/anomaly.h"

#include <math.h>

#include "data/graph/explain.h"
#include "data/ops/anomaly/scorer.h"

static const struct scorer *const scorers[] = { &anomaly_auto, &anomaly_z, &anomaly_hampel,
	&anomaly_hst, &anomaly_spot, &anomaly_conformal };
enum { SCORERS = sizeof scorers / sizeof *scorers };

static const double STEEP = 8;

static const struct param params[] = {
	{ "x", PARAM_INPUTS, NULL, 0, 0, NULL, "values; of several, hst is taken" },
	{ "method", PARAM_CHOICE, "auto", 0, 0, "auto|z|hampel|hst|spot|conformal",
	    "how scores are made" },
	{ "w", PARAM_COUNT, "", 10, 100000, NULL,
	    "rows looked back on: z, hampel 60, hst 250, spot 10, conformal 500" },
	{ "limit", PARAM_NUMBER, "", 0.1, 1000, NULL,
	    "z, hampel: deviations at which the score is 0.5 (4, 5)" },
	{ "seed", PARAM_COUNT, "1", 0, 1e9, NULL, "hst: of its trees" },
	{ 0 },
};

struct anomaly {
	const struct scorer *scorer;
	void *self;
};

double
anomaly_score(double evidence, double level)
{
	double r = evidence / level;

	if (!(r > 0))
		return 0;
	r = pow(fmin(r, 1e6), STEEP);
	return r / (1 + r);
}

static int
anomaly_init(struct op *op, struct error *err)
{
	struct anomaly *a = op->state;
	double w = op_number(op, "w");
	struct scorer_setup setup = { .inputs = op->node->ninputs,
		.compact = op->node->compact,
		.timed = op->node->timed,
		.window = isnan(w) ? 0 : (int)w,
		.limit = op_number(op, "limit"),
		.seed = (uint64_t)op_number(op, "seed") };
	int i = 0;

	while (!op_choice(op, "method", scorers[i]->name))
		i++;
	/* of several inputs, the one that takes them */
	a->scorer = setup.inputs > 1 && scorers[i] == &anomaly_auto ? &anomaly_hst : scorers[i];
	if (setup.inputs > a->scorer->inputs)
		return error_set(err, "method=%s takes %s", a->scorer->name,
		    a->scorer->inputs == 1 ? "one input (method=hst takes several)"
					   : "16 inputs at most");
	if (!isnan(w) && !a->scorer->looks_back)
		return error_set(err, "method=%s takes no w", a->scorer->name);
	if (!isnan(setup.limit) && !a->scorer->has_limit)
		return error_set(err, "method=%s takes no limit", a->scorer->name);
	a->self = a->scorer->open(&setup);
	return 0;
}

/* A row with a missing value is not odd, and teaches nothing. */
static void
anomaly_step(struct op *op, const struct run *run, double *out)
{
	struct anomaly *a = op->state;
	double x[ANOMALY_INPUTS];
	int n = op->node->ninputs;

	for (int i = 0; i < run->n; i++) {
		bool missing = false;

		for (int k = 0; k < n; k++) {
			double v = op->in[k][i];

			missing |= number_missing(v);
			x[k] = fmax(-ANOMALY_VALUE_MAX, fmin(ANOMALY_VALUE_MAX, v));
		}
		out[i] = missing ? 0 : a->scorer->step(a->self, x, run->time[i] - run->shift);
	}
}

static void
anomaly_save(const struct op *op, struct buffer *b)
{
	const struct anomaly *a = op->state;

	a->scorer->save(a->self, b);
}

static int
anomaly_load(struct op *op, struct reader *r)
{
	struct anomaly *a = op->state;

	return a->scorer->load(a->self, r);
}

static void
anomaly_explain(const struct op *op, struct text *out)
{
	const struct anomaly *a = op->state;

	explain_result(op, out);
	if (number_missing(op->ends->in_last[0])) {
		explain_line(out, "now");
		text_add(out, "missing: not odd\n");
		return;
	}
	a->scorer->explain(a->self, out);
}

static void
anomaly_done(struct op *op)
{
	struct anomaly *a = op->state;

	if (a->self != NULL)
		a->scorer->close(a->self);
}

static size_t
anomaly_held(const struct op *op)
{
	const struct anomaly *a = op->state;

	return a->scorer->held(a->self);
}

const struct evidence_history *
anomaly_evidence(const struct op *op)
{
	const struct anomaly *a = op->state;

	return a->scorer->evidence != NULL ? a->scorer->evidence(a->self) : NULL;
}

const struct op_class op_anomaly = {
	.name = "anomaly",
	.family = "anomaly",
	.help = "how odd x is, from 0 to 1, from the past alone; 0.5 is the level to look at",
	.params = params,
	.size = sizeof(struct anomaly),
	.init = anomaly_init,
	.step = anomaly_step,
	.save = anomaly_save,
	.load = anomaly_load,
	.explain = anomaly_explain,
	.done = anomaly_done,
	.held = anomaly_held,
};

void
anomaly_methods_print(struct text *out)
{
	for (int i = 0; i < SCORERS; i++)
		text_addf(out, "%-10s %s\n", scorers[i]->name, scorers[i]->help);
}
