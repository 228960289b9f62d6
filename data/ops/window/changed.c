/* changed.c - changed and absent: a value that moves, and one that does not come. */
#include "data/ops/window/over.h"

/* --- changed ---------------------------------------------------------------------------------- */

struct changed {
	double x, before; /* the last value present, and the one before it */
	bool any;
};

static void
changed_step(struct op *op, const struct run *run, double *out)
{
	struct changed *c = op->state;
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++) {
		out[i] = 0;
		if (number_missing(x[i]))
			continue;
		out[i] = c->any && (x[i] < c->x || x[i] > c->x);
		c->before = c->any ? c->x : NAN;
		c->x = x[i];
		c->any = true;
	}
}

static void
changed_explain(const struct op *op, struct text *out)
{
	const struct changed *c = op->state;

	text_add(out, "changed: ");
	op_print(op, 0, c->any ? c->before : NAN, out);
	text_add(out, ", then ");
	op_print(op, 0, op->in_last[0], out);
	over_result(out, ":", op->out_last);
}

static const struct param changed_params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ 0 },
};

const struct op_class op_changed = {
	.name = "changed",
	.family = "counting",
	.help = "1 on a row whose value differs from the last one present, else 0",
	.params = changed_params,
	.size = sizeof(struct changed),
	.step = changed_step,
	.explain = changed_explain,
};

/* --- absent ----------------------------------------------------------------------------------- */

struct absent {
	int64_t since; /* time of the last value, or of the first row */
	bool any;      /* a row came */
};

static void
absent_step(struct op *op, const struct run *run, double *out)
{
	struct absent *a = op->state;
	const double *x = op->in[0];
	int64_t within = op_span(op, "within").n;

	for (int i = 0; i < run->n; i++) {
		if (!a->any || !number_missing(x[i]))
			a->since = run->time[i];
		a->any = true;
		/* As a window of that duration: the half-open (now - within, now]. */
		out[i] = number_missing(x[i]) && run->time[i] - a->since >= within;
	}
}

static void
absent_explain(const struct op *op, struct text *out)
{
	text_add(out, "absent: the last row's value is ");
	op_print(op, 0, op->in_last[0], out);
	text_add(out, "; none for ");
	span_print(op_span(op, "within"), out);
	over_result(out, " or more", op->out_last);
}

static const struct param absent_params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ "within", PARAM_DURATION, NULL, 0, 0, NULL, "how long, in event time" },
	{ 0 },
};

const struct op_class op_absent = {
	.name = "absent",
	.family = "counting",
	.help = "1 while no value was present for that long of event time, else 0",
	.params = absent_params,
	.size = sizeof(struct absent),
	.step = absent_step,
	.explain = absent_explain,
};
