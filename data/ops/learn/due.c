/* due.c - a prediction and its label side by side, when the label is known.
 *
 * A learner with delay= knows a label so many rows, or so long, after its row: then both are
 * scored, not before. With ahead= the label that comes is that of a prediction so many rows ago. Of
 * a learner without either, both are as they come. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/ops/learn/classifier.h"
#include "data/ops/learn/due.h"
#include "data/ops/learn/regressor.h"

enum { ROOM_FIRST = 64, ROOM_MOST = 65536 };

struct past {
	double v;
	int64_t time;
};

struct due {
	struct span by; /* SPAN_NONE: at once */
	struct past *past;
	uint64_t first, end, cap;
};

const struct op *
learner_behind(const struct op *op)
{
	if (op->node->class == NULL)
		return NULL;
	if (op->node->class->gathers)
		return op;
	for (int i = 0; i < op->node->ninputs; i++) {
		const struct op *found = learner_behind(op->args[i]);

		if (found != NULL)
			return found;
	}
	return NULL;
}

/* input 1 is the prediction; the label of ahead= is as it comes. */
static int
begin(struct op *op, bool label)
{
	struct due *d = op->state;
	const struct op *learner = op->args != NULL ? learner_behind(op->args[1]) : NULL;
	double ahead;

	if (learner == NULL ||
	    (learner->node->class != &op_classifier && learner->node->class != &op_regressor))
		return 0;
	d->by = op_span(learner, "delay");
	ahead = learner->node->class == &op_classifier ? op_number(learner, "ahead") : NAN;
	if (!number_missing(ahead) && !label)
		d->by = (struct span){ SPAN_ROWS, (int64_t)ahead };
	d->cap = d->by.unit == SPAN_ROWS ? (uint64_t)d->by.n + 1 : ROOM_FIRST;
	if (d->by.unit != SPAN_NONE)
		d->past = memory_zero(d->cap, sizeof *d->past);
	return 0;
}

static int
due_init(struct op *op, struct error *err)
{
	(void)err;
	return begin(op, false);
}

static int
due_label_init(struct op *op, struct error *err)
{
	(void)err;
	return begin(op, true);
}

static void
grow(struct due *d)
{
	uint64_t cap = d->cap, grown = 2 * cap;
	struct past *to;

	assert(cap > 0 && grown > 0);
	if (d->end - d->first < cap)
		return;
	if (grown > ROOM_MOST) {
		d->first++;
		return;
	}
	to = memory_zero(grown, sizeof *to);
	for (uint64_t i = d->first; i < d->end; i++)
		to[i % grown] = d->past[i % cap]; /* NOLINT: no division by 0 */
	free(d->past);
	d->past = to;
	d->cap = grown;
}

/* Of rows that are due at once, the latest. */
static double
next(struct due *d, double v, int64_t now)
{
	double known = NAN;

	while (d->first < d->end) {
		const struct past *p = &d->past[d->first % d->cap];

		if (d->by.unit == SPAN_ROWS ? d->end - d->first < (uint64_t)d->by.n
					    : elapsed_ns(p->time, now) < (double)d->by.n)
			break;
		known = p->v;
		d->first++;
	}
	grow(d);
	d->past[d->end++ % d->cap] = (struct past){ v, now };
	return known;
}

static void
due_step(struct op *op, const struct run *run, double *out)
{
	struct due *d = op->state;

	if (d->by.unit == SPAN_NONE) {
		if (run->n > 0)
			memcpy(out, op->in[0], (size_t)run->n * sizeof *out);
		return;
	}
	for (int i = 0; i < run->n; i++)
		out[i] = next(d, op->in[0][i], run->time[i]);
}

static void
due_save(const struct op *op, struct buffer *b)
{
	const struct due *d = op->state;

	buffer_u64(b, d->end - d->first);
	for (uint64_t i = d->first; i < d->end; i++) {
		buffer_double(b, d->past[i % d->cap].v);
		buffer_i64(b, d->past[i % d->cap].time);
	}
}

static int
due_load(struct op *op, struct reader *r)
{
	struct due *d = op->state;
	size_t n;

	if (reader_count(r, 16, &n) < 0 || n > ROOM_MOST || (n > 0 && d->by.unit == SPAN_NONE) ||
	    (d->by.unit == SPAN_ROWS && n > d->cap))
		return -1;
	d->first = d->end = 0;
	for (size_t i = 0; i < n; i++) {
		struct past *p;

		grow(d);
		assert(d->cap > 0);
		p = &d->past[d->end++ % d->cap];
		if (reader_double(r, &p->v) < 0 || reader_i64(r, &p->time) < 0)
			return -1;
	}
	return 0;
}

static void
due_done(struct op *op)
{
	struct due *d = op->state;

	free(d->past);
}

static size_t
due_held(const struct op *op)
{
	const struct due *d = op->state;

	return d->past != NULL ? d->cap * sizeof *d->past : 0;
}

static const struct param params[] = {
	{ "v", PARAM_ANY, NULL, 0, 0, NULL, "a label or a prediction" },
	{ "p", PARAM_ANY, NULL, 0, 0, NULL, "the prediction" },
	{ 0 },
};

const struct op_class op_due = {
	.name = ".due",
	.help = "a prediction when its label is known",
	.params = params,
	.result = RESULT_AS_INPUT,
	.size = sizeof(struct due),
	.init = due_init,
	.step = due_step,
	.save = due_save,
	.load = due_load,
	.done = due_done,
	.held = due_held,
};

const struct op_class op_due_label = {
	.name = ".due_label",
	.help = "a label when it is known",
	.params = params,
	.result = RESULT_AS_INPUT,
	.size = sizeof(struct due),
	.init = due_label_init,
	.step = due_step,
	.save = due_save,
	.load = due_load,
	.done = due_done,
	.held = due_held,
};
