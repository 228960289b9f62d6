/* scale_log.c - logarithmic axes: equal ratios stand equally far apart. */
#include <math.h>

#include "widgets/draw/scale.h"
#include "widgets/draw/scale_parts.h"

enum { CELLS_APART = 2 /* two ticks of a fine axis, at least */ };

/* The value at a place of the row ..., 0.5, 1, 2, 5, 10, ...: 1 is at 0. */
static double
fine_value(double place)
{
	static const double digits[] = { 1, 2, 5 };
	double decade = floor(place / 3);

	return digits[(int)(place - 3 * decade)] * pow(10, decade);
}

/* The last place that is not above v. */
static double
fine_place(double v)
{
	double place = 3 * floor(log10(v) + 1e-9);

	for (int i = 0; i < 2 && fine_value(place + 1) <= v * (1 + 1e-9); i++)
		place++;
	return place;
}

/* False where less than CELLS_APART cells would stand between two ticks. */
static bool
fit_fine(struct scale *s, double lo, double hi, int h)
{
	double from = fine_place(lo), to = fine_place(hi);

	to += fine_value(to) < hi * (1 - 1e-9);
	to = to > from ? to : from + 1;
	if ((to - from) * CELLS_APART > h)
		return false;
	*s = (struct scale){ .lo = fine_value(from),
		.hi = fine_value(to),
		.first = from,
		.step = 1,
		.steps = (int)(to - from),
		.log = true,
		.fine = true };
	s->form = form_for(s->lo, s->hi, s->lo);
	return true;
}

double
scale_log_value(const struct scale *s, double place)
{
	return s->fine ? fine_value(place) : pow(10, place);
}

struct scale
scale_fit_log(double lo, double hi, int h)
{
	int from = (int)floor(log10(lo) + 1e-9), to = (int)ceil(log10(hi) - 1e-9), ticks = h / 2;
	struct scale s = { .log = true, .first = from };

	if (fit_fine(&s, lo, hi, h))
		return s;
	to = to > from ? to : from + 1;
	s.step = ceil((double)(to - from) / (ticks > 1 ? ticks : 1));
	s.steps = (int)((to - from) / s.step);
	s.lo = pow(10, from);
	s.hi = pow(10, to);
	s.form = form_for(s.lo, s.hi, s.lo);
	return s;
}
