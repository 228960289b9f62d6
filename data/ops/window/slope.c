/* slope.c - the least-squares line through a window: how much x rises per row, or per second.
 *
 * Row numbers and times are seen from the aggregate's anchor as whole numbers, before they become
 * doubles: a nanosecond counts however late the hour. */
#include "data/base/times/clock.h"
#include "data/ops/window/over.h"
#include "data/ops/window/pairs.h"

static inline bool
by_time(const struct window *w)
{
	return w->span.unit == SPAN_TIME;
}

static inline double
since(const struct window *w, int64_t t, int64_t from)
{
	return by_time(w) ? elapsed_seconds(from, t) : (double)(t - from);
}

static inline int64_t
place_of(const struct window *w, uint64_t row)
{
	return by_time(w) ? window_time(w, row) : (int64_t)row;
}

static inline void
slope_add(struct products *sum, struct anchor *anchor, const struct window *w, uint64_t row)
{
	double x = window_x(w, row);
	int64_t t = place_of(w, row);

	if (number_missing(x))
		return;
	if (sum->n == 0)
		*anchor = (struct anchor){ .b = x, .t = t };
	products_add(sum, anchor, since(w, t, anchor->t), x);
}

static inline void
slope_take(void *agg, const struct op *op, uint64_t row)
{
	struct pairs *p = agg;

	slope_add(&p->back, &p->back_anchor, op_window_of(op, 0), row);
}

static void
slope_turn(void *agg, const struct op *op, uint64_t lo, uint64_t mid)
{
	struct pairs *p = agg;
	struct products *front = two_stacks_reserve(&p->fold, mid - lo, sizeof *front);
	struct products sum = products_none;

	for (uint64_t i = 0; i < mid - lo; i++) {
		slope_add(&sum, &p->front_anchor, op_window_of(op, 0), mid - 1 - i);
		front[i] = sum;
	}
}

static void
slope_clear(void *agg)
{
	struct pairs *p = agg;

	p->back = products_none;
}

static const struct fold_class fold = { slope_take, slope_turn, slope_clear };

static struct products
slope_sums(const struct pairs *p, const struct window *w)
{
	struct anchor back = p->back_anchor;

	back.a = since(w, back.t, p->front_anchor.t); /* that of front is 0 */
	return pairs_join(p, &p->front_anchor, &back);
}

static inline double
slope_of(const struct products *sum)
{
	double slope = sum->ab / sum->aa;

	if (sum->unit_a != 1 || sum->unit_b != 1) /* a division costs more than the question */
		slope *= sum->unit_a / sum->unit_b;
	return slope;
}

static int
slope_init(struct op *op, struct error *err)
{
	(void)err;
	slope_clear(op->state);
	return 0;
}

static void
slope_step(struct op *op, const struct run *run, double *out)
{
	struct pairs *p = op->state;
	const struct window *w = op_window_of(op, 0);

	two_stacks_begin(&p->fold, &fold, p, op);
	for (int i = 0; i < run->n; i++) {
		struct products sum;
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		two_stacks_follow(&p->fold, r, &fold, p, op);
		sum = slope_sums(p, w);
		if (sum.aa > 0)
			out[i] = number_finite(slope_of(&sum));
	}
}

static void
slope_explain(const struct op *op, struct text *out)
{
	const struct window *w = op_window_of(op, 0);
	struct products sum = slope_sums(op->state, w);
	double tx = sum.ab / sum.unit_a / sum.unit_b, tt = sum.aa / sum.unit_a / sum.unit_a;

	explain_result(op, out);
	explain_line(out, "kept");
	text_addf(out, "n = %.0f; sums of deviations tx = %.6g, tt = %.6g, t in %s\n", sum.n, tx,
	    tt, by_time(w) ? "seconds" : "rows");
	explain_line(out, "slope");
	text_addf(out, "tx / tt = %.6g / %.6g", tx, tt);
	explain_result(op, out);
}

const struct op_class op_slope = {
	.name = "slope",
	.family = "level",
	.help = "slope of the least-squares line, per row (per second for time windows)",
	.params = over_x,
	.part = &op_window,
	.size = sizeof(struct pairs),
	.init = slope_init,
	.step = slope_step,
	.save = two_stacks_save,
	.load = two_stacks_load,
	.explain = slope_explain,
	.done = two_stacks_done,
	.held = two_stacks_held,
};
