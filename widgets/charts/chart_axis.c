/* chart_axis.c - what a chart spans from its lower edge to its upper one. */
#include <math.h>

#include "widgets/charts/chart_parts.h"

enum { RECENT = 10 /* rows */, MARKED_FROM = 6 /* lines of a plot */ };
#define STEADY 0.9       /* of the range lies between the first row and the last */
#define CURVES_SHARE 4.0 /* predictions may have a quarter of the data's range on each side */

static void
widen(struct extent *e, double v)
{
	if (isnan(v))
		return;
	e->lo = fmin(e->lo, v);
	e->hi = fmax(e->hi, v);
}

/* Thresholds are worth seeing when they are near, not when they would press the line flat. */
static void
widen_to_thresholds(const struct view *v, const struct series *of, struct extent *e)
{
	double near = fmax(e->hi - e->lo, fabs(e->hi) * 0.01), from = e->lo - near,
	       to = e->hi + near;
	double at;

	for (int i = 0; i < engine_rules(v->engine); i++) {
		if (view_threshold(v, i, of, &at) && at >= from && at <= to)
			widen(e, at);
		if (view_clears(v, i, of, &at) && at >= from && at <= to)
			widen(e, at);
	}
}

/* What is predicted may take a quarter of the data's range on each side; what goes beyond is cut.
 */
static void
widen_to_curves(const struct chart *s, const struct view *v, struct extent *e)
{
	double quarter = fmax(e->hi - e->lo, fabs(e->hi) * 1e-3) / CURVES_SHARE;
	double from = e->lo - quarter, to = e->hi + quarter;
	const struct series *of = chart_of(s);
	uint64_t last = s->horizon > 0 ? s->made + (uint64_t)s->horizon : s->plot.end;

	for (uint64_t row = chart_first_row(s, v, of->source); row < last; row++)
		for (enum curve c = CURVE_EXPECTED; c <= CURVE_UPPER; c++) {
			double y = curve_at(s, v, c, row);

			if (!isnan(y))
				widen(e, fmin(fmax(y, from), to));
		}
}

static bool
has_rules(const struct view *v, const struct series *of)
{
	for (int i = 0; i < engine_rules(v->engine); i++)
		if (view_rule_reads(v, i, of))
			return true;
	return false;
}

/* The mean change a row over the last rows; 0: not known. */
static double
slope_of(const struct view *v, const struct series *of, uint64_t rows, uint64_t first, uint64_t end)
{
	uint64_t from = end - first > rows ? end - 1 - rows : first;
	double change;

	if (end <= first + 1)
		return 0;
	change =
	    history_at(v->history, of->track, end - 1) - history_at(v->history, of->track, from);
	return isnan(change) ? 0 : change / (double)(end - 1 - from);
}

/* Of the rows shown; 0: there is none above 0. */
static double
least_positive(const struct chart *s, const struct view *v)
{
	const struct series *of = chart_of(s);
	double least = HUGE_VAL;

	for (uint64_t row = chart_first_row(s, v, of->source); row < s->plot.end; row++) {
		double x = history_at(v->history, of->track, row);

		if (x > 0 && x < least)
			least = x;
	}
	return least < HUGE_VAL ? least : 0;
}

/* Powers of ten change seldom: such an axis follows at once. False where all is 0 or below. */
static bool
update_log(struct chart *s, const struct view *v, const struct extent *wish, uint64_t end, int h)
{
	double lo, least;

	range_update(&s->range, wish->lo, wish->hi, end, FOLLOW_REST);
	least = least_positive(s, v);
	lo = s->range.lo > 0 ? s->range.lo : least;
	if (lo <= 0 || s->range.hi <= 0)
		return false;
	s->y = (struct follow){ .scale = scale_fit_log(lo, fmax(lo, s->range.hi), h) };
	return true;
}

/* Another rule may have a threshold to show: that is worth a new axis. */
static void
look_for_rules(struct chart *s, const struct view *v)
{
	int rules = engine_rules(v->engine);

	if (rules != s->rules)
		s->y.set = false;
	s->rules = rules;
}

void
chart_axis_update(struct chart *s, const struct view *v, bool logarithmic, int h)
{
	const struct series *of = chart_of(s);
	uint64_t first = chart_first_row(s, v, of->source), end = s->plot.end;
	int dots = chart_dots_y(v->glyphs);
	struct demand d = { .ends = { of->min, of->max } };

	s->has_right = false;
	if (first >= end ||
	    !history_extent(v->history, of->track, first, end, &d.data.lo, &d.data.hi)) {
		if (!s->y.set)
			s->y.scale = scale_fit(0, 1, 1);
		return;
	}
	look_for_rules(s, v);
	s->has_right = traces_update(&s->traces, v, first, end, h, dots, &d.data);
	d.wish = d.data;
	widen_to_curves(s, v, &d.wish);
	widen_to_thresholds(v, of, &d.wish);
	if (h >= MARKED_FROM && has_rules(v, of)) /* a line for marks below the least value */
		d.wish.lo -= (d.wish.hi - d.wish.lo) / h;
	if (logarithmic && update_log(s, v, &d.wish, end, h))
		return;
	d.slope = slope_of(v, of, RECENT, first, end);
	d.trend = slope_of(v, of, end - first, first, end);
	if (fabs(d.trend) * (double)(end - 1 - first) < STEADY * (d.data.hi - d.data.lo))
		d.trend = 0;
	follow_update(&s->y, &d, end, h, dots);
}
