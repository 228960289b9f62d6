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

void
over_number(struct text *out, double v)
{
	if (number_missing(v))
		text_add(out, "missing");
	else
		text_addf(out, "%.6g", v);
}

void
over_result(struct text *out, const char *name, double v)
{
	text_addf(out, "%s = ", name);
	over_number(out, v);
	text_addc(out, '\n');
}

bool
over_slid(const struct op *window, double *in, double *out)
{
	const struct window *w = window->state;
	double lo = window->out_last, before = window->out_before;

	if (!(lo == before + 1) || w->hi != w->end || w->lo <= w->kept)
		return false;
	*in = window_x(w, w->hi - 1);
	*out = window_x(w, w->lo - 1);
	return !number_missing(*in) && !number_missing(*out);
}
