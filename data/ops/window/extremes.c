/* extremes.c - least and greatest value of a window.
 *
 * The fold of fold.h, for both at once: without a branch that depends on the values, which costs a
 * monotone queue more than the second pass costs the fold. */
#include <string.h>

#include "data/ops/window/two_stacks.h"
#include "data/ops/window/over.h"

enum { EXTREMES_MIN, EXTREMES_MAX, EXTREMES_LANES };

struct pair_of_extremes {
	double min, max;
};

struct extremes {
	struct two_stacks fold;
	struct pair_of_extremes back;
};

static const struct pair_of_extremes nothing = { INFINITY, -INFINITY };

/* A missing x compares false and changes nothing. */
static inline struct pair_of_extremes
widen(struct pair_of_extremes e, double x)
{
	e.min = x < e.min ? x : e.min;
	e.max = x > e.max ? x : e.max;
	return e;
}

static inline void
extremes_take(void *agg, const struct op *op, uint64_t row)
{
	struct extremes *e = agg;

	e->back = widen(e->back, window_x(op_window_of(op, 0), row));
}

static void
extremes_turn(void *agg, const struct op *op, uint64_t lo, uint64_t mid)
{
	struct extremes *e = agg;
	const struct window *w = op_window_of(op, 0);
	struct pair_of_extremes *front = two_stacks_reserve(&e->fold, mid - lo, sizeof *front);
	struct pair_of_extremes sum = nothing;

	for (uint64_t i = 0; i < mid - lo; i++)
		front[i] = sum = widen(sum, window_x(w, mid - 1 - i));
}

static void
extremes_clear(void *agg)
{
	struct extremes *e = agg;

	e->back = nothing;
}

static const struct fold_class fold = { extremes_take, extremes_turn, extremes_clear };

static int
extremes_init(struct op *op, struct error *err)
{
	(void)err;
	extremes_clear(op->state);
	return 0;
}

static void
extremes_step(struct op *op, const struct run *run, double *out)
{
	struct extremes *e = op->state;

	two_stacks_begin(&e->fold, &fold, e, op);
	for (int i = 0; i < run->n; i++) {
		struct pair_of_extremes sum = nothing;
		struct range r;

		if (window_range(op->in[0], i, &r)) {
			const struct pair_of_extremes *front;
			int64_t at;

			two_stacks_follow(&e->fold, r, &fold, e, op);
			sum = e->back;
			front = e->fold.front;
			at = two_stacks_front(&e->fold);
			if (at >= 0) {
				sum.min = front[at].min < sum.min ? front[at].min : sum.min;
				sum.max = front[at].max > sum.max ? front[at].max : sum.max;
			}
		}
		out[i] = number_finite(sum.min);
		out[i + BLOCK_ROWS] = number_finite(sum.max);
	}
}

const struct op_class op_extremes = {
	.name = ".extremes",
	.help = "least and greatest value",
	.params = over_x,
	.part = &op_window,
	.lanes = EXTREMES_LANES,
	.size = sizeof(struct extremes),
	.init = extremes_init,
	.step = extremes_step,
	.save = two_stacks_save,
	.load = two_stacks_load,
	.done = two_stacks_done,
	.held = two_stacks_held,
};

/* --- min, max, range -------------------------------------------------------------------------- */

static void
min_step(struct op *op, const struct run *run, double *out)
{
	memcpy(out, over_lane(op, 0, EXTREMES_MIN), (size_t)run->n * sizeof *out);
}

static void
max_step(struct op *op, const struct run *run, double *out)
{
	memcpy(out, over_lane(op, 0, EXTREMES_MAX), (size_t)run->n * sizeof *out);
}

/* What became of the extreme: the row that came beat it, it left, or it stands. sign: -1 for min.
 */
static void
explain_extreme(const struct op *op, struct text *out, const char *verb, int sign)
{
	double before = op->ends->out_before, now = op->out_last;

	explain_result(op, out);
	if (number_missing(before) || number_missing(now))
		return;
	explain_line(out, op->node->class->name);
	if (sign * now > sign * before)
		text_addf(out, "the row that came in is %s than %.6g\n", verb, before);
	else if (sign * now < sign * before)
		text_addf(out, "%.6g went out: the next of those that are left\n", before);
	else
		text_add(out, "as before\n");
}

static void
min_explain(const struct op *op, struct text *out)
{
	explain_extreme(op, out, "less", -1);
}

static void
max_explain(const struct op *op, struct text *out)
{
	explain_extreme(op, out, "greater", 1);
}

const struct op_class op_min = {
	.name = "min",
	.family = "order",
	.help = "least value of the window",
	.params = over_x,
	.part = &op_extremes,
	.step = min_step,
	.explain = min_explain,
};

const struct op_class op_max = {
	.name = "max",
	.family = "order",
	.help = "greatest value of the window",
	.params = over_x,
	.part = &op_extremes,
	.step = max_step,
	.explain = max_explain,
};

const struct op_class op_range = {
	.name = "range",
	.family = "order",
	.help = "max - min",
	.params = over_x,
	.means = "max(x, w) - min(x, w)",
};
