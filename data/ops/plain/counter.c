/* counter.c - a counter with its resets undone: what stood before each fall is added to all that
 * comes after it.
 *
 * A counter only grows, so where its value falls it began again at 0 (a restart), and the new value
 * has grown since. So the result never falls, and rate(counter(x), 5m) is right over a restart. A
 * missing value is missing, and changes nothing. */
#include "data/graph/explain.h"
#include "data/ops/plain/plain.h"

struct counter {
	double x;     /* the last value that was not missing; valid where any */
	double added; /* what stood before each fall, in all */
	int any;      /* no bool: it is saved as its bytes, and loaded whatever they say */
};

static void
counter_step(struct op *op, const struct run *run, double *out)
{
	struct counter *c = op->state;
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++) {
		if (!number_missing(x[i])) {
			if (c->any && x[i] < c->x)
				c->added += c->x;
			c->x = x[i];
			c->any = true;
		}
		out[i] = number_finite(x[i] + c->added);
	}
}

static void
counter_explain(const struct op *op, struct text *out)
{
	const struct counter *c = op->state;

	explain_result(op, out);
	if (number_missing(op->ends->in_last[0]))
		return;
	explain_line(out, "now");
	explain_number(out, op->ends->in_last[0]);
	text_add(out, ", and ");
	explain_number(out, c->added);
	text_add(out, " stood before its resets\n");
}

const struct op_class op_counter = {
	.name = "counter",
	.family = "plain",
	.help = "x with its resets undone: what stood before each fall is added",
	.params = plain_x,
	.size = sizeof(struct counter),
	.step = counter_step,
	.explain = counter_explain,
};
