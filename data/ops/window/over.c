/* over.c - what the statistics over a window share. See over.h. */
#include "data/ops/window/over.h"

const struct param over_x[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	WINDOW_PARAMS,
	{ 0 },
};

const struct param over_any[] = {
	{ "x", PARAM_ANY, NULL, 0, 0, NULL, "a number or a text" },
	WINDOW_PARAMS,
	{ 0 },
};

enum over_move
over_moved(const struct op *window, double *in, double *out)
{
	const struct window *w = window->state;
	double left = window->out_last - window->ends->out_before;

	if (!(left >= 0) || w->hi != w->end || w->every.unit != SPAN_NONE || w->hi == w->lo)
		return OVER_OTHERWISE;
	*in = window_x(w, w->hi - 1);
	if (number_missing(*in) || (left > 0 && w->lo <= w->kept))
		return OVER_OTHERWISE;
	if (!(left > 0))
		return OVER_GREW;
	*out = window_x(w, w->lo - 1);
	return left > 1 || number_missing(*out) ? OVER_OTHERWISE : OVER_SLID;
}

void
over_value_step(struct op *op, const struct run *run, double *out, const struct over_value *value,
    void (*follow)(struct op *, struct range))
{
	for (int i = 0; i < run->n; i++) {
		struct range r;

		out[i] = NAN;
		if (!window_range(op->in[0], i, &r))
			continue;
		if (r.hi != value->hi || r.lo != value->lo)
			follow(op, r);
		out[i] = value->now;
	}
}

int
over_value_check(const struct op *op, const struct over_value *value)
{
	return window_same(op_window_of(op, 0), op_window_of(op, 1)) &&
		       window_follows(op_window_of(op, 0), value->lo, value->hi)
		   ? 0
		   : -1;
}
