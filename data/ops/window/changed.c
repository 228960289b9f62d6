/* changed.c - changed and absent: a value that moves, and one that does not come. */
#include "data/base/times/clock.h"
#include "data/ops/window/over.h"

/* --- changed ---------------------------------------------------------------------------------- */

struct changed {
	double x, before; /* the last value present, and the one before it */
	int any;          /* no bool: it is saved as its bytes, and loaded whatever they say */
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

	explain_result(op, out);
	explain_line(out, "before");
	op_print(op, 0, c->any ? c->before : NAN, out);
	text_addc(out, '\n');
	explain_line(out, "now");
	op_print(op, 0, op->ends->in_last[0], out);
	text_addc(out, '\n');
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
	int64_t now;   /* time of the last row, or since then of the last tick */
	int any;       /* a row came */
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
		a->now = run->time[i];
		/* As a window of that duration: the half-open (now - within, now]. */
		out[i] = number_missing(x[i]) && elapsed(a->since, run->time[i]) >= within;
	}
}

/* No row came, so no value did. */
static void
absent_tick(struct op *op, const struct run *run, double *out)
{
	struct absent *a = op->state;

	a->now = run->time[0];
	out[0] = a->any && elapsed(a->since, a->now) >= op_span(op, "within").n;
}

static void
absent_explain(const struct op *op, struct text *out)
{
	const struct absent *a = op->state;

	explain_result(op, out);
	explain_line(out, "now");
	op_print(op, 0, op->ends->in_last[0], out);
	text_addc(out, '\n');
	explain_line(out, "absent");
	text_add(out, "for ");
	explain_seconds(out, a->any ? elapsed(a->since, a->now) : 0);
	text_add(out, ", told from ");
	explain_seconds(out, op_span(op, "within").n);
	text_add(out, " on\n");
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
	.tick = absent_tick,
	.explain = absent_explain,
};
