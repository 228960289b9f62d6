/* level.c - last, lag and diff: the series itself, and as it was some rows ago. */
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/plain/plain.h"

/* --- last ------------------------------------------------------------------------------------- */

struct last {
	double x;
	int any; /* no bool: it is saved as its bytes, and loaded whatever they say */
};

static void
last_step(struct op *op, const struct run *run, double *out)
{
	struct last *last = op->state;
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++) {
		if (!number_missing(x[i]))
			*last = (struct last){ .x = x[i], .any = true };
		out[i] = last->any ? last->x : NAN;
	}
}

static void
last_explain(const struct op *op, struct text *out)
{
	explain_result(op, out);
	if (number_missing(op->ends->in_last[0])) {
		explain_line(out, "now");
		text_add(out, "missing: the latest value stands\n");
	}
}

static const struct param last_params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ 0 },
};

const struct op_class op_last = {
	.name = "last",
	.family = "level",
	.help = "the latest value of x that was not missing",
	.params = last_params,
	.result = RESULT_AS_INPUT,
	.size = sizeof(struct last),
	.step = last_step,
	.explain = last_explain,
};

/* --- lag -------------------------------------------------------------------------------------- */

struct lag {
	uint64_t k, seen;
	double *past; /* the last k rows; row r stands at past[r % k] */
};

static int
lag_init(struct op *op, struct error *err)
{
	struct lag *lag = op->state;

	(void)err;
	lag->k = (uint64_t)op_number(op, "k");
	lag->past = memory_new(lag->k, sizeof *lag->past);
	return 0;
}

static void
lag_step(struct op *op, const struct run *run, double *out)
{
	struct lag *lag = op->state;
	const double *x = op->in[0];

	for (int i = 0; i < run->n; i++) {
		double *place = &lag->past[lag->seen % lag->k];

		out[i] = lag->seen >= lag->k ? *place : NAN;
		*place = x[i];
		lag->seen++;
	}
}

static void
lag_save(const struct op *op, struct buffer *b)
{
	const struct lag *lag = op->state;

	buffer_u64(b, lag->seen);
	buffer_put(b, lag->past, (lag->seen < lag->k ? lag->seen : lag->k) * sizeof *lag->past);
}

static int
lag_load(struct op *op, struct reader *r)
{
	struct lag *lag = op->state;

	if (reader_u64(r, &lag->seen) < 0)
		return -1;
	return reader_get(
	    r, lag->past, (lag->seen < lag->k ? lag->seen : lag->k) * sizeof *lag->past);
}

static void
lag_done(struct op *op)
{
	struct lag *lag = op->state;

	free(lag->past);
}

static size_t
lag_held(const struct op *op)
{
	const struct lag *lag = op->state;

	return lag->k * sizeof *lag->past;
}

static void
lag_explain(const struct op *op, struct text *out)
{
	const struct lag *lag = op->state;

	explain_result(op, out);
	explain_line(out, "now");
	op_print(op, 0, op->ends->in_last[0], out);
	text_addf(out, ", to be told in %llu row%s\n", (unsigned long long)lag->k,
	    lag->k == 1 ? "" : "s");
}

static const struct param lag_params[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	{ "k", PARAM_COUNT, "1", 1, 1000000, NULL, "how many rows ago" },
	{ 0 },
};

const struct op_class op_lag = {
	.name = "lag",
	.family = "level",
	.help = "x as it was k rows ago",
	.params = lag_params,
	.result = RESULT_AS_INPUT,
	.size = sizeof(struct lag),
	.init = lag_init,
	.step = lag_step,
	.save = lag_save,
	.load = lag_load,
	.done = lag_done,
	.held = lag_held,
	.explain = lag_explain,
};

const struct op_class op_diff = {
	.name = "diff",
	.family = "level",
	.help = "x minus the row before",
	.params = plain_x,
	.means = "x - lag(x, 1)",
};
