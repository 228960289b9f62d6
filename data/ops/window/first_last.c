/* first_last.c - first, delta and rate: the first and the last value present in a window; and
 * the value of its newest row, for those that compare it with the others. */
#include <string.h>

#include "data/base/times/clock.h"
#include "data/ops/window/over.h"

enum { ENDS_FIRST, ENDS_DELTA, ENDS_RATE, ENDS_LANES };

struct end {
	uint64_t row;
	double x;
	int64_t time;
	int any; /* no bool: it is saved as its bytes, and loaded whatever they say */
};

struct ends {
	uint64_t hi;     /* rows below were looked at as they came */
	uint64_t looked; /* rows below were looked at for first */
	struct end first, last;
};

static bool
end_at(const struct window *w, uint64_t row, struct end *e)
{
	double x = window_x(w, row);

	if (number_missing(x))
		return false;
	*e = (struct end){ row, x, window_time(w, row), true };
	return true;
}

/* Each row is looked at once as it comes and once as it may be the first: rows before last that the
 * window still holds are the only ones that can be. */
static void
ends_follow(struct ends *e, const struct window *w, struct range r)
{
	uint64_t from = w->timed > w->kept ? w->timed : w->kept;

	if (e->hi < from)
		e->hi = from;
	for (; e->hi < r.hi; e->hi++)
		end_at(w, e->hi, &e->last);
	if (e->first.any && e->first.row >= r.lo)
		return;
	e->first.any = false;
	if (e->looked < r.lo)
		e->looked = r.lo;
	if (e->looked < from)
		e->looked = from;
	while (e->looked < r.hi && !end_at(w, e->looked, &e->first))
		e->looked++;
}

static int
ends_init(struct op *op, struct error *err)
{
	(void)err;
	if (op->args != NULL) /* else the trial of an expression */
		window_keep_times(op->args[0]);
	return 0;
}

static int
ends_load(struct op *op, struct reader *r)
{
	struct ends *e = op->state;
	const struct window *w = op_window_of(op, 0);

	if (reader_get(r, e, sizeof *e) < 0)
		return -1;
	return e->hi <= w->end && e->looked <= w->end ? 0 : -1;
}

static void
ends_step(struct op *op, const struct run *run, double *out)
{
	struct ends *e = op->state;
	const struct window *w = op_window_of(op, 0);

	for (int i = 0; i < run->n; i++) {
		double first = NAN, delta = NAN, rate = NAN;
		struct range r;

		if (window_range(op->in[0], i, &r)) {
			ends_follow(e, w, r);
			if (e->first.any) {
				first = e->first.x;
				delta = e->last.x - first;
				rate = delta / elapsed_seconds(e->first.time, e->last.time);
			}
		}
		out[i + ENDS_FIRST * BLOCK_ROWS] = first;
		out[i + ENDS_DELTA * BLOCK_ROWS] = number_finite(delta);
		out[i + ENDS_RATE * BLOCK_ROWS] = number_finite(rate);
	}
}

const struct op_class op_ends = {
	.name = ".ends",
	.help = "first and last value",
	.params = over_any,
	.part = &op_window,
	.result = RESULT_AS_INPUT,
	.lanes = ENDS_LANES,
	.size = sizeof(struct ends),
	.init = ends_init,
	.load = ends_load,
	.step = ends_step,
};

/* --- the newest row --------------------------------------------------------------------------- */

struct newest {
	uint64_t hi; /* the row before it is the one that x is of */
	double x;
};

/* Present or missing: what stands in the row that the window ends with. That is the row itself, but
 * for every=, where it is the one that stood last at the multiple. */
static void
newest_step(struct op *op, const struct run *run, double *out)
{
	struct newest *s = op->state;
	const struct window *w = op_window_of(op, 0);

	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		if (r.hi != s->hi)
			s->x = r.hi > w->kept ? window_x(w, r.hi - 1) : NAN;
		s->hi = r.hi;
		if (r.lo < r.hi)
			out[i] = s->x;
	}
}

const struct op_class op_newest = {
	.name = ".newest",
	.help = "value of the row that the window ends with",
	.params = over_x,
	.part = &op_window,
	.size = sizeof(struct newest),
	.step = newest_step,
};

/* --- first, delta, rate ----------------------------------------------------------------------- */

static void
first_step(struct op *op, const struct run *run, double *out)
{
	memcpy(out, over_lane(op, 0, ENDS_FIRST), (size_t)run->n * sizeof *out);
}

static void
delta_step(struct op *op, const struct run *run, double *out)
{
	memcpy(out, over_lane(op, 0, ENDS_DELTA), (size_t)run->n * sizeof *out);
}

static void
rate_step(struct op *op, const struct run *run, double *out)
{
	memcpy(out, over_lane(op, 0, ENDS_RATE), (size_t)run->n * sizeof *out);
}

static void
first_explain(const struct op *op, struct text *out)
{
	text_add(out, " = oldest value present in the window");
	explain_result(op, out);
}

static void
explain_change(const struct ends *e, const char *how, struct text *out)
{
	text_addf(out, "%s%.6g - ", how, e->last.x);
	explain_operand(out, e->first.x);
}

static void
delta_explain(const struct op *op, struct text *out)
{
	const struct ends *e = op->args[0]->state;

	if (e->first.any)
		explain_change(e, " = last - first = ", out);
	explain_result(op, out);
}

static void
rate_explain(const struct op *op, struct text *out)
{
	const struct ends *e = op->args[0]->state;

	explain_result(op, out);
	if (!e->first.any)
		return;
	explain_line(out, "rate");
	explain_change(e, "(last - first) / time = (", out);
	text_add(out, ") / ");
	explain_elapsed(out, e->first.time, e->last.time);
	explain_result(op, out);
}

const struct op_class op_first = {
	.name = "first",
	.family = "level",
	.help = "oldest value present in the window",
	.params = over_any,
	.part = &op_ends,
	.result = RESULT_AS_INPUT,
	.step = first_step,
	.explain = first_explain,
};

const struct op_class op_delta = {
	.name = "delta",
	.family = "level",
	.help = "last value of the window - first",
	.params = over_x,
	.part = &op_ends,
	.step = delta_step,
	.explain = delta_explain,
};

const struct op_class op_rate = {
	.name = "rate",
	.family = "level",
	.help = "delta per second, by the times of the first and the last value of the window",
	.params = over_x,
	.part = &op_ends,
	.step = rate_step,
	.explain = rate_explain,
};
